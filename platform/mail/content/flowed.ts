type Line = { readonly depth: number; readonly words: string };

const SIGNATURE = '-- ';

/**
 * Paragraphs whose lines were broken for the way (RFC 3676): a line that ends in a space goes on in the next one, if that
 * is quoted as deeply. `delSp`: the space at the end was added for that and is none of the words.
 */
export function unflowed(text: string, delSp: boolean): string {
  const paragraphs: { depth: number; pieces: string[] }[] = [];
  let goesOn = false;
  for (const { depth, words } of text.split(/\r?\n/).map(lineOf)) {
    const last = paragraphs.at(-1);
    const isSignature = words === SIGNATURE;
    const isSoft = words.endsWith(' ') && !isSignature;
    const piece = isSoft && delSp ? words.slice(0, -1) : words;
    if (goesOn && last?.depth === depth && !isSignature) last.pieces.push(piece);
    else paragraphs.push({ depth, pieces: [piece] });
    goesOn = isSoft;
  }
  return paragraphs.map(joined).join('\n');
}

/** Lines that begin with a space, a `>` or `From ` carry a space of their own. */
function lineOf(line: string): Line {
  const [marks = ''] = /^>*/.exec(line) ?? [];
  const words = line.slice(marks.length);
  return { depth: marks.length, words: words.startsWith(' ') ? words.slice(1) : words };
}

const joined = ({ depth, pieces }: { depth: number; pieces: readonly string[] }): string =>
  (depth === 0 ? '' : `${'>'.repeat(depth)} `) + pieces.join('');

type Line = { readonly depth: number; readonly words: string };

const SIGNATURE = '-- ';

/**
 * Paragraphs whose lines were broken for the way (RFC 3676): a line that ends in a space goes on in the next one, if that
 * is quoted as deeply. `delSp`: the space at the end was added for that and is none of the words.
 */
export function unflowed(text: string, delSp: boolean): string {
  const lines = text.split(/\r?\n/).map(lineOf);
  const paragraphs: string[] = [];
  let open: { depth: number; pieces: string[] } | null = null;
  for (const { depth, words } of lines) {
    const goesOn = open !== null && open.depth === depth && words !== SIGNATURE;
    if (open !== null && !goesOn) {
      paragraphs.push(joined(open));
      open = null;
    }
    open ??= { depth, pieces: [] };
    const isSoft = words.endsWith(' ') && words !== SIGNATURE;
    open.pieces.push(isSoft && delSp ? words.slice(0, -1) : words);
    if (!isSoft) {
      paragraphs.push(joined(open));
      open = null;
    }
  }
  if (open !== null) paragraphs.push(joined(open));
  return paragraphs.join('\n');
}

/** Lines that begin with a space, a `>` or `From ` carry a space of their own. */
function lineOf(line: string): Line {
  const [marks = ''] = /^>*/.exec(line) ?? [];
  const words = line.slice(marks.length);
  return { depth: marks.length, words: words.startsWith(' ') ? words.slice(1) : words };
}

const joined = ({ depth, pieces }: { depth: number; pieces: readonly string[] }): string =>
  (depth === 0 ? '' : `${'>'.repeat(depth)} `) + pieces.join('');

const BEGIN = '-----BEGIN PGP SIGNED MESSAGE-----';
const SIGNATURE = '-----BEGIN PGP SIGNATURE-----';
const END = '-----END PGP SIGNATURE-----';

/** The words of a text that PGP signed as it stands (RFC 9580, section 7), and its signature; null for other texts. */
export function readClearSigned(text: string): { words: string; signature: string } | null {
  const begin = lineAt(text, BEGIN, 0);
  const middle = begin === -1 ? -1 : lineAt(text, SIGNATURE, begin);
  const end = middle === -1 ? -1 : lineAt(text, END, middle);
  if (end === -1) return null;
  // Headers of the armour (`Hash: SHA256`) end with a blank line.
  const head = /\r?\n\r?\n/.exec(text.slice(begin, middle));
  const from = head === null ? begin + BEGIN.length : begin + head.index + head[0].length;
  const words = text.slice(from, middle).replace(/^- /gm, '');
  return { words: `${text.slice(0, begin)}${words}${text.slice(end + END.length)}`, signature: text.slice(middle, end + END.length) };
}

/** Where a line begins with this. */
function lineAt(text: string, line: string, from: number): number {
  if (text.startsWith(line, from)) return from;
  const at = text.indexOf(`\n${line}`, from);
  return at === -1 ? -1 : at + 1;
}

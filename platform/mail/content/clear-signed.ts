const BEGIN = '-----BEGIN PGP SIGNED MESSAGE-----';
const SIGNATURE = '-----BEGIN PGP SIGNATURE-----';
/** Headers of the armour end with a blank line. Other lines are somebody's words, and nobody may hide any there. */
const ARMOUR = /^[ \t]{0,20}\r?\n(?:(?:Hash|Charset): [\w, -]{1,100}\r?\n){0,20}[ \t]{0,20}\r?\n/;
const END = '-----END PGP SIGNATURE-----';

/** The words of a text that PGP signed as it stands (RFC 9580, section 7), and its signature; null for other texts. */
export function readClearSigned(text: string): { words: string; signature: string } | null {
  const begin = lineAt(text, BEGIN, 0);
  const middle = begin === -1 ? -1 : lineAt(text, SIGNATURE, begin);
  const end = middle === -1 ? -1 : lineAt(text, END, middle);
  if (end === -1) return null;
  const from = begin + BEGIN.length + (ARMOUR.exec(text.slice(begin + BEGIN.length, middle))?.[0].length ?? 0);
  const words = text.slice(from, middle).replace(/^- /gm, '');
  return { words: `${text.slice(0, begin)}${words}${text.slice(end + END.length)}`, signature: text.slice(middle, end + END.length) };
}

/** Where a line begins with this. */
function lineAt(text: string, line: string, from: number): number {
  if (text.startsWith(line, from)) return from;
  const at = text.indexOf(`\n${line}`, from);
  return at === -1 ? -1 : at + 1;
}

/** A row of a table, and where the next begins. */
export type TableRow = { readonly cells: readonly string[]; readonly next: number };

export const SEPARATORS = [',', ';', '\t', '|'] as const;
export type Separator = (typeof SEPARATORS)[number];
export const MOST_COLUMNS = 200;
/** A cell that has no end takes no more than this. */
const LONGEST_ROW = 200_000;

/** The row that begins at `place`, as RFC 4180 and the programs of offices write it; null at the end. Empty lines are passed over. */
export function rowAt(text: string, separator: string, place: number): TableRow | null {
  let at = place;
  while (isLineEnd(text[at])) at += 1;
  if (at >= text.length) return null;
  const end = Math.min(text.length, at + LONGEST_ROW);
  const cells: string[] = [];
  for (;;) {
    const cell = text[at] === '"' ? quoted(text, at, end) : plain(text, separator, at, end);
    cells.push(cell.value);
    at = cell.next;
    if (at >= end || text[at] !== separator || cells.length >= MOST_COLUMNS) return { cells, next: lineEnd(text, at, end) };
    at += 1;
  }
}

const isLineEnd = (sign: string | undefined): boolean => sign === '\n' || sign === '\r';

function lineEnd(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && !isLineEnd(text[at])) at += 1;
  return at;
}

function quoted(text: string, from: number, end: number): { value: string; next: number } {
  let value = '';
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1 || quote >= end) return { value: value + text.slice(at, end), next: end };
    value += text.slice(at, quote);
    if (text[quote + 1] !== '"') return { value, next: quote + 1 };
    value += '"';
    at = quote + 2;
  }
}

function plain(text: string, separator: string, from: number, end: number): { value: string; next: number } {
  let at = from;
  while (at < end && text[at] !== separator && !isLineEnd(text[at])) at += 1;
  return { value: text.slice(from, at), next: at };
}

const LOOKED_AT = 20;

/** What parts the cells: what gives the first rows the most cells, all as many. */
export function separatorOf(text: string): Separator {
  const score = (separator: string): number => {
    const counts: number[] = [];
    for (let row = rowAt(text, separator, 0); row && counts.length < LOOKED_AT; row = rowAt(text, separator, row.next)) counts.push(row.cells.length);
    const usual = counts[0] ?? 1;
    return usual === 1 ? 0 : (usual * counts.filter((count) => count === usual).length) / counts.length;
  };
  return SEPARATORS.toSorted((a, b) => score(b) - score(a))[0]!;
}

export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1251', 'windows-1250', 'windows-1252', 'windows-1256'] as const;
export type Encoding = (typeof ENCODINGS)[number];

const POLISH = new Set([0xa5, 0xb9, 0xc6, 0xe6, 0xca, 0xea, 0xa3, 0xb3, 0xd1, 0xf1, 0xd3, 0xf3, 0x8c, 0x9c, 0x8f, 0x9f, 0xaf, 0xbf]);
const ALEF = 0xc7;
const isLetter = (byte: number | undefined): boolean => byte !== undefined && ((byte | 0x20) >= 0x61) && ((byte | 0x20) <= 0x7a);

/** Of what is no UTF: languages that have letters of their own write whole words with them, and mostly small ones; others put one here and there. */
export function oldEncoding(bytes: Uint8Array): Encoding {
  const counts = { high: 0, polish: 0, amongLatin: 0, small: 0, alef: 0 };
  for (const [i, byte] of bytes.subarray(0, 200_000).entries()) {
    if (byte < 0x80) continue;
    counts.high += 1;
    counts.polish += Number(POLISH.has(byte));
    counts.amongLatin += Number(isLetter(bytes[i - 1]) || isLetter(bytes[i + 1]));
    counts.small += Number(byte >= 0xe0);
    counts.alef += Number(byte === ALEF);
  }
  if (counts.polish > counts.high * 0.6) return 'windows-1250';
  if (counts.amongLatin > counts.high / 2) return 'windows-1252';
  return counts.small < counts.high / 2 && counts.alef > counts.high / 20 ? 'windows-1256' : 'windows-1251';
}

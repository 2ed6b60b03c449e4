export type EncodedFile = { readonly name: string; readonly bytes: Uint8Array };

const BEGIN = /^begin [0-7]{3,4} (\S.{0,254})$/;
const MAX_FILES = 50;
const MAX_LINE = 62;

/** Files that were written into a text (`begin 644 name` … `end`), and the text without them. */
export function extractUuencoded(text: string): { text: string; files: EncodedFile[] } {
  if (!text.includes('begin ')) return { text, files: [] };
  const lines = text.split('\n');
  const kept: string[] = [];
  const files: EncodedFile[] = [];
  for (let i = 0; i < lines.length; i++) {
    const name = BEGIN.exec(lines[i]!.trimEnd())?.[1];
    const end = name === undefined || files.length >= MAX_FILES ? -1 : endOf(lines, i + 1);
    if (name === undefined || end === -1) kept.push(lines[i]!);
    else {
      files.push({ name, bytes: decodeUuencoded(lines.slice(i + 1, end)) });
      i = end;
    }
  }
  return { text: kept.join('\n'), files };
}

/** The line that says `end`, if everything before it is encoded. */
function endOf(lines: readonly string[], from: number): number {
  for (let i = from; i < lines.length; i++) {
    const line = lines[i]!.trimEnd();
    if (line === 'end') return i;
    if (line.length > MAX_LINE || !/^[\x20-\x60]*$/.test(line)) return -1;
  }
  return -1;
}

export function decodeUuencoded(lines: readonly string[]): Uint8Array {
  const out = new Uint8Array(lines.length * 63);
  let length = 0;
  for (const line of lines) {
    const count = (line.charCodeAt(0) - 32) & 63;
    if (line === '' || Number.isNaN(count) || count === 0) continue;
    const bytes: number[] = [];
    for (let at = 1; bytes.length < count; at += 4) {
      const [a, b, c, d] = [0, 1, 2, 3].map((i) => ((line.charCodeAt(at + i) || 32) - 32) & 63) as [number, number, number, number];
      bytes.push((a << 2) | (b >> 4), ((b & 15) << 4) | (c >> 2), ((c & 3) << 6) | d);
    }
    for (let i = 0; i < count; i++) out[length++] = bytes[i]!;
  }
  return out.slice(0, length);
}

/** A whole part that is encoded so. */
export function decodeUuencodedPart(text: string): Uint8Array {
  const lines = text.split(/\r?\n/);
  const begin = lines.findIndex((line) => /^begin [0-7]{3,4} /.test(line));
  const end = lines.findIndex((line, i) => i > begin && line.trim() === 'end');
  return decodeUuencoded(lines.slice(begin + 1, end === -1 ? undefined : end));
}

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
    const name = files.length < MAX_FILES && lines[i]!.startsWith('begin ') ? BEGIN.exec(lines[i]!.trimEnd())?.[1] : undefined;
    const end = name === undefined ? -1 : endOf(lines, i + 1);
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
  const out = new Uint8Array(lines.length * 63 + 3);
  let length = 0;
  for (const line of lines) {
    const count = line === '' ? 0 : sixBits(line, 0);
    for (let at = 1, taken = 0; taken < count; at += 4, taken += 3) {
      const [a, b, c, d] = [sixBits(line, at), sixBits(line, at + 1), sixBits(line, at + 2), sixBits(line, at + 3)];
      out[length + taken] = (a << 2) | (b >> 4);
      out[length + taken + 1] = ((b & 15) << 4) | (c >> 2);
      out[length + taken + 2] = ((c & 3) << 6) | d;
    }
    length += count;
  }
  return out.slice(0, length);
}

/** A line that was cut off is filled up with zeros. */
const sixBits = (line: string, at: number): number => (at < line.length ? (line.charCodeAt(at) - 32) & 63 : 0);

/** A whole part that is encoded so. */
export function decodeUuencodedPart(text: string): Uint8Array {
  const lines = text.split(/\r?\n/);
  const begin = lines.findIndex((line) => /^begin [0-7]{3,4} /.test(line));
  const end = lines.findIndex((line, i) => i > begin && line.trim() === 'end');
  return decodeUuencoded(lines.slice(begin + 1, end === -1 ? undefined : end));
}

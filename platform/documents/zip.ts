import { inflateRawSync } from 'node:zlib';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const MOST_ENTRIES = 5_000;

type Entry = { readonly name: string; readonly method: number; readonly size: number; readonly at: number };

/** What lies in a zip, by its own directory at the end; empty for what is none. Reads no more than it is asked for. */
export function zipEntries(zip: Buffer): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  const end = endOf(zip);
  if (end === null) return entries;
  let at = zip.readUInt32LE(end + 16);
  const count = Math.min(zip.readUInt16LE(end + 10), MOST_ENTRIES);
  for (let n = 0; n < count && at + 46 <= zip.length && zip.readUInt32LE(at) === ENTRY; n++) {
    const [nameLength, extra, comment] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)];
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    entries.set(name, { name, method: zip.readUInt16LE(at + 10), size: zip.readUInt32LE(at + 20), at: zip.readUInt32LE(at + 42) });
    at += 46 + nameLength + extra + comment;
  }
  return entries;
}

function endOf(zip: Buffer): number | null {
  // A comment of 64 KB may follow.
  for (let at = zip.length - 22; at >= Math.max(0, zip.length - 22 - 0xffff); at--) if (zip.readUInt32LE(at) === END) return at;
  return null;
}

/** One of them, unpacked; null when it is broken, or grows beyond `most` bytes. */
export function unzipped(zip: Buffer, { method, size, at }: Entry, most: number): Buffer | null {
  if (at + 30 > zip.length || zip.readUInt32LE(at) !== LOCAL) return null;
  const begins = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
  const packed = zip.subarray(begins, begins + size);
  if (method === 0) return packed.length > most ? null : packed;
  if (method !== 8) return null;
  try {
    return inflateRawSync(packed, { maxOutputLength: most });
  } catch {
    return null;
  }
}

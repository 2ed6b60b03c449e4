import { inflateSync } from 'node:zlib';

const HEAD = 13;
/** What a picture is made of; the rest is words about it. */
const PARTS = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);
/** How many bytes these may have at most. */
const MOST = { PLTE: 768, tRNS: 256 };
/** By kind of colour: values of one point, and in how many bits each may stand. */
const COLOURS = new Map([[0, { values: 1, bits: [1, 2, 4, 8, 16] }], [2, { values: 3, bits: [8, 16] }], [3, { values: 1, bits: [1, 2, 4, 8] }], [4, { values: 2, bits: [8, 16] }], [6, { values: 4, bits: [8, 16] }]]);
const INDEXED = 3;
const CLEAR = new Set([4, 6]);
/** How rows follow one another when it is drawn coarse first: from where, and how far apart. */
const COARSE_FIRST = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]] as const;
const AT_ONCE = [[0, 0, 1, 1]] as const;
const LAST_FILTER = 4;

type Part = { readonly type: string; readonly data: Buffer; readonly whole: Buffer };
/** `points`: those that have to be unpacked before it can be drawn; none where its bytes are taken over as they are. */
type PlainPng = { readonly bytes: Buffer; readonly points: number };

/** A picture as its head says, and nothing besides; null for what is damaged, lies, or has more points to unpack than that. Whoever draws it believes every length in it, and fails late and wholly. */
export function plainPng(file: Buffer, mostPoints: number): PlainPng | null {
  const parts = partsOf(file);
  const [head, ...rest] = parts ?? [];
  if (head?.type !== 'IHDR' || head.data.length !== HEAD || rest.some(({ type }) => type === 'IHDR') || rest.at(-1)?.type !== 'IEND') return null;
  if (rest.some(({ type, data }) => (type === 'PLTE' || type === 'tRNS') && data.length > MOST[type])) return null;
  const points = pointsToUnpack(head.data, rest, mostPoints);
  return points === null ? null : { bytes: Buffer.concat([file.subarray(0, 8), ...[head, ...rest].map(({ whole }) => whole)]), points };
}

function partsOf(file: Buffer): Part[] | null {
  const parts: Part[] = [];
  for (let at = 8; at + 12 <= file.length;) {
    const end = at + 8 + file.readUInt32BE(at);
    if (end + 4 > file.length) return null;
    const type = file.toString('latin1', at + 4, at + 8);
    if (PARTS.has(type)) parts.push({ type, data: file.subarray(at + 8, end), whole: file.subarray(at, end + 4) });
    if (type === 'IEND') return parts;
    at = end + 4;
  }
  return null;
}

type Head = { readonly width: number; readonly height: number; readonly colour: number; readonly bitsOfPoint: number; readonly isCoarseFirst: boolean };

function headOf(data: Buffer): Head | null {
  const [bits, colour, packing, filter, order] = [data[8]!, data[9]!, data[10], data[11], data[12]!];
  const known = COLOURS.get(colour);
  if (!known?.bits.includes(bits) || packing !== 0 || filter !== 0 || order > 1) return null;
  return { width: data.readUInt32BE(0), height: data.readUInt32BE(4), colour, bitsOfPoint: known.values * bits, isCoarseFirst: order === 1 };
}

function pointsToUnpack(data: Buffer, parts: readonly Part[], most: number): number | null {
  const head = headOf(data);
  if (!head) return null;
  const { width, height, colour, bitsOfPoint, isCoarseFirst } = head;
  if (!CLEAR.has(colour) && !isCoarseFirst && !(colour === INDEXED && parts.some(({ type }) => type === 'tRNS'))) return 0;
  if (width * height > most) return null;
  const rows = (isCoarseFirst ? COARSE_FIRST : AT_ONCE).map(([x, y, across, down]) => ({ count: Math.ceil((height - y) / down), length: 1 + Math.ceil(Math.ceil((width - x) / across) * bitsOfPoint / 8) }));
  return isWhole(Buffer.concat(parts.filter(({ type }) => type === 'IDAT').map((part) => part.data)), rows) ? width * height : null;
}

/** It holds no more than its rows, and each of them says how it is meant. */
function isWhole(packed: Buffer, rows: readonly { readonly count: number; readonly length: number }[]): boolean {
  let data: Buffer;
  try {
    data = inflateSync(packed, { maxOutputLength: rows.reduce((sum, { count, length }) => sum + count * length, 0) });
  } catch {
    return false;
  }
  let at = 0;
  for (const { count, length } of rows) for (let row = 0; row < count && at < data.length; row += 1, at += length) if (data[at]! > LAST_FILTER) return false;
  return true;
}

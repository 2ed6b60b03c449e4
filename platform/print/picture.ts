import { plainPng } from './png.ts';

/** More points than that are not unpacked. */
const MOST_POINTS = 12_000_000;
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Frames of JPEG that say how large it is; those with arithmetic coding and the lossless ones are no browser's. */
const FRAMES = new Set([0xc0, 0xc1, 0xc2]);

type Size = { readonly width: number; readonly height: number };
/** `points`: those that are unpacked before it is drawn. */
type Picture = Size & { readonly bytes: Uint8Array; readonly points: number };

/** As its head says; null for what is no PNG or JPEG of a bearable size, whatever its name. `mostPoints`: those that may be unpacked. */
export function pictureOf(bytes: Uint8Array, mostPoints: number): Picture | null {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isPng = data.subarray(0, 8).equals(PNG);
  const size = isPng ? sizeOfPng(data) : data[0] === 0xff && data[1] === 0xd8 ? sizeOfJpeg(data) : null;
  if (!size || size.width === 0 || size.height === 0 || size.width * size.height > MOST_POINTS) return null;
  const drawn = isPng ? plainPng(data, mostPoints) : { bytes, points: 0 };
  return drawn && { ...size, ...drawn };
}

const sizeOfPng = (data: Buffer): Size | null =>
  (data.length > 33 && data.toString('latin1', 12, 16) === 'IHDR' ? { width: data.readUInt32BE(16), height: data.readUInt32BE(20) } : null);

function sizeOfJpeg(data: Buffer): Size | null {
  for (let at = 2; at + 9 < data.length;) {
    if (data[at] !== 0xff) return null;
    const kind = data[at + 1]!;
    if (FRAMES.has(kind)) return { width: data.readUInt16BE(at + 7), height: data.readUInt16BE(at + 5) };
    at += kind === 0xff ? 1 : 2 + data.readUInt16BE(at + 2);
  }
  return null;
}

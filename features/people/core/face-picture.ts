export type FacePicture = { readonly contentType: 'image/jpeg' | 'image/png'; readonly bytes: Uint8Array; readonly width: number; readonly height: number };

/** What shows the picture is kept; where and with what it was taken is not. Null: no whole JPEG or PNG. */
export function plainPicture(bytes: Uint8Array): FacePicture | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return view.getUint16(0) === 0xffd8 ? plainJpeg(bytes, view) : plainPng(bytes, view);
  } catch (error) {
    // Read past its end: it is cut off, or nothing of the kind.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const END = 0xd9;
const SCAN = 0xda;
/** JFIF and Adobe say how colours are meant; every other part of an application, and comments, is about something else. */
const isKept = (marker: number): boolean => marker === 0xe0 || marker === 0xee || !((marker >= 0xe1 && marker <= 0xef) || marker === 0xfe);
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
const isData = (next: number): boolean => next === 0 || (next >= 0xd0 && next <= 0xd7);

function plainJpeg(bytes: Uint8Array, view: DataView): FacePicture | null {
  const parts = [bytes.subarray(0, 2)];
  let size: { width: number; height: number } | null = null;
  for (let at = 2; ;) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === END) return size && { contentType: 'image/jpeg', bytes: joined([...parts, bytes.subarray(at, at + 2)]), ...size };
    let next = at + 2 + view.getUint16(at + 2);
    if (isFrame(marker)) size = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    if (marker === SCAN) while (view.getUint8(next) !== 0xff || isData(view.getUint8(next + 1))) next += 1;
    if (isKept(marker)) parts.push(bytes.subarray(at, next));
    at = next;
  }
}

const PNG = [0x89504e47, 0x0d0a1a0a];
const SHOWN = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);

function plainPng(bytes: Uint8Array, view: DataView): FacePicture | null {
  if (view.getUint32(0) !== PNG[0] || view.getUint32(4) !== PNG[1] || nameAt(view, 12) !== 'IHDR') return null;
  const parts = [bytes.subarray(0, 8)];
  for (let at = 8; ;) {
    const [name, next] = [nameAt(view, at + 4), at + 12 + view.getUint32(at)];
    // The last byte of its check sum has to be there.
    view.getUint8(next - 1);
    if (SHOWN.has(name)) parts.push(bytes.subarray(at, next));
    if (name === 'IEND') return { contentType: 'image/png', bytes: joined(parts), width: view.getUint32(16), height: view.getUint32(20) };
    at = next;
  }
}

const nameAt = (view: DataView, at: number): string => String.fromCodePoint(...[0, 1, 2, 3].map((n) => view.getUint8(at + n)));

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

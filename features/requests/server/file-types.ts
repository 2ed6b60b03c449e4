/** What people send with a request. Decided by the bytes; the name only tells siblings apart. Nothing that runs, and nothing that a browser would run. */
type Kind = { readonly contentType: string; readonly endings: readonly string[]; readonly is: (bytes: Uint8Array) => boolean };

const begins = (...signs: readonly number[]) => (bytes: Uint8Array): boolean => signs.every((sign, i) => bytes[i] === sign);
const ascii = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));
const isRiff = (what: string) => (bytes: Uint8Array): boolean => ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === what;
/** ISO media: what it is stands in its brand. */
const isBox = (...brands: readonly string[]) => (bytes: Uint8Array): boolean => ascii(bytes, 4, 8) === 'ftyp' && brands.some((brand) => ascii(bytes, 8, 12).startsWith(brand));
const isZip = begins(0x50, 0x4b, 0x03, 0x04);

const LOOKED_AT = 64 * 1024;

function isText(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return false;
  try {
    // The last character may be cut in two.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, LOOKED_AT), { stream: true });
    return !/^\s*<(?:!|\?|[a-z])/i.test(text) && !text.startsWith('#!');
  } catch {
    return false;
  }
}

const KINDS: readonly Kind[] = [
  { contentType: 'image/png', endings: ['png'], is: begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) },
  { contentType: 'image/jpeg', endings: ['jpg', 'jpeg'], is: begins(0xff, 0xd8, 0xff) },
  { contentType: 'image/gif', endings: ['gif'], is: (bytes) => /^GIF8[79]a$/.test(ascii(bytes, 0, 6)) },
  { contentType: 'image/webp', endings: ['webp'], is: isRiff('WEBP') },
  { contentType: 'image/heic', endings: ['heic', 'heif'], is: isBox('heic', 'heix', 'mif1', 'msf1') },
  { contentType: 'application/pdf', endings: ['pdf'], is: (bytes) => ascii(bytes, 0, 5) === '%PDF-' },
  { contentType: 'video/mp4', endings: ['mp4', 'm4v'], is: isBox('isom', 'iso2', 'iso5', 'iso6', 'mp4', 'avc1', 'M4V', 'dash') },
  { contentType: 'video/quicktime', endings: ['mov'], is: isBox('qt') },
  { contentType: 'audio/mp4', endings: ['m4a'], is: isBox('M4A') },
  { contentType: 'video/webm', endings: ['webm'], is: begins(0x1a, 0x45, 0xdf, 0xa3) },
  { contentType: 'audio/ogg', endings: ['ogg', 'opus'], is: (bytes) => ascii(bytes, 0, 4) === 'OggS' },
  { contentType: 'audio/mpeg', endings: ['mp3'], is: (bytes) => ascii(bytes, 0, 3) === 'ID3' || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0) },
  { contentType: 'audio/wav', endings: ['wav'], is: isRiff('WAVE') },
  { contentType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', endings: ['docx'], is: isZip },
  { contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', endings: ['xlsx'], is: isZip },
  { contentType: 'application/vnd.oasis.opendocument.text', endings: ['odt'], is: isZip },
  { contentType: 'application/vnd.oasis.opendocument.spreadsheet', endings: ['ods'], is: isZip },
  { contentType: 'text/csv', endings: ['csv'], is: isText },
  { contentType: 'text/plain', endings: ['txt', 'log', 'md'], is: isText },
];

/** Null for what is not taken. */
export function fileType(bytes: Uint8Array, name: string): string | null {
  const ending = /\.([a-z\d]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  return KINDS.find(({ endings, is }) => endings.includes(ending) && is(bytes))?.contentType ?? null;
}

/** For the `accept` of a field. */
export const TAKEN_ENDINGS: string = KINDS.flatMap(({ endings }) => endings.map((ending) => `.${ending}`)).join(',');

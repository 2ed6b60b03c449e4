/** What runs when somebody opens it, by the beginning of its bytes and by its name: agents open what customers send. */
const PROGRAMS: readonly (readonly number[])[] = [
  [0x4d, 0x5a], [0x7f, 0x45, 0x4c, 0x46], [0xca, 0xfe, 0xba, 0xbe], [0xfe, 0xed, 0xfa, 0xce], [0xfe, 0xed, 0xfa, 0xcf], [0xcf, 0xfa, 0xed, 0xfe], [0x23, 0x21], [0x4c, 0x00, 0x00, 0x00, 0x01, 0x14, 0x02, 0x00],
];
const NAMES = /\.(?:exe|com|scr|pif|bat|cmd|msi|msp|msix|appx|ps1|vbs|vbe|js|jse|mjs|wsf|wsh|hta|jar|lnk|reg|cpl|dll|sys|scf|inf|app|dmg|pkg|deb|rpm|sh|bash|apk|iso|img|vhdx?|one|chm|gadget|application|xll|docm|xlsm|pptm)$/i;

type Known = { readonly type: string; readonly at: number; readonly bytes: readonly number[] };
const KNOWN: readonly Known[] = [
  { type: 'image/png', at: 0, bytes: [0x89, 0x50, 0x4e, 0x47] }, { type: 'image/jpeg', at: 0, bytes: [0xff, 0xd8, 0xff] }, { type: 'image/gif', at: 0, bytes: [0x47, 0x49, 0x46, 0x38] },
  { type: 'image/webp', at: 8, bytes: [0x57, 0x45, 0x42, 0x50] }, { type: 'application/pdf', at: 0, bytes: [0x25, 0x50, 0x44, 0x46] }, { type: 'application/zip', at: 0, bytes: [0x50, 0x4b, 0x03, 0x04] },
  { type: 'video/mp4', at: 4, bytes: [0x66, 0x74, 0x79, 0x70] }, { type: 'audio/ogg', at: 0, bytes: [0x4f, 0x67, 0x67, 0x53] }, { type: 'audio/mpeg', at: 0, bytes: [0x49, 0x44, 0x33] },
];

const begins = (bytes: Uint8Array, at: number, wanted: readonly number[]): boolean => wanted.every((byte, i) => bytes[at + i] === byte);

/** The type of a file by what it holds, never by what its sender calls it; null: a program, which is not taken. */
export function fileTypeOf(name: string, bytes: Uint8Array): string | null {
  if (NAMES.test(name.trim().replace(/[.\s]+$/, '')) || PROGRAMS.some((program) => begins(bytes, 0, program))) return null;
  const known = KNOWN.find(({ at, bytes: wanted }) => begins(bytes, at, wanted));
  if (known) return known.type;
  const isText = bytes.subarray(0, 4_096).every((byte) => byte === 9 || byte === 10 || byte === 13 || byte >= 32);
  return isText ? 'text/plain' : 'application/octet-stream';
}

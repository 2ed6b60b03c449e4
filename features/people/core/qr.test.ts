import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { qrCode, qrPath } from './qr.ts';

const codeOf = (text: string): boolean[][] | null => qrCode(new TextEncoder().encode(text));
const print = (text: string): string => codeOf(text)?.map((row) => row.map((dark) => (dark ? '1' : '0')).join('')).join('\n') ?? '';

/** Each equals, module by module, what the `qrcode` package draws for the same bytes. */
const KNOWN: [text: string, size: number, sha256: string][] = [
  ['Rapport', 21, '3c86485899593dc55882d6741169e4899cc857e378166a8ee17aa707973647cf'],
  ['otpauth://totp/owner%40desk.test?issuer=Blue%20Lamp&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', 37, '0ce71529b47b8733ac1849128b907caec04d1b238bc24b7a2d8649a3c1bd9287'],
  ['x'.repeat(150), 45, '1b893491bd8934e7e281a7818cb4450f2b9821d9db8aeb32d1d4442b21d32f12'],
  ['лампа'.repeat(40), 69, '84f80beef248f2ec9e81e0bf598d4abf2bfeb97bb5a56ce6d73fc810722c455b'],
  ['x'.repeat(858), 97, '891e317f159bca23580d6f5a1b96967bc5cc7df058f675a9c36b6a55829701b9'],
];

test('draws what every reader of QR codes reads', () => {
  for (const [text, size, sha256] of KNOWN) {
    expect(codeOf(text)).toHaveLength(size);
    expect(createHash('sha256').update(print(text)).digest('hex'), text).toBe(sha256);
  }
});

test('what is too long for a picture gets none', () => {
  expect(codeOf('x'.repeat(859))).toBeNull();
});

test('a picture has a quiet margin of four', () => {
  const { path, size } = qrPath([[true, false], [false, true]]);
  expect({ path, size }).toEqual({ path: 'M4 4h1v1h-1zM5 5h1v1h-1z', size: 10 });
});

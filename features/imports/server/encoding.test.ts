import { expect, test } from 'vitest';
import { decode, encodingOf } from './encoding.ts';

// As Excel writes them in Sofia, Warsaw, Cairo and Paris.
test.each([
  ['windows-1251', 'Мария Иванова', [0xcc, 0xe0, 0xf0, 0xe8, 0xff, 0x20, 0xc8, 0xe2, 0xe0, 0xed, 0xee, 0xe2, 0xe0]],
  ['windows-1250', 'Żółć', [0xaf, 0xf3, 0xb3, 0xe6]],
  ['windows-1256', 'مرحبا', [0xe3, 0xd1, 0xcd, 0xc8, 0xc7]],
  ['windows-1252', 'Müller', [0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72]],
  ['utf-8', 'Мария', [...new TextEncoder().encode('Мария')]],
  ['utf-16le', 'Мария', [0xff, 0xfe, 0x1c, 0x04, 0x30, 0x04, 0x40, 0x04, 0x38, 0x04, 0x4f, 0x04]],
] as const)('%s is known by its letters', (encoding, text, bytes) => {
  const given = Uint8Array.from(bytes);
  expect(encodingOf(given)).toBe(encoding);
  expect(decode(given, encodingOf(given))).toBe(text);
});

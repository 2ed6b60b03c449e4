import { expect, test } from 'vitest';
import { plainPicture } from './face-picture.ts';

const text = (value: string): number[] => [...value].map((sign) => sign.codePointAt(0)!);
const long = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const segment = (marker: number, content: readonly number[]): number[] => [0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255, ...content];
const chunk = (name: string, content: readonly number[]): number[] => [...long(content.length), ...text(name), ...content, 1, 2, 3, 4];

const FRAME = segment(0xc2, [8, 0, 200, 1, 0, 1, 1, 0x11, 0]);
/** Two scans of a progressive picture, with bytes in them that look like the beginning of a marker. */
const SCANS = [...segment(0xda, [1, 1, 0, 0, 0, 0]), 9, 0xff, 0, 0xff, 0xd0, 7, ...segment(0xc4, [1, 2]), ...segment(0xda, [1, 1, 0, 0, 0, 0]), 5, 6];
const JPEG = [0xff, 0xd8, ...segment(0xe0, text('JFIF')), ...FRAME, ...SCANS, 0xff, 0xd9];
const PNG_HEAD = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const PNG = [...PNG_HEAD, ...chunk('IHDR', [...long(64), ...long(32), 8, 2, 0, 0, 0]), ...chunk('IDAT', [1, 2, 3]), ...chunk('IEND', [])];
const plain = (bytes: readonly number[]) => plainPicture(Uint8Array.from(bytes));

test('a JPEG keeps what shows it, and loses where it was taken, notes, and what was hung on its end', () => {
  const told = [0xff, 0xd8, ...segment(0xe0, text('JFIF')), ...segment(0xe1, text('Exif GPS')), ...segment(0xfe, text('my garden')), ...FRAME, ...SCANS, 0xff, 0xd9, ...text('<script>')];
  expect(plain(told)).toEqual({ contentType: 'image/jpeg', width: 256, height: 200, bytes: Uint8Array.from(JPEG) });
});

test('a PNG keeps what shows it alone', () => {
  const told = [...PNG.slice(0, 33), ...chunk('eXIf', text('GPS')), ...chunk('tEXt', text('my garden')), ...PNG.slice(33), ...text('PK')];
  expect(plain(told)).toEqual({ contentType: 'image/png', width: 64, height: 32, bytes: Uint8Array.from(PNG) });
});

test.each([
  ['nothing', []], ['a text', text('<svg xmlns="http://www.w3.org/2000/svg">')], ['a GIF', text('GIF89a..........')], ['half a JPEG', JPEG.slice(0, -4)], ['half a PNG', PNG.slice(0, -6)],
  ['a JPEG without a picture', [0xff, 0xd8, 0xff, 0xd9]], ['a PNG that says no size', [...PNG_HEAD, ...chunk('IEND', [])]],
])('%s is no picture', (_what, bytes) => {
  expect(plain(bytes)).toBeNull();
});

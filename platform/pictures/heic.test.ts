import { readFile } from 'node:fs/promises';
import { decode } from 'jpeg-js';
import { expect, test } from 'vitest';
import { createAlone } from '../jobs/alone.ts';

const photo = await readFile(new URL('./fixtures/photo.heic', import.meta.url));

/** As the server does it: each in a thread of its own. */
async function drawn(bytes: Uint8Array): Promise<Buffer | null> {
  const decoder = createAlone<{ bytes: Uint8Array }, Uint8Array>({ script: new URL('./heic-worker.ts', import.meta.url), heapMb: 256, killAfterMs: 20_000, mostWaiting: 1, mostOfOne: 1 });
  const made = await decoder.run('', () => ({ bytes }));
  return made === null || made === 'busy' ? null : Buffer.from(made);
}

const changed = (change: (bytes: Buffer) => void): Buffer => {
  const bytes = Buffer.from(photo);
  change(bytes);
  return bytes;
};
/** Where a box says how wide and high the picture is. */
const sizeAt = photo.indexOf('ispe') + 8;

test('a photo becomes a JPEG of the same picture', async () => {
  const { width, height, data } = decode(await drawn(photo) ?? Buffer.alloc(0), { useTArray: true });
  const colourAt = (x: number, y: number) => [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)].map((one) => (one > 128 ? 1 : 0));
  expect([width, height, colourAt(8, 24), colourAt(56, 24)]).toEqual([64, 48, [1, 0, 0], [0, 0, 1]]);
}, 60_000);

test.each<[what: string, bytes: Buffer]>([
  ['nothing', Buffer.alloc(0)], ['no photo', Buffer.from('GIF89a')], ['half a photo', photo.subarray(0, photo.length / 2)], ['its head alone', photo.subarray(0, 60)],
  ['said to be larger than the world', changed((bytes) => { bytes.writeUInt32BE(60_000, sizeAt); bytes.writeUInt32BE(60_000, sizeAt + 4); })],
  ['boxes longer than the file', changed((bytes) => { bytes.writeUInt32BE(0x7fffffff, photo.indexOf('meta') - 4); })],
  ['no picture behind its head', changed((bytes) => { bytes.fill(0, photo.indexOf('mdat') + 4); })],
])('%s is no picture, and costs nothing but its thread', async (_what, bytes) => {
  expect(await drawn(bytes)).toBeNull();
}, 60_000);

test('whatever is changed in a file, it is a picture of a bearable size or none', async () => {
  const places = [sizeAt + 3, sizeAt + 7, photo.indexOf('iloc') + 10, photo.indexOf('hvcC') + 20, photo.length - 40];
  for (const at of places) {
    const made = await drawn(changed((bytes) => { bytes[at] = bytes[at]! ^ 0xff; }));
    if (made) expect(decode(made, { useTArray: true }).width, `byte ${at}`).toBeLessThanOrEqual(1_600);
  }
}, 120_000);

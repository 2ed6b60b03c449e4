import { createHash } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';

/** So much is copied or hashed in about a millisecond; then other work gets its turn. */
const SLICE_BYTES = 1024 * 1024;

function* slicesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += SLICE_BYTES) yield bytes.subarray(at, at + SLICE_BYTES);
}

/** All of it in memory of its own; a large one holds nobody up. */
export async function joined(pieces: readonly Uint8Array[]): Promise<Buffer<ArrayBuffer>> {
  const whole = Buffer.from(new ArrayBuffer(pieces.reduce((sum, { byteLength }) => sum + byteLength, 0)));
  let at = 0;
  let since = 0;
  for (const piece of pieces) {
    for (const slice of slicesOf(piece)) {
      whole.set(slice, at);
      at += slice.byteLength;
      since += slice.byteLength;
      if (since < SLICE_BYTES) continue;
      since = 0;
      await breathe();
    }
  }
  return whole;
}

/** Of all of them, one behind the other. */
export async function sha256Of(...pieces: readonly Uint8Array[]): Promise<string> {
  const hash = createHash('sha256');
  for (const piece of pieces) {
    for (const slice of slicesOf(piece)) {
      hash.update(slice);
      if (piece.byteLength > SLICE_BYTES) await breathe();
    }
  }
  return hash.digest('hex');
}

import { randomFillSync } from 'node:crypto';

let last = 0n;

const RANDOM_BYTES = 10;
/** Asking the system costs more than the rest of an id does, so it is asked for many at once. */
const stock = new Uint8Array(RANDOM_BYTES * 400);
let used = stock.length;

function freshBytes(): Uint8Array {
  if (used === stock.length) {
    randomFillSync(stock);
    used = 0;
  }
  used += RANDOM_BYTES;
  return stock.subarray(used - RANDOM_BYTES, used);
}

/**
 * A UUIDv7 (RFC 9562): milliseconds, then a counter seeded at random so that ids of one process never repeat
 * within a millisecond. Unique and index-friendly; nothing may sort by it (use timestamps or `seq`).
 */
export function newId(): string {
  const random = freshBytes();
  const now = BigInt(Date.now());
  let stamp = (now << 12n) | BigInt(((random[0]! << 4) | (random[1]! >> 4)) & 0x7ff);
  if (stamp <= last) stamp = last + 1n;
  last = stamp;
  const time = (stamp >> 12n).toString(16).padStart(12, '0');
  const counter = (stamp & 0xfffn).toString(16).padStart(3, '0');
  const tail = Buffer.from(random.subarray(2)).toString('hex');
  const variant = ((parseInt(tail[0]!, 16) & 0x3) | 0x8).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter}-${variant}${tail.slice(1, 4)}-${tail.slice(4, 16)}`;
}

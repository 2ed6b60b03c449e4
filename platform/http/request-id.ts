import { randomFillSync } from 'node:crypto';

const BYTES = 9;
/** Asking the system costs more than all else about an id, so it is asked for many at once. */
const stock = Buffer.alloc(BYTES * 400);
let used = stock.length;

/** By which a request is known in the log, in a refusal and in the audit. */
export function requestId(): string {
  if (used === stock.length) {
    randomFillSync(stock);
    used = 0;
  }
  used += BYTES;
  return stock.toString('base64url', used - BYTES, used);
}

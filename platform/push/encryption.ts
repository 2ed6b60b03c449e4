import { createCipheriv, createECDH, hkdfSync, randomBytes, type ECDH } from 'node:crypto';

/** What a browser gave when it subscribed, base64url: its point on P-256 (65 bytes) and a secret of 16 bytes. */
export type BrowserKeys = { readonly p256dh: string; readonly auth: string };

const RECORD_BYTES = 4096;
/** Salt, record size, length of the key, our point, delimiter, authentication tag. */
const AROUND_BYTES = 16 + 4 + 1 + 65 + 1 + 16;
export const MOST_PLAIN_BYTES = RECORD_BYTES - AROUND_BYTES;

const derive = (secret: Uint8Array, salt: Uint8Array, info: Uint8Array | string, bytes: number): Buffer => Buffer.from(hkdfSync('sha256', secret, salt, info, bytes));

/** A pair of keys for one message. */
function freshPair(): ECDH {
  const pair = createECDH('prime256v1');
  pair.generateKeys();
  return pair;
}

/** Are these keys that something can be encrypted for? */
export function areBrowserKeys({ p256dh, auth }: BrowserKeys): boolean {
  const point = Buffer.from(p256dh, 'base64url');
  if (point.length !== 65 || point[0] !== 4 || Buffer.from(auth, 'base64url').length !== 16) return false;
  try {
    // Refuses what is no point of the curve.
    freshPair().computeSecret(point);
    return true;
  } catch {
    return false;
  }
}

/**
 * Readable for that browser alone, not for the push service (RFC 8291, one record of `aes128gcm`). With `padTo` short messages are
 * as long as each other. `salt` and `pair` are new for each message, or given by a test vector.
 */
export function encryptedFor({ p256dh, auth }: BrowserKeys, plain: Buffer, { padTo = 0, salt = randomBytes(16), pair = freshPair() }: { padTo?: number; salt?: Buffer; pair?: ECDH } = {}): Buffer {
  if (plain.length > MOST_PLAIN_BYTES) throw new Error(`A push message holds ${MOST_PLAIN_BYTES} bytes at most.`);
  const [theirs, ours] = [Buffer.from(p256dh, 'base64url'), pair.getPublicKey()];
  const secret = derive(pair.computeSecret(theirs), Buffer.from(auth, 'base64url'), Buffer.concat([Buffer.from('WebPush: info\0'), theirs, ours]), 32);
  const cipher = createCipheriv('aes-128-gcm', derive(secret, salt, 'Content-Encoding: aes128gcm\0', 16), derive(secret, salt, 'Content-Encoding: nonce\0', 12));
  // 2: the last record; zeros after it are padding.
  const record = Buffer.concat([plain, Buffer.of(2), Buffer.alloc(Math.max(0, padTo - plain.length))]);
  const head = Buffer.alloc(21);
  salt.copy(head);
  head.writeUInt32BE(RECORD_BYTES, 16);
  head.writeUInt8(ours.length, 20);
  return Buffer.concat([head, ours, cipher.update(record), cipher.final(), cipher.getAuthTag()]);
}

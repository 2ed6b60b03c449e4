import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const PREFIX = 'whsec_';
const SECRET_BYTES = 32;
/** How old, and how far ahead, a signed message may be. */
const TOLERANCE_MS = 5 * 60_000;

export const newSecret = (): string => PREFIX + randomBytes(SECRET_BYTES).toString('base64');

const keyOf = (secret: string): Buffer => Buffer.from(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret, 'base64');
const mac = (secret: string, id: string, seconds: string, body: Buffer): Buffer =>
  createHmac('sha256', keyOf(secret)).update(`${id}.${seconds}.`).update(body).digest();

type Signed = { readonly 'webhook-id': string; readonly 'webhook-timestamp': string; readonly 'webhook-signature': string };

/** The headers of Standard Webhooks, with one signature of each secret. */
export function signatureHeaders(secrets: readonly string[], id: string, at: Date, body: string): Signed {
  const seconds = String(Math.floor(at.getTime() / 1000));
  const signatures = secrets.map((secret) => `v1,${mac(secret, id, seconds, Buffer.from(body)).toString('base64')}`);
  return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': signatures.join(' ') };
}

/** Whether one of the signatures is of this secret, and the message of now. */
export function isSigned(secret: string, { id, seconds, signatures }: { id: string; seconds: string; signatures: string }, body: Buffer, at: Date): boolean {
  if (id === '' || !/^\d{1,12}$/.test(seconds) || Math.abs(Number(seconds) * 1000 - at.getTime()) > TOLERANCE_MS) return false;
  const right = mac(secret, id, seconds, body);
  return signatures.split(' ').slice(0, 20).some((one) => {
    const given = Buffer.from(one.startsWith('v1,') ? one.slice(3) : '', 'base64');
    return given.length === right.length && timingSafeEqual(given, right);
  });
}

import { createECDH, createPrivateKey, sign } from 'node:crypto';

/** The key pair by which push services know us (P-256, base64url): the point of 65 bytes, the number of 32. */
export type VapidKeys = { readonly publicKey: string; readonly privateKey: string };

const HOURS_12_S = 12 * 60 * 60;

export function newVapidKeys(): VapidKeys {
  const pair = createECDH('prime256v1');
  pair.generateKeys();
  // Leading zeros are part of the number.
  const privateKey = Buffer.concat([Buffer.alloc(32), pair.getPrivateKey()]).subarray(-32);
  return { publicKey: pair.getPublicKey('base64url'), privateKey: privateKey.toString('base64url') };
}

/** What stands in `Authorization` (RFC 8292): we are who subscribed, for this push service, for the next twelve hours. `contact`: a mailto: or https: address. */
export function vapidAuthorization({ publicKey, privateKey }: VapidKeys, { endpoint, contact, at }: { endpoint: string; contact: string; at: Date }): string {
  const point = Buffer.from(publicKey, 'base64url');
  const jwk = { kty: 'EC', crv: 'P-256', d: privateKey, x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') };
  const claims = { aud: new URL(endpoint).origin, exp: Math.floor(at.getTime() / 1000) + HOURS_12_S, sub: contact };
  const said = [{ typ: 'JWT', alg: 'ES256' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const signature = sign('sha256', Buffer.from(said), { key: createPrivateKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' });
  return `vapid t=${said}.${signature.toString('base64url')}, k=${publicKey}`;
}

import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, randomUUID, verify } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export type Told = { readonly to: string; readonly ttl: number; readonly urgency: string; readonly topic: string; readonly bytes: number; readonly payload: Record<string, string> };

const derive = (secret: Uint8Array, salt: Uint8Array, info: Uint8Array | string, bytes: number) => Buffer.from(hkdfSync('sha256', secret, salt, info, bytes));

/** A push service with browsers behind it, as strict as the originals: RFC 8030 (delivery), 8291 (encryption), 8292 (who sends). */
export async function pushService({ now = () => new Date() }: { now?: () => Date } = {}) {
  const browsers = new Map<string, { serverKey: string; pair: ReturnType<typeof createECDH>; auth: Buffer }>();
  const told: Told[] = [];
  const refused: string[] = [];
  let mood: { status: number; headers?: Record<string, string> } | null = null;

  /** Why not: a status and a sentence. */
  function objection({ headers, method }: IncomingMessage, body: Buffer, serverKey: string): readonly [number, string] | null {
    const head = (name: string) => String(headers[name] ?? '');
    const rules: readonly (readonly [boolean, number, string])[] = [
      [method === 'POST', 405, 'POST'], [/^\d{1,7}$/.test(head('ttl')), 400, 'a TTL in seconds is needed'], [['', 'very-low', 'low', 'normal', 'high'].includes(head('urgency')), 400, 'no such urgency'],
      [/^[\w-]{0,32}$/.test(head('topic')), 400, 'a topic has 32 letters of base64url at most'], [head('content-encoding') === 'aes128gcm', 400, 'not encrypted as RFC 8291 says'], [body.length <= 4096, 413, 'too large'],
    ];
    return broken(rules) ?? objectionTo(head('authorization'), serverKey);
  }

  function objectionTo(authorization: string, serverKey: string): readonly [number, string] | null {
    const parts = /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), ?k=([\w-]+)$/.exec(authorization);
    if (!parts) return [401, 'no VAPID authorization'];
    const [head, claims, signature, key] = parts.slice(1) as [string, string, string, string];
    if (key !== serverKey) return [403, 'not the key that was subscribed with'];
    const point = Buffer.from(key, 'base64url');
    const jwk = { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') };
    const isSigned = verify('sha256', Buffer.from(`${head}.${claims}`), { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
    const { alg } = JSON.parse(Buffer.from(head, 'base64url').toString()) as { alg: string };
    const { aud, exp, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { aud: string; exp: number; sub: string };
    const ahead = exp - now().getTime() / 1000;
    return broken([
      [isSigned && alg === 'ES256', 403, 'the signature is wrong'], [aud === origin, 403, `the audience is ${aud}`], [ahead > 0 && ahead <= 86_400, 403, 'the token is over, or lasts longer than a day'],
      [/^(?:mailto:[^@]+@[^@]+|https:\/\/\S+)$/.test(sub), 403, `${sub} is no way to reach anybody`],
    ]);
  }

  /** As the browser does; throws when it was encrypted for somebody else, or changed. */
  function decrypted(body: Buffer, { pair, auth }: { pair: ReturnType<typeof createECDH>; auth: Buffer }): Record<string, string> {
    const [salt, size, idLength] = [body.subarray(0, 16), body.readUInt32BE(16), body.readUInt8(20)];
    if (size < 18 || idLength !== 65) throw new Error('the head is wrong');
    const theirs = body.subarray(21, 21 + idLength);
    const secret = derive(pair.computeSecret(theirs), auth, Buffer.concat([Buffer.from('WebPush: info\0'), pair.getPublicKey(), theirs]), 32);
    const decipher = createDecipheriv('aes-128-gcm', derive(secret, salt, 'Content-Encoding: aes128gcm\0', 16), derive(secret, salt, 'Content-Encoding: nonce\0', 12));
    decipher.setAuthTag(body.subarray(-16));
    const record = Buffer.concat([decipher.update(body.subarray(21 + idLength, -16)), decipher.final()]);
    const end = record.findLastIndex((byte) => byte !== 0);
    if (record[end] !== 2) throw new Error('the record does not end as the last one');
    return JSON.parse(record.subarray(0, end).toString('utf8')) as Record<string, string>;
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const [id, body] = [request.url!.split('/').at(-1)!, Buffer.concat(chunks)];
      const browser = browsers.get(id);
      if (!browser) return response.writeHead(410).end();
      if (mood) return response.writeHead(mood.status, mood.headers).end();
      const wrong = objection(request, body, browser.serverKey);
      if (wrong) {
        refused.push(wrong[1]);
        return response.writeHead(wrong[0]).end(wrong[1]);
      }
      const { headers } = request;
      told.push({ to: id, ttl: Number(headers['ttl']), urgency: String(headers['urgency']), topic: String(headers['topic']), bytes: body.length, payload: decrypted(body, browser) });
      return response.writeHead(201, { location: `${origin}/message/${randomUUID()}` }).end();
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    origin, refused,
    /** What `PushSubscription.toJSON()` says in a browser that has just subscribed with that key of a server. */
    subscribe(serverKey: string) {
      const [id, pair, auth] = [randomUUID(), createECDH('prime256v1'), randomBytes(16)];
      pair.generateKeys();
      browsers.set(id, { serverKey, pair, auth });
      return { id, subscription: { endpoint: `${origin}/push/${id}`, keys: { p256dh: pair.getPublicKey('base64url'), auth: auth.toString('base64url') } } };
    },
    /** The person took the permission away. */
    forget: (id: string) => browsers.delete(id),
    /** From now on everything is answered with this; null: as usual. */
    answers(status: number | null, headers?: Record<string, string>): void { mood = status === null ? null : { status, ...(headers && { headers }) }; },
    /** What came since this was asked last. */
    taken: () => told.splice(0),
  };
}

/** The first that does not hold. */
function broken(rules: readonly (readonly [holds: boolean, status: number, why: string])[]): readonly [number, string] | null {
  const found = rules.find(([holds]) => !holds);
  return found ? [found[1], found[2]] : null;
}

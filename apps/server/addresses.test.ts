import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { oneAppForAll, testApp } from '../../testing/test-app.ts';
import { REDACTED } from './logger.ts';

oneAppForAll();

test('the address of a client is the socket\'s, whatever a header says, unless a trusted proxy says it', async () => {
  for (const [trustedProxies, shown] of [[[], '127.0.0.1'], [['127.0.0.1'], '203.0.113.9'], [['10.0.0.1'], '127.0.0.1']] as const) {
    const app = await testApp({ settings: { trustedProxies } });
    const person = await app.person('agent', { of: app.owner, password: true });

    const signedIn = await app.request('POST', '/session', { email: person.email, password: app.password }, { 'x-forwarded-for': '203.0.113.9' });

    expect(signedIn.status).toBe(201);
    const devices = await app.request('GET', '/sessions', undefined, { authorization: `Bearer ${signedIn.body.token}` });
    expect(devices.body.items.find((device: { current: boolean }) => device.current).address).toBe(shown);
  }
});

test('secrets are cut out of the log, wherever they stand in it', () => {
  const lines: string[] = [];
  const log = pino({ redact: REDACTED }, new Writable({ write(chunk: Buffer, _encoding, done) { lines.push(chunk.toString()); done(); } }));
  const secret = 'planted-7391';

  log.info({ password: secret, req: { headers: { cookie: secret } }, headers: { authorization: secret, cookie: secret } }, 'one');
  log.error({ err: Object.assign(new Error('query failed'), { parameters: [secret], query: secret, where: secret, config: { password: secret } }) }, 'two');
  log.warn({ person: { token: secret, secret, authorization: secret } }, 'three');

  expect(lines).toHaveLength(3);
  expect(lines.join('')).not.toContain(secret);
});

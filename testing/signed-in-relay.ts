import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { onTestFinished } from 'vitest';

/**
 * A mail server that takes mail from whoever shows a token of the provider, by XOAUTH2 and in no other way: a token that is not
 * good, or another account's, gets the challenge of Google and Microsoft, and then 535.
 */
export async function signedInRelay({ tokensAskedAt }: { tokensAskedAt: string }) {
  const taken: string[] = [];
  const shown: string[] = [];

  async function isGood(user: string, token: string): Promise<boolean> {
    const answer = await fetch(tokensAskedAt, { method: 'POST', body: new URLSearchParams({ token }), headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    const { active, username } = await answer.json() as { active: boolean; username?: string };
    return active && username === user;
  }

  const server = new SMTPServer({
    authMethods: ['XOAUTH2'], allowInsecureAuth: true, disabledCommands: ['STARTTLS'], disableReverseLookup: true, logger: false, closeTimeout: 100,
    onAuth({ username = '', accessToken = '' }, _session, done) {
      shown.push(accessToken);
      isGood(username, accessToken).then((good) => {
        done(null, good ? { user: username } : { data: { status: '401', schemes: 'bearer', scope: 'https://mail.example/' } });
      }, done);
    },
    onData(stream, { user }, done) {
      let raw = '';
      stream.on('data', (chunk: Buffer) => { raw += chunk.toString('latin1'); });
      stream.on('end', () => {
        taken.push(`${String(user)}: ${/^Subject: (.*)\r$/m.exec(raw)?.[1] ?? ''}`);
        done(null, 'taken');
      });
    },
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  onTestFinished(() => new Promise<void>((resolve) => { server.close(resolve); }));

  return {
    port: (server.server.address() as AddressInfo).port,
    /** Who sent what, in order. */
    taken,
    /** The tokens that were shown here, good or not. */
    shown,
  };
}

import { expect, onTestFinished, test } from 'vitest';
import { alteringProxy } from '../../../../testing/altering-proxy.ts';
import { DOVECOT_USER, hasDovecot, startDovecot } from '../../../../testing/dovecot.ts';
import { oneAppForAll, testApp } from '../../../../testing/test-app.ts';

oneAppForAll();

const letter = (n: number): string => `From: c${n}@example.org\r\nTo: support@desk.test\r\nSubject: Letter ${n}\r\n\r\nWords of ${n}.\r\n`;
const lettersOf = (count: number): string[] => Array.from({ length: count }, (_, n) => letter(n));

/** A true server whose answers are altered on their way. */
async function desk(alter: (answer: Buffer) => Buffer) {
  const dovecot = await startDovecot();
  onTestFinished(() => dovecot.close());
  const proxy = await alteringProxy(dovecot, alter);
  onTestFinished(() => proxy.close());
  const app = await testApp({ settings: { privateHosts: ['127.0.0.1'], lookAgainMs: 300 } });
  const mailboxId = (await app.owner.request('GET', '/mailboxes')).body.items[0].id as string;
  await app.owner.request('PUT', `/mailboxes/${mailboxId}/source`, { host: '127.0.0.1', port: proxy.port, security: 'none', ...DOVECOT_USER, takeExisting: true });
  return {
    ...app, dovecot, proxy,
    fetch: async () => {
      const trouble = await app.email.sources.fetchOnce(app.owner.workspaceId, mailboxId);
      await app.email.settled();
      return trouble;
    },
    ledger: async () => (await app.db.owner.selectFrom('inbound_messages').select(['subject', 'state']).execute()).map(({ subject, state }) => `${subject} ${state}`).sort(),
  };
}

const filed = (count: number): string[] => Array.from({ length: count }, (_, n) => `Letter ${n} filed`).sort();

test.skipIf(!hasDovecot)('a server that does not speak IDLE is asked for news again and again', { timeout: 60_000 }, async () => {
  const d = await desk((answer) => Buffer.from(answer.toString('latin1').replace(/^(.*CAPABILITY.*) IDLE\b/, '$1'), 'latin1'));
  await d.dovecot.deliver([letter(0)]);
  d.email.sources.start();
  onTestFinished(() => d.email.sources.stop());
  await expect.poll(d.ledger, { timeout: 20_000 }).toEqual(filed(1));
  // The connection is open, and nobody says that there is more.
  await d.dovecot.deliver([letter(1)]);
  await expect.poll(d.ledger, { timeout: 20_000 }).toEqual(filed(2));
  expect(d.proxy.heard.filter((said) => /\bIDLE\b/i.test(said))).toEqual([]);
});

test.skipIf(!hasDovecot)('a server that says everything of a message twice hands it over once', async () => {
  let doubled = 0;
  const d = await desk((answer) => {
    if (!/^\* \d+ FETCH /.test(answer.toString('latin1', 0, 30))) return answer;
    doubled += 1;
    return Buffer.concat([answer, answer]);
  });
  await d.dovecot.deliver(lettersOf(30));
  expect(await d.fetch()).toBeNull();
  expect(doubled).toBeGreaterThanOrEqual(60);
  expect(await d.ledger()).toEqual(filed(30));
  await d.dovecot.deliver([letter(30)]);
  expect(await d.fetch()).toBeNull();
  expect(await d.ledger()).toEqual(filed(31));
});

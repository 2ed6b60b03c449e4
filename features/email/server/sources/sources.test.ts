import { expect, onTestFinished, test } from 'vitest';
import { cuttingProxy } from '../../../../testing/cutting-proxy.ts';
import { DOVECOT_USER, hasDovecot, startDovecot } from '../../../../testing/dovecot.ts';
import { oneAppForAll, testApp } from '../../../../testing/test-app.ts';

oneAppForAll();

const letter = (n: number, { id = `<${n}@example.org>`, words = `Words of ${n}.` }: { id?: string | null; words?: string } = {}): string =>
  [`From: Customer ${n} <c${n}@example.org>`, 'To: support@desk.test', `Subject: Letter ${n}`, ...(id === null ? [] : [`Message-ID: ${id}`]), '', words, ''].join('\r\n');

async function desk() {
  const dovecot = await startDovecot();
  onTestFinished(() => dovecot.close());
  const app = await testApp({ settings: { privateHosts: ['127.0.0.1'] } });
  const mailboxId = (await app.owner.request('GET', '/mailboxes')).body.items[0].id as string;
  const settings = { host: '127.0.0.1', port: dovecot.port, security: 'none', ...DOVECOT_USER, takeExisting: true };
  return {
    ...app, dovecot, mailboxId, settings,
    put: (more: Record<string, unknown> = {}) => app.owner.request('PUT', `/mailboxes/${mailboxId}/source`, { ...settings, ...more }),
    /** One visit; what went wrong, if anything did. */
    async fetch() {
      const trouble = await app.email.sources.fetchOnce(app.owner.workspaceId, mailboxId);
      await app.email.settled();
      return trouble;
    },
    subjects: async () => (await app.db.owner.selectFrom('tickets').select('subject').orderBy('created_at').orderBy('number').execute()).map(({ subject }) => subject).sort(),
    ledger: () => app.db.owner.selectFrom('inbound_messages').select(['state', 'reason', 'message_id', 'door']).orderBy('id').execute(),
    source: async () => (await app.owner.request('GET', `/mailboxes/${mailboxId}/source`)).body,
    flags: (folder = 'INBOX') => dovecot.session(async (client) => {
      const box = await client.mailboxOpen(folder);
      return box.exists === 0 ? [] : (await client.fetchAll('1:*', { uid: true, flags: true })).map(({ flags }) => [...(flags ?? [])].filter((flag) => flag === '\\Seen').length);
    }),
  };
}

test.skipIf(!hasDovecot)('mail is fetched from the server: each message once, read there or not, and marked only when it is ours', async () => {
  const d = await desk();
  await d.dovecot.deliver([letter(1), letter(2)]);
  await d.dovecot.session(async (client) => {
    await client.mailboxOpen('INBOX');
    await client.messageFlagsAdd('1', ['\\Seen']);
  });
  expect(await d.put()).toMatchObject({ status: 200, body: { state: 'waiting', folders: ['INBOX'] } });
  expect(await d.fetch()).toBeNull();
  expect(await d.subjects()).toEqual(['Letter 1', 'Letter 2']);
  expect(await d.flags()).toEqual([1, 1]);
  expect(await d.source()).toMatchObject({ state: 'working', trouble: null });

  await d.dovecot.deliver([letter(3)]);
  expect(await d.fetch()).toBeNull();
  expect(await d.fetch()).toBeNull();
  expect(await d.subjects()).toEqual(['Letter 1', 'Letter 2', 'Letter 3']);
  expect((await d.ledger()).map(({ state, door }) => [state, door])).toEqual(Array(3).fill(['filed', 'imap']));
});

test.skipIf(!hasDovecot)('what lay there before is left alone unless it is asked for', async () => {
  const d = await desk();
  await d.dovecot.session((client) => client.append('INBOX', letter(1), [], new Date('2020-01-01T00:00:00Z')));
  await d.put({ takeExisting: false });
  await d.fetch();
  await d.dovecot.session((client) => client.append('INBOX', letter(2), [], new Date('2020-01-01T00:00:00Z')));
  await d.fetch();
  // An old message that somebody moved into the folder now is news.
  expect(await d.subjects()).toEqual(['Letter 2']);
  expect((await d.put({ takeExisting: true })).status).toBe(200);
  await d.fetch();
  expect(await d.subjects()).toEqual(['Letter 1', 'Letter 2']);
});

test.skipIf(!hasDovecot)('messages of several folders are moved when they are ours, and the folder for them is made', async () => {
  const d = await desk();
  await d.dovecot.session((client) => client.mailboxCreate('Shop'));
  await d.dovecot.deliver([letter(1)]);
  await d.dovecot.deliver([letter(2)], 'Shop');
  expect((await d.put({ folders: ['INBOX', 'Shop'], afterwards: 'move', moveTo: 'Shop' })).body).toMatchObject({ code: 'source.move_to_same' });
  expect((await d.put({ folders: ['INBOX', 'Shop'], afterwards: 'move', moveTo: 'Done/Tickets' })).status).toBe(200);
  expect(await d.fetch()).toBeNull();
  expect([await d.flags(), await d.flags('Shop')]).toEqual([[], []]);
  expect(await d.flags('Done/Tickets')).toHaveLength(2);
  expect(await d.subjects()).toEqual(['Letter 1', 'Letter 2']);
});

test.skipIf(!hasDovecot)('2,000 messages through a connection that is cut at every tenth answer, restarts on both sides, another program and changed UIDs: all, once', { timeout: 600_000 }, async () => {
  const d = await desk();
  const letters = Array.from({ length: 2_000 }, (_, i) =>
    i % 50 === 7 ? letter(i, { id: null }) : i % 50 === 8 ? letter(i, { id: '<the-same@example.org>' }) : letter(i));
  await d.dovecot.deliver(letters.slice(0, 1_000));
  const proxy = await cuttingProxy(d.dovecot, { every: 10 });
  onTestFinished(() => proxy.close());
  await d.put({ port: proxy.port });

  let { email } = d;
  async function fetch() {
    const trouble = await email.sources.fetchOnce(d.owner.workspaceId, d.mailboxId);
    await email.settled();
    return trouble;
  }
  const until = async (count: number): Promise<void> => {
    while (await fetch() !== null || (await d.subjects()).length < count) if (proxy.counts.connections > 1_000) throw new Error('no progress');
  };
  await until(1_000);
  expect(proxy.counts.cuts).toBeGreaterThan(10);
  await d.dovecot.session(async (client) => {
    await client.mailboxOpen('INBOX');
    await client.messageFlagsRemove('1:500', ['\\Seen']);
    await client.messageDelete('1:100');
  });
  await d.dovecot.deliver(letters.slice(1_000, 1_500));
  await d.dovecot.restart();
  // Some of them are ours when a connection is cut; then ours begins anew as well, and knows nothing but what was kept.
  while ((await d.subjects()).length === 1_000) expect(await fetch()).not.toBeNull();
  ({ email } = await d.beginAgain());
  // Another program removes what we have not come to yet: 900 are left of the first thousand.
  const GONE = { from: 1_400, to: 1_450 };
  expect((await d.subjects()).filter((subject) => Number(subject.slice('Letter '.length)) >= GONE.from)).toEqual([]);
  await d.dovecot.session(async (client) => {
    await client.mailboxOpen('INBOX');
    await client.messageDelete(`${GONE.from - 100 + 1}:${GONE.to - 100}`);
  });
  await until(1_450);
  await d.dovecot.deliver(letters.slice(1_500));
  await d.dovecot.forgetUids();
  await until(1_950);
  await until(1_950);

  expect(await d.subjects()).toEqual(letters.map((_, i) => `Letter ${i}`).filter((_, i) => i < GONE.from || i >= GONE.to).sort());
  const ledger = await d.ledger();
  expect(ledger).toHaveLength(1_950);
  expect(new Set(ledger.map(({ state }) => state))).toEqual(new Set(['filed']));
});

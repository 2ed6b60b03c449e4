import { expect, onTestFinished, test } from 'vitest';
import { DOVECOT_USER, hasDovecot, startDovecot } from '../../../../testing/dovecot.ts';
import { oneAppForAll, testApp } from '../../../../testing/test-app.ts';

oneAppForAll();

/** A mailbox whose server can be reached when `port` is one where somebody listens. */
async function desk() {
  const app = await testApp({ relay: true, settings: { privateHosts: ['127.0.0.1'], mailbox: 'support@desk.test' } });
  const mailboxId = (await app.owner.request('GET', '/mailboxes')).body.items[0].id as string;
  return {
    ...app, mailboxId,
    put: (port: number) => app.owner.request('PUT', `/mailboxes/${mailboxId}/source`, { host: '127.0.0.1', port, security: 'none', ...DOVECOT_USER }),
    fetch: async () => (await app.email.sources.fetchOnce(app.owner.workspaceId, mailboxId))?.code ?? null,
    /** What has left since the last time, to whom. */
    async told() {
      const before = app.sink.received.length;
      await app.sender.sendDue();
      return app.sink.received.slice(before).map(({ to, mail, raw, from }) => ({ to: to[0]!, by: mail.from?.address, envelope: from, subject: mail.subject!, text: mail.text ?? '', raw: raw.toString('latin1') }))
        .sort((a, b) => (a.to < b.to ? -1 : 1));
    },
  };
}

test.skipIf(!hasDovecot)('owners and administrators are told by mail that a mailbox fails, once for each failure, and that it works again', async () => {
  const dovecot = await startDovecot();
  onTestFinished(() => dovecot.close());
  const d = await desk();
  const admin = await d.person('admin', { of: d.owner });
  await d.person('lead', { of: d.owner });
  await d.person('agent', { of: d.owner });
  await d.put(1);
  expect(await d.fetch()).toBe('refused');
  expect(await d.told()).toEqual([]);

  d.passMachine(301);
  for (let tries = 0; tries < 3; tries++) expect(await d.fetch()).toBe('refused');
  const first = await d.told();
  expect(first.map(({ to }) => to).sort()).toEqual([admin.email, d.owner.email].sort());
  for (const { raw, subject, text, envelope } of first) {
    expect(raw).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    expect([subject, envelope]).toEqual(['Main: mail to support@desk.test is not being fetched', '']);
    expect(text).toContain('http://desk.test/settings/mailboxes');
    expect(text).not.toContain(DOVECOT_USER.password);
  }
  d.passMachine(3_600);
  expect(await d.fetch()).toBe('refused');
  expect(await d.told()).toEqual([]);

  await d.put(dovecot.port);
  expect(await d.fetch()).toBeNull();
  expect(await d.fetch()).toBeNull();
  expect((await d.told()).map(({ subject }) => subject)).toEqual(Array(2).fill('Main: mail to support@desk.test is being fetched again'));

  // The next failure is told again; a short one is not, and then nor is its end.
  await d.put(1);
  expect(await d.fetch()).toBe('refused');
  await d.put(dovecot.port);
  expect(await d.fetch()).toBeNull();
  expect(await d.told()).toEqual([]);
  await d.put(1);
  d.passMachine(301);
  expect(await d.fetch()).toBe('refused');
  expect(await d.told()).toHaveLength(2);
});

test('the mail about a failure leaves by a relay that does not need the account that fails', async () => {
  const d = await desk();
  expect((await d.owner.request('POST', '/mailboxes', { address: 'sales@other.test' })).status).toBe(201);
  const relay = { name: 'Provider', host: '127.0.0.1', port: 1, security: 'none', user: DOVECOT_USER.user, password: 'x', senders: ['desk.test'], failsOver: false };
  expect((await d.owner.request('POST', '/relays', relay)).status).toBe(201);
  await d.put(1);
  d.passMachine(301);
  expect(await d.fetch()).toBe('refused');
  expect((await d.told()).map(({ to, by }) => [to, by])).toEqual([[d.owner.email, 'sales@other.test']]);
});

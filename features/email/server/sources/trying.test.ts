import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { DOVECOT_USER, hasDovecot, startDovecot } from '../../../../testing/dovecot.ts';
import { smtpSink } from '../../../../testing/smtp-sink.ts';
import { oneAppForAll, testApp } from '../../../../testing/test-app.ts';

oneAppForAll();

const letter = (subject: string, words = 'Hello.'): string => `From: ana@example.org\r\nTo: support@desk.test\r\nSubject: ${subject}\r\n\r\n${words}\r\n`;

async function desk(settings: Record<string, unknown> = {}) {
  const app = await testApp({ settings: { privateHosts: ['127.0.0.1', 'localhost'], ...settings } });
  const mailboxId = (await app.owner.request('GET', '/mailboxes')).body.items[0].id as string;
  return {
    ...app, mailboxId, path: `/mailboxes/${mailboxId}/source`,
    tryIt: async (more: Record<string, unknown>) => (await app.owner.request('POST', `/mailboxes/${mailboxId}/source/tests`, { host: '127.0.0.1', security: 'none', ...DOVECOT_USER, ...more })).body,
    mailbox: async () => (await app.owner.request('GET', '/mailboxes')).body.items[0],
    told: async () => (await app.db.owner.selectFrom('events').select('type').where('type', 'in', ['mailbox.failing', 'mailbox.recovered']).orderBy('seq').execute()).map(({ type }) => type),
    fetch: async () => {
      const trouble = await app.email.sources.fetchOnce(app.owner.workspaceId, mailboxId);
      await app.email.settled();
      return trouble?.code ?? null;
    },
  };
}

/** A port behind which somebody says one thing to whoever connects. */
async function speaker(greeting: string): Promise<number> {
  const server = createServer((socket) => { socket.on('error', () => undefined); socket.end(greeting); });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => { server.close(); });
  return (server.address() as AddressInfo).port;
}

test.skipIf(!hasDovecot)('trying a connection says what is wrong', async () => {
  const dovecot = await startDovecot();
  onTestFinished(() => dovecot.close());
  const d = await desk();
  const { port } = dovecot;
  expect(await d.tryIt({ port })).toEqual({ ok: true, trouble: null, folders: ['INBOX'] });
  for (const [code, more] of [
    ['password', { port, password: 'wrong' }], ['tls_mode', { port, security: 'tls' }], ['tls_mode', { port, security: 'starttls' }],
    ['no_folder', { port, folders: ['Nowhere'] }], ['host_unknown', { port: 993, host: 'no-such-host.invalid', security: 'tls' }],
    // A port for TLS says nothing to whoever speaks without.
    ['tls_mode', { port: await speaker('') }],
  ] as const) expect(await d.tryIt(more), JSON.stringify(more)).toMatchObject({ ok: false, trouble: { code } });
});

test('a port where nobody listens, private networks, odd ports and open passwords are told apart', async () => {
  const d = await desk();
  expect(await d.tryIt({ port: 1 })).toMatchObject({ trouble: { code: 'refused' } });
  expect(await d.tryIt({ host: '10.0.0.1', port: 993, security: 'tls' })).toMatchObject({ trouble: { code: 'private_host' } });
  expect(await d.tryIt({ host: '169.254.169.254', port: 143, security: 'starttls' })).toMatchObject({ trouble: { code: 'private_host' } });
  expect(await d.tryIt({ host: '[::1]', port: 993, security: 'tls' })).toMatchObject({ status: 400 });
  expect(await d.tryIt({ host: '::ffff:127.0.0.1', port: 993, security: 'tls' })).toMatchObject({ trouble: { code: 'private_host' } });
  expect(await d.tryIt({ host: 'example.org', port: 22, security: 'tls' })).toMatchObject({ trouble: { code: 'port_refused' } });
  expect(await d.tryIt({ host: 'example.org', port: 143, security: 'none' })).toMatchObject({ trouble: { code: 'unencrypted' } });
});

test('the relay is tried as well', async () => {
  const sink = await smtpSink();
  onTestFinished(() => sink.close().catch(() => undefined));
  const d = await desk({ relayUrl: sink.url });
  expect((await d.owner.request('POST', '/relay/tests')).body).toEqual({ ok: true, trouble: null, folders: [] });
  await sink.close();
  expect((await d.owner.request('POST', '/relay/tests')).body).toMatchObject({ ok: false, trouble: { code: 'refused' } });
  expect((await (await desk()).owner.request('POST', '/relay/tests')).body).toMatchObject({ trouble: { code: 'no_relay' } });
  expect((await (await d.person('agent', { of: d.owner })).request('POST', '/relay/tests')).status).toBe(403);
});

test('a password is kept unreadable, never shown, and goes nowhere else', async () => {
  const d = await desk();
  const source = { host: '127.0.0.1', port: 1143, security: 'none', ...DOVECOT_USER };
  expect((await d.owner.request('PUT', d.path, { ...source, password: undefined })).body).toMatchObject({ code: 'source.password_missing' });
  const { body } = await d.owner.request('PUT', d.path, source);
  expect(JSON.stringify([body, await d.mailbox(), (await d.owner.request('GET', d.path)).body])).not.toContain(DOVECOT_USER.password);
  const stored = await d.db.owner.selectFrom('mail_sources').selectAll().executeTakeFirstOrThrow();
  expect(JSON.stringify(stored)).not.toContain(DOVECOT_USER.password);

  const kept = { ...source, password: undefined };
  expect((await d.owner.request('PUT', d.path, { ...kept, afterwards: 'leave' })).body).toMatchObject({ afterwards: 'leave' });
  for (const elsewhere of [{ host: 'localhost' }, { port: 1144 }, { user: 'other' }]) {
    for (const [method, path] of [['PUT', d.path], ['POST', `${d.path}/tests`]] as const) {
      expect((await d.owner.request(method, path, { ...kept, ...elsewhere })).body, `${method} ${JSON.stringify(elsewhere)}`).toMatchObject({ code: 'source.password_again' });
    }
  }
  const other = await d.otherWorkspace();
  const agent = await d.person('agent', { of: d.owner });
  for (const [method, path, given] of [['GET', d.path], ['PUT', d.path, source], ['DELETE', d.path], ['POST', `${d.path}/tests`, source]] as const) {
    expect((await other.request(method, path, given)).status, `${method} elsewhere`).toBe(404);
    expect((await agent.request(method, path, given)).status, `${method} agent`).toBe(403);
  }
  expect((await d.owner.request('DELETE', d.path)).status).toBe(204);
  expect((await d.mailbox()).source).toBeNull();
});

test.skipIf(!hasDovecot)('what fails for five minutes is told once, and so is that it works again', async () => {
  const dovecot = await startDovecot();
  onTestFinished(() => dovecot.close());
  const d = await desk();
  await d.owner.request('PUT', d.path, { host: '127.0.0.1', port: dovecot.port, security: 'none', ...DOVECOT_USER });
  expect(await d.fetch()).toBeNull();
  await dovecot.stop();
  expect(await d.fetch()).toBe('refused');
  expect(await d.mailbox()).toMatchObject({ source: { state: 'working', trouble: { code: 'refused' } } });
  d.passMachine(301);
  expect(await d.fetch()).toBe('refused');
  expect(await d.fetch()).toBe('refused');
  expect(await d.mailbox()).toMatchObject({ source: { state: 'failing', trouble: { code: 'refused' } } });
  expect(await d.email.sources.failing()).toBe(1);
  expect(await d.told()).toEqual(['mailbox.failing']);
  await dovecot.resume();
  expect(await d.fetch()).toBeNull();
  expect(await d.told()).toEqual(['mailbox.failing', 'mailbox.recovered']);
  expect(await d.mailbox()).toMatchObject({ source: { state: 'working', trouble: null } });
});

test.skipIf(!hasDovecot)('a message that cannot be kept is set aside after three tries, and the next one is not held up', async () => {
  const dovecot = await startDovecot();
  onTestFinished(() => dovecot.close());
  const d = await desk();
  await sql`create function refuse() returns trigger language plpgsql as $$ begin if new.size > 5000 and new.state = 'received' then raise check_violation using message = 'poison'; end if; return new; end $$`.execute(d.db.owner);
  await sql`create trigger refuse before insert on inbound_messages for each row execute function refuse()`.execute(d.db.owner);
  await dovecot.deliver([letter('One'), letter('Poison', 'x'.repeat(6_000)), letter('Two')]);
  await d.owner.request('PUT', d.path, { host: '127.0.0.1', port: dovecot.port, security: 'none', ...DOVECOT_USER, takeExisting: true });
  expect(await d.fetch()).toBeNull();
  const ledger = (await d.owner.request('GET', '/email/ledger')).body.items as { state: string; reason: string | null; id: string }[];
  expect(ledger.map(({ state }) => state).sort()).toEqual(['filed', 'filed', 'quarantined']);
  const aside = ledger.find(({ state }) => state === 'quarantined')!;
  expect(aside.reason).toBe('not_fetched: database error 23514');
  expect((await d.owner.request('GET', `/email/ledger/${aside.id}/raw`)).body).toContain('Subject: Poison');
  // What was wrong is mended: the hourly comparison takes it after all.
  await sql`drop trigger refuse on inbound_messages`.execute(d.db.owner);
  d.passMachine(3_601);
  await dovecot.deliver([letter('Three')]);
  expect(await d.fetch()).toBeNull();
  expect((await d.owner.request('GET', '/tickets?status=all')).body.items.map(({ subject }: { subject: string }) => subject).sort()).toEqual(['One', 'Poison', 'Three', 'Two']);
});

test.skipIf(!hasDovecot)('while it runs, mail arrives by itself, for one process at a time', async () => {
  const dovecot = await startDovecot();
  onTestFinished(() => dovecot.close());
  const d = await desk();
  await d.owner.request('PUT', d.path, { host: '127.0.0.1', port: dovecot.port, security: 'none', ...DOVECOT_USER, takeExisting: true });
  d.email.sources.start();
  onTestFinished(() => d.email.sources.stop());
  const arrived = (count: number) => expect.poll(async () => (await d.db.owner.selectFrom('tickets').select('subject').execute()).length, { timeout: 20_000 }).toBe(count);
  await dovecot.deliver([letter('One')]);
  await arrived(1);
  await dovecot.deliver([letter('Two')]);
  await arrived(2);
  const { lease_owner: owner } = await d.db.owner.selectFrom('mail_sources').select('lease_owner').executeTakeFirstOrThrow();
  expect(owner).not.toBeNull();
  await d.email.sources.stop();
  expect(await d.db.owner.selectFrom('mail_sources').select('lease_owner').executeTakeFirstOrThrow()).toEqual({ lease_owner: null });
});

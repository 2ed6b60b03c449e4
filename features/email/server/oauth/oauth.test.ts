import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { hasDovecot, startDovecot } from '../../../../testing/dovecot.ts';
import { deskWithProvider } from '../../../../testing/signed-in-mailbox.ts';

const letter = (subject: string): string => `From: ana@example.org\r\nTo: support@desk.test\r\nSubject: ${subject}\r\n\r\nHello.\r\n`;

async function deskAndServer() {
  const d = await deskWithProvider();
  const dovecot = await startDovecot({ tokensAskedAt: d.provider.introspectUrl });
  onTestFinished(() => dovecot.close());
  await d.register();
  const path = `/mailboxes/${d.mailboxId}/source`;
  return { ...d, dovecot, path, subjects: async () => (await d.db.owner.selectFrom('tickets').select('subject').orderBy('number').execute()).map(({ subject }) => subject) };
}

test.skipIf(!hasDovecot)('mail is fetched with a sign-in instead of a password, renewed before it runs out and when a server refuses it', async () => {
  const d = await deskAndServer();
  const source = d.source(d.dovecot.port);
  expect((await d.owner.request('PUT', d.path, source)).body, 'nobody has signed in').toMatchObject({ code: 'source.sign_in_missing' });
  expect(await d.signIn()).toBe('done');
  expect((await d.owner.request('POST', `${d.path}/tests`, source)).body).toEqual({ ok: true, trouble: null, folders: ['INBOX'] });
  expect((await d.owner.request('PUT', d.path, source)).body).toMatchObject({ auth: 'other', user: 'desk' });
  await d.dovecot.deliver([letter('One')]);
  expect(await d.fetch()).toBeNull();
  expect(d.provider.asked).toEqual(['authorization_code']);

  d.passMachine(3_600 - 60);
  await d.dovecot.deliver([letter('Two')]);
  expect(await d.fetch()).toBeNull();
  expect(d.provider.asked, 'before it runs out').toEqual(['authorization_code', 'refresh_token']);

  d.provider.forgetAccess();
  await d.dovecot.deliver([letter('Three')]);
  expect(await d.fetch()).toBeNull();
  expect(d.provider.asked, 'refused by the mail server').toEqual(['authorization_code', 'refresh_token', 'refresh_token']);
  expect(await d.subjects()).toEqual(['One', 'Two', 'Three']);
});

test.skipIf(!hasDovecot)('a sign-in that is over is told at once, and signing in again mends it', async () => {
  const d = await deskAndServer();
  await d.signIn();
  await d.owner.request('PUT', d.path, d.source(d.dovecot.port));
  expect(await d.fetch()).toBeNull();
  d.provider.endAll();
  expect(await d.fetch()).toBe('oauth_expired');
  expect(await d.mailbox()).toMatchObject({ source: { state: 'failing', trouble: { code: 'oauth_expired' } } });
  expect(await d.email.sources.failing()).toBe(1);
  expect((await d.owner.request('GET', `/mailboxes/${d.mailboxId}/sign-in`)).body.signedIn).toEqual({ provider: 'other', user: 'desk', good: false });
  const asked = d.provider.asked.length;
  expect(await d.fetch(), 'the provider is not asked again').toBe('oauth_expired');
  expect(d.provider.asked).toHaveLength(asked);
  expect((await d.owner.request('POST', `${d.path}/tests`, d.source(d.dovecot.port))).body).toMatchObject({ ok: false, trouble: { code: 'oauth_expired' } });

  const again = (await d.owner.request('POST', `/mailboxes/${d.mailboxId}/sign-ins`, {})).body.url as string;
  expect(await d.comeBack(await d.provider.agree(again))).toBe('done');
  expect(await d.fetch()).toBeNull();
  expect(await d.mailbox()).toMatchObject({ source: { state: 'working', trouble: null } });
  const told = await d.db.owner.selectFrom('events').select('type').where('type', 'in', ['mailbox.failing', 'mailbox.recovered']).orderBy('seq').execute();
  expect(told.map(({ type }) => type)).toEqual(['mailbox.failing', 'mailbox.recovered']);
});

test.skipIf(!hasDovecot)('many that need a new token at once use the refresh token once', async () => {
  const d = await deskAndServer();
  await d.signIn();
  const source = d.source(d.dovecot.port);
  d.passMachine(3_600);
  const results = await Promise.all(Array.from({ length: 4 }, () => d.owner.request('POST', `${d.path}/tests`, source, { 'idempotency-key': crypto.randomUUID() })));
  expect(results.map(({ body }) => body.ok)).toEqual([true, true, true, true]);
  expect(d.provider.asked).toEqual(['authorization_code', 'refresh_token']);
});

test.skipIf(!hasDovecot)('a provider that is down, or another account, is told apart from a sign-in that is over', async () => {
  const d = await deskAndServer();
  await d.signIn();
  const source = d.source(d.dovecot.port);
  const tried = async () => (await d.owner.request('POST', `${d.path}/tests`, source)).body.trouble?.code ?? null;
  d.passMachine(3_600);
  d.provider.be('down');
  expect(await tried()).toBe('oauth_unreachable');
  d.provider.be(null);
  expect(await tried()).toBeNull();
  await d.owner.request('PUT', '/email/oauth/clients/other', { ...d.registration, clientSecret: 'run out' });
  d.passMachine(3_600);
  expect(await tried()).toBe('oauth_client');
  await d.register();
  const url = new URL(await d.begin());
  url.searchParams.set('login_hint', 'somebody');
  expect(await d.comeBack(await d.provider.agree(url.href))).toBe('done');
  expect(await tried(), 'another account was chosen at the provider').toBe('oauth_refused');
});

test.skipIf(!hasDovecot)('what was given for an account is nowhere to be read, and goes with it', async () => {
  const d = await deskAndServer();
  await d.signIn();
  await d.owner.request('PUT', d.path, d.source(d.dovecot.port), { 'idempotency-key': 'one' });
  await d.owner.request('PUT', '/email/oauth/clients/other', d.registration, { 'idempotency-key': 'two' });
  await d.owner.request('POST', `${d.path}/tests`, d.source(d.dovecot.port), { 'idempotency-key': 'three' });
  d.passMachine(3_600);
  await d.fetch();
  d.provider.endAll();
  d.passMachine(3_600);
  expect(await d.fetch()).toBe('oauth_expired');
  const { rows: tables } = await sql<{ name: string }>`select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(d.db.owner);
  let kept = '';
  for (const { name } of tables) kept += (await sql<{ text: string | null }>`select string_agg(t::text, ' ') as text from ${sql.raw(name)} t`.execute(d.db.owner)).rows[0]?.text ?? '';
  const shown = JSON.stringify(await Promise.all(['/email/oauth/clients', `/mailboxes/${d.mailboxId}/sign-in`, '/mailboxes', d.path].map((path) => d.owner.request('GET', path))));
  expect(d.provider.secrets.length).toBeGreaterThan(4);
  expect(kept, 'what the provider said is kept, without what it repeated').toContain('invalid_grant: client_id=');
  const written = (secret: string) => [secret, new URLSearchParams({ '': secret }).toString().slice(1)];
  expect(d.provider.secrets.filter((secret) => written(secret).some((form) => kept.includes(form) || shown.includes(form)))).toEqual([]);

  expect((await d.owner.request('DELETE', d.path)).status).toBe(204);
  expect(await d.db.owner.selectFrom('oauth_grants').select('mailbox_id').execute()).toEqual([]);
});

import { expect, test } from 'vitest';
import { DOVECOT_USER } from '../../../../testing/dovecot.ts';
import { deskWithProvider } from '../../../../testing/signed-in-mailbox.ts';
import { signedInRelay } from '../../../../testing/signed-in-relay.ts';

const grants = async (d: Awaited<ReturnType<typeof deskWithProvider>>) => d.db.owner.selectFrom('oauth_grants').select('username').execute();

test('a sign-in that another session, another person or nobody began is refused', async () => {
  const d = await deskWithProvider();
  await d.register();
  const admin = await d.person('admin', { of: d.owner });
  const other = await d.otherWorkspace();
  const agent = await d.person('agent', { of: d.owner });
  const back = await d.provider.agree(await d.begin());
  expect(await d.comeBack(back, admin)).toBe('stale');
  expect(await d.comeBack(back, other)).toBe('stale');
  expect(await d.comeBack(back, agent)).toBe('status 403');
  expect(await d.comeBack(back, null)).toBe('session');
  const stateless = new URL(back);
  stateless.searchParams.delete('state');
  expect(await d.comeBack(stateless)).toBe('stale');
  const forged = new URL(back);
  forged.searchParams.set('state', `${back.searchParams.get('state')!.slice(0, -1)}_`);
  expect(await d.comeBack(forged)).toBe('stale');
  expect(await grants(d)).toEqual([]);
  expect(d.provider.asked, 'no code was taken to the provider').toEqual([]);
  expect(await d.comeBack(back), 'who began it').toBe('done');
});

test('a state is good once, and not for long', async () => {
  const d = await deskWithProvider();
  await d.register();
  const back = await d.provider.agree(await d.begin());
  expect(await d.comeBack(back)).toBe('done');
  expect(await d.comeBack(back)).toBe('stale');
  const [first, second] = [await d.begin(), await d.begin()];
  expect(await d.comeBack(await d.provider.agree(first)), 'begun anew since').toBe('stale');
  const late = await d.provider.agree(second);
  d.passMachine(16 * 60);
  expect(await d.comeBack(late)).toBe('stale');
  const refused = new URL(await d.begin());
  expect(await d.comeBack(new URL(`http://desk.test/api/v1/email/oauth/callback?error=access_denied&state=${refused.searchParams.get('state')}`))).toBe('denied');
});

test('a stolen code is of no use without the verifier, and comes back to one address only', async () => {
  const d = await deskWithProvider();
  await d.register();
  const [mine, theirs] = [await d.provider.agree(await d.begin()), new URL(await d.begin())];
  // The code of one sign-in under the state of another.
  mine.searchParams.set('state', theirs.searchParams.get('state')!);
  expect(await d.comeBack(mine)).toBe('expired');
  expect(await grants(d)).toEqual([]);
  const url = await d.begin();
  expect(new URL(url).searchParams.get('redirect_uri')).toBe('http://desk.test/api/v1/email/oauth/callback');
  for (const elsewhere of ['http://desk.test/api/v1/email/oauth/callback/', 'http://desk.test.evil.test/api/v1/email/oauth/callback', 'http://desk.test/api/v1/email/oauth/callback?next=//evil.test']) {
    const turned = new URL(url);
    turned.searchParams.set('redirect_uri', elsewhere);
    await expect(d.provider.agree(turned.href), elsewhere).rejects.toThrow('redirect_uri_mismatch');
  }
});

test('only whoever manages mailboxes signs in for one, in person', async () => {
  const d = await deskWithProvider();
  await d.register();
  const { body: program } = await d.owner.request('POST', '/tokens', { name: 'everything', scopes: ['read', 'write', 'admin'] });
  const asProgram = { authorization: `Bearer ${program.token}` };
  const agent = await d.person('agent', { of: d.owner });
  const other = await d.otherWorkspace();
  const path = `/mailboxes/${d.mailboxId}/sign-ins`;
  expect((await d.request('POST', path, { provider: 'other' }, asProgram)).body).toMatchObject({ code: 'session.needed' });
  expect((await agent.request('POST', path, { provider: 'other' })).status).toBe(403);
  expect((await other.request('POST', path, { provider: 'other' })).status).toBe(404);
  expect((await agent.request('PUT', '/email/oauth/clients/other', d.registration)).status).toBe(403);
  expect((await other.request('GET', '/email/oauth/clients')).body.items).toEqual([]);
  expect((await d.owner.request('POST', path, { provider: 'google' })).body).toMatchObject({ code: 'oauth.not_set_up' });
});

test('a client secret and tokens go nowhere else than they were meant for', async () => {
  const d = await deskWithProvider();
  await d.register();
  const { clientSecret: _, ...kept } = d.registration;
  expect((await d.owner.request('PUT', '/email/oauth/clients/other', kept)).status).toBe(200);
  for (const moved of [{ tokenUrl: `${d.provider.origin}/elsewhere` }, { authorizeUrl: `${d.provider.origin}/elsewhere` }, { clientId: 'other' }, { mailHost: 'localhost' }]) {
    expect((await d.owner.request('PUT', '/email/oauth/clients/other', { ...kept, ...moved })).body, JSON.stringify(moved)).toMatchObject({ code: 'oauth.secret_again' });
  }
  for (const address of ['http://provider.test/token', 'https://me:secret@provider.test/token']) {
    expect((await d.owner.request('PUT', '/email/oauth/clients/other', { ...d.registration, tokenUrl: address })).body, address).toMatchObject({ code: 'oauth.unencrypted' });
  }
  expect(await d.signIn()).toBe('done');
  const path = `/mailboxes/${d.mailboxId}/source`;
  expect((await d.owner.request('POST', `${path}/tests`, { ...d.source(1), host: 'localhost' })).body).toMatchObject({ code: 'source.other_host' });
  expect((await d.owner.request('POST', `${path}/tests`, { ...d.source(1), user: 'other' })).body).toMatchObject({ code: 'source.sign_in_missing' });
  expect((await d.owner.request('PUT', '/email/oauth/clients/other', { ...d.registration, mailHost: 'localhost' })).status).toBe(200);
  expect(await grants(d), 'another server: sign in again').toEqual([]);
});

test('a sign-in service inside the private network is not asked', async () => {
  const d = await deskWithProvider();
  await d.owner.request('PUT', '/email/oauth/clients/other', { ...d.registration, tokenUrl: 'https://127.0.0.1/token' });
  expect(await d.comeBack(await d.provider.agree(await d.begin()))).toBe('unreachable');
  expect(d.provider.asked).toEqual([]);
});

test('a sign-in that would end within the hour is not kept', async () => {
  const d = await deskWithProvider();
  await d.register();
  d.provider.be('no_refresh');
  expect(await d.signIn()).toBe('not_lasting');
  expect(await grants(d)).toEqual([]);
});

test('a token of the next provider is never shown to the server of the one before', async () => {
  const d = await deskWithProvider();
  const before = await signedInRelay({ tokensAskedAt: d.provider.introspectUrl });
  await d.register();
  await d.signIn();
  const { user } = DOVECOT_USER;
  const relay = { name: 'Before', host: '127.0.0.1', port: before.port, security: 'none', auth: 'other', mailboxId: d.mailboxId, user };
  expect((await d.owner.request('POST', '/relays', relay)).status).toBe(201);
  expect((await d.owner.request('PUT', `/mailboxes/${d.mailboxId}/source`, d.source(before.port))).status).toBe(200);

  // The workspace moves; relay and source still name the old servers, and the same person signs in at the new ones.
  expect((await d.owner.request('PUT', '/email/oauth/clients/other', { ...d.registration, mailHost: 'imap.next.example', smtpHost: 'smtp.next.example' })).status).toBe(200);
  expect(await d.signIn()).toBe('done');
  await d.owner.request('POST', '/tickets', { subject: 'Letter', channel: 'email', customer: { email: 'ana@example.org' }, text: 'Hello.' });
  d.passMachine(11);
  await d.sender.sendDue();
  expect(before.shown).toEqual([]);
  const trouble = await d.email.sources.fetchOnce(d.owner.workspaceId, d.mailboxId);
  expect(trouble?.words).toContain('imap.next.example only');
});

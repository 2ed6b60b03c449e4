import { expect, test } from 'vitest';
import { DOVECOT_USER } from '../../../../testing/dovecot.ts';
import { deskWithProvider } from '../../../../testing/signed-in-mailbox.ts';
import { signedInRelay } from '../../../../testing/signed-in-relay.ts';

async function deskAndRelay() {
  const d = await deskWithProvider();
  const relay = await signedInRelay({ tokensAskedAt: d.provider.introspectUrl });
  await d.register();
  const settings = { name: 'Provider', host: '127.0.0.1', port: relay.port, security: 'none', auth: 'other', mailboxId: d.mailboxId, user: DOVECOT_USER.user };
  let written = 0;
  return {
    ...d, relay, settings,
    save: () => d.owner.request('POST', '/relays', settings),
    /** Writes to a customer, and lets the mail leave. Returns what is known of its delivery. */
    async write() {
      const { body: ticket } = await d.owner.request('POST', '/tickets', { subject: `Letter ${++written}`, channel: 'email', customer: { email: 'ana@example.org' }, text: 'Hello.' });
      d.passMachine(11);
      await d.sender.sendDue();
      return (await d.owner.request('GET', `/tickets/${ticket.id}/entries`)).body.items.find(({ type }: { type: string }) => type === 'message').delivery;
    },
    /** A connection that was signed in stays so; one by changed settings shows the token again. */
    connectAnew: async () => d.owner.request('PUT', `/relays/${(await d.owner.request('GET', '/relays')).body.items[0].id}`, settings),
    again: async () => {
      d.passMachine(90);
      await d.sender.sendDue();
    },
    sent: () => relay.taken.map((line) => line.replace(/^desk: .*(Letter \d+).*$/, '$1')),
    state: async () => (await d.owner.request('GET', '/relays')).body.items[0].canSignIn,
  };
}

test('mail leaves by a sign-in instead of a password, renewed before it runs out and when the relay refuses it', async () => {
  const d = await deskAndRelay();
  expect((await d.save()).body, 'nobody has signed in').toMatchObject({ code: 'source.sign_in_missing' });
  await d.signIn();
  expect((await d.owner.request('POST', '/relays/tests', d.settings)).body).toEqual({ ok: true, trouble: null, folders: [] });
  expect((await d.save())).toMatchObject({ status: 201, body: { auth: 'other', mailboxId: d.mailboxId, user: 'desk', canSignIn: true } });
  expect(await d.write()).toMatchObject({ state: 'accepted' });
  expect(d.provider.asked).toEqual(['authorization_code']);

  d.passMachine(3_600 - 60);
  await d.connectAnew();
  await d.write();
  expect(d.provider.asked, 'before it runs out').toEqual(['authorization_code', 'refresh_token']);

  d.provider.forgetAccess();
  await d.connectAnew();
  await d.write();
  expect(d.provider.asked, 'refused by the relay').toEqual(['authorization_code', 'refresh_token', 'refresh_token']);
  expect(d.sent()).toEqual(['Letter 1', 'Letter 2', 'Letter 3']);
});

test('mail waits while a sign-in is over, says why, and leaves when somebody has signed in again', async () => {
  const d = await deskAndRelay();
  await d.signIn();
  await d.save();
  d.provider.endAll();
  expect(await d.write()).toMatchObject({ state: 'queued', response: expect.stringContaining('The sign-in at the mail provider is over') });
  expect(await d.state()).toBe(false);
  const agent = await d.person('agent', { of: d.owner });
  const waits = async () => (await agent.request('GET', '/mailboxes')).body.items.map((one: { sendingWaits: boolean }) => one.sendingWaits);
  expect(await waits(), 'everybody who works here is told').toEqual([true]);
  expect((await d.owner.request('POST', '/relays/tests', d.settings)).body).toMatchObject({ ok: false, trouble: { code: 'oauth_expired', words: '' } });
  expect(d.relay.taken).toEqual([]);
  await d.signIn();
  expect(await d.state()).toBe(true);
  expect(await waits()).toEqual([false]);
  await d.again();
  expect(d.sent()).toEqual(['Letter 1']);
});

test('another account than the token is for, and a provider that is down, are told apart', async () => {
  const d = await deskAndRelay();
  const url = new URL(await d.begin());
  url.searchParams.set('login_hint', 'somebody');
  await d.comeBack(await d.provider.agree(url.href));
  const tried = async () => (await d.owner.request('POST', '/relays/tests', d.settings)).body.trouble?.code ?? null;
  expect(await tried()).toBe('oauth_refused');
  d.passMachine(3_600);
  d.provider.be('down');
  expect(await tried()).toBe('oauth_unreachable');
});

test('a token is shown to the provider\'s own server alone, and goes when nothing uses it any more', async () => {
  const d = await deskAndRelay();
  await d.signIn();
  expect((await d.owner.request('POST', '/relays', { ...d.settings, host: 'smtp.example.org', port: 465, security: 'tls' })).body).toMatchObject({ code: 'relay.other_host' });
  expect((await d.owner.request('POST', '/relays', { ...d.settings, user: 'somebody' })).body).toMatchObject({ code: 'source.sign_in_missing' });
  expect((await d.owner.request('POST', '/relays', { ...d.settings, mailboxId: null })).body).toMatchObject({ code: 'relay.mailbox_missing' });
  const other = await d.otherWorkspace();
  expect((await other.request('POST', '/relays', d.settings)).body).toMatchObject({ code: 'relay.mailbox_missing' });
  expect(d.relay.shown).toEqual([]);

  const { id } = (await d.save()).body;
  await d.owner.request('PUT', `/mailboxes/${d.mailboxId}/source`, { host: '127.0.0.1', port: 143, security: 'none', user: 'desk', password: 'x', auth: 'password' });
  expect(await d.state(), 'the relay needs it still').toBe(true);
  expect((await d.owner.request('DELETE', `/relays/${id}`)).status).toBe(204);
  expect((await d.owner.request('GET', `/mailboxes/${d.mailboxId}/sign-in`)).body.signedIn).toBeNull();
});

test('a sign-in that was begun at the relays comes back there', async () => {
  const d = await deskAndRelay();
  const { url } = (await d.owner.request('POST', `/mailboxes/${d.mailboxId}/sign-ins`, { provider: 'other', user: 'desk', returnTo: 'sending' })).body;
  const back = await d.provider.agree(url);
  const { headers } = await d.owner.request('GET', `${back.pathname}${back.search}`);
  expect(headers['location']).toMatch(/^http:\/\/desk\.test\/settings\/sending\?sign_in=done&mailbox=/);
});

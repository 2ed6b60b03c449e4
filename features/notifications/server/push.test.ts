import { expect, test } from 'vitest';
import { following } from '../../../testing/following.ts';
import { pushService } from '../../../testing/push-service.ts';
import { testApp, type Member } from '../../../testing/test-app.ts';

async function desk() {
  const service = await pushService();
  const app = await testApp({ settings: { pushServices: [service.origin] } });
  const heard = await following(app, 'notifications');
  const [ana, boris] = [await app.person('agent', { of: app.owner, name: 'Ana' }), await app.person('agent', { of: app.owner, name: 'Boris' })];
  let caller = 0;
  const ticket = async (subject = 'Secret kettle'): Promise<{ id: string; number: number }> =>
    (await app.owner.request('POST', '/tickets', { subject, channel: 'phone', customer: { phone: `+3598812345${10 + caller++}` }, text: 'secret words', assigneeId: null })).body;
  return {
    ...app, service, ana, boris, ticket,
    async subscribed(of: Member, more: object = {}) {
      const { id, subscription } = service.subscribe((await of.request('GET', '/me/push')).body.publicKey);
      const { status, body } = await of.request('POST', '/me/push/devices', { ...subscription, ...more });
      expect([status, body.code]).toEqual([201, undefined]);
      return { id, subscription, device: body as { id: string; isThis: boolean; subjects: boolean } };
    },
    give: (ticketId: string, to: Member, by: Member = app.owner) => by.request('PATCH', `/tickets/${ticketId}`, { assigneeId: to.id }),
    /** What browsers show after what happened until now. */
    async told() {
      await heard();
      await app.notifications.pushing.handle(app.now(), 200);
      return service.taken();
    },
    waiting: async () => Number((await app.db.owner.selectFrom('push_messages').select((e) => e.fn.countAll().as('n')).executeTakeFirstOrThrow()).n),
    devices: async (of: Member) => (await of.request('GET', '/me/push')).body.devices as { id: string; isThis: boolean; subjects: boolean; toldAt: string | null }[],
  };
}

test('a browser that asked is told at once, encrypted for it alone, without what customers wrote; its owner’s own doing never', async () => {
  const app = await desk();
  const { device, subscription } = await app.subscribed(app.ana);
  expect(device).toMatchObject({ isThis: true, subjects: false });
  const kettle = await app.ticket();
  await app.give(kettle.id, app.ana);
  const [one, ...more] = await app.told();
  expect([one, more]).toMatchObject([{ urgency: 'normal', ttl: 86_400, topic: kettle.id.replaceAll('-', ''), payload: { title: `#${kettle.number}: is yours now`, body: 'Main', tag: kettle.id, url: `/inbox/active/${kettle.id}`, lang: 'en', dir: 'ltr' } }, []]);
  expect(JSON.stringify(one)).not.toContain('ecret');
  // Once, and nothing of what one does oneself.
  expect(await app.told()).toEqual([]);
  await app.give((await app.ticket('Own')).id, app.ana, app.ana);
  expect(await app.told()).toEqual([]);

  // With subjects, where somebody wants them there; and as long as any other message.
  expect((await app.ana.request('PATCH', `/me/push/devices/${device.id}`, { subjects: true })).body).toMatchObject({ id: device.id, subjects: true });
  await app.ana.request('PATCH', '/me', { language: 'ar' });
  await app.give((await app.ticket()).id, app.ana);
  const [second] = await app.told();
  expect(second!.payload).toMatchObject({ body: 'Secret kettle', lang: 'ar', dir: 'rtl' });
  expect(second!.bytes).toBe(one!.bytes);
  expect((await app.devices(app.ana))[0]!.toldAt).not.toBeNull();
  // The same browser again is the same device; nothing of it is shown or kept in the open.
  expect((await app.ana.request('POST', '/me/push/devices', subscription)).body).toMatchObject({ id: device.id, subjects: true });
  const shown = JSON.stringify([await app.devices(app.ana), (await app.ana.request('GET', '/audit')).body, (await app.owner.request('GET', '/audit')).body]);
  expect([subscription.endpoint, subscription.keys.auth].map((secret) => shown.includes(secret))).toEqual([false, false]);
  const kept = await app.db.owner.selectFrom('push_devices').select('auth_secret').executeTakeFirstOrThrow();
  expect(kept.auth_secret).not.toContain(subscription.keys.auth);
  expect(app.service.refused).toEqual([]);
});

test('each kind by itself, and quiet hours, as for mails; read by then, it is not told', async () => {
  const app = await desk();
  await app.subscribed(app.ana);
  await app.ana.request('PUT', '/me/notices/preferences', { kinds: { assigned: { push: false }, mentioned: { bell: false, mail: 'off' } } });
  const kettle = await app.ticket();
  await app.give(kettle.id, app.ana);
  expect(await app.told()).toEqual([]);
  const mention = () => app.owner.request('POST', `/tickets/${kettle.id}/notes`, { text: '@Ana', mentions: [{ personId: app.ana.id }] });
  await mention();
  expect((await app.told()).map(({ payload }) => payload['title'])).toEqual([`#${kettle.number}: a colleague names you in a note`]);

  // Nine in the morning, UTC.
  await app.ana.request('PUT', '/me/notices/preferences', { times: { timeZone: null, dailyAt: '08:00', quiet: { from: '08:00', to: '10:00', urgent: true } } });
  await mention();
  expect([(await app.told()).length, await app.waiting()]).toEqual([0, 1]);
  await app.owner.request('PATCH', `/tickets/${kettle.id}`, { priority: 'urgent' });
  await mention();
  expect((await app.told()).map(({ urgency }) => urgency)).toEqual(['high']);
  app.pass(61);
  expect((await app.told()).length).toBe(1);
  await app.owner.request('PATCH', `/tickets/${kettle.id}`, { priority: 'low' });
  app.pass(60 * 22);
  await mention();
  await app.told();
  await app.ana.request('PUT', '/me/notices/read', { ticketId: kettle.id });
  app.pass(120);
  expect([(await app.told()).length, await app.waiting()]).toEqual([0, 0]);
});

test('a browser that is gone is forgotten, a service in trouble is asked again later and not for ever', async () => {
  const app = await desk();
  const { id } = await app.subscribed(app.ana);
  const give = async () => { await app.give((await app.ticket()).id, app.ana); };
  app.service.answers(429, { 'retry-after': '600' });
  await give();
  expect([await app.told(), await app.waiting()]).toEqual([[], 1]);
  app.service.answers(null);
  app.pass(9);
  expect(await app.told()).toEqual([]);
  app.pass(1);
  expect((await app.told()).length).toBe(1);
  app.service.answers(503);
  await give();
  for (let tries = 0; tries < 6; tries++) {
    expect([await app.told(), await app.waiting()]).toEqual([[], 1]);
    app.pass(61);
    if (tries === 4) break;
  }
  await app.told();
  expect([await app.waiting(), (await app.devices(app.ana)).length], 'given up, the browser kept').toEqual([0, 1]);
  app.service.answers(400);
  for (let refused = 0; refused < 5; refused++) {
    expect((await app.devices(app.ana)).length).toBe(1);
    await give();
    await app.told();
  }
  expect((await app.devices(app.ana)).length, 'refused again and again').toBe(0);
  app.service.answers(null);
  const again = await app.subscribed(app.ana);
  app.service.forget(again.id);
  expect(id).not.toBe(again.id);
  await give();
  expect([await app.told(), await app.devices(app.ana), await app.waiting()]).toEqual([[], [], 0]);
});

test('whose browser it is: nobody else’s, only as long as the session, and addresses of one’s own network are not asked', async () => {
  const app = await desk();
  const { device, subscription } = await app.subscribed(app.ana);
  for (const [method, body] of [['PATCH', { subjects: true }], ['DELETE', undefined]] as const) expect((await app.boris.request(method, `/me/push/devices/${device.id}`, body)).body).toMatchObject({ status: 404, code: 'push_device.not_found' });
  const { body: token } = await app.ana.request('POST', '/tokens', { name: 'program', scopes: ['read', 'write'] });
  expect((await app.request('GET', '/me/push', undefined, { authorization: `Bearer ${token.token}` })).body.code).toBe('session.needed');
  // Boris signs in with that browser.
  expect((await app.boris.request('POST', '/me/push/devices', subscription)).status).toBe(201);
  await app.give((await app.ticket()).id, app.ana);
  expect([await app.told(), await app.devices(app.ana)]).toEqual([[], []]);
  await app.give((await app.ticket()).id, app.boris);
  expect((await app.told()).length).toBe(1);
  await app.give((await app.ticket()).id, app.boris);
  await app.boris.request('DELETE', '/session');
  expect(await app.told()).toEqual([]);

  const { body: { publicKey } } = await app.ana.request('GET', '/me/push');
  const { keys } = app.service.subscribe(publicKey).subscription;
  for (const endpoint of ['http://push.example.org/x', 'http://169.254.169.254/latest/meta-data', 'https://push.example.org:8443/x', 'https://user:word@push.example.org/x', 'javascript:alert(1)', 'ftp://push.example.org/x']) {
    expect((await app.ana.request('POST', '/me/push/devices', { endpoint, keys })).body.code, endpoint).toBe('push.bad_endpoint');
  }
  expect((await app.ana.request('POST', '/me/push/devices', { endpoint: subscription.endpoint, keys: { ...keys, p256dh: keys.auth } })).body.code).toBe('push.bad_keys');
  // What looks public and is not is found out when it is asked, and never again.
  for (const endpoint of ['https://127.0.0.1/push', 'https://[::1]/push', 'https://localhost/push', 'https://10.0.0.1/push']) expect((await app.ana.request('POST', '/me/push/devices', { endpoint, keys })).status).toBe(201);
  await app.give((await app.ticket()).id, app.ana);
  expect([await app.told(), await app.devices(app.ana)]).toEqual([[], []]);
  // Ten at most: the oldest makes room.
  for (let n = 0; n < 11; n++) expect((await app.ana.request('POST', '/me/push/devices', { endpoint: `https://push.example.org/${n}`, keys })).status).toBe(201);
  expect((await app.devices(app.ana)).length).toBe(10);
});

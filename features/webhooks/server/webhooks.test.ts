import { sql } from 'kysely';
import { expect, test, vi } from 'vitest';
import { eventsBetween } from '../../../platform/events/followers.ts';
import { following } from '../../../testing/following.ts';
import { oneAppForAll, testApp } from '../../../testing/test-app.ts';
import { webhookReceiver, type Received } from '../../../testing/webhook-receiver.ts';
import { createFollowing } from './following.ts';
import { isSigned } from './signature.ts';

oneAppForAll();

async function desk({ privateWebhooks }: { privateWebhooks?: string[] } = {}) {
  const receiver = await webhookReceiver();
  const app = await testApp({ settings: { privateWebhooks: privateWebhooks ?? [receiver.origin] } });
  const heard = await following(app, 'webhooks');
  return {
    ...app, receiver, heard,
    async webhook(given: object = {}) {
      const { status, body } = await app.owner.request('POST', '/webhooks', { name: 'ERP', url: `${receiver.origin}/hook`, events: ['ticket.created'], ...given });
      expect(status).toBe(201);
      await heard();
      return body as { id: string; secret: string };
    },
    async ticket(given: object = {}) {
      const { status, body } = await app.owner.request('POST', '/tickets', { subject: 'Broken kettle', channel: 'phone', customer: { phone: '+359881234567', name: 'Maria' }, text: 'It is cracked', ...given });
      expect(status).toBe(201);
      return body as { id: string; number: number };
    },
    /** What happened is heard, sent and settled. */
    async carry() {
      await heard();
      await app.webhooks.sender.sendDue();
    },
    deliveries: async (id: string, query = '') => (await app.owner.request('GET', `/webhooks/${id}/deliveries${query}`)).body.items as { id: string; type: string; state: string; attempts: number; responseStatus: number | null; errorCode: string | null; nextAttemptAt: string | null }[],
    see: async (id: string) => (await app.owner.request('GET', `/webhooks/${id}`)).body as { isEnabled: boolean; disabledFor: string | null; failingSince: string | null; skipped: number; version: number },
  };
}

const signatureOf = ({ headers }: Received) => ({ id: String(headers['webhook-id']), seconds: String(headers['webhook-timestamp']), signatures: String(headers['webhook-signature']) });
const bodyOf = ({ body }: Received) => JSON.parse(body) as { type: string; timestamp: string; data: Record<string, unknown> };

test('what was chosen is told once, signed, under public names and without what was written', async () => {
  const app = await desk();
  const { id, secret } = await app.webhook({ events: ['ticket.created', 'ticket.updated', 'contact.logged'] });
  const ticket = await app.ticket();
  await app.owner.request('PATCH', `/tickets/${ticket.id}`, { priority: 'urgent', subject: 'Kettle with a secret' });
  await app.carry();

  const received = app.receiver.taken().sort((a, b) => Number(bodyOf(a).data['sequence']) - Number(bodyOf(b).data['sequence']));
  expect(received.map((one) => bodyOf(one).type)).toEqual(['ticket.created', 'contact.logged', 'ticket.updated']);
  for (const one of received) expect(isSigned(secret, signatureOf(one), Buffer.from(one.body), app.machineNow())).toBe(true);
  expect(isSigned(secret, signatureOf(received[0]!), Buffer.from(received[1]!.body), app.machineNow())).toBe(false);
  expect(bodyOf(received[2]!)).toEqual({
    type: 'ticket.updated', timestamp: '2026-03-02T09:00:00.000Z',
    data: { sequence: expect.any(Number), actor: { kind: 'person', id: app.owner.id }, ticket: { id: ticket.id, number: ticket.number }, changes: { priority: { from: 'normal', to: 'urgent' }, subject: true } },
  });
  expect(received.map(({ body }) => body).join()).not.toMatch(/kettle|cracked|Maria|35988/i);
  expect((await app.deliveries(id)).map(({ state, attempts, responseStatus }) => [state, attempts, responseStatus])).toEqual([['delivered', 1, 200], ['delivered', 1, 200], ['delivered', 1, 200]]);

  // The same event once more, as after a crash of the follower.
  await sql`update event_followers set position = 0 where name = 'webhooks'`.execute(app.db.owner);
  const again = await app.beginAgain();
  await app.followers.stop();
  await app.sequencer.stop();
  again.sequencer.start();
  await again.followers.start();
  await vi.waitFor(async () => {
    const { reached, followers } = await again.followers.progress();
    expect(followers.find(({ name }) => name === 'webhooks')?.position).toBe(reached);
  }, { timeout: 10_000 });
  expect(await app.webhooks.sender.sendDue()).toBe(0);
  expect(await app.deliveries(id)).toHaveLength(3);
  await again.followers.stop();
});

test('a condition chooses the tickets, and what was written goes along where that is asked for', async () => {
  const app = await desk();
  await app.webhook({ condition: { all: [{ field: 'priority', operator: 'is', value: 'urgent' }] }, events: ['ticket.created', 'contact.logged'], content: true });
  await app.ticket();
  const { id } = await app.ticket({ priority: 'urgent', subject: 'Smoke' });
  await app.carry();
  const received = app.receiver.taken().map((one) => bodyOf(one));
  expect(received.map(({ data }) => (data['ticket'] as { id: string }).id)).toEqual([id, id]);
  expect(received[0]!.data['ticket']).toMatchObject({ subject: 'Smoke', priority: 'urgent' });
  expect(received.find(({ type }) => type === 'contact.logged')!.data['entry']).toMatchObject({ text: 'It is cracked' });

  const bad = await app.owner.request('POST', '/webhooks', { name: 'Bad', url: `${app.receiver.origin}/x`, events: [], condition: { all: [{ field: 'createdAt', operator: 'working_older_than', value: { amount: 2, unit: 'hours' } }] } });
  expect(bad.status).toBe(400);
});

test('what fails is tried again for days, ever more rarely, and then the webhook is switched off with a notice', async () => {
  const app = await desk();
  const { id } = await app.webhook();
  app.receiver.answers(503);
  await app.ticket();
  await app.carry();
  expect(await app.deliveries(id)).toMatchObject([{ state: 'waiting', attempts: 1, responseStatus: 503 }]);
  expect(await app.see(id)).toMatchObject({ isEnabled: true, failingSince: expect.any(String) });
  const pauses: number[] = [];
  for (let tries = 1; tries < 10; tries++) {
    const { nextAttemptAt } = (await app.deliveries(id))[0]!;
    const wait = Math.ceil((Date.parse(nextAttemptAt!) - app.machineNow().getTime()) / 1000);
    pauses.push(wait);
    app.passMachine(wait + 1);
    expect(await app.webhooks.sender.sendDue()).toBe(1);
  }
  const usual = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];
  for (const [i, pause] of pauses.entries()) expect(Math.abs(pause / usual[i]! - 1), `pause ${i}`).toBeLessThan(i === 0 ? 0.5 : 0.21);
  expect(app.receiver.taken()).toHaveLength(10);
  expect(await app.deliveries(id, '?state=failed')).toMatchObject([{ attempts: 10, nextAttemptAt: null }]);
  expect(await app.see(id)).toMatchObject({ isEnabled: false, disabledFor: 'failing' });
  const { rows } = await sql<{ data: object }>`select data from events where type = 'webhook.disabled'`.execute(app.db.owner);
  expect(rows).toEqual([{ data: { reason: 'failing' } }]);

  // Mended: switched on, and what failed is sent again under the same ids.
  app.receiver.answers(200);
  await app.owner.request('PATCH', `/webhooks/${id}`, { isEnabled: true });
  expect((await app.owner.request('POST', `/webhooks/${id}/replays`, { since: '2026-01-01T00:00:00Z' })).body).toEqual({ count: 1, more: false });
  await app.webhooks.sender.sendDue();
  expect(await app.deliveries(id)).toMatchObject([{ state: 'delivered', attempts: 1 }]);
  expect(await app.see(id)).toMatchObject({ isEnabled: true, failingSince: null });
});

test('410 switches off at once, Retry-After is kept, a redirect is not followed and an answer without end is cut', async () => {
  const app = await desk();
  const { id } = await app.webhook();
  app.receiver.answers((response) => { response.writeHead(429, { 'retry-after': '3600' }).end(); });
  await app.ticket();
  await app.carry();
  expect(Date.parse((await app.deliveries(id))[0]!.nextAttemptAt!) - app.machineNow().getTime()).toBeGreaterThan(3_500_000);

  app.receiver.answers((response) => { response.writeHead(302, { location: `${app.receiver.origin}/elsewhere` }).end(); });
  app.passMachine(3700);
  await app.webhooks.sender.sendDue();
  expect((await app.deliveries(id))[0]).toMatchObject({ state: 'waiting', responseStatus: 302 });

  app.receiver.answers((response) => { response.writeHead(200); response.write(Buffer.alloc(200_000)); });
  app.passMachine(8000);
  await app.webhooks.sender.sendDue();
  expect((await app.deliveries(id))[0]).toMatchObject({ state: 'waiting', errorCode: 'egress.too_large' });

  app.receiver.answers(410);
  app.passMachine(8000);
  await app.webhooks.sender.sendDue();
  expect((await app.deliveries(id))[0]).toMatchObject({ state: 'failed', responseStatus: 410 });
  expect(await app.see(id)).toMatchObject({ isEnabled: false, disabledFor: 'gone' });
  expect(app.receiver.taken().map(({ url }) => url)).toEqual(['/hook', '/hook', '/hook', '/hook']);
});

test('private addresses, plain http and passwords in addresses are refused unless the environment names them', async () => {
  const app = await desk({ privateWebhooks: [] });
  for (const url of [`${app.receiver.origin}/hook`, 'http://example.org/hook', 'https://me:pw@example.org/', 'ftp://example.org', 'nonsense']) {
    expect((await app.owner.request('POST', '/webhooks', { name: 'x', url, events: [] })).body, url).toMatchObject({ status: 400 });
  }
  const { id } = await app.webhook({ url: app.receiver.origin.replace('http:', 'https:').replace(/:\d+$/, ':443') });
  await app.ticket();
  await app.carry();
  expect((await app.deliveries(id))[0]).toMatchObject({ state: 'waiting', errorCode: 'egress.private_address' });
  expect(app.receiver.taken()).toEqual([]);
});

test('a slow webhook holds up nobody else, and has few on their way at once', async () => {
  const app = await desk();
  const slow = await app.webhook({ name: 'Slow', url: `${app.receiver.origin}/slow` });
  await app.webhook({ name: 'Quick', url: `${app.receiver.origin}/quick` });
  const held: (() => void)[] = [];
  app.receiver.answers((response, { url }) => { if (url === '/slow') held.push(() => response.writeHead(200).end()); else response.writeHead(200).end(); });
  for (let i = 0; i < 8; i++) await app.ticket();
  await app.heard();
  app.webhooks.sender.start();
  await vi.waitFor(() => expect(app.receiver.received.filter(({ url }) => url === '/quick')).toHaveLength(8), { timeout: 10_000 });
  expect(held).toHaveLength(4);
  await vi.waitFor(async () => {
    for (const release of held.splice(0)) release();
    expect((await app.deliveries(slow.id)).filter(({ state }) => state === 'delivered')).toHaveLength(8);
  }, { timeout: 10_000 });
});

test('a rule sends to a webhook whatever that has chosen, and to no other', async () => {
  const app = await desk();
  const [asked, other] = [await app.webhook({ events: [] }), await app.webhook({ name: 'Other', events: [] })];
  const { id, number } = await app.ticket();
  await app.db.work(app.owner.workspaceId, (tx) => app.events.emit(tx, app.owner.workspaceId, {
    type: 'automation.webhook_asked', ticketId: id, actor: { kind: 'system', id: null }, data: { webhookId: asked.id, ruleId: other.id, name: 'Angry' }, at: app.now(),
  }));
  await app.carry();
  expect(app.receiver.taken().map((one) => bodyOf(one))).toMatchObject([{ type: 'rule.asked', data: { ticket: { id, number }, rule: { id: other.id } } }]);
  expect(await app.deliveries(other.id)).toEqual([]);
});

test('more than may wait is counted, and never queued', async () => {
  const app = await desk();
  const { id } = await app.webhook();
  await app.followers.stop();
  for (let i = 0; i < 3; i++) await app.ticket();
  await vi.waitFor(async () => expect((await sql`select from events where position is null`.execute(app.db.owner)).rows).toEqual([]), { timeout: 10_000 });
  const { webhooks } = app;
  const follower = createFollowing({ db: app.db, tickets: app.tickets, machineNow: app.machineNow, queued: webhooks.sender.wake, mostWaiting: 2 });
  for (const event of await eventsBetween(app.db.owner, 0, Number.MAX_SAFE_INTEGER, 100, ['ticket.created'])) await follower.handle(event, AbortSignal.timeout(10_000));
  expect(await app.deliveries(id)).toHaveLength(2);
  expect(await app.see(id)).toMatchObject({ skipped: 1, isEnabled: true });
});

test('a new secret and the one of before both sign for a day', async () => {
  const app = await desk();
  const { id, secret } = await app.webhook();
  const { body: { secret: next } } = await app.owner.request('POST', `/webhooks/${id}/secrets`);
  const arrived = async () => {
    await app.owner.request('POST', `/webhooks/${id}/tests`);
    await app.webhooks.sender.sendDue();
    const [one] = app.receiver.taken();
    expect(bodyOf(one!).type).toBe('webhook.test');
    return [secret, next as string].map((each) => isSigned(each, signatureOf(one!), Buffer.from(one!.body), app.machineNow()));
  };
  expect(await arrived()).toEqual([true, true]);
  app.passMachine(25 * 3600);
  expect(await arrived()).toEqual([false, true]);

  const { rows } = await sql<{ all: string }>`select string_agg(w::text, '') as all from webhooks w`.execute(app.db.owner);
  for (const plain of [secret, next as string]) expect(rows[0]!.all).not.toContain(plain.slice(6));
  expect(JSON.stringify((await app.owner.request('GET', '/webhooks')).body)).not.toContain('whsec_');
});

test('others see nothing of them, and who may not configure neither', async () => {
  const app = await desk();
  const { id } = await app.webhook();
  const [other, lead] = [await app.otherWorkspace(), await app.person('lead', { of: app.owner })];
  for (const [method, path] of [['GET', ''], ['PATCH', ''], ['DELETE', ''], ['GET', '/deliveries'], ['POST', '/tests'], ['POST', '/secrets']] as const) {
    const body = method === 'PATCH' ? { name: 'Mine' } : undefined;
    expect((await other.request(method, `/webhooks/${id}${path}`, body)).status, `${method} ${path}`).toBe(404);
    expect((await lead.request(method, `/webhooks/${id}${path}`, body)).status, `${method} ${path}`).toBe(403);
  }
});

test('what a webhook was not told while it was off it is told afterwards when somebody asks, once, and only what it had chosen', async () => {
  const app = await desk();
  const { id } = await app.webhook({ condition: { all: [{ field: 'priority', operator: 'is', value: 'urgent' }] } });
  const other = await app.webhook({ name: 'Always on' });
  await app.ticket({ priority: 'urgent' });
  await app.carry();
  const turn = async (isEnabled: boolean) => {
    const { status, body } = await app.owner.request('PATCH', `/webhooks/${id}`, { isEnabled });
    expect(status).toBe(200);
    await app.carry();
    return body as { missedSince: string | null };
  };
  const catchUp = () => app.owner.request('POST', `/webhooks/${id}/catch-ups`);
  expect((await catchUp()).body).toEqual({ count: 0, more: false });
  await turn(false);
  expect((await catchUp()).body).toMatchObject({ code: 'webhook.disabled' });
  app.pass(10);
  const missed = [await app.ticket({ priority: 'urgent' }), await app.ticket(), await app.ticket({ priority: 'urgent' })];
  await app.carry();
  app.pass(10);
  app.receiver.taken();
  expect(await turn(true)).toMatchObject({ missedSince: '2026-03-02T09:00:00.000Z' });
  const since = await app.ticket({ priority: 'urgent' });
  await app.carry();
  const ticketsOf = (received: Received[]) => received.filter(({ headers }) => signatureOf({ headers } as Received).id !== '').map((one) => (bodyOf(one).data['ticket'] as { id: string }).id);
  expect(ticketsOf(app.receiver.taken())).toEqual([since.id, since.id]);

  expect((await catchUp()).body).toEqual({ count: 2, more: false });
  await app.carry();
  expect(ticketsOf(app.receiver.taken()).sort()).toEqual([missed[0]!.id, missed[2]!.id].sort());
  expect((await catchUp()).body).toEqual({ count: 0, more: false });
  expect(await app.deliveries(other.id)).toHaveLength(5);

  await turn(false);
  await app.ticket({ priority: 'urgent' });
  await turn(true);
  expect((await app.owner.request('DELETE', `/webhooks/${id}/catch-ups`)).status).toBe(204);
  expect((await catchUp()).body).toEqual({ count: 0, more: false });
});

test('every attempt stays in the log, the latest thirty of them', async () => {
  const app = await desk();
  const { id } = await app.webhook();
  await app.ticket();
  app.receiver.answers(500);
  await app.carry();
  const tried = async () => (await app.owner.request('GET', `/webhooks/${id}/deliveries`)).body.items[0].tried as { responseStatus: number }[];
  app.passMachine(600);
  app.receiver.answers(503);
  await app.webhooks.sender.sendDue();
  expect((await tried()).map(({ responseStatus }) => responseStatus)).toEqual([500, 503]);
  await sql`update webhook_deliveries set tried = to_jsonb(array_fill(tried -> 0, array[30]))`.execute(app.db.owner);
  app.passMachine(3600);
  app.receiver.answers(200);
  await app.webhooks.sender.sendDue();
  expect(await tried()).toHaveLength(30);
  expect((await tried()).at(-1)).toMatchObject({ responseStatus: 200 });
});

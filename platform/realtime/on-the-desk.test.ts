import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { testApp, type Member } from '../../testing/test-app.ts';

/** The whole server listening, with everything behind its sockets running. */
async function desk() {
  const app = await testApp();
  await app.signals.start();
  app.sequencer.start();
  await app.followers.start();
  await app.http.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.http.server.address() as AddressInfo;

  async function tab({ request }: Pick<Member, 'request'>) {
    const { status, body } = await request('POST', '/socket-tickets');
    expect(status).toBe(201);
    const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/socket`, { origin: 'http://desk.test' });
    onTestFinished(() => socket.terminate());
    const frames: { type: string; event?: { type: string; ticketId: string } }[] = [];
    const closed = Promise.withResolvers<number>();
    socket.on('message', (data: Buffer) => frames.push(JSON.parse(data.toString()) as never));
    socket.on('close', (code) => closed.resolve(code));
    socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', ticket: body.ticket, since: null })));
    await expect.poll(() => frames[0]?.type).toBe('ready');
    return { socket, closed: closed.promise, said: () => frames, heard: () => frames.flatMap(({ event }) => (event ? [`${event.type} ${event.ticketId}`] : [])) };
  }
  return { ...app, tab };
}

const NEW_TICKET = { subject: 'Kettle', channel: 'phone', customer: { phone: '+359881234567', name: 'Maria' }, text: 'cracked' };

test('what one agent does, another sees; another company does not', async () => {
  const app = await desk();
  const agent = await app.person('agent', { of: app.owner });
  const [one, other] = [await app.tab(agent), await app.tab(await app.otherWorkspace())];
  const { status, body } = await app.owner.request('POST', '/tickets', NEW_TICKET);
  expect(status).toBe(201);
  await expect.poll(() => one.heard()).toContain(`ticket.created ${body.id}`);
  await app.owner.request('PATCH', `/tickets/${body.id}`, { priority: 'urgent' });
  await expect.poll(() => one.heard()).toContain(`ticket.changed ${body.id}`);
  expect((await app.owner.request('POST', '/skills', { name: 'Kettles' })).status).toBe(201);
  await expect.poll(() => one.heard()).toContain('skill.created null');
  expect(other.heard().join()).not.toContain(body.id);
});

test('who will be away, and when, is told to nobody who could not ask for it', async () => {
  const app = await desk();
  const [away, lead, agent] = [await app.person('agent', { of: app.owner }), await app.person('lead', { of: app.owner }), await app.person('agent', { of: app.owner })];
  const [own, sharing, other] = [await app.tab(away), await app.tab(lead), await app.tab(agent)];
  expect((await away.request('POST', '/absences', { from: '2026-04-01T00:00:00Z', to: '2026-04-02T00:00:00Z' })).status).toBe(201);
  const { body } = await app.owner.request('POST', '/tickets', NEW_TICKET);
  for (const tab of [own, sharing, other]) await expect.poll(() => tab.heard()).toContain(`ticket.created ${body.id}`);
  expect([own, sharing, other].map((tab) => tab.heard().join().includes('absence.'))).toEqual([true, true, false]);
});

test('that a list or a setting is another now is told to those who may open it, and nothing else of it', async () => {
  const app = await desk();
  const [agent, ana] = [await app.person('agent', { of: app.owner }), await app.person('agent', { of: app.owner })];
  const [leading, working, other, elsewhere] = [await app.tab(app.owner), await app.tab(agent), await app.tab(ana), await app.tab(await app.otherWorkspace())];
  const made = [
    await app.owner.request('POST', '/fields', { subject: 'ticket', key: 'secret_field', type: 'text', names: { en: 'Secret' } }),
    await app.owner.request('PATCH', '/workspace', { name: 'Secret Ltd' }),
    await app.owner.request('POST', '/companies', { name: 'Secret customer' }),
    await app.owner.request('PUT', '/email/quarantine/settings', { ...(await app.owner.request('GET', '/email/quarantine/settings')).body, keepDays: 20 }),
    await agent.request('POST', '/views', { name: 'Secret view', sharedWith: 'me', conditions: { all: [] } }),
  ];
  expect(made.map(({ status }) => status < 300), JSON.stringify(made.map(({ body }) => body.code))).toEqual(made.map(() => true));
  const { body } = await app.owner.request('POST', '/tickets', NEW_TICKET);
  for (const tab of [leading, working, other]) await expect.poll(() => tab.heard()).toContain(`ticket.created ${body.id}`);
  const of = ({ heard }: typeof leading) => heard().filter((told) => !/^(?:(?:ticket|entry|customer|notice|routing|sla|presence)\.|workspace\.created)/.test(told)).toSorted();
  expect([of(leading), of(working), of(other), of(elsewhere)]).toEqual([
    ['company.created null', 'field.changed null', 'quarantine.configured null', 'workspace.changed null'], ['company.created null', 'field.changed null', 'view.changed null', 'workspace.changed null'],
    ['company.created null', 'field.changed null', 'workspace.changed null'], [],
  ]);
  expect(working.said().filter(({ event }) => /^(?:field|workspace|company|view)\./.test(event?.type ?? '')).map(({ event }) => event)).toEqual(expect.arrayContaining([{ type: 'field.changed', ticketId: null, subjectId: null, actorId: null, data: {} }]));
  expect(JSON.stringify(working.said().filter(({ event }) => event?.ticketId === null))).not.toMatch(/secret/i);
});

test('without a session there is no ticket', async () => {
  const app = await desk();
  expect((await app.request('POST', '/socket-tickets')).status).toBe(401);
  expect((await app.request('POST', '/socket-tickets', undefined, { authorization: 'Bearer ' })).status).toBe(401);
});

test('signing out, and being deactivated, close what is open', async () => {
  const app = await desk();
  const [leaving, going] = [await app.person('agent', { of: app.owner }), await app.person('agent', { of: app.owner })];
  const [first, second] = [await app.tab(leaving), await app.tab(going)];
  expect((await leaving.request('DELETE', '/session')).status).toBe(204);
  expect(await first.closed).toBe(4401);
  expect((await app.owner.request('PUT', `/people/${going.id}/deactivation`)).status).toBeLessThan(300);
  expect(await second.closed).toBe(4401);
});

test('a pass asked for with an Idempotency-Key is answered, the second time with the same', async () => {
  const app = await desk();
  const ask = () => app.owner.request('POST', '/socket-tickets', {}, { 'idempotency-key': 'one intent' });
  const first = await ask();
  expect(first.status).toBe(201);
  expect(await ask()).toMatchObject({ status: 201, body: first.body });
});

test('numbers beside lists come by themselves to those who have them in sight: each their own, as who asks gets them, and nobody else', async () => {
  const app = await desk();
  const [ana, bo] = [await app.person('agent', { of: app.owner }), await app.person('agent', { of: app.owner })];
  const stranger = await app.otherWorkspace();
  const tabs = { ana: await app.tab(ana), bo: await app.tab(bo), stranger: await app.tab(stranger), idle: await app.tab(ana) };
  for (const one of [tabs.ana, tabs.bo, tabs.stranger]) one.socket.send('{"type":"numbers","on":true}');
  type Numbers = { tickets: { mine: { count: number }; active: { count: number } }; views: { items: { id: string; count: number }[] } };
  const told = ({ said }: typeof tabs.ana) => said().flatMap((frame) => (frame.type === 'numbers' ? [(frame as unknown as { numbers: Numbers }).numbers] : []));
  const latest = (one: typeof tabs.ana) => told(one).at(-1);
  const asked = async (who: Member) => ({ tickets: (await who.request('GET', '/tickets/counts')).body, views: (await who.request('GET', '/views/counts')).body });
  for (const one of [tabs.ana, tabs.bo, tabs.stranger]) await expect.poll(() => latest(one)?.tickets.active.count).toBe(0);

  const own = (await ana.request('POST', '/views', { name: 'Of Ana', conditions: { all: [{ field: 'assignee', operator: 'is', value: 'me' }] } })).body;
  const shared = (await app.owner.request('POST', '/views', { name: 'Urgent', sharedWith: 'everybody', conditions: { all: [{ field: 'priority', operator: 'is', value: 'urgent' }, { field: 'createdAt', operator: 'within_last', value: { amount: 1, unit: 'hours' } }] } })).body;
  const { body } = await app.owner.request('POST', '/tickets', NEW_TICKET);
  await app.owner.request('PATCH', `/tickets/${body.id}`, { priority: 'urgent', assigneeId: ana.id });
  await expect.poll(() => Object.fromEntries(latest(tabs.ana)?.views.items.map(({ id, count }) => [id, count]) ?? [])).toEqual({ [own.id]: 1, [shared.id]: 1 });
  await expect.poll(() => latest(tabs.bo)?.views.items.map(({ id, count }) => [id, count])).toEqual([[shared.id, 1]]);
  expect([latest(tabs.ana)!.tickets.mine.count, latest(tabs.bo)!.tickets.mine.count, latest(tabs.bo)!.tickets.active.count]).toEqual([1, 0, 1]);

  await app.owner.request('PATCH', `/tickets/${body.id}`, { priority: 'low' });
  for (const [one, who] of [[tabs.ana, ana], [tabs.bo, bo]] as const) {
    await expect.poll(() => latest(one)?.views.items.find(({ id }) => id === shared.id)?.count).toBe(0);
    expect(await asked(who)).toEqual(latest(one));
  }
  await app.owner.request('DELETE', `/views/${shared.id}`);
  await expect.poll(() => latest(tabs.bo)?.views.items).toEqual([]);
  expect([told(tabs.stranger).length, told(tabs.idle)]).toEqual([1, []]);
});

test('who is taken out of a team is told no number of its views any more, and who joins one is told them', async () => {
  const app = await desk();
  const [ana, bo] = [await app.person('agent', { of: app.owner }), await app.person('agent', { of: app.owner })];
  const before = await app.tab(ana);
  const { body: team } = await app.owner.request('POST', '/teams', { name: 'Repairs', memberIds: [ana.id] });
  expect(await before.closed, 'who comes later is not cut by it').toBe(4401);
  const { body: view } = await app.owner.request('POST', '/views', { name: 'Repairs', sharedWith: 'team', teamId: team.id, conditions: { all: [] } });
  expect(view.id).toBeTypeOf('string');
  const numbersIn = ({ said }: Awaited<ReturnType<typeof app.tab>>) => JSON.stringify(said().filter(({ type }) => type === 'numbers'));
  const open = async (who: typeof ana) => {
    const tab = await app.tab(who);
    tab.socket.send(JSON.stringify({ type: 'numbers', on: true }));
    await expect.poll(() => numbersIn(tab)).toContain('views');
    return tab;
  };

  const [leaving, joining] = [await open(ana), await open(bo)];
  expect([numbersIn(leaving).includes(view.id), numbersIn(joining).includes(view.id)]).toEqual([true, false]);
  expect((await app.owner.request('PATCH', `/teams/${team.id}`, { memberIds: [bo.id] })).status).toBe(200);
  // They come back with the rights of now.
  expect(await Promise.all([leaving.closed, joining.closed])).toEqual([4401, 4401]);
  const [left, joined] = [await open(ana), await open(bo)];
  expect([numbersIn(left).includes(view.id), numbersIn(joined).includes(view.id)]).toEqual([false, true]);

  expect((await app.owner.request('DELETE', `/teams/${team.id}`)).status).toBe(204);
  expect(await joined.closed).toBe(4401);
  expect(numbersIn(await open(bo))).not.toContain(view.id);
}, 30_000);

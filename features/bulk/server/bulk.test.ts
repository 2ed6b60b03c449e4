import { expect, test } from 'vitest';
import { oneAppForAll, ownApp, testApp, type Member } from '../../../testing/test-app.ts';

oneAppForAll();

async function desk() {
  const app = await testApp();
  let caller = 0;
  const ticket = async (subject: string, more: object = {}): Promise<string> => (await app.owner.request('POST', '/tickets', { subject, channel: 'phone', direction: 'in', customer: { name: subject, phone: `+3598812345${10 + caller++}` }, text: 'words', assigneeId: null, ...more })).body.id;
  const get = async (id: string) => (await app.owner.request('GET', `/tickets/${id}`)).body;
  const begin = (given: object, who: Member = app.owner) => who.request('POST', '/bulk-runs', given);
  const run = async (given: object, who: Member = app.owner): Promise<string> => {
    const { status, body } = await begin(given, who);
    expect([status, body.code]).toEqual([201, undefined]);
    await app.due.round();
    return body.id;
  };
  const look = async (id: string, who: Member = app.owner) => (await who.request('GET', `/bulk-runs/${id}`)).body;
  const undo = async (id: string) => {
    const { status } = await app.owner.request('PUT', `/bulk-runs/${id}/undo`);
    await app.due.round();
    return status;
  };
  return { ...app, ticket, get, begin, run, look, undo };
}

test('many tickets are changed each by itself, the refused are listed with why, and what nobody touched since is put back', async () => {
  const app = await desk();
  const [kettle, lamp, closed] = [await app.ticket('Kettle', { tags: ['a'] }), await app.ticket('Lamp'), await app.ticket('Closed')];
  await app.owner.request('PATCH', `/tickets/${closed}`, { status: 'closed' });
  const actions = [{ type: 'set_priority', priority: 'urgent' }, { type: 'add_tags', tags: ['recall'] }, { type: 'set_status', status: 'waiting_third_party' }, { type: 'set_assignee', personId: 'me' }];
  const id = await app.run({ ticketIds: [kettle, lamp, closed], actions });

  expect(await app.look(id)).toMatchObject({ state: 'done', total: 3, waiting: 0, done: 2, failed: 1, mayUndo: true });
  expect((await app.owner.request('GET', `/bulk-runs/${id}/failures`)).body.items).toEqual([{ ticket: { id: closed, number: expect.any(Number), subject: 'Closed' }, state: 'failed', code: 'ticket.closed', detail: expect.any(String) }]);
  expect(await app.get(kettle)).toMatchObject({ priority: 'urgent', tags: ['a', 'recall'], status: 'waiting_third_party', assignee: { id: app.owner.id } });
  expect((await app.get(closed)).priority).toBe('normal');

  await app.owner.request('PATCH', `/tickets/${lamp}`, { priority: 'low' });
  expect(await app.undo(id)).toBe(200);
  expect(await app.get(kettle)).toMatchObject({ priority: 'normal', tags: ['a'], status: 'open', assignee: null });
  expect(await app.get(lamp)).toMatchObject({ priority: 'low', tags: [], status: 'open', assignee: null });
  expect(await app.look(id)).toMatchObject({ state: 'undone', undone: 1, kept: 1, failed: 1, mayUndo: false });
  expect(await app.undo(id)).toBe(409);
});

test('a whole list, set aside and told: answers wait two minutes and are taken back with the rest', async () => {
  ownApp();
  const app = await desk();
  const ids = [await app.ticket('Kettle', { customer: { name: 'Maria', email: 'maria@example.org' } }), await app.ticket('Lamp', { customer: { name: 'Ivan', email: 'ivan@example.org' } }), await app.ticket('No address')];
  const id = await app.run({ filter: { status: 'active' }, actions: [{ type: 'reply', text: 'We are looking into it.' }, { type: 'snooze' }] });
  expect(await app.look(id)).toMatchObject({ total: 3, done: 2, failed: 1 });
  const replies = async (ticketId: string) => (await app.owner.request('GET', `/tickets/${ticketId}/entries`)).body.items.filter(({ direction }: { direction: string }) => direction === 'out');
  const [reply] = await replies(ids[0]!);
  expect(Date.parse(reply.delivery.undoUntil) - app.machineNow().getTime()).toBeGreaterThan(100_000);
  expect((await app.get(ids[0]!)).snooze).not.toBeNull();
  expect((await app.get(ids[2]!)).snooze).toBeNull();

  expect(await app.undo(id)).toBe(200);
  expect(await app.look(id)).toMatchObject({ state: 'undone', undone: 2 });
  expect([await replies(ids[0]!), (await app.get(ids[0]!)).snooze]).toEqual([[], null]);
});

test('an answer to many waits for a second person where one ticket would, and no rights are lent', async () => {
  const app = await desk();
  const kettle = await app.ticket('Kettle', { customer: { name: 'Maria', email: 'maria@example.org' } });
  const agent = await app.person('agent', { of: app.owner });
  expect((await app.owner.request('POST', '/approval-policies', { name: 'All of agents', writers: ['agent'], reviewers: { by: 'leads' } })).status).toBe(201);
  const id = await app.run({ ticketIds: [kettle], actions: [{ type: 'reply', text: 'Take this.' }] }, agent);
  expect(await app.look(id, agent)).toMatchObject({ done: 1 });
  expect((await app.owner.request('GET', `/tickets/${kettle}/approvals`)).body.items).toMatchObject([{ state: 'waiting' }]);
  expect((await app.owner.request('GET', `/tickets/${kettle}/entries`)).body.items.some(({ direction }: { direction: string }) => direction === 'out')).toBe(false);

  const begun = await app.begin({ ticketIds: [kettle], actions: [{ type: 'set_priority', priority: 'low' }] }, agent);
  await app.owner.request('PUT', `/people/${agent.id}/deactivation`);
  await app.due.round();
  expect((await app.get(kettle)).priority).toBe('normal');
  expect((await app.owner.request('GET', `/bulk-runs/${begun.body.id}`)).status).toBe(404);
});

test('a macro does what it does; what has not begun can be stopped', async () => {
  const app = await desk();
  const [kettle, lamp] = [await app.ticket('Kettle'), await app.ticket('Lamp')];
  const { body: macro } = await app.owner.request('POST', '/saved-replies', { name: 'Recall', actions: [{ type: 'set_kind', kind: 'claim' }, { type: 'note', text: 'Recalled.' }] });
  await app.run({ ticketIds: [kettle], actions: [{ type: 'macro', macroId: macro.id }] });
  expect((await app.get(kettle)).kind).toBe('claim');
  const { body } = await app.begin({ ticketIds: [lamp], actions: [{ type: 'macro', macroId: macro.id }] });
  expect((await app.owner.request('PUT', `/bulk-runs/${body.id}/stop`)).body).toMatchObject({ state: 'stopped', stopped: 1 });
  await app.due.round();
  expect((await app.get(lamp)).kind).toBe('question');
});

test('bounds and strangers: nothing there, too many at once, no actions, a colleague, other companies', async () => {
  const app = await desk();
  const kettle = await app.ticket('Kettle');
  const actions = [{ type: 'set_priority', priority: 'low' }];
  const elsewhere = await app.otherWorkspace();
  expect((await app.begin({ ticketIds: [kettle], actions }, elsewhere)).body.code).toBe('bulk.none');
  expect((await app.begin({ ticketIds: [kettle], actions }, await app.person('colleague', { of: app.owner }))).status).toBe(403);
  expect((await app.begin({ actions })).status).toBe(400);
  const { body: macro } = await app.owner.request('POST', '/saved-replies', { name: 'Words', variants: { en: 'Hello' } });
  expect((await app.begin({ ticketIds: [kettle], actions: [{ type: 'macro', macroId: macro.id }] })).body.code).toBe('bulk.no_actions');
  const ids: string[] = [];
  for (let n = 0; n < 3; n += 1) ids.push((await app.begin({ ticketIds: [kettle], actions })).body.id);
  expect((await app.begin({ ticketIds: [kettle], actions })).body.code).toBe('bulk.busy');
  for (const path of ['', '/failures']) expect((await elsewhere.request('GET', `/bulk-runs/${ids[0]}${path}`)).status).toBe(404);
  expect((await elsewhere.request('PUT', `/bulk-runs/${ids[0]}/undo`)).status).toBe(404);
  app.pass(25 * 60);
  expect((await app.owner.request('PUT', `/bulk-runs/${ids[0]}/undo`)).body.code).toBe('bulk.too_late');
});

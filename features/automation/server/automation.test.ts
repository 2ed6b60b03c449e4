import { expect, test } from 'vitest';
import { rulesDesk } from '../../../testing/rules-desk.ts';
import { oneAppForAll, ownApp, testApp } from '../../../testing/test-app.ts';
import { createPruning } from './pruning.ts';

oneAppForAll();

const days = (amount: number) => ({ amount, unit: 'days' });
const is = (field: string, value: unknown) => ({ field, operator: 'is', value });

async function desk() {
  const app = await testApp();
  const rules = rulesDesk(app);
  const { owner } = app;
  return {
    ...app, ...rules,
    async rule(given: Record<string, unknown>): Promise<{ id: string; version: number }> {
      const { status, body } = await owner.request('POST', '/rules', { name: 'A rule', trigger: { on: 'event', events: ['ticket.changed'] }, ...given });
      expect([status, body]).toEqual([201, expect.objectContaining({ id: expect.any(String) })]);
      await rules.hear();
      return body;
    },
    async ticket(given: Record<string, unknown> = {}): Promise<string> {
      const { status, body } = await owner.request('POST', '/tickets', { subject: 'Lamp', channel: 'phone', direction: 'in', customer: { email: 'ana@example.org' }, text: 'It flickers', ...given });
      expect([status, body]).toEqual([201, expect.anything()]);
      return body.id as string;
    },
    change: async (id: string, patch: Record<string, unknown>) => {
      const { status, body } = await owner.request('PATCH', `/tickets/${id}`, patch);
      expect([status, body]).toEqual([200, expect.anything()]);
      await rules.hear();
    },
    get: async (id: string) => (await owner.request('GET', `/tickets/${id}`)).body,
    runs: async (id: string) => (await owner.request('GET', `/tickets/${id}/rule-runs`)).body.items as { rule: { id: string; name: string; version: number }; outcome: string; effects: { type: string; effect: string; reason: string | null }[]; late: boolean; dueAt: string | null; event: string | null; held: unknown[]; depth: number }[],
    events: async (type: string) => app.db.owner.selectFrom('events').select(['ticket_id as ticketId', 'data']).where('type', '=', type).orderBy('seq').execute(),
  };
}

test('rules run in their order, see what those before them changed, and the log of the ticket says which did what, and why', async () => {
  const app = await desk();
  const toHigh = { field: 'priority', operator: 'changed_to', value: 'high' };
  const second = await app.rule({ name: 'High goes to claims', conditions: { all: [is('kind', 'claim'), is('priority', 'high')] }, actions: [{ type: 'add_tags', tags: ['Fast'] }] });
  const first = await app.rule({ name: 'Complaints are claims', conditions: { all: [toHigh] }, actions: [{ type: 'set_kind', kind: 'claim' }, { type: 'note', text: 'Now number {{ticket.number}}' }] });
  const ready = (await app.owner.request('GET', '/rules?limit=100')).body.items.filter(({ id }: { id: string }) => ![first.id, second.id].includes(id));
  expect(ready.every(({ enabled, readyMade }: { enabled: boolean; readyMade: string }) => !enabled && readyMade !== null)).toBe(true);
  expect((await app.owner.request('PUT', '/rules/order', { ids: [first.id, second.id] })).body.code).toBe('rule.order_changed');
  expect((await app.owner.request('PUT', '/rules/order', { ids: [first.id, second.id, ...ready.map(({ id }: { id: string }) => id)] })).status).toBe(204);

  const id = await app.ticket();
  await app.change(id, { priority: 'high' });
  expect(await app.get(id)).toMatchObject({ kind: 'claim', tags: ['Fast'] });
  const runs = await app.runs(id);
  expect(runs.map(({ rule, event, depth }) => [rule.name, event, depth])).toEqual([['High goes to claims', 'ticket.changed', 0], ['Complaints are claims', 'ticket.changed', 0]]);
  expect(runs[1]).toMatchObject({ held: [toHigh], outcome: 'ran', late: false, effects: [{ type: 'set_kind', effect: 'changes', from: 'question', to: 'claim' }, { type: 'note', effect: 'changes' }] });

  // Once for each cause, however often it is heard.
  await app.hearAgain();
  expect(await app.runs(id)).toHaveLength(2);
  const { body } = await app.owner.request('GET', `/tickets/${id}/entries`);
  expect(body.items.filter(({ type }: { type: string }) => type === 'note')).toMatchObject([{ author: { kind: 'system', id: first.id, name: 'Complaints are claims' }, text: expect.stringMatching(/^Now number \d+$/) }]);
  await app.change(id, { priority: 'low' });
  expect((await app.owner.request('GET', `/rules/${first.id}/runs`)).body.items).toHaveLength(1);
});

test('rules that set each other off stop: each runs once for what began it', async () => {
  const app = await desk();
  await app.rule({ name: 'Up', conditions: { all: [is('priority', 'normal')] }, actions: [{ type: 'set_priority', priority: 'high' }] });
  await app.rule({ name: 'Down', conditions: { all: [is('priority', 'high')] }, actions: [{ type: 'set_priority', priority: 'normal' }] });
  const id = await app.ticket();
  await app.change(id, { kind: 'claim' });
  expect((await app.runs(id)).map(({ rule }) => rule.name).sort()).toEqual(['Down', 'Up']);
});

test('a chain of rules ends at its bound, and says so', async () => {
  const app = await desk();
  for (let i = 11; i > 0; i--) {
    await app.rule({ name: `Step ${i}`, conditions: { all: [{ field: 'tags', operator: 'has_any', value: [`s${i}`] }, { field: 'tags', operator: 'changed' }] }, actions: [{ type: 'add_tags', tags: [`s${i + 1}`] }] });
  }
  const id = await app.ticket();
  await app.change(id, { tags: ['s1'] });
  const runs = await app.runs(id);
  expect(runs.filter(({ outcome }) => outcome === 'ran')).toHaveLength(8);
  expect(runs[0]).toMatchObject({ outcome: 'looped', rule: { name: 'Step 9' }, depth: 8 });
  expect(await app.events('automation.stopped')).toMatchObject([{ ticketId: id, data: { reason: 'loop', name: 'Step 9' } }]);
});

test('switched off, a rule stops at once, also for what has happened before', async () => {
  const app = await desk();
  const rule = await app.rule({ actions: [{ type: 'add_tags', tags: ['x'] }] });
  const id = await app.ticket();
  expect((await app.owner.request('PATCH', `/tickets/${id}`, { priority: 'high' })).status).toBe(200);
  // The worker has compiled it and has not heard of the change yet.
  await app.db.owner.updateTable('rules').set({ enabled: false }).where('id', '=', rule.id).execute();
  await app.hear();
  expect([await app.runs(id), (await app.get(id)).tags]).toEqual([[], []]);
});

test('beyond the limit of an hour a rule rests; time rules catch up afterwards', async () => {
  ownApp();
  const app = await desk();
  await app.rule({ name: 'Few', hourlyLimit: 1, actions: [{ type: 'add_tags', tags: ['x'] }] });
  await app.rule({ name: 'Old', trigger: { on: 'time' }, hourlyLimit: 2, conditions: { all: [{ field: 'createdAt', operator: 'older_than', value: { amount: 2, unit: 'hours' } }] }, actions: [{ type: 'add_tags', tags: ['old'] }] });
  const ids = [await app.ticket(), await app.ticket(), await app.ticket()];
  for (const id of ids) await app.change(id, { priority: 'high' });
  expect((await Promise.all(ids.map(app.runs))).map(([run]) => run?.outcome)).toEqual(['ran', 'limited', 'limited']);
  expect(await app.events('automation.stopped')).toHaveLength(1);
  const old = async () => (await Promise.all(ids.map(app.get))).filter(({ tags }) => tags.includes('old')).length;
  app.pass(121);
  await app.settle();
  expect(await old()).toBe(2);
  app.pass(61);
  await app.settle();
  expect(await old()).toBe(3);
});

test('what is asked in vain is refused with its place, and says how to mend it', async () => {
  const app = await desk();
  const agent = await app.person('agent', { of: app.owner });
  const other = await app.otherWorkspace();
  const post = async (given: Record<string, unknown>, by = app.owner) => {
    const { status, body } = await by.request('POST', '/rules', { name: 'x', trigger: { on: 'event', events: ['ticket.created'] }, actions: [{ type: 'add_tags', tags: ['x'] }], ...given });
    return [status, body.code];
  };
  expect(await post({}, agent)).toEqual([403, 'permission.denied']);
  expect(await post({ trigger: { on: 'time' } })).toEqual([400, 'rule.no_age']);
  expect(await post({ trigger: { on: 'time' }, conditions: { all: [is('status', 'open'), { field: 'status', operator: 'changed' }] } })).toEqual([400, 'condition.needs_change']);
  expect(await post({ conditions: { all: [{ field: 'snippet', operator: 'is', value: 'x' }] } })).toEqual([400, 'condition.unknown_field']);
  expect(await post({ conditions: { all: [{ field: 'updatedAt', operator: 'changed' }] } })).toEqual([400, 'rule.change_not_told']);
  expect(await post({ actions: [{ type: 'approval', reviewers: { by: 'people', ids: [other.id] } }] })).toEqual([400, 'approval.no_such_reviewer']);
  expect(await post({ actions: [{ type: 'note', text: 'Hi {{customer.phone}}' }] })).toEqual([400, 'rule.unknown_placeholder']);
  const foreign = (await other.request('POST', '/teams', { name: 'Theirs', memberIds: [] })).body.id;
  expect(await post({ actions: [{ type: 'set_team', teamId: foreign }] })).toEqual([404, 'team.not_found']);
  const { id } = await app.rule({ actions: [{ type: 'add_tags', tags: ['x'] }] });
  for (const [method, path] of [['GET', `/rules/${id}`], ['PATCH', `/rules/${id}`], ['DELETE', `/rules/${id}`], ['POST', `/rules/${id}/dry-run`], ['GET', `/rules/${id}/runs`], ['GET', `/rules/${id}/versions`]] as const) {
    expect([method, path, (await other.request(method, path, method === 'GET' || method === 'DELETE' ? undefined : {})).status]).toEqual([method, path, 404]);
  }
  expect((await other.request('GET', `/tickets/${await app.ticket()}/rule-runs`)).status).toBe(404);
});

test('every change is a version that can be restored; a removed rule keeps its log', async () => {
  const app = await desk();
  const { id } = await app.rule({ name: 'First', actions: [{ type: 'add_tags', tags: ['one'] }] });
  expect((await app.owner.request('PATCH', `/rules/${id}`, { name: 'Second', actions: [{ type: 'add_tags', tags: ['two'] }], version: 1 })).body).toMatchObject({ version: 2, name: 'Second' });
  expect((await app.owner.request('PATCH', `/rules/${id}`, { name: 'Third', version: 1 })).body.code).toBe('rule.changed_meanwhile');
  expect((await app.owner.request('PATCH', `/rules/${id}`, { enabled: false })).body).toMatchObject({ version: 2, enabled: false });
  expect((await app.owner.request('POST', `/rules/${id}/restorations`, { version: 1 })).body).toMatchObject({ version: 3, name: 'First', actions: [{ tags: ['one'] }], enabled: false });
  expect((await app.owner.request('GET', `/rules/${id}/versions`)).body.items.map(({ version, definition, changedBy }: { version: number; definition: { name: string }; changedBy: { id: string } }) => [version, definition.name, changedBy.id]))
    .toEqual([[3, 'First', app.owner.id], [2, 'Second', app.owner.id], [1, 'First', app.owner.id]]);
  await app.owner.request('PATCH', `/rules/${id}`, { enabled: true });
  const ticket = await app.ticket();
  await app.change(ticket, { priority: 'high' });
  expect((await app.owner.request('DELETE', `/rules/${id}`)).status).toBe(204);
  expect(await app.runs(ticket)).toMatchObject([{ rule: { name: 'First', version: 3, isRemoved: true } }]);
});

test('a dry run lists what matches now and what would happen, and changes nothing', async () => {
  const app = await desk();
  const [open, done] = [await app.ticket(), await app.ticket({ customer: { phone: '+359 2 1234567' } })];
  await app.change(done, { status: 'resolved' });
  const rule = {
    name: 'Try', trigger: { on: 'event', events: ['ticket.changed'] }, conditions: { all: [is('status', 'open'), { field: 'priority', operator: 'changed_to', value: 'high' }] },
    actions: [{ type: 'set_status', status: 'open' }, { type: 'escalate' }, { type: 'escalate' }, { type: 'reply', texts: { en: 'Hello' } }],
  };
  const { status, body } = await app.owner.request('POST', '/rules/dry-run', { rule });
  expect([status, body]).toMatchObject([200, { assumed: [{ field: 'priority', operator: 'changed_to' }], nextCursor: null, hoursFit: null }]);
  expect(body.items).toMatchObject([{ ticket: { id: open }, effects: [
    { effect: 'nothing', reason: 'already_so' }, { effect: 'changes', from: 'normal', to: 'high' }, { effect: 'changes', from: 'high', to: 'urgent' }, { type: 'reply', effect: 'changes', to: 'ana@example.org' },
  ] }]);
  expect(await app.get(open)).toMatchObject({ priority: 'normal', version: (await app.get(open)).version });
  const done_ = await app.owner.request('POST', '/rules/dry-run', { rule: { ...rule, conditions: { all: [] } }, shelf: 'done' });
  expect(done_.body.items).toMatchObject([{ ticket: { id: done }, effects: [{ effect: 'changes' }, {}, {}, { effect: 'refused', reason: 'no_address' }] }]);
});

test('a server that stood still for a night does each missed rule once, in order, and says that it was late', async () => {
  ownApp();
  const app = await desk();
  const older = (field: string, amount: number, unit = 'hours') => ({ field, operator: 'older_than', value: { amount, unit } });
  const first = await app.ticket();
  await app.rule({ name: 'After five hours', trigger: { on: 'time' }, conditions: { all: [older('createdAt', 5)] }, actions: [{ type: 'add_tags', tags: ['five'] }] });
  await app.rule({ name: 'After two hours', trigger: { on: 'time' }, conditions: { all: [older('createdAt', 2)] }, actions: [{ type: 'add_tags', tags: ['two'] }] });
  app.pass(30);
  const second = await app.ticket();
  await app.settle();
  app.pass(91);
  await app.settle();
  expect((await app.runs(first)).map(({ rule, late, dueAt }) => [rule.name, late, dueAt])).toEqual([['After two hours', false, '2026-03-02T11:00:00.000Z']]);

  app.pass(10 * 60);
  const after = await app.beginAgain();
  const again = rulesDesk(after);
  await after.due.round();
  await again.hear();
  await app.settle();
  const ran = await app.events('automation.rule_ran');
  expect(ran.slice(1).map(({ ticketId, data }) => [ticketId === first ? 'first' : 'second', (data as { name: string }).name, (data as { late: boolean }).late])).toEqual([
    ['second', 'After two hours', true], ['first', 'After five hours', true], ['second', 'After five hours', true],
  ]);
  expect(await app.runs(second)).toHaveLength(2);
});

test('a rule on time waits for its hours, runs again when its moment is another one, and leaves what was old before', async () => {
  const app = await desk();
  const old = await app.ticket();
  await app.hear();
  const { body } = await app.owner.request('POST', '/calendars', { name: 'Office', timeZone: 'UTC', week: { mon: [{ from: '09:00', to: '17:00' }], tue: [{ from: '09:00', to: '17:00' }], wed: [{ from: '09:00', to: '17:00' }] } });
  expect(body.isDefault).toBe(true);
  app.pass(60 * 7 + 30);
  const conditions = { all: [is('insideHours', true), is('status', 'open'), { field: 'lastMessageAt', operator: 'older_than', value: { amount: 1, unit: 'hours' } }] };
  await app.rule({ name: 'Call them', trigger: { on: 'time' }, conditions, actions: [{ type: 'notify', to: 'assignee', text: 'Call' }] });
  const id = await app.ticket();
  await app.settle();
  app.pass(120);
  await app.settle();
  expect([await app.runs(id), await app.runs(old)]).toEqual([[], []]);
  // 09:00 of the next day.
  app.pass(60 * 14 + 31);
  await app.settle();
  expect((await app.runs(id)).map(({ rule }) => rule.name)).toEqual(['Call them']);
  expect(await app.events('automation.notify_asked')).toMatchObject([{ ticketId: id, data: { personIds: [app.owner.id], text: 'Call' } }]);
  expect((await app.owner.request('POST', `/tickets/${id}/contacts`, { type: 'call', direction: 'out', text: 'Spoke' })).status).toBe(201);
  await app.settle();
  app.pass(59);
  await app.settle();
  expect(await app.runs(id)).toHaveLength(1);
  app.pass(2);
  await app.settle();
  expect(await app.runs(id)).toHaveLength(2);
  expect(await app.runs(old)).toEqual([]);
});

test('what comes to hold after the age is past is noticed by the event that made it hold', async () => {
  const app = await desk();
  await app.rule({ trigger: { on: 'time' }, conditions: { all: [is('status', 'waiting_customer'), { field: 'createdAt', operator: 'older_than', value: days(1) }] }, actions: [{ type: 'add_tags', tags: ['late'] }] });
  const id = await app.ticket();
  app.pass(60 * 30);
  await app.settle();
  expect(await app.runs(id)).toEqual([]);
  await app.change(id, { status: 'waiting_customer' });
  expect((await app.get(id)).tags).toEqual(['late']);
});

test('a follow-up brings the ticket back, once, with its note', async () => {
  const app = await desk();
  await app.rule({ name: 'Come back', conditions: { all: [{ field: 'status', operator: 'changed_to', value: 'scheduled' }] }, actions: [{ type: 'follow_up', in: days(2), text: 'Look again' }] });
  const id = await app.ticket();
  await app.change(id, { status: 'scheduled' });
  app.pass(2 * 1440 + 1);
  await Promise.all([app.due.round(), app.due.round()]);
  expect(await app.get(id)).toMatchObject({ status: 'open' });
  expect(await app.events('automation.follow_up_due')).toMatchObject([{ data: { personIds: [app.owner.id], late: false } }]);
});

test('the log of rules is kept for a time and up to a number, and no rule on time does anything twice because of that', async () => {
  ownApp();
  const app = await desk();
  const quiet = { field: 'statusSince', operator: 'older_than', value: days(2) };
  await app.rule({ name: 'Quiet', trigger: { on: 'time' }, conditions: { all: [quiet] }, actions: [{ type: 'note', text: 'Quiet for two days' }] });
  await app.rule({ name: 'Any', actions: [{ type: 'add_tags', tags: ['changed'] }] });
  const id = await app.ticket();
  app.pass(3 * 24 * 60);
  await app.settle();
  await app.change(id, { priority: 'high' });
  expect((await app.runs(id)).map(({ rule }) => rule.name)).toEqual(['Any', 'Quiet']);
  app.pass(181 * 24 * 60);
  expect(await app.automation.prune()).toBe(1);
  expect((await app.runs(id)).map(({ rule }) => rule.name)).toEqual(['Quiet']);
  await app.change(id, { priority: 'urgent' });
  await app.settle();
  expect((await app.runs(id)).map(({ rule }) => rule.name), 'the same status since the same day').toEqual(['Any', 'Quiet']);
  const more = await app.ticket();
  for (const priority of ['low', 'high', 'low']) {
    app.pass(1);
    await app.change(more, { priority });
  }
  expect(await createPruning({ ...app, keep: { days: 180, most: 2 }, log: { info() {}, warn() {}, error() {} } }).prune(), 'all but the latest two, and what must stay').toBe(2);
  expect(await app.runs(more)).toHaveLength(2);
  await app.change(id, { status: 'resolved' });
  await app.change(id, { status: 'closed' });
  app.pass(181 * 24 * 60);
  await app.automation.prune();
  expect(await app.runs(id)).toEqual([]);
});

test('a rule that names no working hours goes by those of the ticket, its team\'s before the usual', async () => {
  const app = await desk();
  const { owner } = app;
  // It is nine o'clock on a Monday.
  const calendar = async (name: string, from: string) => (await owner.request('POST', '/calendars', { name, timeZone: 'UTC', week: { mon: [{ from, to: '18:00' }] } })).body.id as string;
  await calendar('Usual', '08:00');
  const late = await calendar('Late', '12:00');
  const { body: team } = await owner.request('POST', '/teams', { name: 'Returns', memberIds: [] });
  await app.rule({ conditions: { all: [is('insideHours', false)] }, actions: [{ type: 'add_tags', tags: ['Closed'] }] });
  const [theirs, other] = [await app.ticket({ teamId: team.id }), await app.ticket()];
  const tagsAfter = async (id: string, priority: string) => { await app.change(id, { priority }); return (await app.get(id)).tags; };
  expect(await tagsAfter(theirs, 'high')).toEqual([]);
  expect((await owner.request('POST', '/calendar-places', { kind: 'team', calendarId: late, teamIds: [team.id] })).status).toBe(201);
  await app.hear();
  expect(await tagsAfter(theirs, 'low')).toEqual(['Closed']);
  expect(await tagsAfter(other, 'low')).toEqual([]);
});

test('a rule on time, and its dry run, go by the hours of each ticket; moving to other hours and other places loses nothing', async () => {
  const app = await desk();
  const { owner } = app;
  // It is nine o'clock on a Monday.
  const calendar = async (name: string, from: string, to: string) => (await owner.request('POST', '/calendars', { name, timeZone: 'UTC', week: { mon: [{ from, to }], tue: [{ from, to }] } })).body.id as string;
  await calendar('Usual', '08:00', '18:00');
  const late = await calendar('Late', '12:00', '18:00');
  const [{ body: team }, { body: other }] = [await owner.request('POST', '/teams', { name: 'Returns', memberIds: [] }), await owner.request('POST', '/teams', { name: 'Shop', memberIds: [] })];
  const { body: place } = await owner.request('POST', '/calendar-places', { kind: 'team', calendarId: late, teamIds: [team.id] });
  const old = { field: 'createdAt', operator: 'working_older_than', value: { amount: 2, unit: 'hours' } };
  await app.rule({ name: 'Old', trigger: { on: 'time' }, conditions: { all: [old] }, actions: [{ type: 'add_tags', tags: ['old'] }] });
  await app.rule({ name: 'Noon', trigger: { on: 'time' }, conditions: { all: [is('insideHours', false), { ...old, operator: 'older_than', value: { amount: 30, unit: 'minutes' } }] }, actions: [{ type: 'add_tags', tags: ['closed'] }] });
  const [theirs, usual, third] = [await app.ticket({ teamId: team.id }), await app.ticket(), await app.ticket({ teamId: other.id })];
  const after = async (minutes: number) => {
    app.pass(minutes);
    await app.settle();
    return Object.fromEntries(await Promise.all([theirs, usual, third].map(async (id, at) => [['theirs', 'usual', 'third'][at], (await app.get(id)).tags])));
  };
  const would = async (conditions: object) =>
    (await owner.request('POST', '/rules/dry-run', { rule: { name: 'Draft', trigger: { on: 'time' }, conditions: { all: [conditions, old] }, actions: [{ type: 'add_tags', tags: ['x'] }] }, limit: 10 })).body.items?.map((one: { ticket: { id: string } }) => one.ticket.id).sort();
  expect(await after(31)).toEqual({ theirs: ['closed'], usual: [], third: [] });
  expect(await after(89)).toEqual({ theirs: ['closed'], usual: [], third: [] });
  expect(await after(1)).toEqual({ theirs: ['closed'], usual: ['old'], third: ['old'] });
  expect(await would(old)).toEqual([usual, third].sort());
  expect(await would(is('insideHours', false))).toEqual([]);
  expect(await would(is('insideHours', true))).toEqual([usual, third].sort());
  // At one the late ones have worked for an hour, and the third team becomes one of them; what it had done is not done again.
  expect(await after(119)).toMatchObject({ theirs: ['closed'] });
  expect((await owner.request('PUT', `/calendar-places/${place.id}`, { kind: 'team', calendarId: late, teamIds: [team.id, other.id] })).status).toBe(200);
  expect(await after(60)).toMatchObject({ theirs: ['closed'] });
  expect(await after(1)).toMatchObject({ theirs: ['closed', 'old'] });
  expect(await app.runs(third)).toHaveLength(1);
});

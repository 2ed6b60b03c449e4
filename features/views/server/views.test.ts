import { sql } from 'kysely';
import { expect, test, vi } from 'vitest';
import { oneAppForAll, ownApp, testApp } from '../../../testing/test-app.ts';

oneAppForAll();

type Row = { subject: string };
const subjects = (reply: { body: { items: Row[] } }): string[] => reply.body.items.map(({ subject }) => subject);

async function desk() {
  const app = await testApp();
  const lead = await app.person('lead', { of: app.owner, name: 'Lea' });
  const ana = await app.person('agent', { of: app.owner, name: 'Ana' });
  const bo = await app.person('agent', { of: app.owner, name: 'Bo' });
  return {
    ...app, lead, ana, bo,
    async ticket(subject: string, change: object = {}) {
      const made = await ana.request('POST', '/tickets', { subject, channel: 'phone', customer: { email: 'maria@example.org' }, text: 'hello' });
      return (await ana.request('PATCH', `/tickets/${made.body.id}`, { ...change })).body as { id: string };
    },
  };
}

/** Resolves once this process has heard all that happened. */
async function tailing({ signals, sequencer, followers, db }: Awaited<ReturnType<typeof testApp>>): Promise<() => Promise<void>> {
  await signals.start();
  sequencer.start();
  await followers.start();
  return () => vi.waitFor(async () => {
    const { rows: [log] } = await sql<{ last: number; open: number }>`select coalesce(max(position), 0) as last, count(*) filter (where position is null) as open from events`.execute(db.owner);
    expect([Number(log!.open), followers.tailPosition()]).toEqual([0, Number(log!.last)]);
  }, { timeout: 20_000, interval: 20 });
}

const OURS = { all: [{ field: 'assignee', operator: 'is', value: 'me' }] };

test('a view is a list like any other: by its condition, in its order, in pages, as a file, and its number beside it', async () => {
  ownApp();
  const here = await desk();
  const { ana, bo, owner, ticket } = here;
  const heard = await tailing(here);
  for (const subject of ['One', 'Two', 'Three']) await ticket(subject, { assigneeId: ana.id, tags: ['vat'] });
  await ticket('Other');
  await ticket('Solved', { assigneeId: ana.id, tags: ['vat'], status: 'resolved' });
  const made = await ana.request('POST', '/views', { name: 'VAT, mine', conditions: { all: [...OURS.all, { field: 'tags', operator: 'has_any', value: ['VAT'] }] }, sort: 'created' });
  expect(made).toMatchObject({ status: 201, body: { sharedWith: 'me', shelf: 'active', mayChange: true, version: 1 } });
  const path = `/views/${made.body.id}`;
  expect(subjects(await ana.request('GET', `${path}/tickets`))).toEqual(['Three', 'Two', 'One']);

  const first = await ana.request('GET', `${path}/tickets?limit=2`);
  expect([subjects(first), subjects(await ana.request('GET', `${path}/tickets?limit=2&cursor=${first.body.nextCursor}`))]).toEqual([['Three', 'Two'], ['One']]);
  expect(subjects(await ana.request('GET', `/tickets?view=${made.body.id}&status=done`))).toEqual(['Solved']);
  expect((await ana.request('GET', `/tickets?view=${made.body.id}&q=one`)).body.code).toBe('ticket.search_or_view');
  expect((await ana.request('GET', '/views/counts')).body.items).toEqual([{ id: made.body.id, count: 3, more: false }]);

  // The same view shared is another list for everybody who looks.
  const shared = await owner.request('POST', '/views', { name: 'Mine', sharedWith: 'everybody', conditions: OURS, sort: 'created' });
  await ticket('Of Bo', { assigneeId: bo.id });
  await heard();
  expect(subjects(await bo.request('GET', `/views/${shared.body.id}/tickets`))).toEqual(['Of Bo']);
  expect((await bo.request('GET', '/views/counts')).body.items).toEqual([{ id: shared.body.id, count: 1, more: false }]);
  expect((await ana.request('GET', '/views/counts')).body.items).toContainEqual({ id: shared.body.id, count: 4, more: false });
});

test('views are seen by whom they are for, and changed by whose they are', async () => {
  const { owner, lead, ana, bo } = await desk();
  const team = (await owner.request('POST', '/teams', { name: 'Returns', memberIds: [ana.id] })).body;
  const own = (await ana.request('POST', '/views', { name: 'Own', conditions: OURS })).body;
  const ofTeam = (await lead.request('POST', '/views', { name: 'Returns', sharedWith: 'team', teamId: team.id, conditions: OURS })).body;
  const names = async (who: typeof ana) => (await who.request('GET', '/views')).body.items.map(({ name }: { name: string }) => name);
  expect([await names(ana), await names(bo), await names(owner)]).toEqual([['Own', 'Returns'], [], []]);

  for (const [who, id, status] of [[bo, own.id, 404], [owner, own.id, 404], [ana, ofTeam.id, 403], [bo, ofTeam.id, 404]] as const) {
    expect((await who.request('PATCH', `/views/${id}`, { name: 'Taken' })).status).toBe(status);
    expect((await who.request('DELETE', `/views/${id}`)).status).toBe(status);
  }
  for (const path of [`/views/${own.id}/tickets`, `/tickets?view=${own.id}`]) expect((await bo.request('GET', path)).body.code).toBe('view.not_found');
  expect((await ana.request('POST', '/views', { name: 'All', sharedWith: 'everybody', conditions: OURS })).body.code).toBe('view.not_shared');
  expect((await ana.request('PATCH', `/views/${own.id}`, { sharedWith: 'everybody' })).body.code).toBe('view.not_shared');
  expect((await lead.request('POST', '/views', { name: 'All', sharedWith: 'team', conditions: OURS })).body.code).toBe('view.which_team');
  expect((await lead.request('POST', '/views', { name: 'All', conditions: { all: [{ field: 'team', operator: 'is', value: 'me' }] } })).body.code).toBe('condition.bad_value');

  const changed = await lead.request('PATCH', `/views/${ofTeam.id}`, { sharedWith: 'everybody', version: 1 });
  expect(changed.body).toMatchObject({ sharedWith: 'everybody', teamId: null, version: 2 });
  expect((await lead.request('PATCH', `/views/${ofTeam.id}`, { name: 'Again', version: 1 })).body.code).toBe('view.changed_meanwhile');
  expect(await names(bo)).toEqual(['Returns']);
  expect((await lead.request('DELETE', `/views/${ofTeam.id}`)).status).toBe(204);
  expect(await names(bo)).toEqual([]);
});

test('a view says in which columns its tickets stand: what tickets have, the fields of the workspace, each once, and no others', async () => {
  const { owner, ana } = await desk();
  await owner.request('POST', '/fields', { subject: 'ticket', key: 'order_number', type: 'text', names: { en: 'Order number' } });
  const columns = ['number', 'fields.text.order_number', 'due'];
  const made = await ana.request('POST', '/views', { name: 'Orders', conditions: OURS, columns });
  expect(made).toMatchObject({ status: 201, body: { columns } });
  expect((await ana.request('GET', '/views')).body.items).toMatchObject([{ columns }]);
  expect((await ana.request('PATCH', `/views/${made.body.id}`, { name: 'By order' })).body).toMatchObject({ name: 'By order', columns });
  expect((await ana.request('PATCH', `/views/${made.body.id}`, { columns: [] })).body.columns).toEqual([]);

  for (const wrong of ['fields.text.nothing', 'fields.number.order_number', 'password']) {
    expect((await ana.request('POST', '/views', { name: 'Wrong', conditions: OURS, columns: [wrong] })).body).toMatchObject({ status: 400, code: 'view.no_such_column' });
  }
  expect((await ana.request('POST', '/views', { name: 'Twice', conditions: OURS, columns: ['due', 'due'] })).status).toBe(400);
  expect((await ana.request('POST', '/views', { name: 'Many', conditions: OURS, columns: ['number', 'status', 'kind', 'due', 'team', 'tags', 'brand', 'office', 'company'] })).status).toBe(400);
});

test('numbers follow what happens to single tickets, and are counted whole no more than once a minute', async () => {
  ownApp();
  const here = await desk();
  const { ana, bo, owner, ticket, db, passMachine } = here;
  const heard = await tailing(here);
  const tickets = [];
  for (let n = 0; n < 12; n += 1) tickets.push(await ticket(`Kettle ${n}`, { assigneeId: n % 2 === 0 ? ana.id : bo.id, tags: ['vat'] }));
  const shared = (await owner.request('POST', '/views', { name: 'VAT', sharedWith: 'everybody', conditions: { all: [{ field: 'tags', operator: 'has_any', value: ['vat'] }] } })).body;
  const mine = (await owner.request('POST', '/views', { name: 'Mine', sharedWith: 'everybody', conditions: OURS })).body;
  await heard();
  const counts = async (who: typeof ana) => {
    const { items } = (await who.request('GET', '/views/counts')).body as { items: { id: string; count: number }[] };
    return [shared.id, mine.id].map((id) => items.find((one) => one.id === id)?.count);
  };
  expect([await counts(ana), await counts(bo)]).toEqual([[12, 6], [12, 6]]);

  await owner.request('PATCH', `/tickets/${tickets[0]!.id}`, { assigneeId: bo.id });
  await owner.request('PATCH', `/tickets/${tickets[1]!.id}`, { tags: [] });
  await ticket('Another', { tags: ['vat'], assigneeId: ana.id });
  await owner.request('PATCH', `/tickets/${tickets[2]!.id}`, { status: 'resolved' });
  await owner.request('PUT', `/tickets/${tickets[3]!.id}/deletion`);
  await heard();
  expect([await counts(ana), await counts(bo)]).toEqual([[10, 5], [10, 6]]);

  // What moved the count without a word of the ticket is seen after a minute.
  await sql`update tickets set tags = '{}' where id = ${tickets[4]!.id}`.execute(db.owner);
  expect(await counts(ana)).toEqual([10, 5]);
  passMachine(61);
  expect(await counts(ana)).toEqual([9, 5]);
});

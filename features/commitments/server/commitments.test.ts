import { expect, test } from 'vitest';
import { oneAppForAll, ownApp, testApp, type Member } from '../../../testing/test-app.ts';

oneAppForAll();

const LATER = '2026-03-05T15:00:00.000Z';

/** Monday, 2 March 2026, 11:00 in Sofia; work is done from nine to five on weekdays. */
async function desk() {
  const app = await testApp();
  await app.owner.request('PATCH', '/workspace', { timeZone: 'Europe/Sofia' });
  const hours = [{ from: '09:00', to: '17:00' }];
  await app.owner.request('POST', '/calendars', { name: 'Office', timeZone: 'Europe/Sofia', week: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours } });
  const team = (await app.owner.request('POST', '/teams', { name: 'Billing' })).body.id as string;
  const agent = await app.person('agent', { of: app.owner, name: 'Maria', teamIds: [team] });
  let letters = 0;
  const ticket = async (by: Member = agent): Promise<string> => (await by.request('POST', '/tickets', {
    subject: 'Kettle', channel: 'phone', direction: 'in', customer: { name: 'Ana', email: `ana${++letters}@example.org` }, text: 'Rang.', teamId: team,
  })).body.id;
  const make = async (ticketId: string, given: object = {}, by: Member = agent) => by.request('POST', '/commitments', { ticketId, kind: 'callback', what: 'Call her about the refund', dueAt: LATER, ...given });
  const get = async (id: string) => (await agent.request('GET', `/commitments/${id}`)).body;
  const list = async (query = '', by: Member = agent): Promise<string[]> => (await by.request('GET', `/commitments${query}`)).body.items.map((one: { id: string }) => one.id);
  const told = async (id: string) => (await app.db.owner.selectFrom('events').select(['type', 'data']).where('subject_id', '=', id).orderBy('seq').execute())
    .map(({ type, data }) => ({ type: type.replace('commitment.', ''), late: (data as { late?: boolean }).late }));
  /** Turns the clock to a moment and does what is due. */
  const at = async (moment: string) => { app.pass((Date.parse(moment) - app.now().getTime()) / 60_000); await app.due.round(); };
  return { ...app, team, agent, ticket, make, get, list, told, at };
}

test('a promise knows what, for whom, by when, whose and where it was said, and stands in its owner\'s list', async () => {
  const d = await desk();
  const ticketId = await d.ticket();
  const [entry] = (await d.agent.request('GET', `/tickets/${ticketId}/entries`)).body.items;
  const { status, body } = await d.make(ticketId, { entryId: entry.id });
  expect([status, body]).toEqual([201, expect.objectContaining({
    ticket: expect.objectContaining({ id: ticketId, subject: 'Kettle' }), entryId: entry.id, customer: expect.objectContaining({ name: 'Ana' }), owner: { id: d.agent.id, name: 'Maria' },
    team: { id: d.team, name: 'Billing' }, kind: 'callback', dueAt: LATER, wholeDay: false, state: 'made', madeBy: { id: d.agent.id, name: 'Maria' }, inTime: null,
  })]);
  expect([await d.list('?owner=me'), await d.list('?team=mine'), await d.list(`?ticket=${ticketId}`), await d.list('?owner=me', d.owner)]).toEqual([[body.id], [body.id], [body.id], []]);
  expect((await d.agent.request('GET', '/commitments/counts')).body).toEqual({ open: 1, due: 0, broken: 0 });
  const dueOf = async () => (await d.agent.request('GET', `/tickets/${ticketId}`)).body.dueAt as string;
  expect(await dueOf()).toBe(LATER);
  await d.agent.request('POST', `/commitments/${body.id}/keeping`, {});
  expect(await dueOf()).toBeNull();

  // "By the twelfth" is when work ends on that day, in the zone of the workspace; a time is of the wall.
  expect((await d.make(ticketId, { dueAt: undefined, due: { date: '2026-03-12' } })).body).toMatchObject({ dueAt: '2026-03-12T15:00:00.000Z', wholeDay: true });
  expect((await d.make(ticketId, { dueAt: undefined, due: { date: '2026-03-12', time: '17:00', timeZone: 'Europe/Warsaw' } })).body.dueAt).toBe('2026-03-12T16:00:00.000Z');
});

test('the list comes in pages, by when they are due', async () => {
  const d = await desk();
  const ticketId = await d.ticket();
  const ids: string[] = [];
  for (const day of ['07', '05', '06']) ids.push((await d.make(ticketId, { dueAt: `2026-03-${day}T15:00:00Z` })).body.id);
  const first = (await d.agent.request('GET', '/commitments?limit=2')).body;
  const second = (await d.agent.request('GET', `/commitments?limit=2&cursor=${first.nextCursor}`)).body;
  expect([first, second].map(({ items }) => items.map(({ id }: { id: string }) => ids.indexOf(id)))).toEqual([[1, 2], [0]]);
  expect(second.nextCursor).toBeNull();
});

test('it is due soon a working day before, broken at its moment, and whoever broke it owes an apology', async () => {
  const d = await desk();
  const { body: { id } } = await d.make(await d.ticket());
  await d.at('2026-03-04T14:59:00Z');
  expect((await d.get(id)).state).toBe('made');
  await d.at('2026-03-04T15:00:00Z');
  expect([(await d.get(id)).state, await d.list('?state=due'), await d.list('?state=broken')]).toEqual(['due_soon', [id], []]);
  await d.at(LATER);
  await d.due.round();
  expect([(await d.get(id)).state, await d.list('?state=broken')]).toEqual(['broken', [id]]);
  expect(await d.told(id)).toEqual([{ type: 'made', late: undefined }, { type: 'due_soon', late: false }, { type: 'broken', late: false }]);

  const [apology] = (await d.agent.request('GET', '/commitments?owner=me')).body.items.filter((one: { kind: string }) => one.kind === 'apology');
  expect(apology).toMatchObject({ apologyFor: id, owner: { id: d.agent.id }, madeBy: null, dueAt: '2026-03-06T11:00:00.000Z' });
  // It is still owed, late; an apology that is late makes no other.
  await d.at('2026-03-06T12:00:00Z');
  expect((await d.agent.request('POST', `/commitments/${id}/keeping`, { note: 'She was glad' })).body).toMatchObject({ state: 'kept', inTime: false, note: 'She was glad' });
  expect([await d.list('?state=ended'), await d.list()]).toEqual([[id], [apology.id]]);
  expect((await d.agent.request('POST', `/commitments/${id}/keeping`, {})).body.code).toBe('commitment.ended');
});

test('what was missed while nothing ran is said once, in order, and marked late', async () => {
  const d = await desk();
  const [a, b] = [(await d.make(await d.ticket(), { dueAt: '2026-03-05T16:00:00Z' })).body.id, (await d.make(await d.ticket(), { dueAt: '2026-03-05T12:00:00Z' })).body.id];
  const another = await d.beginAgain();
  d.pass(7 * 24 * 60);
  await Promise.all([d.due.round(), another.due.round()]);
  const said = await d.db.owner.selectFrom('events').select(['type', 'subject_id as id', 'data']).where('type', 'in', ['commitment.due_soon', 'commitment.broken']).where('subject_id', 'in', [a, b]).orderBy('seq').execute();
  expect(said.map(({ type, id }) => [type.slice('commitment.'.length), id === a ? 'a' : 'b'])).toEqual([['due_soon', 'b'], ['due_soon', 'a'], ['broken', 'b'], ['broken', 'a']]);
  expect(said.every(({ data }) => (data as { late: boolean }).late)).toBe(true);
});

test('a running worker says what is due without being asked', async () => {
  const d = await desk();
  const { body: { id } } = await d.make(await d.ticket());
  d.pass(7 * 24 * 60);
  d.due.start();
  await expect.poll(async () => (await d.get(id)).state).toBe('broken');
  await d.due.stop();
});

test('another date is another promise; the customer is told by the next message, or was told already, when the agent says so', async () => {
  ownApp();
  const d = await desk();
  const ticketId = await d.ticket();
  const { body: { id } } = await d.make(ticketId);
  const mails = async () => (await d.db.owner.selectFrom('outbox').select('id').execute()).length;

  const letter = (await d.agent.request('POST', `/commitments/${id}/letters`, { due: { date: '2026-03-09' } })).body;
  expect([letter.language, letter.text]).toEqual(['en', expect.stringMatching(/Hello Ana,[\s\S]*Thursday,? 5 March[\s\S]*17:00[\s\S]*Monday,? 9 March[\s\S]*Maria$/)]);
  const { status, body: next } = await d.agent.request('POST', `/commitments/${id}/renegotiation`, { due: { date: '2026-03-09' }, note: 'The bank is slow', telling: 'reply' });
  expect([status, next]).toEqual([201, expect.objectContaining({ state: 'made', previous: { id, dueAt: LATER }, dueAt: '2026-03-09T15:00:00.000Z', toldAt: null })]);
  expect(await d.get(id)).toMatchObject({ state: 'renegotiated', inTime: false, next: { id: next.id } });
  expect(await mails()).toBe(0);

  const reply = (await d.agent.request('POST', `/tickets/${ticketId}/replies`, { text: 'It takes until Monday.' })).body;
  expect([(await d.get(id)).inTime, (await d.get(next.id)).toldAt]).toEqual([true, d.now().toISOString()]);
  // The message was taken back before it left, so nobody was told.
  await d.agent.request('DELETE', `/tickets/${ticketId}/replies/${reply.id}`);
  expect([(await d.get(id)).inTime, (await d.get(next.id)).toldAt]).toEqual([false, null]);

  const again = (await d.agent.request('POST', `/commitments/${next.id}/renegotiation`, { dueAt: '2026-03-10T15:00:00Z', telling: 'told' })).body;
  expect(again.toldAt).toBe(d.now().toISOString());
  await d.at('2026-03-10T14:00:00Z');
  expect([(await d.get(id)).state, (await d.get(next.id)).state, (await d.get(again.id)).state]).toEqual(['renegotiated', 'renegotiated', 'due_soon']);
});

test('unless the agent tells them otherwise, the customer is mailed another date at once, in their language, in the thread', async () => {
  ownApp();
  const d = await desk();
  const ticketId = await d.ticket();
  await d.agent.request('PATCH', `/tickets/${ticketId}`, { language: 'pl' });
  const { body: { id } } = await d.make(ticketId);
  const { body: next } = await d.agent.request('POST', `/commitments/${id}/renegotiation`, { due: { date: '2026-03-09' } });
  expect(next).toMatchObject({ telling: 'mail', toldAt: d.now().toISOString() });
  expect((await d.get(id)).inTime).toBe(true);
  const mails = await d.db.owner.selectFrom('outbox').select(['content', 'envelope_from as from', 'envelope_to as to']).execute();
  expect(mails).toEqual([{
    from: '', to: ['ana1@example.org'],
    content: expect.objectContaining({ subject: expect.stringContaining('Kettle'), text: expect.stringMatching(/Dzień dobry, Ana,[\s\S]*czwartek,? 5 marca[\s\S]*poniedziałek,? 9 marca[\s\S]*Maria/) }),
  }]);
  const entries = (await d.agent.request('GET', `/tickets/${ticketId}/entries`)).body.items;
  expect(entries).toContainEqual(expect.objectContaining({ type: 'message', direction: 'out', author: expect.objectContaining({ kind: 'system', name: 'Maria' }) }));
  expect(entries).toContainEqual(expect.objectContaining({ event: { type: 'commitment.renegotiated', data: expect.objectContaining({ telling: 'mail', newDueAt: next.dueAt }) } }));

  // Past the old date the words are others; where no mail may go it is said, and the next message tells.
  await d.at('2026-03-09T16:00:00Z');
  expect((await d.agent.request('POST', `/commitments/${next.id}/letters`, { due: { date: '2026-03-11' } })).body.text).toContain('Nie dotrzymaliśmy tego terminu');
  const mute = (await d.agent.request('POST', '/tickets', { subject: 'Hours', channel: 'phone', direction: 'in', customer: { name: 'Ivo', phone: '+359881234567' }, text: 'Rang.' })).body.id;
  const called = (await d.make(mute, { dueAt: '2026-03-12T15:00:00Z' })).body.id;
  const silent = (await d.agent.request('POST', `/commitments/${called}/renegotiation`, { dueAt: '2026-03-13T15:00:00Z' })).body;
  expect([silent.telling, silent.toldAt]).toEqual(['reply', null]);
});

test('what becomes of a promise stands in the timeline of its ticket: who, what, by when', async () => {
  const d = await desk();
  const ticketId = await d.ticket();
  const [a, b, c] = [(await d.make(ticketId)).body.id, (await d.make(ticketId)).body.id, (await d.make(ticketId)).body.id];
  await d.agent.request('POST', `/commitments/${a}/keeping`, {});
  await d.agent.request('POST', `/commitments/${b}/withdrawal`, { by: 'customer' });
  await d.at(LATER);
  const events = (await d.agent.request('GET', `/tickets/${ticketId}/entries`)).body.items.filter(({ type }: { type: string }) => type === 'event');
  const made = { type: 'commitment.made', data: expect.objectContaining({ what: 'Call her about the refund', dueAt: LATER, ownerId: d.agent.id }) };
  expect(events.map(({ event }: { event: unknown }) => event)).toEqual([made, made, made, ...['kept', 'withdrawn', 'broken'].map((word) => expect.objectContaining({ type: `commitment.${word}` }))]);
  expect(events.map(({ author }: { author: { name: string } }) => author.name)).toEqual(['Maria', 'Maria', 'Maria', 'Maria', 'Maria', '']);
  expect((await d.get(c)).state).toBe('broken');
});

test('it stays when the ticket goes to somebody else, follows its team, and can be taken over by whoever answers customers', async () => {
  const d = await desk();
  const [other, colleague] = [await d.person('agent', { of: d.owner, name: 'Ivan' }), await d.person('colleague', { of: d.owner })];
  const ticketId = await d.ticket();
  const { body: { id } } = await d.make(ticketId);
  const away = (await d.owner.request('POST', '/teams', { name: 'Repairs', memberIds: [other.id] })).body.id;
  await d.owner.request('PATCH', `/tickets/${ticketId}`, { assigneeId: other.id, teamId: away });
  expect(await d.get(id)).toMatchObject({ owner: { id: d.agent.id }, team: { id: away } });

  expect((await other.request('PATCH', `/commitments/${id}`, { ownerId: other.id })).body.owner.id).toBe(other.id);
  expect([await d.list('?owner=me'), await d.list('?owner=me', other), await d.list(`?owner=${other.id}`, d.owner)]).toEqual([[], [id], [id]]);
  expect((await d.agent.request('PATCH', `/commitments/${id}`, { ownerId: colleague.id })).body.code).toBe('commitment.no_such_owner');
  expect((await d.agent.request('PATCH', `/commitments/${id}`, { what: 'Call', version: 1 })).body.code).toBe('commitment.changed_meanwhile');
});

test('promises go with their ticket when it is merged, and come back when the merges are undone', async () => {
  const d = await desk();
  const [a, b, c] = [await d.ticket(), await d.ticket(), await d.ticket()];
  const [ofA, ofB] = [(await d.make(a)).body.id, (await d.make(b)).body.id];
  const merge = async (from: string, into: string): Promise<string> => (await d.agent.request('POST', `/tickets/${from}/merges`, { into })).body.id;
  const places = async () => [(await d.get(ofA)).ticket.id, (await d.get(ofB)).ticket.id];
  const [first, second] = [await merge(a, b), await merge(b, c)];
  expect(await places()).toEqual([c, c]);
  await d.agent.request('DELETE', `/merges/${second}`);
  expect(await places()).toEqual([b, b]);
  await d.agent.request('DELETE', `/merges/${first}`);
  expect(await places()).toEqual([a, b]);
});

test('on a deleted ticket nothing is promised, and what was promised sleeps until it is restored', async () => {
  const d = await desk();
  const ticketId = await d.ticket();
  const { body: { id } } = await d.make(ticketId);
  await d.owner.request('PUT', `/tickets/${ticketId}/deletion`);
  expect((await d.make(ticketId)).body.code).toBe('ticket.deleted');
  expect((await d.agent.request('POST', `/commitments/${id}/keeping`, {})).body.code).toBe('ticket.deleted');
  await d.at('2026-03-12T15:00:00Z');
  expect([await d.list(), (await d.get(id)).state]).toEqual([[], 'made']);
  await d.owner.request('DELETE', `/tickets/${ticketId}/deletion`);
  await d.due.round();
  expect((await d.get(id)).state).toBe('broken');
});

test('what was promised in a reply that was taken back was never promised', async () => {
  ownApp();
  const d = await desk();
  const ticketId = await d.ticket();
  const reply = (await d.agent.request('POST', `/tickets/${ticketId}/replies`, { text: 'I will call you on Thursday.' })).body;
  const { body: { id } } = await d.make(ticketId, { entryId: reply.id });
  await d.agent.request('DELETE', `/tickets/${ticketId}/replies/${reply.id}`);
  expect(await d.get(id)).toMatchObject({ state: 'withdrawn', withdrawn: 'not_sent', inTime: null });
  expect((await d.make(ticketId, { entryId: reply.id })).body.code).toBe('commitment.no_such_entry');
});

test('figures tell what was kept in time by team and kind, with their uncertainty; what was renegotiated stands apart', async () => {
  const d = await desk();
  const ticketId = await d.ticket();
  const ids: string[] = [];
  for (let n = 0; n < 4; n++) ids.push((await d.make(ticketId, n === 3 ? { kind: 'refund' } : {})).body.id);
  await d.agent.request('POST', `/commitments/${ids[0]}/keeping`, {});
  await d.agent.request('POST', `/commitments/${ids[1]}/renegotiation`, { dueAt: '2026-04-02T15:00:00Z', telling: 'told' });
  await d.agent.request('POST', `/commitments/${ids[2]}/withdrawal`, { by: 'customer' });
  await d.at('2026-03-20T15:00:00Z');
  const lead = await d.person('lead', { of: d.owner });
  const { body } = await lead.request('GET', '/commitment-figures?from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z');
  expect(body.total).toMatchObject({ counted: 2, keptInTime: 1, broken: 1, renegotiatedInTime: 1, withdrawn: 1, share: 0.5 });
  expect([body.total.low, body.total.high].map((bound: number) => Math.round(bound * 1000))).toEqual([95, 905]);
  expect(body.items).toEqual([
    expect.objectContaining({ team: { id: d.team, name: 'Billing' }, kind: 'callback', counted: 1, keptInTime: 1, share: 1 }), expect.objectContaining({ kind: 'refund', broken: 1, share: 0 }),
  ]);
  expect((await d.agent.request('GET', '/commitment-figures?from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z')).status).toBe(403);
});

test('promises of another workspace are not there, and light agents promise nothing', async () => {
  const d = await desk();
  const ticketId = await d.ticket();
  const { body: { id } } = await d.make(ticketId);
  const stranger = await d.otherWorkspace();
  for (const [method, path, body] of [['GET', '', undefined], ['PATCH', '', { what: 'x' }], ['DELETE', '', undefined], ['POST', '/keeping', {}], ['POST', '/withdrawal', {}], ['POST', '/renegotiation', { dueAt: LATER }], ['POST', '/letters', { dueAt: LATER }]] as const) {
    expect((await stranger.request(method, `/commitments/${id}${path}`, body)).status, `${method} ${path}`).toBe(404);
  }
  expect((await d.make(ticketId, {}, stranger)).status).toBe(404);
  expect((await d.make(ticketId, { ownerId: stranger.id })).body.code).toBe('commitment.no_such_owner');
  expect((await d.make(ticketId, {}, await d.person('colleague', { of: d.owner }))).status).toBe(403);
  expect((await d.make(ticketId, { dueAt: '2026-03-02T08:00:00Z' })).body.code).toBe('commitment.past');
  expect((await d.make(ticketId, { due: { date: '2026-03-05' } })).status).toBe(400);
});

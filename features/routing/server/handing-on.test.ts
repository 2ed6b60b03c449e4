import { expect, test } from 'vitest';
import { oneAppForAll, testApp } from '../../../testing/test-app.ts';

oneAppForAll();

const UNKNOWN = '01900000-0000-7000-8000-000000000000';

async function shift() {
  const app = await testApp();
  const { owner } = app;
  const [ana, ben] = [await app.person('agent', { of: owner, name: 'Ana' }), await app.person('agent', { of: owner, name: 'Ben' })];
  const team = (await owner.request('POST', '/teams', { name: 'Returns' })).body.id as string;
  const arrives = async (assigneeId: string | null, subject: string): Promise<string> =>
    (await owner.request('POST', '/tickets', { subject, channel: 'letter', direction: 'in', assigneeId, text: 'cracked', customer: { email: `${subject}@example.org` } })).body.id;
  const seen = async (id: string) => {
    const { assignee, team: of } = (await owner.request('GET', `/tickets/${id}`)).body;
    const notes = (await owner.request('GET', `/tickets/${id}/entries`)).body.items.filter(({ type }: { type: string }) => type === 'note').map(({ text }: { text: string }) => text);
    return [assignee?.name ?? null, of?.name ?? null, notes];
  };
  return { ...app, ana, ben, team, arrives, seen };
}

test('at the end of a shift tickets go to somebody, to a team and back to the queue, each with its note', async () => {
  const d = await shift();
  const [one, two, three, kept] = [await d.arrives(d.ana.id, 'one'), await d.arrives(d.ana.id, 'two'), await d.arrives(d.ana.id, 'three'), await d.arrives(d.ana.id, 'kept')];
  const queue = (await d.owner.request('POST', '/queues', { name: 'Letters' })).body.id as string;
  const handed = await d.ana.request('POST', '/handovers', { items: [
    { ticketId: one, to: { personId: d.ben.id }, note: 'She calls back at six.' }, { ticketId: two, to: { teamId: d.team }, note: 'Parcel is on its way.' }, { ticketId: three, to: { queue: true } },
  ] });
  expect([handed.status, handed.body]).toEqual([200, { count: 3 }]);
  expect([await d.seen(one), await d.seen(two), await d.seen(three), await d.seen(kept)])
    .toEqual([['Ben', null, ['She calls back at six.']], [null, 'Returns', ['Parcel is on its way.']], [null, null, []], ['Ana', null, []]]);
  const waiting = (await d.owner.request('GET', `/queues/${queue}/tickets`)).body.items.map(({ ticket }: { ticket: { id: string } }) => ticket.id) as string[];
  expect(waiting.toSorted()).toEqual([two, three].toSorted());
});

test('all of it goes on or none of it: what is somebody else’s, not there, or goes nowhere stops it, and nothing was written', async () => {
  const d = await shift();
  const [mine, bens] = [await d.arrives(d.ana.id, 'mine'), await d.arrives(d.ben.id, 'bens')];
  const other = await d.otherWorkspace();
  const strangers = (await other.request('POST', '/tickets', { subject: 'x', channel: 'phone', customer: { phone: '+48221234567' }, text: 'x' })).body.id as string;
  const first = { ticketId: mine, to: { personId: d.ben.id }, note: 'Look.' };
  const hand = async (...items: object[]): Promise<[number, string]> => { const { status, body } = await d.ana.request('POST', '/handovers', { items: [first, ...items] }); return [status, body.code]; };
  expect(await hand({ ticketId: bens, to: { queue: true } })).toEqual([409, 'handover.not_yours']);
  expect(await hand({ ticketId: strangers, to: { queue: true } })).toEqual([404, 'ticket.not_found']);
  expect(await hand({ ticketId: UNKNOWN, to: { queue: true } })).toEqual([404, 'ticket.not_found']);
  expect(await hand({ ticketId: mine, to: { queue: true } }), 'each once').toEqual([400, 'request.invalid']);
  expect((await d.ana.request('POST', '/handovers', { items: [{ ...first, to: { personId: other.id } }] })).body.code).toBe('ticket.no_such_person');
  const colleague = await d.person('colleague', { of: d.owner });
  expect((await colleague.request('POST', '/handovers', { items: [first] })).status).toBe(403);
  expect(await d.seen(mine)).toEqual(['Ana', null, []]);
});

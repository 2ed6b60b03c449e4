import { expect, test } from 'vitest';
import { testApp } from '../../../testing/test-app.ts';

async function desk() {
  const app = await testApp();
  let caller = 0;
  const ticket = async (subject: string) => (await app.owner.request('POST', '/tickets', { subject, channel: 'phone', direction: 'in', customer: { name: subject, email: `maria${caller++}@example.org` }, text: `words of ${subject}` })).body;
  const get = async (id: string) => (await app.owner.request('GET', `/tickets/${id}`)).body;
  const entries = async (id: string): Promise<{ id: string; text: string; type: string }[]> => (await app.owner.request('GET', `/tickets/${id}/entries`)).body.items.filter(({ type }: { type: string }) => type !== 'event');
  const relations = async (id: string) => (await app.owner.request('GET', `/tickets/${id}/relations`)).body.items.map(({ ticket: { subject }, kind, side }: { ticket: { subject: string }; kind: string; side: string }) => [subject, kind, side]);
  const relate = (id: string, to: string, kind: string) => app.owner.request('PUT', `/tickets/${id}/relations/${to}`, { kind });
  const write = (of: { id: string; customer: { id: string } }, text: string) => app.db.work(app.owner.workspaceId, async (tx) => app.tickets.receive(tx, app.owner.workspaceId, {
    ticketId: of.id, customerId: of.customer.id, mailboxId: null, teamId: null, channel: 'email', subject: '', text, quoted: '', html: null, author: { name: 'Maria', address: 'maria@example.org' },
    recipients: { to: [], cc: [] }, messageId: null, ledgerId: null, language: 'en', attachments: [], notice: null, automatic: false, participants: [], at: app.now(),
  }));
  return { ...app, ticket, get, entries, relations, relate, write };
}

test('what two tickets are to each other is seen from both, changed from one side, refused the other way round, and taken back from either', async () => {
  const app = await desk();
  const [a, b] = [await app.ticket('A'), await app.ticket('B')];
  expect((await app.relate(a.id, b.id, 'child_of')).status).toBe(204);
  expect([await app.relations(a.id), await app.relations(b.id)]).toEqual([[['B', 'child_of', 'from']], [['A', 'child_of', 'to']]]);
  expect((await app.relate(a.id, b.id, 'duplicate_of')).status).toBe(204);
  expect(await app.relations(a.id)).toEqual([['B', 'duplicate_of', 'from']]);
  expect((await app.relate(b.id, a.id, 'related')).body.code).toBe('relation.exists');
  expect((await app.relate(a.id, a.id, 'related')).body.code).toBe('relation.with_itself');
  expect((await app.owner.request('DELETE', `/tickets/${b.id}/relations/${a.id}`)).status).toBe(204);
  expect((await app.owner.request('DELETE', `/tickets/${b.id}/relations/${a.id}`)).status).toBe(404);
  const elsewhere = await app.otherWorkspace();
  expect((await elsewhere.request('PUT', `/tickets/${a.id}/relations/${b.id}`, { kind: 'related' })).status).toBe(404);
});

test('incidents are resolved with their problem, in the name of who resolved it, and can be taken back', async () => {
  const app = await desk();
  const [problem, first, second, other] = [await app.ticket('Problem'), await app.ticket('First'), await app.ticket('Second'), await app.ticket('Other')];
  for (const { id } of [first, second]) await app.relate(id, problem.id, 'incident_of');
  await app.relate(other.id, problem.id, 'related');
  await app.owner.request('PATCH', `/tickets/${problem.id}`, { status: 'resolved' });
  await app.due.round();
  expect([(await app.get(first.id)).status, (await app.get(second.id)).status, (await app.get(other.id)).status]).toEqual(['resolved', 'resolved', 'open']);
  const [run] = (await app.owner.request('GET', '/bulk-runs')).body.items;
  expect(run).toMatchObject({ done: 2, mayUndo: true });
});

test('a second matter in one ticket becomes one of its own, who waits waits there, and it can be undone', async () => {
  const app = await desk();
  const ticket = await app.ticket('Kettle');
  await app.owner.request('POST', `/tickets/${ticket.id}/replies`, { text: 'A new one is on its way.' });
  app.pass(5);
  const asked = app.now().toISOString();
  await app.write(ticket, 'And where is my lamp?');
  app.pass(5);
  const second = (await app.entries(ticket.id)).at(-1)!;
  const { status, body } = await app.owner.request('POST', `/tickets/${ticket.id}/splits`, { entryIds: [second.id], subject: 'Lamp' });
  expect(status).toBe(201);
  expect((await app.entries(body.ticketId)).map(({ text }) => text)).toEqual(['And where is my lamp?']);
  expect(await app.get(body.ticketId)).toMatchObject({ subject: 'Lamp', status: 'open', waitingSince: asked, customer: { id: ticket.customer.id }, snippet: 'And where is my lamp?' });
  expect(await app.get(ticket.id)).toMatchObject({ waitingSince: null, snippet: 'A new one is on its way.' });
  expect(await app.relations(body.ticketId)).toEqual([['Kettle', 'split_from', 'from']]);
  const { body: seen } = await app.owner.request('POST', `/tickets/${body.ticketId}/replies`, { text: 'It is here.', seenEntryId: second.id });
  expect(seen.code).toBeUndefined();
  expect((await app.owner.request('DELETE', `/splits/${body.id}`)).body.code).toBe('split.went_on');
  await app.owner.request('DELETE', `/tickets/${body.ticketId}/replies/${seen.id}`);
  expect((await app.owner.request('DELETE', `/splits/${body.id}`)).status).toBe(204);
  expect((await app.entries(ticket.id)).at(-1)!.id).toBe(second.id);
  expect(await app.get(ticket.id)).toMatchObject({ waitingSince: asked });
  expect((await app.get(body.ticketId)).deletedAt).not.toBeNull();
  expect((await app.owner.request('DELETE', `/splits/${body.id}`)).status).toBe(404);
});

test('answers stay, something stays, and what is not there is not split off', async () => {
  const app = await desk();
  const [ticket, other] = [await app.ticket('Kettle'), await app.ticket('Lamp')];
  const split = async (entryIds: readonly string[]) => (await app.owner.request('POST', `/tickets/${ticket.id}/splits`, { entryIds })).body.code;
  const [call] = await app.entries(ticket.id);
  expect(await split([call!.id])).toBe('split.leaves_nothing');
  const { body: reply } = await app.owner.request('POST', `/tickets/${ticket.id}/replies`, { text: 'Hello.' });
  expect(await split([reply.id])).toBe('split.answers_stay');
  expect(await split([(await app.entries(other.id))[0]!.id])).toBe('entry.not_found');
});

import { expect, test } from 'vitest';
import { testApp } from '../../../testing/test-app.ts';

async function desk() {
  const app = await testApp();
  const lead = await app.person('lead', { of: app.owner });
  const ana = await app.person('agent', { of: app.owner, name: 'Ana' });
  return {
    app, lead, ana,
    ticketOf: async (subject: string): Promise<string> => (await ana.request('POST', '/tickets', { subject, channel: 'phone', customer: { email: 'maria@example.org' }, text: 'cracked' })).body.id,
    eventsOf: async (ticketId: string): Promise<string[]> =>
      (await app.db.owner.selectFrom('events').select('type').where('ticket_id', '=', ticketId).where('type', 'like', 'checklist.%').orderBy('seq').execute()).map(({ type }) => type),
  };
}
type Desk = Awaited<ReturnType<typeof desk>>;

test('checklists on a whole desk', async () => {
  const all = await desk();
  await templateToEnd(all);
  await refusals(all);
  await mergesAndWords(all);
});

/** From a template: ticked by several, finished once, and who did what stays. */
async function templateToEnd({ app, lead, ana, ticketOf, eventsOf }: Desk) {
  const made = await lead.request('POST', '/checklist-templates', { name: 'Warranty claim', items: ['Ask for photos', 'Ask for the receipt'] });
  expect(made.status).toBe(201);
  const ticketId = await ticketOf('Kettle');
  const path = `/tickets/${ticketId}/checklists`;

  const added = await ana.request('POST', path, { templateId: made.body.id });
  expect(added.body).toMatchObject({ name: 'Warranty claim', finishedAt: null, items: [{ text: 'Ask for photos', done: null }, { text: 'Ask for the receipt', done: null }] });
  const [first, second] = added.body.items.map(({ id }: { id: string }) => `${path}/${added.body.id}/items/${id}`);
  await ana.request('PATCH', first, { done: true });
  await lead.request('PATCH', first, { done: true });
  const done = await lead.request('PATCH', second, { done: true, ownerId: lead.id, dueAt: '2026-03-05T09:00:00.000Z' });
  expect(done.body).toMatchObject({ finishedAt: app.now().toISOString(), items: [{ done: { by: { name: 'Ana' } } }, { done: { by: { id: lead.id } }, owner: { id: lead.id }, dueAt: '2026-03-05T09:00:00.000Z' }] });
  // A repetition is no news, and the end is told once.
  expect(await eventsOf(ticketId)).toEqual(['checklist.added', 'checklist.changed', 'checklist.changed', 'checklist.finished']);

  const more = await ana.request('POST', `${path}/${added.body.id}/items`, { text: 'Write to the workshop' });
  expect(more.status).toBe(201);
  expect(more.body).toMatchObject({ finishedAt: null, items: [{}, {}, { text: 'Write to the workshop' }] });
  await lead.request('PATCH', `/checklist-templates/${made.body.id}`, { items: ['Something else'] });
  expect((await ana.request('GET', path)).body.items[0].items.map(({ text }: { text: string }) => text)).toEqual(['Ask for photos', 'Ask for the receipt', 'Write to the workshop']);
  const lines = await ana.request('GET', `/tickets/${ticketId}/entries`);
  expect(lines.body.items.map(({ event }: { event: { type: string } | null }) => event?.type)).toContain('checklist.finished');
}

async function refusals({ app, lead, ana, ticketOf }: Desk) {
  const ticketId = await ticketOf('Toaster');
  const path = `/tickets/${ticketId}/checklists`;
  const colleague = await app.person('colleague', { of: app.owner });
  const team = await app.owner.request('POST', '/teams', { name: 'Repairs' });
  const secret = await lead.request('POST', '/checklist-templates', { name: 'Of the repairs', items: ['x'], teamId: team.body.id });
  expect((await ana.request('POST', '/checklist-templates', { name: 'Mine', items: ['x'] })).status).toBe(403);
  expect((await ana.request('GET', '/checklist-templates')).body.items.map(({ name }: { name: string }) => name)).not.toContain('Of the repairs');
  expect((await ana.request('POST', path, { templateId: secret.body.id })).body.code).toBe('checklist.no_such_template');
  expect((await colleague.request('POST', path, { name: 'Steps', items: ['x'] })).status).toBe(403);
  expect((await colleague.request('GET', path)).body).toEqual({ items: [], nextCursor: null });
  expect((await ana.request('POST', path, { name: 'Steps', items: [] })).status).toBe(400);
  const list = await ana.request('POST', path, { name: 'Steps', items: ['x'] });
  const item = `${path}/${list.body.id}/items/${list.body.items[0].id}`;
  expect((await ana.request('PATCH', item, { ownerId: '01900000-0000-7000-8000-000000000000' })).body.code).toBe('checklist.no_such_owner');
  // The same ids below another ticket are not there.
  const other = await ticketOf('Other kettle');
  expect((await ana.request('PATCH', item.replace(ticketId, other), { done: true })).body.code).toBe('checklist.not_found');
  for (let count = 1; count < 20; count++) await ana.request('POST', path, { name: `Steps ${count}`, items: ['x'] });
  expect((await ana.request('POST', path, { name: 'One too many', items: ['x'] })).body.code).toBe('checklist.too_many');
  const page = await ana.request('GET', `${path}?limit=15`);
  expect([page.body.items.length, (await ana.request('GET', `${path}?limit=15&cursor=${page.body.nextCursor}`)).body.items.length]).toEqual([15, 5]);
}

/** Lists go along with a merge and come back with its undoing; what is redacted goes out of them. */
async function mergesAndWords({ ana, ticketOf }: Desk) {
  const [from, into] = [await ticketOf('Second letter'), await ticketOf('First letter of hers')];
  await ana.request('POST', `/tickets/${from}/checklists`, { name: 'About Maria Petrova', items: ['Call Maria Petrova back'] });
  const merge = await ana.request('POST', `/tickets/${from}/merges`, { into });
  const namesOn = async (id: string) => (await ana.request('GET', `/tickets/${id}/checklists`)).body.items.map(({ name }: { name: string }) => name);
  expect(await namesOn(into)).toEqual(['About Maria Petrova']);
  await ana.request('DELETE', `/merges/${merge.body.id}`);
  expect([await namesOn(from), await namesOn(into)]).toEqual([['About Maria Petrova'], []]);

  const note = await ana.request('POST', `/tickets/${from}/notes`, { text: 'Maria Petrova called' });
  expect((await ana.request('POST', `/tickets/${from}/entries/${note.body.id}/redactions`, { passages: ['Maria Petrova'], reason: 'asked' })).status).toBeLessThan(300);
  const after = JSON.stringify((await ana.request('GET', `/tickets/${from}/checklists`)).body);
  expect(after).not.toContain('Maria Petrova');
  expect(after).toContain('Call');
}

import { expect, test } from 'vitest';
import { removeRubbish } from '../../../platform/jobs/housekeeping.ts';
import { testApp } from '../../../testing/test-app.ts';

async function desk() {
  const app = await testApp();
  const { owner } = app;
  const team = (await owner.request('POST', '/teams', { name: 'Returns' })).body.id as string;
  const lead = await app.person('lead', { of: owner, name: 'Lena', teamIds: [team] });
  const ana = await app.person('agent', { of: owner, name: 'Ana', teamIds: [team] });
  const elsewhere = await app.person('lead', { of: owner, name: 'Otto' });
  return {
    app, owner, team, lead, ana, elsewhere,
    ticketOf: async (given: object = {}): Promise<string> => (await ana.request('POST', '/tickets', { subject: 'Kettle', channel: 'phone', direction: 'in', customer: { email: 'maria@example.org' }, text: 'cracked', teamId: team, ...given })).body.id,
    eventsOf: async (ticketId: string) => app.db.owner.selectFrom('events').select(['type', 'data']).where('ticket_id', '=', ticketId).where('type', 'like', 'approval.%').orderBy('seq').execute(),
  };
}
type Desk = Awaited<ReturnType<typeof desk>>;

test('a second pair of eyes', async () => {
  const all = await desk();
  await returnedAndApproved(all);
  await whoIsAsked(all);
  await refusals(all);
  await words(all);
  await files(all);
});

/** Returned with a remark, mended, approved; the undo window counts from then, and what the reply does happens then. */
async function returnedAndApproved({ app, owner, lead, ana, elsewhere, ticketOf, eventsOf }: Desk) {
  const made = await owner.request('POST', '/approval-policies', { name: 'Complaints', writers: ['agent', 'rule'], conditions: { all: [{ field: 'kind', operator: 'is', value: 'complaint' }] } });
  expect(made.body).toMatchObject({ enabled: true, channels: ['email'], reviewers: { by: 'leads' } });
  expect((await ana.request('POST', `/tickets/${await ticketOf()}/replies`, { text: 'At once.' })).status).toBe(201);

  const id = await ticketOf({ kind: 'complaint' });
  expect((await ana.request('GET', `/tickets/${id}/approval-need`)).body).toEqual({ needed: true, reasons: ['Complaints'], demands: [] });
  expect((await lead.request('GET', `/tickets/${id}/approval-need`)).body.needed).toBe(false);
  const { approvalId } = (await ana.request('POST', `/tickets/${id}/replies`, { html: '<p>We <b>pay</b>.</p><script>x()</script>', status: 'resolved', cc: ['shop@example.org'] })).body;
  const ticket = async () => (await ana.request('GET', `/tickets/${id}`)).body;
  expect(await ticket()).toMatchObject({ status: 'open' });
  expect((await ana.request('GET', '/approvals?list=written')).body.items).toMatchObject([{ id: approvalId, mayDecide: false }]);
  expect((await lead.request('GET', '/approvals/count')).body).toEqual({ count: 1, more: false, waiting: 0, returned: 0, inUse: true });
  expect((await elsewhere.request('GET', '/approvals')).body.items).toEqual([]);
  const seen = (await lead.request('GET', `/approvals/${approvalId}`)).body;
  expect(seen).toMatchObject({ mayDecide: true, text: 'We pay.', html: '<p>We <b>pay</b>.</p>', cc: ['shop@example.org'], writer: { name: 'Ana' }, reason: 'Complaints', version: 1 });

  expect((await lead.request('POST', `/approvals/${approvalId}/return`, { version: 1, remark: '' })).status).toBe(400);
  expect((await lead.request('POST', `/approvals/${approvalId}/return`, { version: 1, remark: 'Not before we saw it.' })).body).toMatchObject({ state: 'returned', mayDecide: false });
  expect((await ana.request('POST', `/approvals/${approvalId}/resubmission`, { version: 2, text: 'Please send a photo.', remark: 'Better?' })).body).toMatchObject({ state: 'waiting', text: 'Please send a photo.', html: null, decidedAt: null });
  app.pass(600);
  app.passMachine(36_000);
  const approved = (await lead.request('POST', `/approvals/${approvalId}/approval`, { version: 3 })).body;
  expect(approved).toMatchObject({ state: 'approved', entryId: expect.any(String), decidedAt: app.now().toISOString() });
  const entry = (await ana.request('GET', `/tickets/${id}/entries`)).body.items.find((one: { id: string }) => one.id === approved.entryId);
  expect(entry).toMatchObject({ text: 'Please send a photo.', author: { name: 'Ana' }, createdAt: app.now().toISOString(), delivery: { state: expect.stringMatching(/waiting|queued/) } });
  expect(new Date(entry.delivery.undoUntil).getTime()).toBeGreaterThan(app.machineNow().getTime());
  expect(await ticket()).toMatchObject({ status: 'resolved', assignee: { name: 'Ana' }, waitingSince: null });
  expect((await ana.request('DELETE', `/tickets/${id}/replies/${approved.entryId}`)).status).toBe(204);
  expect((await ana.request('POST', `/tickets/${id}/replies`, { text: 'Again' })).status).toBe(202);
  expect((await eventsOf(id)).map(({ type, data }) => [type, (data as { personIds?: string[] }).personIds])).toEqual([
    ['approval.asked', [lead.id]], ['approval.returned', [ana.id]], ['approval.asked', [lead.id]], ['approval.approved', [ana.id]], ['approval.asked', [lead.id]],
  ]);
}

async function whoIsAsked({ owner, ana, lead, elsewhere, ticketOf, eventsOf }: Desk) {
  expect((await owner.request('POST', '/approval-policies', { name: 'Urgent', conditions: { all: [{ field: 'priority', operator: 'is', value: 'urgent' }] }, reviewers: { by: 'people', ids: [elsewhere.id] } })).status).toBe(201);
  const id = await ticketOf({ priority: 'urgent' });
  const { approvalId } = (await ana.request('POST', `/tickets/${id}/replies`, { text: 'Hello' })).body;
  expect((await eventsOf(id))[0]!.data).toMatchObject({ personIds: [elsewhere.id] });
  expect((await lead.request('POST', `/approvals/${approvalId}/approval`, { version: 1 })).status).toBe(403);
  // Whom it names has written it: then those who may always are asked.
  await elsewhere.request('POST', `/tickets/${id}/replies`, { text: 'Hello' });
  expect((await eventsOf(id))[1]!.data).toMatchObject({ personIds: [owner.id] });
  // Nobody else is there to see what the only owner writes.
  expect((await owner.request('POST', '/approval-policies', { name: 'All', reviewers: { by: 'people', ids: [owner.id] }, conditions: { all: [{ field: 'priority', operator: 'is', value: 'low' }] } })).status).toBe(201);
  const low = await ticketOf({ priority: 'low' });
  expect((await owner.request('POST', `/tickets/${low}/replies`, { text: 'Hello' })).body.code).toBe('approval.nobody');
  expect((await ana.request('DELETE', `/approvals/${approvalId}`)).status).toBe(204);
  expect((await ana.request('GET', `/tickets/${id}/approvals`)).body.items.map(({ state }: { state: string }) => state)).toEqual(['withdrawn', 'waiting']);
}

async function refusals({ owner, lead, ana }: Desk) {
  const post = (given: object, by = owner) => by.request('POST', '/approval-policies', { name: 'x', ...given });
  expect((await post({}, lead)).status).toBe(403);
  expect((await ana.request('GET', '/approval-policies')).status).toBe(403);
  expect((await post({ writers: [] })).status).toBe(400);
  expect((await post({ conditions: { all: [{ field: 'nothing', operator: 'is', value: 1 }] } })).body.code).toBe('condition.unknown_field');
  expect((await post({ reviewers: { by: 'people', ids: [owner.workspaceId] } })).body.code).toBe('approval.no_such_reviewer');
  expect((await post({ reviewers: { by: 'team', id: owner.id } })).status).toBe(404);

  // The first that holds names who reviews, in the order that was put last.
  const list = async () => (await owner.request('GET', '/approval-policies')).body.items.map(({ id }: { id: string }) => id) as string[];
  const ids = await list();
  const order = (given: string[], by = owner) => by.request('PUT', '/approval-policies/order', { ids: given });
  expect((await order(ids, lead)).status).toBe(403);
  expect((await order(ids.slice(1))).body.code).toBe('approval_policy.order_changed');
  expect((await order([...ids.slice(1), ids[1]!])).body.code).toBe('approval_policy.order_changed');
  expect((await order(ids.toReversed())).status).toBe(204);
  expect(await list()).toEqual(ids.toReversed());
}

/** What is redacted goes out of every version. */
async function words({ ana, lead, ticketOf }: Desk) {
  const id = await ticketOf({ kind: 'complaint' });
  const { approvalId } = (await ana.request('POST', `/tickets/${id}/replies`, { text: 'Your card is 4111 1111.' })).body;
  await lead.request('POST', `/approvals/${approvalId}/return`, { version: 1, remark: 'Not 4111 1111!' });
  const note = await ana.request('POST', `/tickets/${id}/notes`, { text: 'Card 4111 1111' });
  await ana.request('POST', `/tickets/${id}/entries/${note.body.id}/redactions`, { passages: ['4111 1111'], reason: 'card' });
  expect(JSON.stringify((await lead.request('GET', `/approvals/${approvalId}`)).body)).not.toContain('4111');
}

/** What is attached waits as long as the words, and leaves with them; taken back, it goes with what was never sent. */
async function files({ app, ana, lead, ticketOf }: Desk) {
  const id = await ticketOf({ kind: 'complaint' });
  const upload = async (name: string) => (await ana.request('POST', `/uploads?name=${name}`, Buffer.from(name), { 'content-type': 'application/octet-stream' })).body.id as string;
  const [sent, withdrawn, loose] = [await upload('bill.pdf'), await upload('draft.pdf'), await upload('never.pdf')];
  const ask = async (file: string) => (await ana.request('POST', `/tickets/${id}/replies`, { text: 'See the file.', attachmentIds: [file] })).body.approvalId as string;
  const first = await ask(sent);
  await ana.request('DELETE', `/approvals/${await ask(withdrawn)}`);
  app.pass(86_400 * 30);
  await removeRubbish(app.db.owner, app.now(), { info: () => undefined, warn: () => undefined, error: (facts: object) => { throw new Error(JSON.stringify(facts)); } });
  const left = await app.db.owner.selectFrom('attachments').select('id').where('id', 'in', [sent, withdrawn, loose]).execute();
  expect(left).toEqual([{ id: sent }]);
  const { entryId } = (await lead.request('POST', `/approvals/${first}/approval`, { version: 1 })).body;
  const entry = (await ana.request('GET', `/tickets/${id}/entries`)).body.items.find((one: { id: string }) => one.id === entryId);
  expect(entry.attachments).toMatchObject([{ name: 'bill.pdf' }]);
}

import { expect, test } from 'vitest';
import { rulesDesk } from '../../../testing/rules-desk.ts';
import { provenDesk } from '../../../testing/proven-desk.ts';

async function desk() {
  const d = await provenDesk();
  const { owner } = d;
  const lead = await d.person('lead', { of: owner, name: 'Lena' });
  const ana = await d.person('agent', { of: owner, name: 'Ana' });
  const policy = await owner.request('POST', '/approval-policies', { name: 'Agents', writers: ['agent', 'lead', 'rule'], channels: ['email', 'chat'] });
  expect(policy.status).toBe(201);
  const { ticketId } = await d.mail({ from: 'Maria <maria@home.example>', messageId: '<q@home.example>' });
  return {
    ...d, owner, lead, ana, ticketId: ticketId!,
    /** Whatever is in the outbox or was sent, and what stands on tickets as said to customers. */
    async left(): Promise<[number, number]> {
      d.passMachine(86_400 * 400);
      await d.sender.sendDue();
      const said = await d.db.owner.selectFrom('entries').select('id').where('direction', '=', 'out').execute();
      return [d.sink.received.length, said.length];
    },
    waiting: async () => (await lead.request('GET', '/approvals')).body.items as { id: string; version: number; text: string; writer: { id: string | null }; kind: string }[],
  };
}
type Desk = Awaited<ReturnType<typeof desk>>;

test('an answer leaves without the approval that it needs, on any way out of the house', async () => {
  const d = await desk();
  await written(d);
  await byMail(d);
  await byRule(d);
  expect(await d.left()).toEqual([0, 0]);
  await decided(d);
  await asCorrection(d);
});

/** Replies, planned ones, forwards, first letters, chats: nothing of it becomes an entry. */
async function written({ ana, ticketId, waiting, left, mail, owner, machineNow, due }: Desk) {
  const inbound = (await ana.request('GET', `/tickets/${ticketId}/entries`)).body.items.find(({ type }: { type: string }) => type === 'message').id as string;
  const post = (path: string, body: object) => ana.request('POST', path, body);
  const held = await post(`/tickets/${ticketId}/replies`, { text: 'We pay 500 euro.' });
  expect([held.status, held.body]).toEqual([202, { approvalId: expect.any(String) }]);
  expect((await post(`/tickets/${ticketId}/replies`, { text: 'Later.', sendAt: new Date(machineNow().getTime() + 3_600_000).toISOString() })).status).toBe(202);
  expect((await post(`/tickets/${ticketId}/forwards`, { text: 'Look', to: ['courier@elsewhere.example'], entryId: inbound })).status).toBe(202);
  expect((await post('/tickets', { subject: 'First letter', customer: { email: 'maria@home.example' }, text: 'We pay 600 euro.' })).status).toBe(201);
  expect((await post(`/tickets/${ticketId}/replies`, { text: 'In the chat', channel: 'chat' })).status).toBe(202);
  // A macro only fills in words; whoever sends them is asked as if they had typed them, one ticket or many.
  const macro = (await owner.request('POST', '/saved-replies', { name: 'Refund', variants: { en: 'We pay 650 euro.' }, actions: [{ type: 'add_tags', tags: ['refund'] }] })).body.id as string;
  const filled = await post(`/saved-replies/${macro}/applications`, { ticketId });
  expect([filled.status, filled.body.html]).toEqual([200, expect.stringContaining('We pay 650 euro.')]);
  expect((await post(`/tickets/${ticketId}/replies`, { html: filled.body.html })).status).toBe(202);
  expect((await post('/bulk-runs', { ticketIds: [ticketId], actions: [{ type: 'macro', macroId: macro }, { type: 'reply', text: 'To all: we pay.' }] })).status).toBe(201);
  await due.round();
  expect((await waiting()).slice(5).map(({ kind, text }) => [kind, text])).toEqual([['reply', 'We pay 650 euro.'], ['reply', 'To all: we pay.']]);
  expect((await waiting()).slice(0, 5).map(({ kind, text }) => [kind, text])).toEqual([['reply', 'We pay 500 euro.'], ['reply', 'Later.'], ['forward', 'Look'], ['reply', 'We pay 600 euro.'], ['chat', 'In the chat']]);
  // A side conversation cannot wait for somebody else: it does not begin.
  expect((await post(`/tickets/${ticketId}/asides`, { subject: 'Parcel', to: ['courier@elsewhere.example'], text: 'We pay 660 euro.' })).body.code).toBe('aside.needs_approval');
  // What could never be delivered is not kept either.
  expect((await post(`/tickets/${ticketId}/replies`, { text: 'x', attachmentIds: [ticketId] })).body.code).toBe('attachment.not_found');
  expect((await post(`/tickets/${ticketId}/forwards`, { text: 'x', to: ['a@b.example'], entryId: ticketId })).body.code).toBe('entry.not_found');
  expect(await left()).toEqual([0, 0]);

  // A policy that is switched off asks for nothing, and holds again at once when it is on.
  const other = (await mail({ from: 'Boris <boris@home.example>', messageId: '<b@home.example>' })).ticketId!;
  const policies = (await owner.request('GET', '/approval-policies')).body.items as { id: string }[];
  await owner.request('PATCH', `/approval-policies/${policies[0]!.id}`, { enabled: false });
  expect((await ana.request('GET', `/tickets/${ticketId}/approval-need`)).body).toEqual({ needed: false, reasons: [], demands: [] });
  await owner.request('PATCH', `/approval-policies/${policies[0]!.id}`, { enabled: true, writers: ['agent', 'rule'] });
  expect((await ana.request('GET', `/tickets/${other}/approval-need`)).body).toMatchObject({ needed: true, reasons: ['Agents'] });
}

/** A colleague's answer by mail, with their own token and their domain's word, is a note and waits. */
async function byMail({ people, owner, tokens, mailbox, ticketId, mail, waiting }: Desk) {
  const ivan = await people.addPerson(owner.workspaceId, { email: 'ivan@desk.example', name: 'Ivan', role: 'agent', password: null, teamIds: [] });
  const own = tokens.messageId({ workspaceId: owner.workspaceId, mailboxId: await mailbox('support@desk.test'), ticketId, domain: 'desk.test', personId: ivan });
  const { entry } = await mail({ from: 'Ivan <ivan@desk.example>', text: 'We pay 700 euro.', headers: [`In-Reply-To: ${own}`] });
  expect(entry).toMatchObject({ type: 'note', direction: 'internal' });
  expect((await waiting()).at(-1)).toMatchObject({ text: 'We pay 700 euro.', writer: { id: ivan } });
}

/** What a rule answers waits as well, and asks of a rule hold through a merge. */
async function byRule(d: Desk) {
  const rules = rulesDesk(d);
  await rules.hear();
  const make = (name: string, actions: object[], kind: string) =>
    d.owner.request('POST', '/rules', { name, trigger: { on: 'event', events: ['ticket.changed'] }, conditions: { all: [{ field: 'kind', operator: 'changed_to', value: kind }] }, actions });
  expect((await make('Answers', [{ type: 'reply', texts: { en: 'We pay 800 euro.' } }], 'claim')).status).toBe(201);
  expect((await make('Asks', [{ type: 'approval', reviewers: { by: 'people', ids: [d.lead.id] } }], 'complaint')).status).toBe(201);
  await rules.hear();
  await d.ana.request('PATCH', `/tickets/${d.ticketId}`, { kind: 'claim' });
  await rules.hear();
  const [run] = (await d.ana.request('GET', `/tickets/${d.ticketId}/rule-runs`)).body.items;
  expect(run.effects).toMatchObject([{ type: 'reply', effect: 'nothing', reason: 'needs_approval' }]);
  expect((await d.waiting()).at(-1)).toMatchObject({ text: 'We pay 800 euro.', writer: { id: null } });

  const { ticketId: second } = await d.mail({ from: 'Zoe <zoe@home.example>', messageId: '<z@home.example>' });
  await d.ana.request('PATCH', `/tickets/${second}`, { kind: 'complaint' });
  await rules.hear();
  expect((await d.owner.request('GET', `/tickets/${second}/approval-need`)).body).toMatchObject({ needed: true, reasons: ['Asks'] });
  const { ticketId: third } = await d.mail({ from: 'Zoe <zoe@home.example>', messageId: '<z2@home.example>', subject: 'Another matter' });
  await d.ana.request('POST', `/tickets/${second}/merges`, { into: third });
  expect((await d.owner.request('POST', `/tickets/${third}/replies`, { text: 'We pay 900 euro.' })).status).toBe(202);
  const { demands } = (await d.ana.request('GET', `/tickets/${third}/approval-need`)).body;
  expect(demands).toMatchObject([{ name: 'Asks', mayLift: false }]);
  expect((await d.ana.request('DELETE', `/tickets/${third}/approval-demands/${demands[0].id}`)).status).toBe(403);
}

/** Who wrote it approves it as little as somebody who is nobody's reviewer; and what is approved is what was read. */
async function decided(d: Desk) {
  const { ana, lead, owner, ticketId, left } = d;
  const [first] = await d.waiting();
  const approve = (by: typeof ana, body: object) => by.request('POST', `/approvals/${first!.id}/approval`, body);
  const other = await d.person('agent', { of: owner });
  for (const by of [ana, other]) expect((await approve(by, { version: 1 })).body.code).toBe('approval.not_yours');
  expect((await other.request('DELETE', `/approvals/${first!.id}`)).status).toBe(403);
  expect((await other.request('POST', `/approvals/${first!.id}/resubmission`, { version: 1, text: 'x' })).status).toBe(403);
  // Swapped between reading and approving.
  await ana.request('POST', `/approvals/${first!.id}/resubmission`, { version: 1, text: 'We pay 50,000 euro.' });
  expect((await approve(lead, { version: 1 })).body.code).toBe('approval.changed_meanwhile');
  // A lead's own answer is not theirs to approve, although they may approve those of others.
  await owner.request('PATCH', `/approval-policies/${(await owner.request('GET', '/approval-policies')).body.items[0].id}`, { writers: ['agent', 'lead', 'rule'] });
  const own = await lead.request('POST', `/tickets/${ticketId}/replies`, { text: 'I pay.' });
  expect((await lead.request('POST', `/approvals/${own.body.approvalId}/approval`, { version: 1 })).body.code).toBe('approval.not_yours');
  expect(await left()).toEqual([0, 0]);
  // Changing other words is a version of its own, and only these leave; once.
  const done = await approve(lead, { version: 2, text: 'We look into it.' });
  expect(done.body).toMatchObject({ state: 'approved', text: 'We look into it.' });
  expect(done.body.steps.map(({ what, text }: { what: string; text: string }) => [what, text])).toEqual([['asked', 'We pay 500 euro.'], ['edited', 'We pay 50,000 euro.'], ['edited', 'We look into it.'], ['approved', 'We look into it.']]);
  expect((await approve(lead, { version: 3 })).body.code).toBe('approval.decided');
  expect(await left()).toEqual([1, 1]);
  expect(d.sink.received[0]!.mail.text).toContain('We look into it.');
}

/** Whoever says that a mail went astray writes to those who got it; in words of their own it would be an answer that nobody has seen. */
async function asCorrection({ ana, ticketId, left, sink }: Desk) {
  const sent = (await ana.request('GET', `/tickets/${ticketId}/entries`)).body.items.find(({ direction }: { direction: string }) => direction === 'out').id as string;
  const path = `/tickets/${ticketId}/entries/${sent}/misdirection`;
  const { correction } = (await ana.request('GET', path)).body;
  for (const own of [{ ...correction, text: 'We pay 1,000 euro.' }, { ...correction, subject: 'We pay 1,000 euro.' }]) {
    expect((await ana.request('POST', path, { correction: own })).body.code).toBe('incident.needs_approval');
  }
  expect(await left()).toEqual([1, 1]);
  expect((await ana.request('POST', path, { correction })).status).toBe(201);
  await left();
  expect(sink.received.slice(1).map(({ mail }) => mail.subject)).toEqual([correction.subject]);
}

test('an approved answer goes to others than those who stood on it when it was read', async () => {
  const d = await desk();
  const { body: { approvalId } } = await d.ana.request('POST', `/tickets/${d.ticketId}/replies`, { text: 'Your IBAN is BG80.' });
  const read = (await d.lead.request('GET', `/approvals/${approvalId}`)).body;
  // Afterwards the ticket is somebody else's, with somebody else in copy.
  const { ticketId: evils } = await d.mail({ from: 'Eve <eve@evil.example>', messageId: '<e@evil.example>', subject: 'Something else' });
  const eve = (await d.owner.request('GET', `/tickets/${evils}`)).body.customer.id as string;
  expect((await d.ana.request('PATCH', `/tickets/${d.ticketId}`, { customerId: eve })).status).toBe(200);
  expect((await d.lead.request('POST', `/approvals/${approvalId}/approval`, { version: 1 })).status).toBe(200);
  await d.left();
  expect(d.sink.received.map(({ to }) => to)).toEqual([['maria@home.example']]);
  expect([read.to, read.cc]).toEqual([['maria@home.example'], []]);
});

test('what an agent promises leaves as an automatic mail, past the approval of what agents write', async () => {
  const d = await desk();
  const [policy] = (await d.owner.request('GET', '/approval-policies')).body.items;
  await d.owner.request('PATCH', `/approval-policies/${policy.id}`, { writers: ['agent'] });
  const inDays = (days: number) => new Date(d.now().getTime() + days * 86_400_000).toISOString();
  const made = await d.ana.request('POST', '/commitments', { ticketId: d.ticketId, kind: 'callback', what: 'We pay 5,000 euro', dueAt: inDays(2) });
  expect(made.status).toBe(201);
  const told = await d.ana.request('POST', `/commitments/${made.body.id}/renegotiation`, { dueAt: inDays(3) });
  expect([told.status, told.body.telling]).toEqual([201, 'reply']);
  expect(await d.left()).toEqual([0, 0]);
});

test('other words leave than those that were read: HTML beside a harmless text', async () => {
  const { lead, ana, ticketId, waiting, sink, sender, passMachine } = await desk();
  const words = { text: 'Thank you for your patience.', html: '<p>We pay 9000 euro.</p>' };
  const held = await ana.request('POST', `/tickets/${ticketId}/replies`, words);
  expect([held.status, (await waiting())[0]!.text]).toEqual([202, 'We pay 9000 euro.']);
  await lead.request('POST', `/approvals/${held.body.approvalId}/return`, { version: 1, remark: 'Less.' });
  expect((await ana.request('POST', `/approvals/${held.body.approvalId}/resubmission`, { version: 2, ...words, html: '<p>We pay 8000 euro.</p>' })).status).toBeLessThan(300);
  expect((await waiting())[0]!.text).toBe('We pay 8000 euro.');
  expect((await lead.request('POST', `/approvals/${held.body.approvalId}/approval`, { version: 3 })).status).toBe(200);
  passMachine(60);
  await sender.sendDue();
  const sent = String(sink.received.at(-1)!.raw);
  expect([sent.includes('We pay 8000 euro.'), sent.includes('Thank you for your patience.')]).toEqual([true, false]);
});

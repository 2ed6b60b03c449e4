import { expect, test } from 'vitest';
import { rulesDesk } from '../../../testing/rules-desk.ts';
import { testApp } from '../../../testing/test-app.ts';

async function desk() {
  const app = await testApp();
  const ana = await app.person('agent', { of: app.owner, name: 'Ana' });
  const template = (await app.owner.request('POST', '/checklist-templates', { name: 'Warranty', items: ['Ask for photos', 'Ask for the receipt'] })).body.id as string;
  return {
    app, ana, template, rules: rulesDesk(app),
    ticketOf: async (subject: string): Promise<string> => (await ana.request('POST', '/tickets', { subject, channel: 'phone', direction: 'in', customer: { email: 'maria@example.org', name: 'Maria Petrova' }, text: 'cracked', assigneeId: null })).body.id,
  };
}
type Desk = Awaited<ReturnType<typeof desk>>;
type Named = { text: string; type: string };

test('macros on a whole desk', async () => {
  const all = await desk();
  await inOneGo(all);
  await inTheirPlaces(all);
  await refusals(all);
  await byRule(all);
});

/** Shown first, done in one change of the ticket, counted, and put back. */
async function inOneGo({ app, ana, template, ticketOf }: Desk) {
  const actions = [
    { type: 'set_kind', kind: 'claim' }, { type: 'set_priority', priority: 'high' }, { type: 'set_assignee', personId: 'me' }, { type: 'add_tags', tags: ['warranty'] }, { type: 'add_tags', tags: ['kettle'] },
    { type: 'note', text: 'Claim of {{customer.name}}, by {{agent.name}}' }, { type: 'checklist', templateId: template },
  ];
  const made = await app.owner.request('POST', '/saved-replies', { name: 'Warranty claim', variants: { en: '<p>Dear {{customer.first_name}}</p>' }, actions });
  expect(made.body).toMatchObject({ usedCount: 0, lastUsedAt: null, actions });
  const id = await ticketOf('Kettle');
  const before = (await ana.request('GET', `/tickets/${id}`)).body;

  const shown = await ana.request('POST', `/saved-replies/${made.body.id}/renderings`, { ticketId: id });
  expect(shown.body).toMatchObject({ html: '<p>Dear Maria</p>', language: 'en' });
  expect(shown.body.effects).toEqual([
    { type: 'set_kind', effect: 'changes', from: 'question', to: 'claim' }, { type: 'set_priority', effect: 'changes', from: 'normal', to: 'high' },
    { type: 'set_assignee', effect: 'changes', from: null, to: ana.id }, { type: 'add_tags', effect: 'changes', from: '', to: 'warranty' }, { type: 'add_tags', effect: 'changes', from: 'warranty', to: 'warranty, kettle' },
    { type: 'note', effect: 'changes', from: null, to: null }, { type: 'checklist', effect: 'changes', from: null, to: template },
  ]);
  expect((await ana.request('GET', `/tickets/${id}`)).body).toEqual(before);

  const { body: done } = await ana.request('POST', `/saved-replies/${made.body.id}/applications`, { ticketId: id });
  expect(done).toMatchObject({ html: '<p>Dear Maria</p>', effects: shown.body.effects });
  expect((await ana.request('GET', `/tickets/${id}`)).body).toMatchObject({ kind: 'claim', priority: 'high', assignee: { name: 'Ana' }, tags: ['warranty', 'kettle'] });
  const entries = (await ana.request('GET', `/tickets/${id}/entries`)).body.items as (Named & { event: { type: string } | null })[];
  expect(entries.filter(({ event }) => event?.type === 'ticket.changed')).toHaveLength(1);
  expect(entries.find(({ type }) => type === 'note')?.text).toBe('Claim of Maria Petrova, by Ana');
  expect((await ana.request('GET', `/tickets/${id}/checklists`)).body.items).toHaveLength(1);

  // Once more it has nothing to change, and no second list is begun while the first is not finished.
  const again = await ana.request('POST', `/saved-replies/${made.body.id}/applications`, { ticketId: id });
  expect([again.body.undo, again.body.effects.filter(({ effect }: { effect: string }) => effect === 'changes').map(({ type }: Named) => type)]).toEqual([null, ['note']]);
  expect((await ana.request('GET', `/tickets/${id}/checklists`)).body.items).toHaveLength(1);
  expect((await ana.request('GET', '/saved-replies')).body.items[0]).toMatchObject({ usedCount: 2, lastUsedAt: app.now().toISOString() });

  expect((await ana.request('PATCH', `/tickets/${id}`, done.undo)).status).toBe(200);
  const { kind, priority, assignee, tags } = before;
  expect((await ana.request('GET', `/tickets/${id}`)).body).toMatchObject({ kind, priority, assignee, tags });
  expect((await ana.request('PATCH', `/tickets/${id}`, done.undo)).body.code).toBe('ticket.changed_meanwhile');
}

/** In folders, with files that stay with the reply and go along as copies, in the language that somebody asks for. */
async function inTheirPlaces({ app, ana, ticketOf }: Desk) {
  const { owner } = app;
  const upload = async (who: typeof owner, name: string) => (await who.request('POST', `/uploads?name=${name}`, Buffer.from(name), { 'content-type': 'application/octet-stream' })).body.id as string;
  const file = await upload(owner, 'label.pdf');
  const variants = { en: '<p>The label</p>', pl: '<p>Etykieta</p>' };
  const made = (await owner.request('POST', '/saved-replies', { name: 'Label', folder: ' Returns ', variants, attachmentIds: [file] })).body;
  expect(made).toMatchObject({ folder: 'Returns', attachments: [{ name: 'label.pdf', size: 9 }] });
  expect((await owner.request('POST', '/saved-replies', { name: 'Theirs', variants, attachmentIds: [await upload(ana, 'x.pdf')] })).body.code).toBe('attachment.not_found');
  expect((await owner.request('GET', '/saved-replies?q=return')).body.items.map(({ name }: { name: string }) => name)).toEqual(['Label']);
  const [first] = (await owner.request('GET', '/saved-replies?limit=1')).body.items;
  expect(first.folder).toBe('');

  const id = await ticketOf('Label');
  const path = `/saved-replies/${made.id}`;
  expect((await ana.request('POST', `${path}/renderings`, { ticketId: id, language: 'pl' })).body).toMatchObject({ html: '<p>Etykieta</p>', language: 'pl', attachments: [{ name: 'label.pdf' }] });
  const [copy] = (await ana.request('POST', `${path}/applications`, { ticketId: id })).body.attachments;
  const sent = await ana.request('POST', `/tickets/${id}/replies`, { text: 'Here it is', attachmentIds: [copy.id] });
  expect([sent.status, sent.body.attachments?.[0]?.name]).toEqual([201, 'label.pdf']);
  // The reply's own file is nobody's to send, and stays for the next time.
  expect((await ana.request('POST', `/tickets/${id}/replies`, { text: 'x', attachmentIds: [made.attachments[0].id] })).body.code).toBe('attachment.not_found');
  const second = await upload(owner, 'second.pdf');
  const both = (await owner.request('PATCH', path, { attachmentIds: [made.attachments[0].id, second] })).body.attachments as { id: string; name: string }[];
  expect(both.map(({ name }) => name)).toEqual(['label.pdf', 'second.pdf']);
  expect((await owner.request('PATCH', path, { attachmentIds: [both[1]!.id] })).body.attachments).toMatchObject([{ name: 'second.pdf' }]);
  expect((await owner.request('DELETE', path)).status).toBe(204);
}

/** A macro takes nobody beyond their rights, and does all or nothing. */
async function refusals({ app, ana, template, ticketOf }: Desk) {
  const make = (given: object) => app.owner.request('POST', '/saved-replies', { name: 'Macro', ...given });
  expect((await make({})).body.code).toBe('saved_reply.empty');
  expect((await make({ actions: [{ type: 'note', text: 'Hello {{customer.nmae}}' }] })).body).toMatchObject({ code: 'saved_reply.unknown_placeholder' });
  expect((await make({ actions: [{ type: 'set_team', teamId: template }] })).status).toBe(404);
  expect((await make({ actions: [{ type: 'checklist', templateId: ana.id }] })).body.code).toBe('checklist.no_such_template');
  expect((await make({ actions: [{ type: 'set_status', status: 'closed' }] })).status).toBe(400);
  expect((await ana.request('POST', '/saved-replies', { name: 'Mine', actions: [{ type: 'set_priority', priority: 'low' }] })).status).toBe(403);

  const team = (await app.owner.request('POST', '/teams', { name: 'Repairs' })).body.id as string;
  const both = (await make({ actions: [{ type: 'note', text: 'To the repairs' }, { type: 'set_team', teamId: team }] })).body.id as string;
  const id = await ticketOf('Toaster');
  const colleague = await app.person('colleague', { of: app.owner });
  expect((await colleague.request('POST', `/saved-replies/${both}/applications`, { ticketId: id })).status).toBe(403);
  const theirs = (await make({ teamId: team, actions: [{ type: 'set_priority', priority: 'low' }] })).body.id as string;
  expect((await ana.request('POST', `/saved-replies/${theirs}/applications`, { ticketId: id })).body.code).toBe('saved_reply.not_found');
  await app.db.owner.updateTable('saved_replies').set({ actions: JSON.stringify([{ type: 'note', text: 'To nobody' }, { type: 'set_team', teamId: ana.id }]) }).where('id', '=', both).execute();
  expect((await ana.request('POST', `/saved-replies/${both}/applications`, { ticketId: id })).body.code).toBe('ticket.no_such_team');
  expect((await ana.request('GET', `/tickets/${id}/entries`)).body.items.filter(({ type }: Named) => type === 'note')).toEqual([]);
}

/** A rule does what a macro does at that moment, says so, and stumbles over nothing that is gone. */
async function byRule({ app, ana, template, rules, ticketOf }: Desk) {
  const macro = (await app.owner.request('POST', '/saved-replies', { name: 'Begin a claim', actions: [{ type: 'set_kind', kind: 'claim' }, { type: 'set_assignee', personId: 'me' }, { type: 'note', text: 'Number {{ticket.number}}, {{customer.name}}' }] })).body.id as string;
  const rule = await app.owner.request('POST', '/rules', {
    name: 'Claims', trigger: { on: 'event', events: ['ticket.changed'] }, conditions: { all: [{ field: 'priority', operator: 'is', value: 'urgent' }] }, actions: [{ type: 'macro', macroId: macro }, { type: 'checklist', templateId: template }],
  });
  expect(rule.status).toBe(201);
  const id = await ticketOf('Lamp');
  await rules.hear();
  await ana.request('PATCH', `/tickets/${id}`, { priority: 'urgent' });
  const dry = await app.owner.request('POST', `/rules/${rule.body.id}/dry-run`, {});
  expect(dry.body.items[0].effects).toMatchObject([{ type: 'macro', to: macro }, { type: 'set_kind', from: 'question', to: 'claim' }, { type: 'note' }, { type: 'checklist', effect: 'changes', to: template }]);
  await rules.hear();
  const runs = (await ana.request('GET', `/tickets/${id}/rule-runs`)).body.items;
  expect(runs).toHaveLength(1);
  expect(runs[0].effects).toMatchObject(dry.body.items[0].effects);
  expect((await ana.request('GET', `/tickets/${id}`)).body).toMatchObject({ kind: 'claim', assignee: null });
  expect((await ana.request('GET', `/tickets/${id}/entries`)).body.items.find(({ type }: Named) => type === 'note')?.text).toMatch(/^Number \d+, Maria Petrova$/);

  const used = (await ana.request('GET', '/saved-replies')).body.items.find((one: { id: string }) => one.id === macro);
  expect(used).toMatchObject({ usedCount: 1, lastUsedAt: app.now().toISOString() });

  await app.owner.request('DELETE', `/saved-replies/${macro}`);
  await app.owner.request('DELETE', `/checklist-templates/${template}`);
  await ana.request('PATCH', `/tickets/${id}`, { subject: 'Lamps' });
  await rules.hear();
  const [last] = (await ana.request('GET', `/tickets/${id}/rule-runs`)).body.items;
  expect(last.effects).toMatchObject([{ type: 'macro', effect: 'refused', reason: 'no_such_template' }, { type: 'checklist', effect: 'refused', reason: 'no_such_checklist' }]);
}

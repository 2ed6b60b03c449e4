import { expect, test } from 'vitest';
import { rulesDesk } from '../../../testing/rules-desk.ts';
import { testApp } from '../../../testing/test-app.ts';

const is = (field: string, value: unknown) => ({ field, operator: 'is', value });
const toHigh = { all: [{ field: 'priority', operator: 'changed_to', value: 'high' }] };

async function desk() {
  const app = await testApp();
  const rules = rulesDesk(app);
  const { owner } = app;
  const made = async (path: string, body: object) => {
    const answer = await owner.request('POST', path, body);
    expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
    return answer.body;
  };
  return {
    ...app, ...rules, made,
    rule: async (actions: object[], given: object = {}) => {
      const rule = await made('/rules', { name: 'A rule', trigger: { on: 'event', events: ['ticket.changed'] }, conditions: toHigh, actions, ...given });
      await rules.hear();
      return rule as { id: string };
    },
    ticket: (given: object = {}) => made('/tickets', { subject: 'Lamp', channel: 'phone', direction: 'in', customer: { email: 'ana@example.org' }, text: 'It flickers', assigneeId: null, ...given }),
    get: async (id: string) => (await owner.request('GET', `/tickets/${id}`)).body,
    high: async (id: string) => {
      expect((await owner.request('PATCH', `/tickets/${id}`, { priority: 'high' })).status).toBe(200);
      await rules.hear();
    },
    effects: async (id: string) => (await owner.request('GET', `/tickets/${id}/rule-runs`)).body.items[0].effects as { type: string; effect: string; reason: string | null; to: string | null }[],
    told: (effects: { type: string; effect: string; reason: string | null }[]) => effects.map(({ type, effect, reason }) => [type, effect, reason]),
    receive: (ticketId: string, customerId: string, address: string) => app.db.work(owner.workspaceId, (tx) => app.tickets.receive(tx, owner.workspaceId, {
      ticketId, customerId, mailboxId: null, teamId: null, channel: 'email', subject: 'Lamp', text: 'It smells of smoke', quoted: '', html: null, author: { name: 'Ana', address },
      recipients: { to: [], cc: [] }, messageId: null, ledgerId: null, language: 'en', attachments: [], notice: null, automatic: false, participants: [], at: app.now(),
    })),
    forwarded: () => app.db.owner.selectFrom('outbox').select(['envelope_to as to', 'envelope_from as from', 'purpose']).where('purpose', '=', 'notice').execute(),
  };
}

test('a rule does what people do: where a ticket belongs, what is promised, what it is to others, who follows it, and it sets it aside', async () => {
  const app = await desk();
  const brand = (await app.made('/calendar-places', { kind: 'brand', name: 'Shop' })).id;
  const office = (await app.made('/calendar-places', { kind: 'office', name: 'Sofia' })).id;
  const policy = (await app.made('/sla-policies', { name: 'Promised', targets: [{ metric: 'resolution', seconds: 3600, time: 'calendar' }], conditions: { all: [is('subject', 'never')] } })).id;
  const queue = (await app.made('/queues', { name: 'Special', conditions: { all: [is('subject', 'never')] }, teamIds: [] })).id;
  const problem = await app.ticket({ subject: 'All lamps' });
  const ivan = await app.person('agent', { of: app.owner });
  const { id } = await app.ticket();
  const rule = await app.rule([
    { type: 'set_subject', subject: '[{{ticket.number}}] {{ticket.subject}}' }, { type: 'set_private', isPrivate: true }, { type: 'set_brand', brandId: brand }, { type: 'set_office', officeId: office },
    { type: 'set_policy', policyId: policy }, { type: 'set_queue', queue }, { type: 'promise', what: 'An update', in: { amount: 2, unit: 'hours' } }, { type: 'relate', kind: 'incident_of', ticketId: problem.id },
    { type: 'add_follower', personId: ivan.id }, { type: 'snooze', in: { amount: 3, unit: 'hours' } },
  ]);
  // The dry run says the same beforehand, and changes nothing.
  const dry = (await app.owner.request('POST', `/rules/${rule.id}/dry-run`, {})).body.items.find(({ ticket }: { ticket: { id: string } }) => ticket.id === id);
  await app.high(id);
  const effects = await app.effects(id);
  expect(effects.every(({ effect }) => effect === 'changes')).toBe(true);
  expect(dry.effects).toEqual(effects);

  const ticket = await app.get(id);
  expect(ticket).toMatchObject({
    subject: `[${ticket.number}] Lamp`, isPrivate: true, brand: { id: brand }, office: { id: office }, slaPolicyId: policy, queueChoice: queue, status: 'scheduled', followerIds: [ivan.id],
    snooze: { until: new Date(app.now().getTime() + 3 * 3_600_000).toISOString() },
  });
  expect((await app.owner.request('GET', `/tickets/${id}/relations`)).body.items).toMatchObject([{ kind: 'incident_of', ticket: { id: problem.id } }]);
  expect((await app.owner.request('GET', `/commitments?ticket=${id}`)).body.items).toMatchObject([{ what: 'An update', owner: { id: app.owner.id }, dueAt: new Date(app.now().getTime() + 2 * 3_600_000).toISOString() }]);
  expect((await app.owner.request('GET', `/tickets/${id}/clocks`)).body.policy.id).toBe(policy);

  // It is back at its time; what stands already is not done again.
  app.pass(3 * 60 + 1);
  await app.settle();
  expect(await app.get(id)).toMatchObject({ status: 'open', snooze: null });
  await app.owner.request('PATCH', `/tickets/${id}`, { priority: 'low' });
  await app.hear();
  await app.high(id);
  expect(app.told(await app.effects(id)).filter(([, effect]) => effect !== 'changes')).toEqual(expect.arrayContaining([
    ['set_brand', 'nothing', 'already_so'], ['set_policy', 'nothing', 'already_so'], ['promise', 'nothing', 'already_so'], ['relate', 'nothing', 'already_so'], ['add_follower', 'nothing', 'already_so'],
  ]));
});

test('a ticket goes on in the customer\'s earlier one, never in somebody else\'s; then nothing more is done on it, and it can be taken apart', async () => {
  const app = await desk();
  const [earlier, others] = [await app.ticket({ subject: 'Kettle' }), await app.ticket({ subject: 'Lamp', customer: { email: 'ben@example.org' } })];
  app.pass(5);
  const later = await app.ticket({ subject: 'Again' });
  await app.db.owner.insertInto('ticket_links').values({ workspace_id: app.owner.workspaceId, ticket_id: later.id, to_id: others.id, reason: 'unproven', address: 'ana@example.org', created_at: app.now() }).execute();
  const linked = await app.rule([{ type: 'merge', into: 'linked' }]);
  await app.high(later.id);
  expect(app.told(await app.effects(later.id))).toEqual([['merge', 'nothing', 'no_such_ticket']]);
  await app.owner.request('PATCH', `/rules/${linked.id}`, { actions: [{ type: 'merge', into: 'earlier' }, { type: 'add_tags', tags: ['late'] }] });
  await app.owner.request('PATCH', `/tickets/${later.id}`, { priority: 'low' });
  await app.hear();
  await app.high(later.id);
  expect(app.told(await app.effects(later.id))).toEqual([['merge', 'changes', null], ['add_tags', 'refused', 'ticket_gone']]);
  const { mergedInto } = await app.get(later.id);
  expect(mergedInto).toMatchObject({ id: earlier.id });
  expect((await app.owner.request('DELETE', `/merges/${mergedInto.mergeId}`)).status).toBe(204);
  expect((await app.get(later.id)).mergedInto).toBeNull();
});

test('a rule on time marks as spam, from which the filter learns nothing, and people take it back', async () => {
  const app = await desk();
  const { id } = await app.ticket();
  await app.rule([{ type: 'spam' }], { trigger: { on: 'time' }, conditions: { all: [{ field: 'createdAt', operator: 'older_than', value: { amount: 2, unit: 'hours' } }] }, includeExisting: true });
  app.pass(121);
  await app.settle();
  expect(await app.get(id)).toMatchObject({ spam: true });
  expect(app.told(await app.effects(id))).toEqual([['spam', 'changes', null]]);
  expect((await app.owner.request('DELETE', `/tickets/${id}/spam`)).status).toBe(200);
  expect(await app.get(id)).toMatchObject({ spam: false, deletedAt: null });
});

test('when a ticket is marked as spam a rule sees it, and takes it back where it must not be any', async () => {
  const app = await desk();
  const on = { trigger: { on: 'event', events: ['ticket.marked_spam'] }, conditions: { all: [{ field: 'tags', operator: 'has_any', value: ['key'] }] } };
  expect((await app.owner.request('POST', '/rules', { name: 'R', trigger: { on: 'event', events: ['ticket.changed'] }, actions: [{ type: 'not_spam' }] })).body.code).toBe('rule.sees_no_spam');
  await app.rule([{ type: 'set_priority', priority: 'high' }, { type: 'not_spam' }, { type: 'add_tags', tags: ['back'] }], on);
  await app.rule([{ type: 'add_tags', tags: ['old'] }], { trigger: { on: 'time' }, conditions: { all: [{ field: 'createdAt', operator: 'older_than', value: { amount: 2, unit: 'hours' } }] } });
  const [key, other] = [await app.ticket({ tags: ['key'] }), await app.ticket({ customer: { email: 'ben@example.org' } })];
  app.pass(180);
  for (const { id } of [key, other]) expect((await app.owner.request('PUT', `/tickets/${id}/spam`)).status).toBe(200);
  await app.hear();
  expect(await app.get(key.id)).toMatchObject({ spam: false, deletedAt: null, priority: 'normal', tags: expect.arrayContaining(['key', 'back']) });
  // It is a ticket like others from here on, and what waits for its age sees it.
  const runs = (await app.owner.request('GET', `/tickets/${key.id}/rule-runs`)).body.items as { effects: Awaited<ReturnType<typeof app.effects>> }[];
  expect(runs.map(({ effects }) => app.told(effects))).toContainEqual([['set_priority', 'refused', 'ticket_gone'], ['not_spam', 'changes', null], ['add_tags', 'changes', null]]);
  expect(await app.get(other.id)).toMatchObject({ spam: true });
  expect((await app.owner.request('GET', `/tickets/${other.id}/rule-runs`)).body.items).toEqual([]);
});

test('what the customer wrote is forwarded to one address as automatic mail, so often and no more, and never to ourselves', async () => {
  const app = await desk();
  const ticket = await app.ticket();
  await app.receive(ticket.id, ticket.customer.id, 'ana@example.org');
  await app.rule([{ type: 'forward', to: 'warehouse@example.net', text: 'About {{ticket.number}}' }], { conditions: { all: [{ field: 'priority', operator: 'changed' }] } });
  const turn = async (priority: string) => { await app.owner.request('PATCH', `/tickets/${ticket.id}`, { priority }); await app.hear(); };
  await turn('high');
  expect(app.told(await app.effects(ticket.id))).toEqual([['forward', 'changes', null]]);
  expect(await app.forwarded()).toEqual([{ to: ['warehouse@example.net'], from: '', purpose: 'notice' }]);
  const entry = (await app.owner.request('GET', `/tickets/${ticket.id}/entries`)).body.items.find(({ forwardedEntryId }: { forwardedEntryId: string | null }) => forwardedEntryId !== null);
  expect(entry).toMatchObject({ direction: 'out', text: `About ${ticket.number}`, author: { kind: 'system' }, recipients: { to: [{ address: 'warehouse@example.net' }] } });
  // Nobody has been answered by it.
  expect((await app.get(ticket.id)).waitingSince).not.toBeNull();
  for (let i = 0; i < 10; i += 1) await turn(i % 2 === 0 ? 'low' : 'high');
  expect(app.told(await app.effects(ticket.id))).toEqual([['forward', 'refused', 'too_many']]);
  expect(await app.forwarded()).toHaveLength(10);

  const own = (await app.owner.request('GET', '/mailboxes')).body.items[0].address;
  const other = await app.ticket({ customer: { email: 'ben@example.org' } });
  await app.rule([{ type: 'forward', to: own }], { conditions: { all: [{ field: 'kind', operator: 'changed' }] } });
  await app.owner.request('PATCH', `/tickets/${other.id}`, { kind: 'claim' });
  await app.hear();
  expect(app.told(await app.effects(other.id))).toEqual([['forward', 'refused', 'own_address']]);
});

test('what a rule names is there, a rule of a team stays in it, and subjects know two placeholders', async () => {
  const app = await desk();
  const stranger = await app.otherWorkspace();
  const theirs = { ticket: (await stranger.request('POST', '/tickets', { subject: 'Theirs', channel: 'phone', customer: { phone: '+359881234567' }, text: 'x' })).body.id, queue: (await stranger.request('POST', '/queues', { name: 'Theirs', teamIds: [] })).body.id };
  const send = async (action: object, given: object = {}) => (await app.owner.request('POST', '/rules', { name: 'R', trigger: { on: 'event', events: ['ticket.changed'] }, actions: [action], ...given })).body.code as string;
  expect(await send({ type: 'relate', kind: 'related', ticketId: theirs.ticket })).toBe('ticket.not_found');
  expect(await send({ type: 'set_queue', queue: theirs.queue })).toBe('ticket.no_such_queue');
  expect(await send({ type: 'set_policy', policyId: theirs.ticket })).toBe('ticket.no_such_policy');
  expect(await send({ type: 'set_brand', brandId: theirs.ticket })).toBe('ticket.no_such_brand');
  expect(await send({ type: 'add_follower', personId: stranger.id })).toBe('person.not_found');
  expect(await send({ type: 'set_subject', subject: '{{customer.name}}' })).toBe('rule.unknown_placeholder');
  expect(await send({ type: 'promise', what: 'x', in: { amount: 2, unit: 'days' } })).toBe('request.invalid');
  const teamId = (await app.made('/teams', { name: 'Returns', memberIds: [] })).id;
  for (const action of [{ type: 'forward', to: 'a@example.net' }, { type: 'merge', into: 'earlier' }, { type: 'add_follower', personId: app.owner.id }]) expect(await send(action, { teamId })).toBe('rule.leaves_team');
});

import { expect, test } from 'vitest';
import { absenceDesk } from '../../../testing/absence-desk.ts';
import { following } from '../../../testing/following.ts';
import { oneAppForAll, ownApp } from '../../../testing/test-app.ts';

oneAppForAll();
const MINUTE_MS = 60_000;

/** Ana is at her desk with work on it, and falls ill. Lena leads. */
async function desk() {
  const given = await absenceDesk();
  const lead = await given.person('lead', { of: given.owner, name: 'Lena' });
  const { owner, ana } = given;
  const assigneeOf = async (ticketId: string): Promise<string | null> => (await owner.request('GET', `/tickets/${ticketId}`)).body.assignee?.name ?? null;
  const later = (minutes: number): Promise<void> => given.at(new Date(given.now().getTime() + minutes * MINUTE_MS).toISOString());
  const outlook = (who: typeof ana, personId: string) => who.request('GET', `/people/${personId}/absence-outlook`);
  const goes = async (more: object = {}, who: typeof ana = lead) => {
    const { status, body } = await who.request('POST', '/absences', { personId: ana.id, deputyId: given.ben.id, work: 'deputy', ...more });
    expect(status, JSON.stringify(body)).toBe(201);
    await given.due.round();
    return body as { id: string; from: string; to: string | null };
  };
  return { ...given, lead, assigneeOf, later, outlook, goes, hers: (more: object = {}) => given.arrives({ assigneeId: ana.id, ...more }) };
}

test('a lead sends somebody ill home: mail and promises are the deputy’s at once, calls and chats go back, and all that is left returns when she is back', async () => {
  const d = await desk();
  await d.ana.request('PUT', '/me/presence', { state: 'online' });
  const [mail, call, asleep, done] = [await d.hers(), await d.hers({ channel: 'phone' }), await d.hers(), await d.hers()];
  await d.ana.request('PUT', `/tickets/${asleep}/snooze`, { until: '2026-03-03T10:00:00Z' });
  const promise = (await d.ana.request('POST', '/commitments', { ticketId: mail, what: 'Call back', dueAt: '2026-03-02T15:00:00Z' })).body.id as string;
  expect((await d.outlook(d.lead, d.ana.id)).body).toMatchObject({ person: { name: 'Ana' }, open: 2, live: 1, snoozed: 1 });
  d.pass(1);
  const absence = await d.goes();
  expect(absence).toMatchObject({ from: d.now().toISOString(), to: null });
  expect([await d.assigneeOf(mail), await d.assigneeOf(call), await d.assigneeOf(asleep), (await d.owner.request('GET', `/commitments/${promise}`)).body.owner.name]).toEqual(['Ben', null, 'Ana', 'Ben']);
  expect((await d.ana.request('GET', '/me/presence')).body).toMatchObject({ state: 'online', effective: 'offline', because: 'absent', absence: { id: absence.id, to: null, deputy: { name: 'Ben' } } });

  // However long it takes: there is no end that comes by itself.
  await d.at('2026-03-20T10:00:00Z');
  expect(await d.assigneeOf(asleep), 'what wakes meanwhile').toBe('Ben');
  await d.ben.request('PATCH', `/tickets/${done}`, { status: 'resolved' });
  await d.later(1);
  expect((await d.ana.request('GET', '/absences')).body.items).toMatchObject([{ id: absence.id, to: null, work: 'deputy' }]);
  expect((await d.ana.request('DELETE', `/absences/${absence.id}`)).status).toBe(204);
  await d.due.round();
  expect([await d.assigneeOf(mail), await d.assigneeOf(asleep), await d.assigneeOf(done), await d.assigneeOf(call)]).toEqual(['Ana', 'Ana', 'Ben', null]);
  expect((await d.ana.request('GET', '/me/presence')).body).toMatchObject({ effective: 'online', absence: null });
  const [told] = (await d.ana.request('GET', '/me/absences?unseen=1')).body.items;
  expect(told).toMatchObject({ id: absence.id, backAt: d.now().toISOString(), to: d.now().toISOString() });
  expect((await d.ana.request('GET', `/me/absences/${absence.id}/tickets`)).body.items.map(({ ticket }: { ticket: { id: string } }) => ticket.id)).toContain(done);
});

test('her mail goes to the team or stays, as it was said; what she had set aside is the deputy’s either way once it wakes', async () => {
  const d = await desk();
  const [mail, asleep, call] = [await d.hers(), await d.hers(), await d.hers({ channel: 'phone' })];
  await d.ana.request('PUT', `/tickets/${asleep}/snooze`, { until: '2026-03-02T12:00:00Z' });
  d.pass(1);
  const first = await d.goes({ work: 'stays' });
  expect([await d.assigneeOf(mail), await d.assigneeOf(call)]).toEqual(['Ana', null]);
  await d.at('2026-03-02T12:00:00Z');
  await d.later(2);
  expect([await d.assigneeOf(mail), await d.assigneeOf(asleep)]).toEqual(['Ana', 'Ben']);
  expect((await d.lead.request('DELETE', `/absences/${first.id}`)).status, 'the lead ends it').toBe(204);
  await d.later(1);
  expect(await d.assigneeOf(asleep)).toBe('Ana');

  const second = await d.goes({ work: 'team', to: '2026-03-04T00:00:00Z' });
  expect([await d.assigneeOf(mail), second.to]).toEqual([null, '2026-03-04T00:00:00.000Z']);
  expect((await d.owner.request('GET', `/tickets/${mail}/routing`)).body.history[0].why[0].text).toBe('Ana is absent; the ticket went back to be shared out.');
  await d.at('2026-03-04T00:00:00Z');
  expect(await d.assigneeOf(mail), 'the team has it').toBeNull();
});

test('choosing a state ends what had no end, and later she can be away again', async () => {
  const d = await desk();
  const mail = await d.hers();
  d.pass(1);
  const { id } = await d.goes();
  expect((await d.lead.request('POST', '/absences', { personId: d.ana.id })).body.code).toBe('absence.already');
  await d.later(60);
  await d.ana.request('PUT', '/me/presence', { state: 'online' });
  await d.due.round();
  expect([await d.assigneeOf(mail), (await d.ana.request('GET', '/me/presence')).body.effective, (await d.ana.request('GET', '/absences')).body.items]).toEqual(['Ana', 'online', []]);
  expect((await d.ana.request('GET', '/me/absences')).body.items).toMatchObject([{ id, to: d.now().toISOString() }]);
  await d.later(1);
  await d.goes({ personId: undefined }, d.ana);
  expect([await d.assigneeOf(mail), (await d.ana.request('GET', '/me/presence')).body.effective]).toEqual(['Ben', 'offline']);
});

test('who stands in from now on is told what she had not read and what waits for her approval', async () => {
  ownApp();
  const d = await desk();
  const heard = await following(d, 'notifications');
  expect((await d.owner.request('POST', '/mailboxes', { address: 'letters@desk.test' })).status).toBe(201);
  expect((await d.owner.request('POST', '/approval-policies', { name: 'Lena looks', writers: ['agent'], channels: ['email'], reviewers: { by: 'people', ids: [d.lead.id] } })).status).toBe(201);
  const ticket = await d.arrives({ assigneeId: d.cleo.id });
  const read = await d.arrives({ assigneeId: d.cleo.id });
  const names = (id: string) => d.cleo.request('POST', `/tickets/${id}/notes`, { text: 'Do you know?', mentions: [{ personId: d.lead.id }] });
  await names(read);
  await heard();
  await d.lead.request('PUT', '/me/notices/read', { until: d.now().toISOString() });
  d.pass(1);
  await names(ticket);
  const approval = (await d.cleo.request('POST', `/tickets/${ticket}/replies`, { text: 'We pay.', channel: 'email' })).body.approvalId as string;
  await heard();
  d.pass(1);
  await d.goes({ personId: undefined }, d.lead);
  await heard();
  const told = (await d.ben.request('GET', '/me/notices')).body.items.map(({ kind, data }: { kind: string; data: { standsInFor?: string } }) => [kind, data.standsInFor ?? null]);
  expect(told.toSorted()).toEqual([['approval_asked', 'Lena'], ['deputy_named', null], ['mentioned', 'Lena']]);
  expect((await d.ben.request('POST', `/approvals/${approval}/approval`, { version: 1 })).body).toMatchObject({ state: 'approved' });
  expect((await d.lead.request('GET', '/me/notices')).body.items.map(({ kind }: { kind: string }) => kind), 'she reads it all the same').toContain('mentioned');
});

test('a deputy is proposed: who did it before, else from her team whoever is at the desk with the least to do; others cannot ask', async () => {
  const d = await desk();
  expect((await d.owner.request('POST', '/teams', { name: 'Letters', memberIds: [d.ana.id, d.ben.id, d.cleo.id] })).status).toBe(201);
  await d.arrives({ assigneeId: d.ben.id });
  const proposed = async () => (await d.outlook(d.lead, d.ana.id)).body.deputy?.name ?? null;
  expect(await proposed()).toBe('Cleo');
  d.pass(1);
  const hers = await d.goes({ personId: d.cleo.id });
  expect(await proposed(), 'Cleo is away herself').toBe('Ben');
  await d.lead.request('DELETE', `/absences/${hers.id}`);
  const earlier = await d.goes({ deputyId: d.lead.id, work: 'stays' });
  await d.later(1);
  await d.lead.request('DELETE', `/absences/${earlier.id}`);
  expect(await proposed(), 'as the last time').toBe('Lena');

  expect((await d.outlook(d.ana, d.ana.id)).status).toBe(200);
  expect([(await d.outlook(d.ben, d.ana.id)).status, (await d.ben.request('POST', '/absences', { personId: d.ana.id })).status]).toEqual([403, 403]);
  const stranger = await d.otherWorkspace();
  expect([(await d.outlook(stranger, d.ana.id)).status, (await stranger.request('POST', '/absences', { personId: d.ana.id })).status, (await d.lead.request('POST', '/absences', { personId: stranger.id })).status]).toEqual([404, 404, 404]);
});

test('who stands in for somebody above oneself is not for oneself to say: what only they are told would be', async () => {
  const d = await desk();
  const admin = await d.person('admin', { of: d.owner, name: 'Adam' });
  const plan = { from: '2026-03-05T10:00:00Z', to: '2026-03-06T10:00:00Z' };
  const sent = async (who: typeof admin, body: object) => { const { status, body: { code } } = await who.request('POST', '/absences', body); return [status, code]; };
  for (const of of [admin, d.owner]) {
    for (const when of [{}, plan]) for (const deputyId of [d.lead.id, d.ben.id]) expect(await sent(d.lead, { personId: of.id, deputyId, ...when })).toEqual([403, 'absence.deputy_theirs']);
    expect((await d.outlook(d.lead, of.id)).body).toMatchObject({ mayNameDeputy: false, deputy: null });
  }
  expect(await sent(d.lead, { personId: d.ana.id, deputyId: d.lead.id, ...plan }), 'of their own people they say').toEqual([201, undefined]);
  expect(await sent(d.lead, { deputyId: d.ben.id, ...plan })).toEqual([201, undefined]);
  expect(await sent(d.lead, { personId: admin.id }), 'home they may send anybody').toEqual([201, undefined]);
  expect(await sent(admin, { deputyId: d.lead.id, ...plan }), 'themselves').toEqual([201, undefined]);
  expect(await sent(d.owner, { personId: admin.id, deputyId: d.lead.id, ...plan })).toEqual([201, undefined]);
  const stranger = await d.otherWorkspace();
  expect(await sent(d.lead, { personId: admin.id, deputyId: stranger.id })).toEqual([404, 'person.not_found']);
});

test('of those who send somebody home at the same moment one does', async () => {
  const d = await desk();
  const now = { from: d.now().toISOString(), to: '2026-03-04T10:00:00Z' };
  const answers = await Promise.all([d.lead, d.owner, d.ana, d.lead, d.owner].map((who, at) => who.request('POST', '/absences', { personId: d.ana.id, ...(at % 2 === 1 && now) })));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(answers.filter(({ status, body }) => status === 409 && body.code === 'absence.already')).toHaveLength(4);
  expect((await d.owner.request('GET', `/absences?person=${d.ana.id}`)).body.items).toHaveLength(1);
});

test('what makes no sense is refused', async () => {
  const d = await desk();
  const refused = async (body: object) => { const given = await d.lead.request('POST', '/absences', { personId: d.ana.id, ...body }); return [given.status, given.body.code]; };
  expect(await refused({ work: 'deputy' })).toEqual([400, 'request.invalid']);
  expect(await refused({ from: '2026-03-05T10:00:00Z' })).toEqual([400, 'request.invalid']);
  expect(await refused({ deputyId: d.ana.id })).toEqual([400, 'absence.own_deputy']);
  expect(await refused({ to: '2026-03-01T10:00:00Z' })).toEqual([400, 'absence.over']);
  expect(await refused({ to: '2028-03-01T10:00:00Z' })).toEqual([400, 'absence.too_long']);
});

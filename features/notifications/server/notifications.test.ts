import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { eventsBetween } from '../../../platform/events/followers.ts';
import { following } from '../../../testing/following.ts';
import { mailDesk } from '../../../testing/mail-desk.ts';
import type { Member } from '../../../testing/test-app.ts';
import { oneAppForAll } from '../../../testing/test-app.ts';

oneAppForAll();

async function desk() {
  const app = await mailDesk();
  const heard = await following(app, 'notifications');
  const ana = await app.person('agent', { of: app.owner, name: 'Ana' });
  return {
    ...app, heard, ana,
    /** Both clocks: when mail is due is business, who is there is the machine's. */
    passBoth(seconds: number) { app.passMachine(seconds); app.pass(seconds / 60); },
    async ticket(subject = 'Broken kettle') {
      await app.send({ from: 'maria@example.org', to: 'support@shop.test', subject, text: 'It is cracked, and my card number is 4111' });
      return (await app.tickets()).find((one) => one.subject === subject)!;
    },
    give: (ticketId: string, to: Member, by: Member = app.owner) => by.request('PATCH', `/tickets/${ticketId}`, { assigneeId: to.id }),
    /** As the person sees them. */
    async notices(of: Member, query = '') {
      await heard();
      return (await of.request('GET', `/me/notices${query}`)).body.items as { id: string; kind: string; by: string | null; ticket: { number: number; subject: string } | null; data: object; read: boolean }[];
    },
    /** To Ana; others are written to too. */
    async mails() {
      await heard();
      await app.notifications.due.handle(app.now(), 200);
      const { rows } = await sql<{ to: string; content: { subject: string; text: string; headers: Record<string, string> } }>`
        select envelope_to[1] as to, content from outbox where purpose = 'notice' and envelope_to[1] = ${ana.email} order by created_at`.execute(app.db.owner);
      return rows;
    },
    /** As the log holds it when another room has said so. */
    says: (type: `${string}.${string}`, data: { [key: string]: string | boolean | string[] }, ticketId: string | null = null) => app.db.work(app.owner.workspaceId, (tx) =>
      app.events.emit(tx, app.owner.workspaceId, { type, ticketId, actor: { kind: 'system', id: null }, data, at: app.now() })),
  };
}

test('people hear of what concerns them, once, and not of what they did themselves', async () => {
  const app = await desk();
  const ticket = await app.ticket();
  await app.give(ticket.id, app.ana);
  await app.owner.request('POST', `/tickets/${ticket.id}/notes`, { text: 'She called twice' });
  await app.ana.request('POST', `/tickets/${ticket.id}/notes`, { text: 'I know' });
  const own = await app.ticket('Another');
  await app.give(own.id, app.ana, app.ana);

  expect(await app.notices(app.ana)).toMatchObject([
    { kind: 'noted', by: 'Main Owner', ticket: { number: ticket.number } }, { kind: 'assigned', by: 'Main Owner', ticket: { subject: 'Broken kettle' }, read: false },
  ]);
  expect(await app.notices(app.owner)).toEqual([]);

  // The same events once more, as after a crash.
  const { rows } = await sql<{ n: number }>`select count(*) as n from notices`.execute(app.db.owner);
  for (const event of await eventsOf(app)) await app.notifications.follower.handle(event, AbortSignal.timeout(10_000));
  expect((await sql<{ n: number }>`select count(*) as n from notices`.execute(app.db.owner)).rows).toEqual(rows);
});

test('a note tells those whom it names, once each, light agents too, and nobody of another workspace', async () => {
  const app = await desk();
  const ticket = await app.ticket();
  const light = await app.person('colleague', { of: app.owner, name: 'Lena' });
  const { body: team } = await app.owner.request('POST', '/teams', { name: 'Returns', memberIds: [app.ana.id, light.id] });
  await app.give(ticket.id, app.ana);
  const note = (mentions: object[], by: Member = app.owner) => by.request('POST', `/tickets/${ticket.id}/notes`, { text: '@Ana @Returns look', mentions });

  expect((await note([{ personId: app.ana.id }, { teamId: team.id }, { personId: app.ana.id }])).status).toBe(201);
  const kinds = async (of: Member) => (await app.notices(of)).map(({ kind, by }) => `${kind} ${by}`);
  expect(await kinds(app.ana), 'and not of the note as well').toEqual(['mentioned Main Owner', 'assigned Main Owner']);
  expect(await kinds(light)).toEqual(['mentioned Main Owner']);
  app.pass(1);
  expect((await note([{ personId: light.id }, { personId: app.owner.id }], light)).status).toBe(201);
  expect(await kinds(app.owner)).toEqual(['mentioned Lena']);
  expect(await kinds(light), 'nobody tells themself').toHaveLength(1);
  expect((await kinds(app.ana))[0]).toBe('noted Lena');
  const view = async (of: Member, more = '') => ((await of.request('GET', `/tickets?mentioned=me&status=active&sort=updated${more}`)).body.items as { id: string }[]).map(({ id }) => id);
  const leo = await app.person('agent', { of: app.owner, name: 'Leo' });
  expect([await view(app.ana), await view(light), await view(app.owner), await view(leo)]).toEqual([[ticket.id], [ticket.id], [ticket.id], []]);
  expect([await view(app.ana, '&q=kettle'), await view(leo, '&q=kettle')]).toEqual([[ticket.id], []]);
  expect((await app.ana.request('GET', '/tickets/counts')).body.mentions).toEqual({ count: 1, more: false });
  await app.owner.request('PATCH', `/tickets/${ticket.id}`, { status: 'resolved' });
  expect(await view(app.ana)).toEqual([]);

  const other = await app.otherWorkspace();
  expect((await note([{ personId: other.id }])).body).toMatchObject({ code: 'note.no_such_person' });
  expect((await note([{ teamId: other.id }])).body).toMatchObject({ code: 'note.no_such_team' });
  expect(await kinds(other)).toEqual([]);
});

test('the customer has answered: whoever has the ticket hears of it, a robot disturbs nobody', async () => {
  const app = await desk();
  const ticket = await app.ticket();
  await app.give(ticket.id, app.ana);
  const { messageId } = await answered(app, ticket.id);
  await app.send({ from: 'maria@example.org', to: 'support@shop.test', subject: 'Re: Broken kettle', text: 'Thank you, but no', inReplyTo: messageId, references: messageId });
  await app.send({ from: 'maria@example.org', to: 'support@shop.test', subject: 'Re: Broken kettle', text: 'I am away', inReplyTo: messageId, references: messageId, headers: { 'Auto-Submitted': 'auto-replied' } });
  expect((await app.notices(app.ana)).filter(({ kind }) => kind === 'answered')).toMatchObject([{ by: 'maria', ticket: { number: ticket.number } }]);
});

test('promises, offers and rules reach those whom they concern', async () => {
  const app = await desk();
  const [lead, ticket] = [await app.person('lead', { of: app.owner, name: 'Lea' }), await app.ticket()];
  await app.says('sla.warned', { metric: 'first_reply', percent: '75' }, ticket.id);
  expect((await app.notices(lead)).map(({ kind }) => kind)).toEqual(['sla_warned']);
  await app.give(ticket.id, app.ana);
  await app.says('sla.breached', { metric: 'first_reply', dueAt: '2026-03-02T09:00:00Z', late: true }, ticket.id);
  await app.says('commitment.due_soon', { ownerId: app.ana.id }, ticket.id);
  await app.says('commitment.broken', { ownerId: app.ana.id }, ticket.id);
  await app.says('routing.offered', { personId: app.ana.id }, ticket.id);
  await app.says('automation.notify_asked', { personIds: [app.ana.id, 'f0000000-0000-7000-8000-000000000000'], text: 'Angry words' }, ticket.id);
  await app.says('webhook.disabled', { reason: 'gone' });
  expect((await app.notices(app.ana)).map(({ kind }) => kind).sort()).toEqual(['assigned', 'commitment_broken', 'commitment_due', 'offered', 'rule', 'sla_breached']);
  expect((await app.notices(lead)).map(({ kind }) => kind).sort()).toEqual(['commitment_broken', 'sla_breached', 'sla_warned']);
  expect((await app.notices(app.owner)).map(({ kind }) => kind)).toEqual(['webhook_disabled']);
  expect((await app.notices(app.ana)).find(({ kind }) => kind === 'rule')!.data).toMatchObject({ text: 'Angry words' });
});

test('a broken promise that is also escalated is one notice, whichever of the two somebody wants to hear', async () => {
  const app = await desk();
  const [lea, leo] = [await app.person('lead', { of: app.owner, name: 'Lea' }), await app.person('lead', { of: app.owner, name: 'Leo' })];
  await leo.request('PUT', '/me/notices/preferences', { kinds: { sla_breached: { bell: false, mail: 'off' } } });
  const ticket = await app.ticket();
  await app.says('sla.breached', { metric: 'first_reply' }, ticket.id);
  await app.says('sla.escalated', { metric: 'first_reply', percent: '100' }, ticket.id);
  expect((await app.notices(lea)).map(({ kind }) => kind)).toEqual(['sla_breached']);
  expect((await app.notices(leo)).map(({ kind }) => kind)).toEqual(['escalated']);
  await app.says('sla.escalated', { metric: 'resolution', percent: '75' }, ticket.id);
  expect((await app.notices(lea)).map(({ kind }) => kind).sort()).toEqual(['escalated', 'sla_breached']);
});

test('a mail goes to whoever is not there, one for all that came, without what the customer wrote', async () => {
  const app = await desk();
  const ticket = await app.ticket();
  await app.give(ticket.id, app.ana);
  for (let i = 0; i < 20; i++) await app.owner.request('POST', `/tickets/${ticket.id}/notes`, { text: 'hurry' });
  await app.ana.request('PUT', '/me/notices/preferences', { kinds: { commitment_due: { mail: 'soon' } } });
  await app.says('commitment.due_soon', { ownerId: app.ana.id }, ticket.id);
  expect(await app.mails()).toEqual([]);

  app.passBoth(290);
  // Somebody with the desk open needs no mail.
  await app.ana.request('GET', '/me/notices/unread');
  app.passBoth(60);
  expect(await app.mails()).toEqual([]);
  app.passBoth(300);
  const [mail, ...others] = await app.mails();
  expect(others).toEqual([]);
  expect(mail).toMatchObject({ to: app.ana.email, content: { headers: { 'Auto-Submitted': 'auto-generated' } } });
  expect(mail!.content.subject).toBe('News for you at Main (2)');
  expect(mail!.content.text).toContain(`#${ticket.number} Broken kettle`);
  expect(mail!.content.text).not.toMatch(/4111|cracked|hurry/);

  // In a storm the rest waits, and what is read by then is not told again.
  await app.says('commitment.broken', { ownerId: app.ana.id }, ticket.id);
  await app.says('sla.breached', { metric: 'resolution' }, ticket.id);
  app.passBoth(600);
  expect(await app.mails()).toHaveLength(1);
  const read = (await app.notices(app.ana, '?unread=1')).filter(({ kind }) => kind === 'sla_breached').map(({ id }) => id);
  await app.ana.request('PUT', '/me/notices/read', { ids: read });
  app.passBoth(1800);
  expect((await app.mails()).map(({ content }) => content.subject)[1]).toBe(`#${ticket.number} Broken kettle: what was promised was not kept`);
  app.passBoth(86_400);
  expect(await app.mails()).toHaveLength(2);
});

test('what is taken out of a ticket stays in no mail that told of it', async () => {
  const app = await desk();
  const ticket = await app.ticket('Card 4111 1111 1111 1111');
  await app.give(ticket.id, app.ana);
  await app.heard();
  app.passBoth(600);
  expect((await app.mails()).map(({ content }) => content.subject)).toEqual([expect.stringContaining('4111 1111 1111 1111')]);
  const [entry] = await app.entries(ticket.id);
  expect((await app.owner.request('POST', `/tickets/${ticket.id}/entries/${entry.id}/redactions`, { passages: ['4111 1111 1111 1111'] })).status).toBe(201);
  const [mail] = await app.mails();
  expect(mail!.content.subject).toContain('Card ████');
  expect(JSON.stringify(mail)).not.toContain('1111 1111');
});

test('somebody who cannot be written to does not hide the others, and a mail that comes back comes back to nobody', async () => {
  const app = await desk();
  const leo = await app.person('agent', { of: app.owner, name: 'Leo' });
  await sql`create function refuse() returns trigger language plpgsql as $$ begin if new.envelope_to[1] = ${sql.lit(leo.email)} then raise 'poison'; end if; return new; end $$`.execute(app.db.owner);
  await sql`create trigger refuse before insert on outbox for each row execute function refuse()`.execute(app.db.owner);
  for (let i = 0; i < 12; i++) await app.says('commitment.due_soon', { ownerId: leo.id });
  await app.notices(leo);
  app.passBoth(1);
  await app.says('commitment.due_soon', { ownerId: app.ana.id });
  await app.notices(app.ana);
  app.passBoth(600);
  // Twelve of his are more than what is looked at for two people.
  for (let i = 0; i < 2; i++) await app.notifications.due.handle(app.now(), 2);
  const { rows } = await sql<{ to: string; from: string }>`select envelope_to[1] as to, envelope_from as from from outbox where purpose = 'notice'`.execute(app.db.owner);
  expect(rows).toEqual([{ to: app.ana.email, from: '' }]);
  await sql`drop trigger refuse on outbox`.execute(app.db.owner);
  app.passBoth(3600);
  await app.notifications.due.handle(app.now(), 2);
  expect((await sql`select from outbox where purpose = 'notice' and envelope_to[1] = ${leo.email}`.execute(app.db.owner)).rows).toHaveLength(1);
});

test('a digest comes at its hour with all of it, in the time zone of its reader, without what was read, and once', async () => {
  const app = await desk();
  const wish = (body: object) => app.ana.request('PUT', '/me/notices/preferences', body);
  expect((await wish({ kinds: { assigned: { mail: 'daily', bell: false }, answered: { mail: 'hourly' }, noted: { mail: 'daily' } }, times: { timeZone: 'Europe/Sofia', dailyAt: '18:30', quiet: null } })).status).toBe(200);
  const [ticket, other] = [await app.ticket(), await app.ticket('Lid')];
  await app.give(ticket.id, app.ana);
  await app.give(other.id, app.ana);
  for (const id of [ticket.id, ticket.id, other.id]) await app.owner.request('POST', `/tickets/${id}/notes`, { text: 'look' });
  expect((await app.notices(app.ana)).map(({ kind }) => kind), 'by mail only is not on the bell').toEqual(['noted', 'noted', 'noted']);
  expect((await app.ana.request('GET', '/me/notices/unread')).body.unread.count).toBe(3);
  await app.ana.request('PUT', '/me/notices/read', { ticketId: other.id });

  app.pass(7 * 60 + 29);
  expect(await app.mails(), 'it is 18:29 in Sofia').toEqual([]);
  app.pass(1);
  // Two processes at that moment.
  const again = await app.beginAgain();
  await Promise.all([app.mails(), again.notifications.due.handle(app.now(), 200)]);
  const [mail, ...others] = await app.mails();
  expect(others).toEqual([]);
  expect(mail!.content.text).toContain(`#${ticket.number} Broken kettle: a colleague wrote a note (2), is yours now\nhttp://desk.test/inbox/active/${ticket.id}`);
  expect(mail!.content.text).not.toContain('Lid');
  app.pass(24 * 60);
  expect(await app.mails(), 'nothing is told twice').toHaveLength(1);
});

test('quiet hours hold mail back but for what is urgent, also what a stopped server comes to late, and what waits follows another wish', async () => {
  const app = await desk();
  const times = { timeZone: null, dailyAt: '08:00', quiet: { from: '20:00', to: '07:00', urgent: true } };
  const wish = (body: object) => app.ana.request('PUT', '/me/notices/preferences', body);
  expect((await wish({ times, kinds: { rule: { mail: 'hourly' } } })).body).toMatchObject({ times });
  expect((await wish({ times: { ...times, timeZone: '+02:00' } })).body).toMatchObject({ code: 'request.invalid' });
  expect((await wish({ times: { ...times, quiet: { from: '08:00', to: '08:00', urgent: true } } })).status).toBe(400);
  const ticket = await app.ticket();
  const says = async (...kinds: ('follow_up_due' | 'notify_asked')[]) => {
    for (const kind of kinds) await app.says(`automation.${kind}`, { personIds: [app.ana.id], text: 'Look' }, ticket.id);
    await app.heard();
  };
  // It is nine. The digest of ten is missed: the server stands still until eleven at night.
  await says('notify_asked');
  app.pass(14 * 60);
  expect(await app.mails()).toEqual([]);
  await says('follow_up_due');
  await app.says('commitment.broken', { ownerId: app.ana.id }, ticket.id);
  await app.heard();
  app.pass(6);
  expect((await app.mails()).map(({ content }) => content.subject)).toEqual([`#${ticket.number} Broken kettle: what was promised was not kept`]);
  app.pass(7 * 60 + 53);
  expect(await app.mails()).toHaveLength(1);
  app.pass(1);
  expect((await app.mails()).map(({ content }) => content.subject)[1]).toBe('News for you at Main (2)');

  await says('notify_asked');
  await wish({ kinds: { rule: { mail: 'daily' } } });
  app.pass(120);
  expect(await app.mails()).toHaveLength(3);
  await says('notify_asked');
  await wish({ kinds: { rule: { mail: 'off' } } });
  app.pass(2 * 24 * 60);
  expect(await app.mails()).toHaveLength(3);
});

test('nothing is told in a way that somebody does not want, and what is read is counted no more', async () => {
  const app = await desk();
  const ticket = await app.ticket();
  expect((await app.ana.request('PUT', '/me/notices/preferences', { kinds: { noted: { bell: false }, assigned: { mail: 'off' } } })).body.kinds)
    .toMatchObject({ noted: { bell: false, mail: 'off' }, assigned: { bell: true, mail: 'off' }, answered: { bell: true, mail: 'soon' } });
  await app.give(ticket.id, app.ana);
  await app.owner.request('POST', `/tickets/${ticket.id}/notes`, { text: 'x' });
  expect((await app.notices(app.ana)).map(({ kind }) => kind)).toEqual(['assigned']);
  app.passBoth(3600);
  expect(await app.mails()).toEqual([]);
  expect((await app.ana.request('GET', '/me/notices/unread')).body).toEqual({ unread: { count: 1, more: false } });
  expect((await app.ana.request('PUT', '/me/notices/read', { ticketId: ticket.id })).body).toEqual({ unread: { count: 0, more: false } });
  expect(await app.notices(app.ana, '?unread=1')).toEqual([]);
  expect(await app.notices(app.ana)).toMatchObject([{ read: true }]);
});

test('nobody sees or marks what others were told', async () => {
  const app = await desk();
  const ticket = await app.ticket();
  await app.give(ticket.id, app.ana);
  const [notice] = await app.notices(app.ana);
  const other = await app.otherWorkspace();
  for (const stranger of [app.owner, other]) {
    expect(await app.notices(stranger)).toEqual([]);
    await stranger.request('PUT', '/me/notices/read', { ids: [notice!.id] });
    await stranger.request('PUT', '/me/notices/read', { ticketId: ticket.id });
  }
  expect(await app.notices(app.ana)).toMatchObject([{ read: false }]);
});

type Desk = Awaited<ReturnType<typeof desk>>;

async function answered(app: Desk, ticketId: string): Promise<{ messageId: string }> {
  await app.answer(ticketId, 'We are sorry');
  const { rows } = await sql<{ id: string }>`select message_id as id from outbox where purpose = 'reply' order by created_at desc limit 1`.execute(app.db.owner);
  return { messageId: rows[0]!.id };
}

async function eventsOf(app: Desk) {
  return eventsBetween(app.db.owner, 0, Number.MAX_SAFE_INTEGER, 1000, app.notifications.follower.types);
}

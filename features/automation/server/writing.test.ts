import { expect, test } from 'vitest';
import { mailDesk } from '../../../testing/mail-desk.ts';
import { rulesDesk } from '../../../testing/rules-desk.ts';

type Entry = { id: string; direction: string; text: string; author: { kind: string; name: string }; delivery: { state: string } | null };

async function desk() {
  const app = await mailDesk();
  const rules = rulesDesk(app);
  const { items } = (await app.owner.request('GET', '/rules?limit=100')).body as { items: { id: string; readyMade: string }[] };
  return {
    ...app, ...rules,
    switchOn: async (readyMade: string) => {
      const id = items.find((rule) => rule.readyMade === readyMade)!.id;
      expect((await app.owner.request('PATCH', `/rules/${id}`, { enabled: true })).body).toMatchObject({ enabled: true, readyMade });
      await rules.hear();
      return id;
    },
    from: async (address: string, text: string, more: object = {}) => {
      await app.send({ from: `Ana <${address}>`, to: 'support@shop.test', subject: 'A lamp', text, envelope: { from: address, to: 'support@shop.test' }, ...more });
      await rules.settle();
      app.passMachine(11);
      await app.sender.sendDue();
    },
    arrived: () => app.sink.received.map(({ from, to, raw }) => ({ from, to, raw: raw.toString() })),
    effects: async (ticketId: string) => ((await app.owner.request('GET', `/tickets/${ticketId}/rule-runs`)).body.items as { effects: { type: string; effect: string; reason: string | null }[] }[]).map(({ effects }) => effects.map(({ effect, reason }) => reason ?? effect)),
  };
}

test('a rule acknowledges in the language of the customer, as automatic mail, once a day for each sender, and never a machine', async () => {
  const app = await desk();
  await app.switchOn('acknowledge');
  await app.from('ana@shop-customer.test', 'Здравейте, лампата, която купих от вас миналата седмица, мига и не свети добре. Моля, кажете ми какво да направя с нея.');
  const [ticket] = await app.tickets();
  expect(ticket).toMatchObject({ language: 'bg' });
  const [mail] = app.arrived();
  expect(mail).toMatchObject({ from: '', to: ['ana@shop-customer.test'] });
  expect(mail!.raw).toMatch(/^Auto-Submitted: auto-replied\r?$/m);
  expect(mail!.raw).toMatch(/^X-Auto-Response-Suppress: All\r?$/m);
  // What a stranger wrote stays out of a mail that anybody can cause.
  expect(mail!.raw).not.toMatch(/A lamp|Ana/);
  const [said] = (await app.entries(ticket!.id) as Entry[]).filter(({ direction }) => direction === 'out');
  expect(said).toMatchObject({ author: { kind: 'system' }, delivery: { state: 'accepted' }, text: expect.stringMatching(new RegExp(`^Здравейте,\n\nблагодарим Ви[^]*${ticket!.number}`)) });
  // It is no answer: she still waits.
  expect((await app.owner.request('GET', `/tickets/${ticket!.id}`)).body).toMatchObject({ status: 'new', waitingSince: expect.any(String), assignee: null });

  await app.from('ana@shop-customer.test', 'Another matter');
  await app.from('list@news.test', 'Our news of this week', { headers: { 'List-Id': 'news' } });
  await app.from('noreply@robot.test', 'Your order');
  await app.from('mallory@evil.test', 'In the name of somebody', { from: 'victim@innocent.test' });
  expect(app.arrived()).toHaveLength(1);
  const reasons = new Map(await Promise.all((await app.tickets()).map(async ({ id, customer }) => [customer.email, (await app.effects(id)).flat()] as const)));
  expect(Object.fromEntries(reasons)).toMatchObject({ 'list@news.test': ['robot'], 'noreply@robot.test': ['robot'], 'victim@innocent.test': ['unproven_sender'] });
});

test('the acknowledgement of a mailbox is not doubled by a rule', async () => {
  const app = await desk();
  await app.switchOn('acknowledge');
  await app.switchOn('out_of_hours');
  const [mailbox] = (await app.owner.request('GET', '/mailboxes')).body.items as { id: string }[];
  expect((await app.owner.request('PATCH', `/mailboxes/${mailbox!.id}`, { acknowledge: true })).status).toBe(200);
  await app.from('ana@shop-customer.test', 'It flickers');
  expect(app.arrived()).toHaveLength(1);
  const [ticket] = await app.tickets();
  expect(await app.effects(ticket!.id)).toEqual([['too_many']]);
});

test('outside working hours a customer hears when somebody is there again', async () => {
  const app = await desk();
  await app.switchOn('out_of_hours');
  await app.owner.request('POST', '/calendars', { name: 'Office', timeZone: 'UTC', week: { tue: [{ from: '08:30', to: '17:00' }] } });
  await app.from('ana@shop-customer.test', 'Hello there, my lamp flickers and I would like to know what I can do about it. Thank you very much for your help.');
  expect(app.arrived()).toHaveLength(1);
  const [ticket] = await app.tickets();
  const [said] = (await app.entries(ticket!.id) as Entry[]).filter(({ direction }) => direction === 'out');
  expect(said!.text).toMatch(/We are back: Tuesday,? 3 March(?: at)? 08:30|We are back: Tuesday, March 3(?: at)? 08:30/);
});

test('remind, remind again, resolve: while the customer is silent; and mere thanks do not open it again', async () => {
  const app = await desk();
  for (const key of ['remind', 'remind_again', 'close_waiting', 'thanks', 'angry']) await app.switchOn(key);
  await app.from('ana@shop-customer.test', 'It flickers');
  const [ticket] = await app.tickets();
  await app.answer(ticket!.id, 'Which lamp is it?');
  await app.settle();
  const see = async () => (await app.owner.request('GET', `/tickets/${ticket!.id}`)).body;
  const after = async (days: number) => {
    app.pass(days * 1440);
    app.passMachine(days * 86_400);
    await app.settle();
    app.passMachine(11);
    await app.sender.sendDue();
    return [app.arrived().length, (await see()).status];
  };
  expect(await after(2)).toEqual([1, 'waiting_customer']);
  expect(await after(1.1)).toEqual([2, 'waiting_customer']);
  expect(await after(4)).toEqual([3, 'waiting_customer']);
  expect(await after(7)).toEqual([4, 'resolved']);
  const reminder = app.arrived()[1]!;
  expect(reminder.from).toBe('');
  expect(reminder.raw).toMatch(/^Subject: Re: A lamp\r?$/m);
  expect(reminder.raw).toMatch(/^Auto-Submitted: auto-generated\r?$/m);

  const messageId = app.sink.received.at(-1)!.mail.messageId;
  const answer = (text: string) => app.from('ana@shop-customer.test', text, { inReplyTo: messageId, references: messageId, subject: 'Re: A lamp' });
  await answer('Thank you so much, everything works now!\n\nBest regards\nAna');
  expect(await see()).toMatchObject({ status: 'resolved', tags: [], waitingSince: null });
  // Nothing was opened: no change of status, no clock, nobody told.
  const last = (await app.db.owner.selectFrom('events').select(['type', 'data']).where('ticket_id', '=', ticket!.id).orderBy('seq').execute()).filter(({ type }) => type === 'ticket.changed' || type.startsWith('sla.')).at(-1);
  expect(last).toMatchObject({ type: 'ticket.changed', data: { status: ['waiting_customer', 'resolved'] } });
  expect((await app.owner.request('GET', `/tickets/${ticket!.id}/clocks`)).body.items.filter(({ endedAt }: { endedAt: string | null }) => endedAt === null)).toEqual([]);
  const { body } = await app.owner.request('GET', `/tickets/${ticket!.id}/rule-runs`);
  expect(body.items[0]).toMatchObject({ event: 'message.received', effects: [{ type: 'keep_resolved', effect: 'changes', from: 'open', to: 'resolved' }] });
  // It was more than thanks after all: opened by hand, they have waited since they wrote.
  const said = (await app.entries(ticket!.id) as (Entry & { createdAt: string; notice: string | null })[]).at(-1)!;
  expect(said.notice).toBe('only_thanks');
  await app.owner.request('PATCH', `/tickets/${ticket!.id}`, { status: 'open' });
  expect(await see()).toMatchObject({ status: 'open', waitingSince: said.createdAt });
  expect((await app.owner.request('GET', `/tickets/${ticket!.id}/clocks`)).body.items).toContainEqual(expect.objectContaining({ metric: 'next_reply', startedAt: said.createdAt, endedAt: null }));
  await app.owner.request('PATCH', `/tickets/${ticket!.id}`, { status: 'resolved' });

  await answer('Thanks, but it still flickers. This is unacceptable!');
  expect(await see()).toMatchObject({ status: 'open', tags: ['angry?'] });
  expect(app.arrived()).toHaveLength(4);

  await app.switchOn('close_resolved');
  await app.owner.request('PATCH', `/tickets/${ticket!.id}`, { status: 'resolved' });
  expect((await after(13.9))[1]).toBe('resolved');
  expect((await after(0.2))[1]).toBe('closed');
  // What comes now begins a ticket of its own, thanks or not.
  await answer('Thank you so much!');
  expect([(await app.tickets()).length, (await see()).status]).toEqual([2, 'closed']);
});

test('a language goes to the team that speaks it, a kind to the team that is named for it; where there is none, nothing happens', async () => {
  const app = await desk();
  const language = await app.switchOn('by_language');
  const kind = await app.switchOn('route_kind');
  const polish = 'Dzień dobry, lampa, którą kupiłam u Państwa w zeszłym tygodniu, miga i nie świeci. Proszę o pomoc w tej sprawie.';
  await app.from('ana@first.test', polish);
  const teamOf = async () => (await app.owner.request('GET', `/tickets/${(await app.tickets())[0]!.id}`)).body.team as { name: string } | null;
  expect(await teamOf()).toBeNull();

  const speaker = await app.person('agent', { of: app.owner });
  await app.owner.request('POST', '/teams', { name: 'Nobody speaks it', memberIds: [app.owner.id] });
  const team = (await app.owner.request('POST', '/teams', { name: 'Warszawa', memberIds: [speaker.id] })).body.id as string;
  const skill = (await app.owner.request('POST', '/skills', { name: 'Polish', language: 'pl' })).body.id as string;
  expect((await app.owner.request('PUT', `/people/${speaker.id}/routing`, { skills: [{ id: skill, level: 3 }] })).status).toBe(200);
  await app.from('ana@second.test', polish);
  expect(await teamOf()).toMatchObject({ name: 'Warszawa' });

  const refused = await app.owner.request('PATCH', `/rules/${kind}`, { actions: [{ type: 'route_team', by: 'kind', teams: { pl: team } }] });
  expect([refused.status, refused.body.code]).toEqual([400, 'rule.no_such_route']);
  expect((await app.owner.request('PATCH', `/rules/${kind}`, { actions: [{ type: 'route_team', by: 'kind', teams: { claim: team } }] })).status).toBe(200);
  await app.from('ana@third.test', 'It flickers');
  const [third] = await app.tickets();
  await app.owner.request('PATCH', `/tickets/${third!.id}`, { kind: 'complaint' });
  await app.settle();
  expect(await teamOf()).toBeNull();
  await app.owner.request('PATCH', `/tickets/${third!.id}`, { kind: 'claim' });
  await app.settle();
  expect(await teamOf()).toMatchObject({ name: 'Warszawa' });
  expect((await app.owner.request('GET', `/rules/${language}/runs`)).body.items).toHaveLength(2);
});

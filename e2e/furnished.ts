import { Secret, TOTP } from 'otpauth';
import { vi } from 'vitest';
import { askedAboutData, furnishOwn } from './furnished-own.ts';
import { secondEyes } from './furnished-second-eyes.ts';
import { together } from './furnished-together.ts';
import { atWork } from './furnished-work.ts';
import type { House, Person } from './house.ts';

export const PASSWORD = 'correct horse battery staple';

export type Furnished = Awaited<ReturnType<typeof furnish>>;

/** Something of everything that a screen can show, in both directions of writing. */
export async function furnish(house: House) {
  const owner = await house.founded();
  const arabic = await house.colleagueOf(owner, { name: 'سامي حداد', role: 'owner', language: 'ar' });
  const ivan = await house.colleagueOf(owner, { name: 'Ivan Petrov' });
  const { app } = house;
  const team = await app.people.createTeam(owner.actor, { name: 'Returns', memberIds: [ivan.id, owner.id] });
  const hours = [{ from: '09:00', to: '12:30' }, { from: '13:30', to: '17:00' }];
  const calendar = await app.calendars.create(owner.actor, {
    name: 'Support', timeZone: 'Europe/Sofia', week: { mon: hours, tue: hours, wed: hours, thu: hours, fri: [{ from: '09:00', to: '15:00' }] },
    holidays: [{ date: '2027-03-03', name: 'Liberation Day' }, { date: '2027-03-06', name: 'Worked instead of Friday', hours: [{ from: '10:00', to: '14:00' }] }],
    closures: [{ from: '2027-06-14T12:00', to: '2027-06-15T09:00', reason: 'The office moves' }], observes: { country: 'BG' },
  });
  const { items: [first, second] } = await app.calendars.days.list(owner.actor, calendar.id, new Date().getUTCFullYear());
  await app.calendars.days.remove(owner.actor, calendar.id, first!.id);
  await app.calendars.days.change(owner.actor, calendar.id, second!.id, { date: `${new Date().getUTCFullYear()}-03-05`, closedFrom: '12:00' });
  await app.calendars.places.addPlace(owner.actor, { kind: 'office', name: 'Sofia', calendarId: calendar.id, teamIds: [team.id] });
  await app.calendars.places.addPlace(owner.actor, { kind: 'brand', name: 'Kettles & Co', calendarId: null, mailboxIds: [], widgetIds: [], hasPages: true, host: null });
  await app.sla.policies.create(owner.actor, {
    name: 'Everybody', calendarId: null, conditions: null, enabled: true, actions: [{ do: 'notify', at: 75, whom: 'assignee' }, { do: 'raise_priority', at: 90, to: 'high' }, { do: 'tell_customer', at: 100 }],
    targets: [
      { metric: 'first_reply', seconds: 14_400, time: 'working' }, { metric: 'first_reply', priority: 'urgent', seconds: 3_600, time: 'working' },
      { metric: 'agent_work', seconds: 28_800, time: 'working' }, { metric: 'resolution', seconds: 3 * 86_400, time: 'calendar' },
    ],
  });
  await app.macros.create(owner.actor, { name: 'Thank you', variants: { en: 'Thank you for writing, {{customer.first_name}}.' } });

  await app.email.mailboxes.create(owner.actor, { address: 'orders@shop.test', name: 'Orders', signature: '', acknowledge: false, acknowledgement: {}, tokenInAddress: false, replyTo: '', archive: '' });
  await app.email.domains.makeKeys(owner.actor, (await app.email.domains.list(owner.actor, { limit: 1 })).items[0]!.domain);
  await app.email.relays.create(owner.actor, { name: 'Orders', host: 'smtp.example.org', port: 465, security: 'tls', auth: 'password', mailboxId: null, user: '', senders: ['orders@example.org'], failsOver: true });

  await makeRules(house, owner);

  await house.mail({ from: { name: 'Jan Kowalski', address: 'jan@example.org' }, subject: 'Kettle lid', text: 'Can I buy a lid for my kettle?' });
  await house.mail({ from: { name: 'ليلى منصور', address: 'layla@example.org' }, subject: 'أين طلبي؟', text: 'طلبت غلاية قبل أسبوعين ولم تصل بعد.' });
  await house.mail({ from: { name: 'Бот', address: 'old@example.org' }, subject: 'Стара поръчка', text: 'Моля, изтрийте това.' });
  await house.mail({
    from: { name: 'Maria Petrova', address: 'maria@example.org' }, cc: 'peter@example.org', subject: 'The kettle arrived broken',
    text: 'The lid of my kettle is broken.\n\nSee https://example.org/kettle\n\n> What you ordered:\n> a kettle\n',
    html: '<p>The lid of my <b>kettle</b> is broken.</p><img src="https://example.org/lid.png" width="300" height="200" alt="the lid">',
    attachments: [{ filename: 'receipt.txt', content: 'Kettle, 1 piece' }],
  });
  const listed = async () => (await app.tickets.list(owner.actor, { status: 'all', sort: 'created', limit: 10 })).items;
  const kettle = (await listed()).find(({ subject }) => subject === 'The kettle arrived broken')!;
  await house.mail({ from: { name: 'Boris Petrov', address: 'boris@example.org' }, subject: `Re: [#${kettle.number}] The kettle`, text: 'I write for my wife: the lid came today.' });
  const items = await listed();
  const idOf = (subject: string): string => items.find((ticket) => ticket.subject === subject)!.id;
  const linkedId = idOf(`Re: [#${kettle.number}] The kettle`);
  const [ticketId, deletedId] = [idOf('The kettle arrived broken'), idOf('Стара поръчка')];
  await vi.waitFor(async () => {
    if ((await app.automation.runsOfTicket(owner.actor, ticketId, { limit: 1 })).items.length === 0) throw new Error('no rule has looked at the kettle yet');
  }, { timeout: 30_000, interval: 100 });
  const noteText = 'There is a lid in the warehouse.';
  await app.tickets.sendReply(ivan.actor, ticketId, { channel: 'email', text: 'We look into it.', attachmentIds: [] });
  await app.tickets.change(ivan.actor, ticketId, { priority: 'urgent', tags: ['broken', 'lid'], assigneeId: ivan.id });
  await app.tickets.note(ivan.actor, ticketId, { text: noteText, attachmentIds: [] });
  await app.tickets.setDeleted(owner.actor, deletedId, true);
  const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  for (const { actor } of [owner, arabic]) {
    await app.commitments.make(actor, { ticketId, kind: 'callback', what: 'I will call you back about the lid.', dueAt: inHours(200) });
    const { id } = await app.commitments.make(actor, { ticketId, kind: 'other', what: 'We send you a new lid.', dueAt: inHours(30) });
    await app.commitments.renegotiate(actor, id, { note: 'The lid is not in stock', telling: 'reply', dueAt: inHours(400) });
  }
  const { id: keptId } = await app.commitments.make(owner.actor, { ticketId, kind: 'refund', what: 'The money for the lid', dueAt: inHours(5) });
  await app.commitments.keep(owner.actor, keptId, '');
  // As if that had been yesterday: figures tell of what has come due.
  await app.db.owner.updateTable('commitments').set({ due_at: new Date(Date.now() - 86_400_000), ended_at: new Date(Date.now() - 90_000_000) }).where('id', '=', keptId).execute();
  await app.email.spam.addSender(owner.actor, 'block', { sender: 'casino.example', reason: 'Wants to sell us luck' });
  await app.tickets.create(ivan.actor, {
    channel: 'phone', direction: 'in', subject: 'Opening hours', text: 'Asked when we open.', tags: [], customer: { phone: '+359881234567', name: 'Stoyan Iliev' }, cc: [], attachmentIds: [],
  });
  await house.mail({ from: { name: 'Slack', address: 'no-reply@slack.com' }, subject: 'Confirm your email address', text: 'Confirm your email address: https://slack.com/confirm/abc', attachments: [{ filename: 'terms.txt', content: 'small print' }] });
  const { items: [held] } = await app.email.quarantine.list(owner.actor, { state: 'held', limit: 1 });
  const { items: [mail] } = await app.email.outbox(owner.actor, { limit: 1 });
  const erp = await app.webhooks.outgoing.create(owner.actor, {
    name: 'ERP', url: 'https://erp.invalid/rapport', events: ['ticket.created', 'message.received'], condition: { all: [{ field: 'priority', operator: 'at_least', value: 'high' }] }, content: false,
  });
  await app.webhooks.outgoing.test(owner.actor, erp.id);
  await app.webhooks.incoming.create(owner.actor, { name: 'Shop', makes: 'ticket', mapping: { subject: 'Order {/order}', text: '{/text}', email: '{/email}' }, teamId: null });
  await app.db.work(owner.actor.workspaceId, (tx) => app.events.emit(tx, owner.actor.workspaceId, {
    type: 'automation.notify_asked', ticketId, actor: { kind: 'person', id: ivan.id }, data: { personIds: [owner.id, arabic.id], text: 'Angry words' }, at: new Date(),
  }));
  await shareOut(house, { owner, ivan, arabic });
  const company = await app.companies.create(owner.actor, { name: 'Kettle & Cup Trading', domains: ['trading.example', 'kettle-cup.example'], address: '12 Vitosha Boulevard\n1000 Sofia', vatId: 'BG123456789', notes: 'Orders in spring. Ask for Maria.', isKeyAccount: true, sight: 'contacts' });
  await app.companies.putPerson(owner.actor, company.id, kettle.customer.id, { isContact: true });
  await app.tickets.change(owner.actor, ticketId, { companyId: company.id });
  const own = await furnishOwn(house, owner, { ticketId, teamId: team.id });
  await askedAboutData(house, [owner, arabic, ivan], { ticketId, customerId: kettle.customer.id });
  const chatId = await chats(house, { owner, ivan });
  const eyes = await secondEyes(house, { owner, arabic, ivan });
  const doors = await twoSteps(house, owner);
  const shared = await together(house, { owner, arabic, ivan, teamId: team.id });
  const work = await atWork(house, { owner, arabic, ivan, kettleId: ticketId });
  // Whoever exports or makes a token is asked once more who they are.
  await app.db.owner.updateTable('sessions').set({ proved_at: new Date(0) }).execute();
  return { owner, arabic, ivan, ticketId, linkedId, deletedId, noteText, companyId: company.id, customerId: kettle.customer.id, mailId: mail!.id, heldId: held!.id, chatId, ...own, ...eyes, ...doors, ...shared, ...work } satisfies Record<string, Person | string>;
}

/** A chat on a site with everything that can be said of one, a visitor who went away, and somebody who may not come back. */
async function chats({ app: { chat, tickets } }: House, { owner, ivan }: { owner: Person; ivan: Person }): Promise<string> {
  const widget = await chat.createWidget(owner.actor, { name: 'Shop', sites: ['https://shop.example'] });
  await chat.createSecret(owner.actor, widget.id, { overlapHours: 24 });
  await chat.changeWidget(owner.actor, widget.id, {
    allowsGuests: true, greeting: { en: 'Ask us anything.', ar: 'اسألنا ما تشاء.' },
    proactive: [{ id: crypto.randomUUID(), isOn: true, text: { en: 'Shall we help?' }, pageContains: ['/kettles'], afterSeconds: 20, attributes: [{ key: 'plan', is: 'pro' }], everyHours: 24, choices: [{ en: 'Yes, please' }] }],
    choices: [{ en: 'Where is my parcel?', ar: 'أين طردي؟' }, { en: 'I want to send something back' }], offersCalls: true,
  });
  const come = async (title: string) => {
    const { secret } = await chat.open({ widget: widget.id, page: { url: 'https://shop.example/kettles/1', title, referrer: '' }, attributes: { plan: 'pro' } }, { address: '127.0.0.1', origin: undefined, host: '127.0.0.1' });
    return chat.of(secret);
  };
  const ticketOf = async (text: string): Promise<string> => (await tickets.list(owner.actor, { status: 'all', sort: 'created', limit: 20 })).items.find(({ subject }) => subject === text)!.id;
  const layla = await come('Kettles');
  await chat.profile(layla, { name: 'Layla', email: 'layla@example.org' });
  await chat.say(layla, { clientId: 'furnished-1', text: 'Is the red kettle in stock?', fileIds: [] });
  const ticketId = await ticketOf('Is the red kettle in stock?');
  await tickets.sendReply(ivan.actor, ticketId, { channel: 'chat', text: 'Two are left. Shall I keep one for you?', attachmentIds: [] });
  const omar = await come('Cups');
  await chat.say(omar, { clientId: 'furnished-3', text: 'Do you send to Cairo?', fileIds: [] });
  const cairo = await ticketOf('Do you send to Cairo?');
  await chat.answer(owner.actor, cairo, { text: 'We do. By post, or by courier?', attachmentIds: [], choices: ['By post', 'By courier'] });
  const rude = await come('Cups');
  await chat.say(rude, { clientId: 'furnished-2', text: 'Rude words', fileIds: [] });
  await chat.ban(owner.actor, await ticketOf('Rude words'), { days: 30, reason: 'Threats' });
  return ticketId;
}

/** One that acts, in its second version; one on time that waits; one that is switched off. */
async function makeRules({ app }: House, { actor }: Person): Promise<void> {
  const usual = { description: '', calendarId: null, hourlyLimit: 1_000, includeExisting: false, enabled: true };
  const broken = await app.automation.create(actor, {
    ...usual, name: 'What arrives broken is a complaint', trigger: { on: 'event', events: ['ticket.created'] }, conditions: { all: [{ field: 'subject', operator: 'contains', value: 'broken' }] },
    actions: [{ type: 'set_kind', kind: 'complaint' }],
  });
  await app.automation.change(actor, broken.id, { actions: [{ type: 'set_kind', kind: 'complaint' }, { type: 'notify', to: 'assignee', text: 'Broken again: {{ ticket.number }}' }] });
  const waits = [{ field: 'status', operator: 'is', value: 'waiting_customer' }, { field: 'lastMessageAt', operator: 'working_older_than', value: { amount: 24, unit: 'hours' } }];
  await app.automation.create(actor, { ...usual, name: 'تذكير بعد ثلاثة أيام', trigger: { on: 'time' }, conditions: { all: waits }, actions: [{ type: 'reply', texts: { en: 'Do you still need us?' } }], hourlyLimit: 20 });
  await app.automation.create(actor, { ...usual, name: 'Legal words', description: 'A person decides.', trigger: { on: 'event', events: ['message.received'] }, conditions: { all: [{ field: 'messageLegal', operator: 'is', value: true }] }, actions: [{ type: 'add_tags', tags: ['legal?'] }], enabled: false });
}

/** Queues of both kinds with everything that can be said of one, somebody here, and somebody at lunch who will be absent. */
async function shareOut({ app: { routing, people, tickets } }: House, { owner, ivan, arabic }: { owner: Person; ivan: Person; arabic: Person }): Promise<void> {
  const { items: [team] } = await people.teams(owner.actor, { limit: 1 });
  const polish = await routing.addSkill(owner.actor, { name: 'Polish', language: 'pl' });
  await routing.setAbilities(owner.actor, ivan.id, { skills: [{ id: polish.id, level: 3 }], capacity: null });
  const common = { headStartSeconds: 0, ownAgentSeconds: 120, calendarId: null };
  await routing.addQueue(owner.actor, {
    ...common, name: 'Warranty', mode: 'push', offerSeconds: 45, conditions: { version: 1, all: [{ field: 'tags', operator: 'has_any', value: ['warranty'] }] }, teamIds: [team!.id], overflow: [],
    skills: [{ id: polish.id, level: 2, need: 'required', relaxAfterSeconds: 900 }], language: { need: 'preferred', level: 1, relaxAfterSeconds: null },
  });
  await routing.addQueue(owner.actor, { ...common, name: 'Everything else', mode: 'pull', conditions: null, teamIds: [], overflow: [], skills: [], language: null });
  const lunch = await routing.addOwnState(owner.actor, { name: 'Lunch', state: 'away' });
  await routing.setPresence(owner.actor, { state: 'online', reason: '' });
  await routing.setPresence(ivan.actor, { ownId: lunch.id, reason: 'back at 13:30' });
  const [from, to] = [10, 14].map((days) => new Date(Date.now() + days * 86_400_000).toISOString());
  for (const personId of [ivan.id, owner.id]) await routing.planAbsence(owner.actor, { personId, deputyId: personId === ivan.id ? owner.id : ivan.id, from: from!, to: to!, reason: 'Holiday' });
  // And one that is over, and put away; what happened meanwhile is theirs to hand over again.
  for (const { id, actor } of [owner, arabic]) {
    const past = await routing.planAbsence(actor, { deputyId: ivan.id, from: new Date(Date.now() - 2 * 86_400_000).toISOString(), to: to!, reason: 'Fair' });
    const called = await tickets.create(ivan.actor, {
      channel: 'phone', direction: 'in', subject: 'Which descaler?', text: 'Asked what dissolves the chalk, and whether it harms the seal.', tags: [], customer: { phone: '+359881234568', name: 'Lilia Stoyanova' }, cc: [], attachmentIds: [],
    });
    await tickets.note(ivan.actor, called, { text: 'Vinegar will do.', attachmentIds: [] });
    await tickets.change(ivan.actor, called, { assigneeId: id });
    await routing.removeAbsence(actor, past.id);
    await routing.seePast(actor, past.id);
  }
}

/** Two colleagues who need a second step to sign in: one has an authenticator app, one has nothing yet. */
async function twoSteps({ app, colleagueOf }: House, owner: Person): Promise<{ twoStepEmail: string; oneStepEmail: string }> {
  const [one, two] = await Promise.all(['Peter Ivanov', 'Anna Nowak'].map((name) => colleagueOf(owner, { name, role: 'colleague', password: PASSWORD })));
  const { secret } = await app.people.addTotp(two!.actor);
  await app.people.confirmTotp(two!.actor, new TOTP({ secret: Secret.fromBase32(secret) }).generate());
  await app.people.requireTwoStep(owner.actor, ['colleague']);
  return { twoStepEmail: two!.email, oneStepEmail: one!.email };
}

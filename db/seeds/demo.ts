import { randomBytes } from 'node:crypto';
import type { App } from '../../apps/server/compose.ts';
import { createCompanies } from '../../features/companies/server/companies.ts';
import { createCustomers } from '../../features/customers/server/customers.ts';
import type { Target } from '../../features/sla/core/contract.ts';
import { createTickets } from '../../features/tickets/server/tickets.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Tx } from '../../platform/db/db.ts';
import { newId } from '../../platform/db/ids.ts';
import { createEvents } from '../../platform/events/events.ts';
import { createSigner } from '../../platform/http/signing.ts';
import { STAFF, TEAMS, type DemoCustomer, type Gender } from './demo-people.ts';
import { DAY_MS, planDemo, type Step } from './demo-plan.ts';
import { seedHelp } from './demo-help.ts';
import { seedKept } from './demo-kept.ts';
import { seedRouting } from './demo-routing.ts';

const DAYS = 90;
/** As whom one can sign in to see what an agent sees. */
const DOOR = 'james';
const addressOf = (key: string): string => `${key}@lumen-home.example`;
export const DEMO_AGENT = addressOf(DOOR);

/**
 * Fills an empty workspace with a small believable shop: 60 customers, 300 tickets over 90 days in five languages, three
 * teams, working hours, promises, skills and two queues. All through the rooms' front doors with a clock of its own, in one unit of work: all of it or nothing.
 * Hears no event, so nothing is mailed to anybody. False, and nothing happens, when the workspace has tickets.
 */
export async function seedDemo(app: Pick<App, 'db' | 'files' | 'search' | 'fields' | 'outbox' | 'people' | 'calendars' | 'sla' | 'automation' | 'routing' | 'knowledge' | 'chat' | 'approvals' | 'checklists' | 'macros'>, { workspaceId, now, tickets, password = null }: {
  workspaceId: string; now: Date; tickets?: number; /** Of the agent as whom one can look around. */ password?: string | null;
}): Promise<boolean> {
  return app.db.work(workspaceId, async (tx) => {
    if (await tx.selectFrom('tickets').select('id').limit(1).executeTakeFirst()) return false;
    const clock = { time: new Date(now.getTime() - DAYS * DAY_MS) };
    const desk = await openDesk(app, tx, workspaceId, { clock, password });
    for (const step of planDemo(now, { days: DAYS, ...(tickets !== undefined && { tickets }) })) {
      clock.time = step.at;
      await desk.play(step);
    }
    await desk.setAside(new Date(now.getTime() - DAY_MS));
    await seedChat(app.chat, desk.employed.owner);
    // Last, so that what waits finds its queue at once.
    await seedRouting(app, desk.employed);
    await seedHelp(app, desk.employed.owner);
    await seedKept(app, desk.employed.owner);
    return true;
  });
}

/** On the page of the shop (`/widget/demo`), where it speaks first after a while. */
async function seedChat(chat: App['chat'], owner: Actor): Promise<void> {
  const { id } = await chat.createWidget(owner, { name: 'Kettle & Cup', sites: [] });
  const order = { en: 'Where is my order?', bg: 'Къде е поръчката ми?', pl: 'Gdzie jest moje zamówienie?', ru: 'Где мой заказ?', ar: 'أين طلبي؟' };
  const back = { en: 'I want to send something back', bg: 'Искам да върна нещо', pl: 'Chcę coś zwrócić', ru: 'Хочу вернуть товар', ar: 'أريد إرجاع شيء' };
  await chat.changeWidget(owner, id, {
    choices: [order, back], offersCalls: true,
    proactive: [{
      id: newId(), isOn: true, pageContains: ['/widget/demo'], afterSeconds: 20, attributes: [], everyHours: 24, choices: [back],
      text: { en: 'May we help you choose?', bg: 'Да помогнем ли с избора?', pl: 'Pomóc w wyborze?', ru: 'Помочь с выбором?', ar: 'هل نساعدك في الاختيار؟' },
    }],
  });
}

/** The rooms with a clock that is turned, and the people who act. */
async function openDesk(app: Parameters<typeof seedDemo>[0], tx: Tx, workspaceId: string, { clock, password }: { clock: { time: Date }; password: string | null }) {
  const { db, files, search, outbox } = app;
  const now = () => clock.time;
  const { emit } = createEvents({ onCommitted: () => undefined });
  const customers = createCustomers({ db, now, emit, search, people: app.people, fields: app.fields });
  const tickets = createTickets({ db, now, machineNow: now, emit, files, previews: { of: () => Promise.resolve(null) }, search, fields: app.fields, customers, companies: createCompanies({ db, now, emit, customers, fields: app.fields }), outbox, signer: createSigner(randomBytes(32)), worksHere: () => Promise.resolve(true) });

  const employed = await employ(app, tx, workspaceId, password);
  const { owner, agents, teams } = employed;
  await promise(app, owner);
  await automate(app, owner, teams.get('orders')!);
  const mailbox = await tx.selectFrom('mailboxes').select(['id', 'address', 'name']).orderBy('created_at').limit(1).executeTakeFirst();
  const to = mailbox ? [{ name: mailbox.name, address: mailbox.address }] : [];
  const known = new Map<string, string>();
  const open = new Map<number, string>();

  async function customer(given: DemoCustomer): Promise<string> {
    const id = known.get(given.address);
    if (id !== undefined) return id;
    const made = await customers.resolve(tx, workspaceId, { email: given.address, name: given.name, language: given.language, at: clock.time });
    if (given.phone) await customers.addIdentity(agents.get('elena')!.actor, made.id, { phone: given.phone });
    known.set(given.address, made.id);
    return made.id;
  }

  async function arrive(step: Extract<Step, { type: 'message' }>): Promise<void> {
    const ticketId = open.get(step.ticket) ?? null;
    const filed = await tickets.receive(tx, workspaceId, {
      ticketId, customerId: await customer(step.customer), mailboxId: mailbox?.id ?? null, teamId: teams.get(step.team)!, channel: 'email',
      subject: ticketId ? `Re: ${step.subject}` : step.subject, text: step.text, quoted: '', html: null,
      author: { name: step.customer.name, address: step.customer.address }, recipients: { to, cc: [] },
      messageId: `<${newId()}@${step.customer.address.split('@')[1]!}>`, ledgerId: null, language: step.customer.language,
      attachments: [], notice: null, automatic: false, participants: [], at: step.at,
    });
    open.set(step.ticket, filed.ticketId);
  }

  const by = (key: string): Actor => agents.get(key)!.actor;
  return {
    employed,
    /** Something to see among what is set aside, and two tickets that have to do with each other. */
    async setAside(at: Date): Promise<void> {
      clock.time = at;
      const [later, one, other] = await tx.selectFrom('tickets').select('id').where('status', 'in', ['open', 'waiting_customer']).orderBy('number').limit(3).execute();
      if (later) await tickets.snooze(owner, later.id, { until: new Date(at.getTime() + 2 * DAY_MS).toISOString() });
      if (one && other) await tickets.relate(owner, one.id, other.id, { kind: 'related' });
    },
    async play(step: Step): Promise<void> {
      const id = open.get(step.ticket)!;
      switch (step.type) {
        case 'message': return arrive(step);
        case 'reply': return void await tickets.sendReply(by(step.by), id, { channel: 'email', text: step.text, attachmentIds: [], ...(step.status && { status: step.status }) });
        case 'note': return void await tickets.note(by(step.by), id, { text: step.text, attachmentIds: [] });
        case 'change': return tickets.change(by(step.by), id, { ...step.change, ...(step.assignTo && { assigneeId: by(step.assignTo).id }) });
        case 'contact': {
          const { channel, subject, text, tags, team } = step;
          open.set(step.ticket, await tickets.create(by(step.by), {
            channel, direction: 'in', subject, text, tags: [...tags], customerId: await customer(step.customer), teamId: teams.get(team)!,
            cc: [], attachmentIds: [], language: step.customer.language, status: step.status,
          }));
        }
      }
    },
  };
}

type Agent = { readonly actor: Actor; readonly gender: Gender };

async function employ({ people, calendars }: Pick<App, 'people' | 'calendars'>, tx: Tx, workspaceId: string, password: string | null): Promise<{ owner: Actor; agents: Map<string, Agent>; teams: Map<string, string> }> {
  const agents = new Map<string, Agent>();
  for (const { key, name, gender, role, language } of STAFF) {
    const id = await people.addPerson(workspaceId, { email: addressOf(key), name, role, password: key === DOOR ? password : null, language });
    agents.set(key, { gender, actor: { id, workspaceId, role, teamIds: [], credential: { kind: 'session', id: newId() }, scopes: null } });
  }
  const owner: Actor = { ...agents.get('elena')!.actor, role: 'owner' };
  const teams = new Map<string, string>();
  for (const [key, name] of Object.entries(TEAMS)) {
    const memberIds = STAFF.filter((person) => (person.teams as readonly string[]).includes(key)).map((person) => agents.get(person.key)!.actor.id);
    teams.set(key, (await people.createTeam(owner, { name, memberIds })).id);
  }
  const weekday = [{ from: '09:00', to: '12:30' }, { from: '13:00', to: '18:00' }];
  const week = { mon: weekday, tue: weekday, wed: weekday, thu: weekday, fri: weekday, sat: [{ from: '10:00', to: '14:00' }] };
  await calendars.create(owner, { name: 'Shop', timeZone: 'Europe/Sofia', week, holidays: [], closures: [], observes: { country: 'BG' } });
  return { owner, agents, teams };
}

const HOUR = 3_600;

/** What the shop promises. Nobody is written to: what is late in a story of the past needs no apology. */
async function promise({ sla }: Pick<App, 'sla'>, owner: Actor): Promise<void> {
  const answers = (seconds: number): Target[] => [{ metric: 'first_reply', seconds, time: 'working' }, { metric: 'next_reply', seconds, time: 'working' }];
  const early = { do: 'notify', at: 75, whom: 'assignee' } as const;
  await sla.policies.create(owner, {
    name: 'Complaints and claims', calendarId: null, enabled: true, actions: [early, { do: 'escalate', at: 100 }],
    conditions: { version: 1, all: [{ field: 'kind', operator: 'in', value: ['complaint', 'claim'] }] },
    targets: [...answers(4 * HOUR), { metric: 'first_reply', priority: 'urgent', seconds: HOUR, time: 'working' }, { metric: 'resolution', seconds: 7 * 24 * HOUR, time: 'calendar' }],
  });
  await sla.policies.create(owner, {
    name: 'Everybody', calendarId: null, enabled: true, actions: [early], conditions: null,
    targets: [...answers(8 * HOUR), { metric: 'first_reply', priority: 'urgent', seconds: 2 * HOUR, time: 'working' }],
  });
}

/** Three rules to look at: on what comes, on who writes, on time that goes by. None of them writes to anybody outside. */
async function automate({ automation }: Pick<App, 'automation'>, owner: Actor, ordersId: string): Promise<void> {
  const usual = { description: '', calendarId: null, hourlyLimit: 1_000, includeExisting: false, enabled: true };
  await automation.create(owner, {
    ...usual, name: 'Complaints come first', trigger: { on: 'event', events: ['ticket.created', 'ticket.changed'] },
    conditions: { all: [{ field: 'kind', operator: 'is', value: 'complaint' }, { field: 'priority', operator: 'in', value: ['low', 'normal'] }] },
    actions: [{ type: 'set_priority', priority: 'high' }, { type: 'add_tags', tags: ['look first'] }],
  });
  await automation.create(owner, {
    ...usual, name: 'Polish letters to the orders team', trigger: { on: 'event', events: ['ticket.created'] },
    conditions: { all: [{ field: 'language', operator: 'is', value: 'pl' }, { field: 'team', operator: 'empty' }] },
    actions: [{ type: 'set_team', teamId: ordersId }, { type: 'add_tags', tags: ['pl'] }],
  });
  await automation.create(owner, {
    ...usual, name: 'No word for three days', description: 'Somebody looks whether the customer still needs us.', trigger: { on: 'time' },
    conditions: { all: [{ field: 'status', operator: 'is', value: 'waiting_customer' }, { field: 'lastMessageAt', operator: 'older_than', value: { amount: 3, unit: 'days' } }] },
    actions: [{ type: 'add_tags', tags: ['silent'] }, { type: 'note', text: 'No word for three days. Call, or resolve it?' }],
  });
}

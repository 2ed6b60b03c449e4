import { FLAGS } from '../features/customers/core/flags.ts';
import type { TicketState } from '../features/tickets/core/ticket.ts';
import { testApp } from './test-app.ts';

export const NAMES = ['full', 'other', 'bare'] as const;
export type Name = (typeof NAMES)[number];
type Values = readonly [full: never, other: never, bare: never];

/** A Monday, when the three are looked at. */
export const NOON = new Date('2026-03-16T12:00:00Z');
const DAY_MS = 24 * 3_600_000;
const daysBefore = (days: number): Date => new Date(NOON.getTime() - days * DAY_MS);

const named = (key: string, parent: string | null = null) => ({ key, parent, names: { en: key } });
/** One of every type, by which the other half of what views ask is. */
export const ownFields = [
  { type: 'text', key: 'order_number' }, { type: 'number', key: 'weight' }, { type: 'money', key: 'price', currency: 'EUR' }, { type: 'date', key: 'bought' },
  { type: 'choice', key: 'size', options: [named('small'), named('middle'), named('large')] },
  { type: 'tree', key: 'product', options: [named('kettle'), named('leaks', 'kettle'), named('lamp')] },
  { type: 'link', key: 'photo' }, { type: 'person', key: 'tester' },
] as const;

/** How they came to the status in which they are. */
const WAYS: Readonly<Record<Name, readonly string[]>> = { full: ['resolved'], other: ['resolved', 'closed'], bare: ['open'] };

const ownOf = (of: (id: string) => unknown): object => Object.fromEntries(ownFields.flatMap(({ type, key }) => {
  const value = of(`fields.${type}.${key}`);
  return value === null ? [] : [[key, value instanceof Date ? value.toISOString().slice(0, 10) : value]];
}));

/**
 * Three tickets: of `full` and `other` everything stands in them that a ticket has, each time another thing; of `bare` only what every ticket has.
 * The first happened ten days before NOON, the second two, the third six. Whoever looks is who works on the first, and in its team.
 */
export async function threeTickets() {
  const app = await testApp({ startsAt: NOON.toISOString() });
  const { owner } = app;
  const viewer = await app.person('agent', { of: owner, name: 'Ana' });
  const [bo, cleo] = [await app.person('agent', { of: owner, name: 'Bo' }), await app.person('agent', { of: owner, name: 'Cleo' })];
  const post = async (path: string, body: object): Promise<string> => {
    const made = await owner.request('POST', path, body);
    if (made.status !== 201) throw new Error(`${path}: ${JSON.stringify(made.body)}`);
    return made.body.id as string;
  };
  await post('/calendars', { name: 'Support', timeZone: 'UTC', week: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [{ from: '09:00', to: '17:00' }]])) });
  const twice = async (path: string, bodyOf: (name: string, index: number) => object) => [await post(path, bodyOf('first', 0)), await post(path, bodyOf('second', 1))] as const;
  const teams = await twice('/teams', (name, index) => ({ name, memberIds: [index === 0 ? viewer.id : bo.id] }));
  const mailboxes = await twice('/mailboxes', (name) => ({ address: `${name}@three.test` }));
  const brands = await twice('/calendar-places', (name) => ({ kind: 'brand', name }));
  const offices = await twice('/calendar-places', (name) => ({ kind: 'office', name }));
  const companies = await twice('/companies', (name, index) => ({ name, isKeyAccount: index === 0 }));
  for (const field of ownFields) await post('/fields', { subject: 'ticket', names: { en: field.key }, ...field });

  const values: Record<string, Values> = {};
  const set = (id: string, ...three: readonly [unknown, unknown, unknown]): void => { values[id] = three as unknown as Values; };
  set('subject', 'Broken kettle from Łódź', 'The lamp is dead, 100%', 'Zebra');
  set('lastWords', 'The handle came off yesterday', 'It smells of smoke_', 'Nothing to say');
  set('status', 'resolved', 'closed', 'open');
  set('priority', 'high', 'low', 'normal');
  set('kind', 'complaint', 'praise', 'question');
  set('channel', 'phone', 'letter', 'desk');
  set('language', 'pl', 'ar', null);
  set('tags', ['VIP', 'late'], ['Łódź'], []);
  set('fields.text.order_number', 'A-1042-x', 'B_7%done', null);
  set('fields.link.photo', 'https://example.org/kettle.jpg', 'https://example.com/lamp.png', null);
  set('fields.number.weight', 7.5, -2, null);
  set('fields.money.price', 49.9, 0, null);
  set('fields.choice.size', 'large', 'small', null);
  set('fields.tree.product', ['kettle', 'leaks'], ['lamp'], null);
  set('fields.date.bought', daysBefore(10), daysBefore(2), null);
  set('fields.person.tester', viewer.id, bo.id, null);
  set('assignee', viewer.id, bo.id, null);
  set('followers', [viewer.id, cleo.id], [bo.id], []);
  for (const [id, [full, other]] of Object.entries({ team: teams, company: companies, mailbox: mailboxes, brand: brands, office: offices })) set(id, full, other, null);
  for (const id of ['lastMessageAt', 'createdAt', 'updatedAt', 'statusSince']) set(id, daysBefore(10), daysBefore(2), daysBefore(6));
  for (const id of ['waitingSince', 'resolvedAt']) set(id, daysBefore(10), daysBefore(2), null);
  for (const flag of FLAGS) set(`customer.${flag}`, true, false, false);
  set('keyAccount', true, false, false);

  const states: Partial<Record<Name, TicketState>> = {};
  const people: unknown[] = [];
  for (const [index, name] of NAMES.entries()) {
    const of = (id: string): unknown => values[id]![index];
    const id = await post('/tickets', {
      subject: of('subject'), text: of('lastWords'), channel: of('channel'), direction: 'in', priority: of('priority'), kind: of('kind'), tags: of('tags'), fields: ownOf(of),
      customer: { name: name, email: `${name}@example.org` }, assigneeId: of('assignee'), teamId: of('team'), brandId: of('brand'), officeId: of('office'),
    });
    const change = async (given: object): Promise<void> => {
      const { status, body } = await owner.request('PATCH', `/tickets/${id}`, given);
      if (status !== 200) throw new Error(`${name}: ${JSON.stringify(body)}`);
    };
    for (const person of of('followers') as string[]) await owner.request('PUT', `/tickets/${id}/followers/${person}`);
    await change({ companyId: of('company') });
    const { customer } = (await owner.request('GET', `/tickets/${id}`)).body as { customer: { id: string } };
    people.push(customer.id);
    if (index === 0) for (const flag of FLAGS) await owner.request('PUT', `/customers/${customer.id}/flags/${flag}`, { reason: 'So it is', contact: 'Their lawyer' });
    for (const status of WAYS[name]) await change({ status });
    // What comes by mail, and when it all happened.
    await app.db.owner.updateTable('tickets').where('id', '=', id).set({
      language: of('language') as 'pl' | 'ar' | null, mailbox_id: of('mailbox') as string | null, waiting_since: of('waitingSince') as Date | null, resolved_at: of('resolvedAt') as Date | null,
      last_message_at: of('lastMessageAt') as Date, created_at: of('createdAt') as Date, updated_at: of('updatedAt') as Date, status_since: of('statusSince') as Date,
    }).execute();
    states[name] = (await app.db.work(owner.workspaceId, (tx) => app.tickets.find(tx, id)))!;
  }
  set('customer', people[0], people[1], people[2]);
  // Their teams are known from when they sign in.
  const actor = await app.people.authenticate({ authorization: `Bearer ${viewer.token}` });
  return { app, viewer: { ...viewer, actor: actor! }, values, states: states as Record<Name, TicketState> };
}

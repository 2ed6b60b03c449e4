import { type Expression, sql, type SqlBool } from 'kysely';
import { compiled } from '../../../platform/db/compiled.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { FieldValues } from '../../fields/core/types.ts';
import type { CameBy } from '../core/incoming.ts';
import { followersOf } from './follower-store.ts';
import { AWAKE, queueOrder, type TicketState } from '../core/ticket.ts';

/** Whether a ticket's company is a key account. */
export const keyAccount = sql<boolean | null>`(select k.is_key_account from companies k where k.workspace_id = tickets.workspace_id and k.id = tickets.company_id)`;

/** What one has to know of a ticket's customer. */
export const customerFlags = sql<string[]>`(select u.flags from customers u where u.workspace_id = tickets.workspace_id and u.id = tickets.customer_id)`;

export const columns = [
  'company_id as companyId', 'is_private as isPrivate', keyAccount.as('isKeyAccount'), 'home_id as homeId', customerFlags.as('customerFlags'), followersOf.as('followerIds'), 'id', 'number', 'subject', 'status', 'status_since as statusSince', 'priority', 'kind', 'channel', 'customer_id as customerId', 'assignee_id as assigneeId',
  'team_id as teamId', 'mailbox_id as mailboxId', 'brand_id as brandId', 'office_id as officeId', 'sla_policy_id as slaPolicyId', 'queue_choice as queueChoice', 'language', 'language_fixed as languageFixed', 'tags', sql<FieldValues>`fields`.as('fields'), 'snippet',
  'waiting_since as waitingSince', 'last_message_at as lastMessageAt', 'version', 'created_at as createdAt', 'updated_at as updatedAt',
  'resolved_at as resolvedAt', 'closed_at as closedAt', 'deleted_at as deletedAt', 'deleted_by as deletedBy', 'spam_at as spamAt', 'merged_into as mergedInto', 'snoozed_at as snoozedAt', 'snoozed_until as snoozedUntil', 'snoozed_by as snoozedBy', 'wakes_on as wakesOn', 'woken_at as wokenAt',
] as const;

/** Tickets that a unit of work holds locked or has written, as they are now: nobody else can change them before it ends. */
const held = new WeakMap<Tx, Map<string, TicketState>>();

function hold<T extends TicketState | undefined>(tx: Tx, ticket: T): T {
  if (!ticket) return ticket;
  const tickets = held.get(tx) ?? new Map<string, TicketState>();
  held.set(tx, tickets.set(ticket.id, ticket));
  return ticket;
}

/** The ticket, locked until the transaction ends; undefined when it is missing or belongs to another workspace. */
export const lockTicket = async (tx: Tx, id: string): Promise<TicketState | undefined> =>
  hold(tx, await tx.selectFrom('tickets').select(columns).where('id', '=', id).forUpdate().executeTakeFirst());

/** The same of one that this unit of work may hold already. */
export const heldTicket = async (tx: Tx, id: string): Promise<TicketState | undefined> => held.get(tx)?.get(id) ?? await lockTicket(tx, id);

/** Several at once, locked in the order of their ids so that two merges cannot wait for each other. */
export const lockTickets = async (tx: Tx, ids: readonly string[]): Promise<TicketState[]> =>
  (await tx.selectFrom('tickets').select(columns).where('id', 'in', ids).orderBy('id').forUpdate().execute()).map((ticket) => hold(tx, ticket));

/** The same, without waiting: those that somebody else is working on are left out. */
export const lockFreeTickets = async (tx: Tx, ids: readonly string[]): Promise<TicketState[]> =>
  (await tx.selectFrom('tickets').select(columns).where('id', 'in', ids).orderBy('id').forUpdate().skipLocked().execute()).map((ticket) => hold(tx, ticket));

export const findTicket = async (tx: Tx, id: string): Promise<TicketState | undefined> => (await ticketById(tx, { id }))[0];

const ticketById = compiled<{ id: string }, TicketState>((tx, { id }) => tx.selectFrom('tickets').select(columns).where('id', '=', id).compile());

/** Whether there is such a ticket, for whoever does not need to know more. */
export const isTicket = async (tx: Tx, id: string): Promise<boolean> => (await ticketIds(tx, { id })).length > 0;

const ticketIds = compiled<{ id: string }, { id: string }>((tx, { id }) => tx.selectFrom('tickets').select('id').where('id', '=', id).compile());

/** As the unit of work at hand has made it; asks the database only when it has not held it yet. */
export const currentTicket = async (tx: Tx, id: string): Promise<TicketState | undefined> => held.get(tx)?.get(id) ?? await findTicket(tx, id);

/** The order of tickets without a deadline; times of any era are far below it. */
export const NEVER_DUE = 9e15;

/** Several at once. Neither the version nor the time of the last change moves: the ticket has not changed, only the time that is left. */
export async function saveDues(tx: Tx, column: 'sla_due_at' | 'commitment_due_at', dues: readonly { ticketId: string; at: Date | null }[]): Promise<void> {
  const [own, other] = column === 'sla_due_at' ? [sql.ref('sla_due_at'), sql.ref('t.commitment_due_at')] : [sql.ref('commitment_due_at'), sql.ref('t.sla_due_at')];
  const least = sql`least(d.at, ${other})`;
  await sql`
    update tickets t set ${own} = d.at, due_at = ${least}, due_order = coalesce((extract(epoch from ${least}) * 1000)::bigint, ${sql.lit(NEVER_DUE)})
    from unnest(${dues.map(({ ticketId }) => ticketId)}::uuid[], ${dues.map(({ at }) => at?.toISOString() ?? null)}::timestamptz[]) as d (id, at)
    where t.workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid and t.id = d.id`.execute(tx);
}

/** Of one shelf, those for which `where` holds, in the usual order. */
export const matchingTickets = (tx: Tx, where: Expression<SqlBool>, { shelf, limit, after }: {
  shelf: 'active' | 'done'; limit: number; after: readonly [order: number, id: string] | null;
}): Promise<TicketState[]> =>
  tx.selectFrom('tickets').select(columns).where('phase', '=', shelf).where(where)
    .$if(after !== null, (q) => q.where(sql<SqlBool>`(queue_order, id) > (${after?.[0]}::bigint, ${after?.[1]}::uuid)`))
    .orderBy('queue_order').orderBy('id').limit(limit).execute();

export const unresolvedAmong = compiled<{ ids: readonly string[] }, TicketState>((tx, { ids }) =>
  tx.selectFrom('tickets').select(columns).where('phase', '=', 'active').where(sql<SqlBool>`id = any(${ids}::uuid[])`).compile());

/** Of these, those that are there and were neither merged away nor deleted. */
export const presentIds = async (tx: Tx, ids: readonly string[]): Promise<string[]> =>
  (await tx.selectFrom('tickets').select('id').where(sql<SqlBool>`id = any(${[...ids]}::uuid[])`).where('phase', 'in', ['active', 'done']).execute()).map(({ id }) => id);

/** The one with this number, unless it was deleted or merged away. */
export const ticketByNumber = async (tx: Tx, number: number): Promise<string | undefined> =>
  (await tx.selectFrom('tickets').select('id').where('number', '=', number).where('phase', 'in', ['active', 'done']).executeTakeFirst())?.id;

const row = (ticket: TicketState) => ({
  subject: ticket.subject, status: ticket.status, status_since: ticket.statusSince, priority: ticket.priority, kind: ticket.kind, channel: ticket.channel,
  customer_id: ticket.customerId, home_id: ticket.homeId, company_id: ticket.companyId, is_private: ticket.isPrivate, assignee_id: ticket.assigneeId, team_id: ticket.teamId, mailbox_id: ticket.mailboxId,
  brand_id: ticket.brandId, office_id: ticket.officeId, sla_policy_id: ticket.slaPolicyId, queue_choice: ticket.queueChoice,
  language: ticket.language, language_fixed: ticket.languageFixed, tags: [...ticket.tags], fields: JSON.stringify(ticket.fields), snippet: ticket.snippet,
  waiting_since: ticket.waitingSince, last_message_at: ticket.lastMessageAt, queue_order: queueOrder(ticket),
  updated_at: ticket.updatedAt, resolved_at: ticket.resolvedAt, closed_at: ticket.closedAt,
  deleted_at: ticket.deletedAt, deleted_by: ticket.deletedBy, spam_at: ticket.spamAt, merged_into: ticket.mergedInto,
  snoozed_at: ticket.snoozedAt, snoozed_until: ticket.snoozedUntil, snoozed_by: ticket.snoozedBy, wakes_on: ticket.wakesOn, woken_at: ticket.wokenAt,
});

/** Whose it is, also when their record is being merged at this moment: they cannot be merged before this unit of work ends. */
const living = (customerId: string) => sql<string>`(select coalesce(u.merged_into, u.id) from customers u where u.id = ${customerId} for key share)`;
/** With whom the address is at home by which it came. */
const homeOf = (customerId: string, address: string | null) =>
  sql<string | null>`(select i.home_id from identities i where i.kind = 'email' and i.value_key = ${address?.toLowerCase() ?? null} and i.customer_id = ${customerId})`;

/** The brand of the mailbox, the chat or the pages by which it comes. */
function brandOf({ mailboxId }: Pick<TicketState, 'mailboxId'>, cameBy: CameBy) {
  if (cameBy === 'pages') return sql<string | null>`(select p.id from calendar_places p where p.kind = 'brand' and p.has_pages limit 1)`;
  if (cameBy && 'brandId' in cameBy) return sql<string | null>`(select p.id from calendar_places p where p.id = ${cameBy.brandId} and p.kind = 'brand')`;
  if (cameBy) return sql<string | null>`(select m.place_id from calendar_place_members m where m.widget_id = ${cameBy.widgetId} limit 1)`;
  return mailboxId === null ? null : sql<string | null>`(select m.place_id from calendar_place_members m where m.mailbox_id = ${mailboxId} limit 1)`;
}

/** The office in which a team sits. */
const officeOf = (teamId: string) =>
  sql<string | null>`(select p.id from calendar_place_members m join calendar_places p on p.workspace_id = m.workspace_id and p.id = m.place_id and p.kind = 'office' where m.team_id = ${teamId} limit 1)`;

/** What its door and its team say, where nobody has said anything. */
const placed = (ticket: Pick<TicketState, 'mailboxId' | 'brandId' | 'officeId' | 'teamId'>, cameBy: CameBy) => ({
  ...(ticket.brandId === null && { brand_id: brandOf(ticket, cameBy) }), ...(ticket.officeId === null && ticket.teamId !== null && { office_id: officeOf(ticket.teamId) }),
});

/** In which office each of these teams sits; those that sit in none are left out. */
export async function officesOf(tx: Tx, teamIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (teamIds.length === 0) return new Map();
  const rows = await tx.selectFrom('calendar_place_members as m').innerJoin('calendar_places as p', (j) => j.onRef('p.workspace_id', '=', 'm.workspace_id').onRef('p.id', '=', 'm.place_id'))
    .select(['m.team_id as teamId', 'p.id as officeId']).where('p.kind', '=', 'office').where(sql<SqlBool>`m.team_id = any(${[...teamIds]}::uuid[])`).execute();
  return new Map(rows.flatMap(({ teamId, officeId }) => (teamId === null ? [] : [[teamId, officeId] as const])));
}

export const isPlace = async (tx: Tx, kind: 'brand' | 'office', id: string): Promise<boolean> =>
  await tx.selectFrom('calendar_places').select('id').where('id', '=', id).where('kind', '=', kind).executeTakeFirst() !== undefined;

/** `speaksFor`: for the company of whoever writes, if it can be told. Absent: for the ticket's own, or none. */
export async function insertTicket(tx: Tx, workspaceId: string, ticket: Omit<TicketState, 'number'>, { speaksFor, cameBy = null }: { speaksFor?: { readonly address: string | null } | undefined; cameBy?: CameBy | undefined } = {}): Promise<TicketState> {
  const told = await tx.insertInto('tickets').values({
    workspace_id: workspaceId, id: ticket.id, number: sql<number>`next_ticket_number(${workspaceId}::uuid)`,
    created_at: ticket.createdAt, ...row({ ...ticket, number: 0 }), customer_id: living(ticket.customerId),
    ...placed(ticket, cameBy),
    ...(ticket.homeId === null && { home_id: homeOf(ticket.customerId, speaksFor?.address ?? null) }),
    ...(speaksFor && { company_id: sql<string | null>`company_of(${ticket.customerId}::uuid, ${speaksFor.address?.toLowerCase() ?? null}::text)` }),
  }).returning(['number', 'brand_id as brandId', 'office_id as officeId', 'company_id as companyId', keyAccount.as('isKeyAccount'), 'customer_id as customerId', 'home_id as homeId', customerFlags.as('customerFlags')]).executeTakeFirstOrThrow();
  if (ticket.tags.length > 0) await insertTags(tx, workspaceId, ticket.id, ticket.tags);
  return hold(tx, { ...ticket, ...told });
}

/** Writes the ticket, one version on. `before` is what was locked. */
export async function saveTicket(tx: Tx, workspaceId: string, before: TicketState, given: TicketState): Promise<TicketState> {
  const version = before.version + 1;
  // Only what is planned sleeps, whichever way it left that.
  const after = { ...given, ...(given.status !== 'scheduled' && AWAKE), statusSince: given.status === before.status ? before.statusSince : given.updatedAt };
  // Whoever hears of the change before the database has answered finds the ticket as it is from now on.
  hold(tx, { ...after, version });
  const told = await tx.updateTable('tickets').set({ ...row(after), version }).where('id', '=', after.id).returning([keyAccount.as('isKeyAccount'), customerFlags.as('customerFlags')]).executeTakeFirstOrThrow();
  const removed = before.tags.filter((tag) => !after.tags.includes(tag));
  const added = after.tags.filter((tag) => !before.tags.includes(tag));
  if (removed.length > 0) await tx.deleteFrom('ticket_tags').where('ticket_id', '=', after.id).where('tag', 'in', removed).execute();
  if (added.length > 0) await insertTags(tx, workspaceId, after.id, added);
  return hold(tx, { ...after, version, ...told });
}

export const isCompany = async (tx: Tx, id: string): Promise<boolean> =>
  await tx.selectFrom('companies').select('id').where('id', '=', id).where('removed_at', 'is', null).executeTakeFirst() !== undefined;

/** For which company somebody speaks, who wrote from this address, or of whom no address is known that they used. */
export const companyOf = async (tx: Tx, customerId: string, address: string | null): Promise<string | null> =>
  (await sql<{ id: string | null }>`select company_of(${customerId}::uuid, ${address?.toLowerCase() ?? null}::text) as id`.execute(tx)).rows[0]!.id;

const insertTags = (tx: Tx, workspaceId: string, ticketId: string, tags: readonly string[]) =>
  tx.insertInto('ticket_tags').values(tags.map((tag) => ({ workspace_id: workspaceId, tag, ticket_id: ticketId })))
    .onConflict((conflict) => conflict.doNothing()).execute();

const TAG_NAMES = 2_000;
const TAG_COUNT = 1_000;

/**
 * Names in use, most used first; their counts stop at a thousand. Goes along the index from name to name, so that the cost
 * follows how many names there are and not how many tickets carry them.
 */
export async function tagsInUse(tx: Tx, beginning: string, limit: number): Promise<{ name: string; count: number }[]> {
  const wanted = `${beginning.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<{ name: string; count: number }>`
    with recursive names as (
      (select tag from ticket_tags order by tag limit 1)
      union all
      select (select t.tag from ticket_tags t where t.tag > n.tag order by t.tag limit 1) from names n where n.tag is not null
    )
    select n.tag as name, (select count(*) from (select from ticket_tags t where t.tag = n.tag limit ${TAG_COUNT}) as capped) as count
    from (select tag from names limit ${TAG_NAMES}) as n where lower(n.tag) like ${wanted}
    order by count desc, n.tag limit ${limit}`.execute(tx);
  return rows;
}

const names = new WeakMap<Tx, Map<string, Promise<string>>>();
/** What somebody is called; asked for once in a unit of work. */
export function nameOf(tx: Tx, personId: string): Promise<string> {
  const known = names.get(tx) ?? new Map<string, Promise<string>>();
  names.set(tx, known);
  const name = known.get(personId) ?? tx.selectFrom('people').select('name').where('id', '=', personId).executeTakeFirstOrThrow().then((person) => person.name);
  known.set(personId, name);
  return name;
}

export async function markRead(tx: Tx, workspaceId: string, personId: string, ticketId: string, at: Date): Promise<void> {
  await tx.insertInto('ticket_reads').values({ workspace_id: workspaceId, person_id: personId, ticket_id: ticketId, read_at: at })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'person_id', 'ticket_id']).doUpdateSet({ read_at: at })).execute();
}

/** The unassigned active ticket whose customer waits longest, locked; one that somebody else is taking is passed over. */
export const lockNextUnassigned = async (tx: Tx, teamIds: readonly string[] | null): Promise<TicketState | undefined> =>
  hold(tx, await tx.selectFrom('tickets').select(columns)
    .where('phase', '=', 'active').where('assignee_id', 'is', null).where('status', 'in', ['new', 'open'])
    .$if(teamIds !== null, (q) => q.where('team_id', 'in', teamIds!))
    .orderBy('queue_order').orderBy('id').limit(1).forUpdate().skipLocked().executeTakeFirst());

export const participantsOf = (tx: Tx, ticketId: string) =>
  tx.selectFrom('participants').select(['address', 'name', 'address_key as key']).where('ticket_id', '=', ticketId).orderBy('added_at').orderBy('address_key').limit(50).execute();

export async function addParticipants(tx: Tx, workspaceId: string, ticketId: string, people: readonly { name: string; address: string }[], at: Date): Promise<void> {
  if (people.length === 0) return;
  await tx.insertInto('participants').values(people.map(({ name, address }) => ({
    workspace_id: workspaceId, ticket_id: ticketId, address_key: address.toLowerCase(), address, name: name.slice(0, 300), added_at: at,
  }))).onConflict((conflict) => conflict.doNothing()).execute();
}

/** True when the person exists in this workspace and may carry tickets. */
export const isActivePerson = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.selectFrom('people').select('id').where('id', '=', id).where('deactivated_at', 'is', null).executeTakeFirst()) !== undefined;

/** How many of these work here, and how many of these teams there are. */
export async function mentionable(tx: Tx, people: readonly string[], teams: readonly string[]): Promise<{ people: number; teams: number }> {
  const { rows } = await sql<{ people: number; teams: number }>`select
    (select count(*) from people where id = any(${[...people]}::uuid[]) and joined_at is not null and deactivated_at is null) as people,
    (select count(*) from teams where id = any(${[...teams]}::uuid[]) and archived_at is null) as teams`.execute(tx);
  return rows[0]!;
}

export const isTeam = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.selectFrom('teams').select('id').where('id', '=', id).where('archived_at', 'is', null).executeTakeFirst()) !== undefined;

/** How many days after it was resolved an answer opens a ticket of this team again. */
export const reopenDaysOf = async (tx: Tx, teamId: string): Promise<number | undefined> =>
  (await tx.selectFrom('teams').select('reopen_days').where('id', '=', teamId).executeTakeFirst())?.reopen_days;

import { sql, type Expression, type RawBuilder, type SelectQueryBuilder, type SqlBool } from 'kysely';
import type { Schema } from '../../../db/types.ts';
import { compiled } from '../../../platform/db/compiled.ts';
import type { Connection, Tx } from '../../../platform/db/db.ts';
import { Remembered } from '../../../platform/db/statement.ts';
import type { Status, TicketFilter } from '../core/contract.ts';
import { followedBy } from './follower-store.ts';
import { mentionedIn } from './mention-store.ts';

type Viewer = { readonly id: string; readonly teamIds: readonly string[] };
type Ids = SelectQueryBuilder<Schema, 'tickets', { id: string; order: number | Date }>;

export type ListOrder = { readonly column: 'queue_order' | 'due_order' | 'updated_at' | 'created_at'; readonly direction: 'asc' | 'desc' };

export const orderOf = (filter: Pick<TicketFilter, 'sort'>): ListOrder =>
  filter.sort === 'queue' || filter.sort === 'due' ? { column: filter.sort === 'queue' ? 'queue_order' : 'due_order', direction: 'asc' }
    : { column: filter.sort === 'updated' ? 'updated_at' : 'created_at', direction: 'desc' };

/** How many rows of a shelf one page of a saved view looks at: what matches seldom is found over several pages, none of which is dear. */
export const MOST_LOOKED_AT = 20_000;

type Shelf = { phase: 'active' | 'done' | 'deleted' | 'spam'; isSnoozed?: boolean } | { status: Status };

/** The shelves that a status filter names. Each is one walk along one index; the lists of several are merged. */
function shelvesOf(status: string | undefined): Shelf[] {
  if (status === undefined || status === 'active') return [{ phase: 'active' }];
  if (status === 'awake' || status === 'snoozed') return [{ phase: 'active', isSnoozed: status === 'snoozed' }];
  if (status === 'done' || status === 'deleted' || status === 'spam') return [{ phase: status }];
  if (status === 'all') return [{ phase: 'active' }, { phase: 'done' }];
  return [...new Set(status.split(','))].map((one) => ({ status: one as Status }));
}

/** Times of the present era are far below it, and the orders of answered tickets far above. */
export const FIRST_ANSWERED = 4e15;

const phaseOf = (status: Status) => (status === 'resolved' || status === 'closed' ? 'done' : 'active');

function onShelf(tx: Connection, shelf: Shelf, order: ListOrder): Ids {
  const query = tx.selectFrom('tickets').select(['id', `${order.column} as order`]) as unknown as Ids;
  if ('phase' in shelf) return ofSleep(onPhase(query, shelf.phase), shelf.isSnoozed);
  return query.where('status', '=', shelf.status).where('phase', '=', phaseOf(shelf.status));
}

const ofSleep = (query: Ids, isSnoozed: boolean | undefined): Ids => (isSnoozed === undefined ? query : query.where('snoozed_at', isSnoozed ? 'is not' : 'is', null));

/** What is spam is deleted as well, and has a shelf of its own. */
function onPhase(query: Ids, phase: 'active' | 'done' | 'deleted' | 'spam'): Ids {
  if (phase === 'spam') return query.where('spam_at', 'is not', null);
  // Written out: an index of what is done is found only by a plan that knows that this is asked for.
  const onIt = query.where('phase', '=', sql.lit(phase));
  return phase === 'deleted' ? onIt.where('spam_at', 'is', null) : onIt;
}

/** What a list is narrowed to that is known beforehand; null: nothing. */
export async function amongWhich(tx: Tx, { mentioned, followed }: Pick<TicketFilter, 'mentioned' | 'followed'>, viewer: Viewer): Promise<readonly string[] | null> {
  const named = mentioned ? await mentionedIn(tx, [viewer.id, ...viewer.teamIds]) : null;
  const own = followed ? await followedBy(tx, viewer.id) : null;
  return named && own ? named.filter((id) => own.includes(id)) : named ?? own;
}

const EQUAL = [
  ['customer_id', 'customer'], ['company_id', 'company'], ['brand_id', 'brand'], ['office_id', 'office'], ['kind', 'kind'], ['priority', 'priority'], ['channel', 'channel'],
] as const;

/** What is asked for; of a list, no more than which of it are there decides how its text reads. */
type Narrow = Pick<TicketFilter, typeof EQUAL[number][1] | 'tag'> & { readonly assigneeId: string | undefined; readonly among: readonly string[] | null } & { readonly [team: `team${number}`]: string };
type Narrowness = {
  readonly assignee: 'none' | 'one' | null; readonly team: 'none' | number | null; readonly isWaiting: boolean; readonly equal: readonly string[]; readonly isTagged: boolean; readonly isAmong: boolean;
};

const teamsOf = ({ team }: TicketFilter, viewer: Viewer): readonly string[] => (team === 'mine' ? viewer.teamIds : team === undefined ? [] : [team]);

const asked = (filter: TicketFilter, viewer: Viewer, among: readonly string[] | null): Narrow => ({
  ...filter, among, assigneeId: filter.assignee === 'me' ? viewer.id : filter.assignee, ...Object.fromEntries(teamsOf(filter, viewer).map((id, i) => [`team${i}`, id])),
});

const narrownessOf = (filter: TicketFilter, viewer: Viewer, among: readonly string[] | null): Narrowness => ({
  assignee: !filter.assignee ? null : filter.assignee === 'none' ? 'none' : 'one', team: !filter.team ? null : filter.team === 'none' ? 'none' : teamsOf(filter, viewer).length,
  isWaiting: Boolean(filter.waiting), equal: EQUAL.flatMap(([, name]) => (filter[name] ? [name] : [])), isTagged: Boolean(filter.tag), isAmong: among !== null,
});

function ofTeams(query: Ids, team: Narrowness['team'], values: Narrow): Ids {
  if (team === null) return query;
  if (team === 'none') return query.where('team_id', 'is', null);
  return team === 0 ? query.where(sql<SqlBool>`false`) : query.where('team_id', 'in', Array.from({ length: team }, (_, i) => values[`team${i}`]!));
}

function narrowed(query: Ids, { assignee, team, isWaiting, equal, isTagged, isAmong }: Narrowness, values: Narrow): Ids {
  let q = ofTeams(query, team, values);
  if (assignee) q = assignee === 'none' ? q.where('assignee_id', 'is', null) : q.where('assignee_id', '=', values.assigneeId!);
  if (isAmong) q = q.where(sql<SqlBool>`id = any(${values.among}::uuid[])`);
  if (isWaiting) q = q.where('queue_order', '<', FIRST_ANSWERED);
  for (const [column, name] of EQUAL) if (equal.includes(name)) q = q.where(column, '=', values[name]!);
  if (!isTagged) return q;
  return q.where((e) => e.exists(e.selectFrom('ticket_tags as t').select('t.tag')
    .whereRef('t.ticket_id', '=', 'tickets.id').whereRef('t.workspace_id', '=', 'tickets.workspace_id').where('t.tag', '=', values.tag!)));
}

const beyond = (order: ListOrder, column: RawBuilder<unknown>, after: Position) => (order.direction === 'asc'
  ? sql<SqlBool>`(${column}, tickets.id) > (${after[0]}::bigint, ${after[1]}::uuid)`
  : sql<SqlBool>`(${column}, tickets.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);

export type Position = readonly [order: number | string, id: string];

/**
 * Ids of one page, `limit` of them after `after`. Every shelf is walked in the order of its index and cut early, so the
 * cost does not depend on how many tickets there are.
 */
export async function listIds(tx: Tx, filter: TicketFilter, viewer: Viewer, { limit, after }: { limit: number; after: Position | null }): Promise<Placed[]> {
  const among = await amongWhich(tx, filter, viewer);
  return pageOf(tx, { ...asked(filter, viewer, among), limit, at: after?.[0], id: after?.[1] },
    { ...narrownessOf(filter, viewer, among), status: filter.status, sort: filter.sort, limit, goesOn: after !== null });
}

type Placed = { id: string; order: number | Date };
type Walked = Narrow & { readonly limit: number; readonly at: Position[0] | undefined; readonly id: Position[1] | undefined };
type Walk = Narrowness & Pick<TicketFilter, 'status' | 'sort'> & { readonly limit: number; /** From where the last page ended. */ readonly goesOn: boolean };

const pageOf = compiled<Walked, Placed, Walk>((tx, values, { status, sort, limit, goesOn, ...narrowness }) => {
  const order = orderOf({ sort });
  const column = sql.ref(`tickets.${order.column}`);
  const shelves = shelvesOf(status).map((shelf) => {
    let q = narrowed(onShelf(tx, shelf, order), narrowness, values);
    if (goesOn) q = q.where(beyond(order, column, [values.at!, values.id!]));
    return q.orderBy(order.column, order.direction).orderBy('id', order.direction).limit(sql.lit(limit)) as unknown as Expression<Placed>;
  });
  const union = sql.join(shelves.map((shelf) => sql`(${shelf})`), sql` union all `);
  return sql<Placed>`
    select id, "order" from (${union}) as shelves order by "order" ${sql.raw(order.direction)}, id ${sql.raw(order.direction)} limit ${values.limit}`.compile(tx);
});

/**
 * The same where a condition holds, which no index knows: walks at most `most` rows of each shelf. `end` is where that
 * stopped before the shelf did; the next page goes on there.
 */
export async function listIdsWhere(tx: Tx, filter: TicketFilter, viewer: Viewer, { limit, after, where, within, most = MOST_LOOKED_AT }: {
  limit: number; after: Position | null; where: RawBuilder<SqlBool>; /** Where the walk ends by itself: what the index of the order knows. */ within?: RawBuilder<SqlBool>; most?: number;
}) {
  const order = orderOf(filter);
  const column = sql.ref(`tickets.${order.column}`);
  const direction = sql.raw(order.direction);
  const among = await amongWhich(tx, filter, viewer);
  const shelves = shelvesOf(filter.status).map((shelf) => {
    let q = narrowed(onShelf(tx, shelf, order).clearSelect().selectAll() as unknown as Ids, narrownessOf(filter, viewer, among), asked(filter, viewer, among));
    if (within) q = q.where(within);
    if (after) q = q.where(beyond(order, column, after));
    return q.orderBy(order.column, order.direction).orderBy('id', order.direction).limit(most) as unknown as Expression<unknown>;
  });
  type Row = { id: string; order: number | Date };
  const found: Row[] = [];
  const ends: Row[] = [];
  for (const shelf of shelves) {
    const { rows } = await sql<Row>`select id, ${sql.ref(order.column)} as "order" from (${shelf}) as tickets where ${where} order by ${sql.ref(order.column)} ${direction}, id ${direction} limit ${limit}`.execute(tx);
    found.push(...rows);
    if (rows.length < limit) {
      const { rows: [end] } = await sql<Row>`select id, ${sql.ref(order.column)} as "order" from (${shelf}) as tickets offset ${most - 1} limit 1`.execute(tx);
      if (end) ends.push(end);
    }
  }
  const sign = order.direction === 'asc' ? 1 : -1;
  const byPlace = (a: Row, b: Row) => sign * (Number(a.order) - Number(b.order) || (a.id < b.id ? -1 : 1));
  // Beyond the nearest end of a shelf its rows are not known yet.
  const [end = null] = ends.sort(byPlace);
  return { rows: found.sort(byPlace).filter((row) => end === null || byPlace(row, end) <= 0).slice(0, limit), end };
}

/** Of unresolved tickets, `most` that each condition picks: all in one walk along at most `MOST_LOOKED_AT`. */
export async function membersWhere(tx: Tx, conditions: readonly RawBuilder<SqlBool>[], most: number): Promise<string[][]> {
  if (conditions.length === 0) return [];
  const picked = conditions.map((where, i) => sql`(array_agg(id) filter (where ${where}))[:${sql.lit(most)}] as ${sql.ref(`c${i}`)}`);
  const { rows: [row] } = await sql<Record<string, string[] | null>>`select ${sql.join(picked)} from (select * from tickets where phase = 'active' order by queue_order, id limit ${MOST_LOOKED_AT}) as tickets`.execute(tx);
  return conditions.map((_, i) => row?.[`c${i}`] ?? []);
}

type Asked = { readonly ids: readonly string[]; readonly viewerId: string };
type Shown = Awaited<ReturnType<ReturnType<typeof rowsOf>['execute']>>[number];
/** Some kilobytes each, with what is made of them. */
const MOST_REMEMBERED = 3_000;

/**
 * Everything that a row of the list shows, for these ids, in no particular order; an array is one parameter where a list is
 * fifty, and one alone has a plan of its own. What few tickets have is looked up for those that have it. Everything else is joined, which takes long to plan and
 * is planned once; looked up row by row, row security would ask for the workspace eleven times a row. A row that reads as it did before is that very row.
 */
export const ticketRows = (tx: Tx, { ids, viewerId }: Asked): Promise<Shown[]> => shownRows(tx, { ids, id: ids[0], viewerId }, { isOne: ids.length === 1 });

const shownRows = compiled<Asked & { readonly id: string | undefined }, Shown, { readonly isOne: boolean }>(
  (tx, { ids, id, viewerId }, { isOne }) => rowsOf(tx, { viewerId, ids: isOne ? sql`${id}::uuid` : sql`any(${ids}::uuid[])` }).compile(), new Remembered(MOST_REMEMBERED));

export const rowsOf = (tx: Connection, { ids, viewerId }: { readonly ids: RawBuilder<unknown>; readonly viewerId: string }) =>
  tx.selectFrom('tickets as t')
    .innerJoin('customers as c', (j) => j.onRef('c.workspace_id', '=', 't.workspace_id').onRef('c.id', '=', 't.customer_id'))
    .leftJoin('people as p', (j) => j.onRef('p.workspace_id', '=', 't.workspace_id').onRef('p.id', '=', 't.assignee_id'))
    .leftJoin('teams as g', (j) => j.onRef('g.workspace_id', '=', 't.workspace_id').onRef('g.id', '=', 't.team_id'))
    .leftJoin('calendar_places as b', (j) => j.onRef('b.workspace_id', '=', 't.workspace_id').onRef('b.id', '=', 't.brand_id'))
    .leftJoin('ticket_reads as r', (j) => j.onRef('r.workspace_id', '=', 't.workspace_id').onRef('r.ticket_id', '=', 't.id').on('r.person_id', '=', viewerId))
    .leftJoin((e) => e.selectFrom('ticket_followers as f').select((s) => ['f.workspace_id', 'f.ticket_id', s.fn.agg<string[]>('array_agg', ['f.person_id']).as('ids')])
      .where(sql<SqlBool>`f.ticket_id = ${ids}`).groupBy(['f.workspace_id', 'f.ticket_id']).as('f'), (j) => j.onRef('f.workspace_id', '=', 't.workspace_id').onRef('f.ticket_id', '=', 't.id'))
    .select([
      't.id', 't.number', 't.subject', 't.status', 't.priority', 't.kind', 't.channel', 't.language', 't.tags', 't.fields', 't.snippet', 't.version',
      't.mailbox_id as mailboxId', 't.brand_id as brandId', 't.office_id as officeId', 't.sla_policy_id as slaPolicyId', 't.queue_choice as queueChoice', 't.waiting_since as waitingSince', 't.last_message_at as lastMessageAt', 't.created_at as createdAt',
      't.updated_at as updatedAt', 't.deleted_at as deletedAt', 't.spam_at as spamAt', 't.snoozed_at as snoozedAt', 't.snoozed_until as snoozedUntil', 't.wakes_on as wakesOn', 't.woken_at as wokenAt', 't.queue_order as queueOrder', 't.due_at as dueAt', 't.assignee_id as assigneeId',
      't.team_id as teamId', 't.merged_into as mergedId', 't.is_private as isPrivate', 't.company_id as companyId', 'c.id as customerId', 'c.name as customerName', 'c.email as customerEmail', 'c.flags as customerFlags',
      'p.name as assigneeName', 'g.name as teamName', 'b.name as brandName', 'r.read_at as readAt', sql<string[]>`coalesce(f.ids, '{}')`.as('followerIds'),
    ])
    .select((e) => [
      seldom<{ name: string; isKeyAccount: boolean }>(sql.ref('t.company_id'), e.selectFrom('companies as f').select(sql`jsonb_build_object('name', f.name, 'isKeyAccount', f.is_key_account)`.as('company'))
        .whereRef('f.workspace_id', '=', 't.workspace_id').whereRef('f.id', '=', 't.company_id').where('f.removed_at', 'is', null)).as('company'),
      seldom<string>(sql.ref('t.office_id'), e.selectFrom('calendar_places as o').select('o.name').whereRef('o.workspace_id', '=', 't.workspace_id').whereRef('o.id', '=', 't.office_id')).as('officeName'),
      seldom<number>(sql.ref('t.merged_into'), e.selectFrom('tickets as m').select('m.number').whereRef('m.workspace_id', '=', 't.workspace_id').whereRef('m.id', '=', 't.merged_into')).as('mergedNumber'),
      seldom<number>(sql.ref('t.wakes_on'), e.selectFrom('tickets as w').select('w.number').whereRef('w.workspace_id', '=', 't.workspace_id').whereRef('w.id', '=', 't.wakes_on')).as('wakesOnNumber'),
      seldom<string>(sql.ref('t.merged_into'), e.selectFrom('ticket_merges as x').select('x.id').whereRef('x.workspace_id', '=', 't.workspace_id').whereRef('x.source_id', '=', 't.id').where('x.undone_at', 'is', null)).as('mergeId'),
    ])
    .where(sql<SqlBool>`t.id = ${ids}`);

/** Asked only for rows that have it. */
const seldom = <T>(column: RawBuilder<unknown>, query: Expression<unknown>) => sql<T | null>`case when ${column} is not null then (${query}) end`;

import { sql } from 'kysely';
import type { Json } from '../../../kernel/json.ts';
import type { Language } from '../../../kernel/languages.ts';
import type { Connection, Tx } from '../../../platform/db/db.ts';
import type { Kind } from '../core/kinds.ts';
import type { Pace } from '../core/times.ts';

export type StoredNotice = {
  readonly id: string; readonly personId: string; readonly kind: Kind; readonly ticketId: string | null; readonly data: { readonly [key: string]: unknown };
  readonly createdAt: Date; readonly readAt: Date | null;
};
export type ShownNotice = StoredNotice & { readonly number: number | null; readonly subject: string | null; readonly by: string | null };
export type NewNotice = {
  readonly id: string; readonly personId: string; readonly seq: number; readonly kind: Kind; readonly ticketId: string | null;
  readonly actor: { readonly kind: 'person' | 'customer' | 'system'; readonly id: string | null }; readonly data: object; readonly createdAt: Date; /** Shown on the bell. */ readonly bell: boolean; readonly urgent: boolean; readonly mail: { readonly pace: Pace; readonly at: Date } | null;
};
export type Reader = { readonly id: string; readonly name: string; readonly email: string; readonly language: Language };

const WORKS_HERE = sql<boolean>`p.joined_at is not null and p.deactivated_at is null`;
/** `writing`: those who write to customers. */
const amongThem = (who: 'writing' | undefined) => (who === 'writing' ? sql<boolean>`${WORKS_HERE} and p.role <> 'colleague'` : WORKS_HERE);

/** Of these people, those who work here. */
export async function activeOf(tx: Tx, workspaceId: string, ids: readonly string[], who?: 'writing'): Promise<string[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: string }>`select p.id from people p where p.workspace_id = ${workspaceId} and p.id = any(${[...ids]}::uuid[]) and ${amongThem(who)}`.execute(tx);
  return rows.map(({ id }) => id);
}

export async function namesOf(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.selectFrom('people').select(['id', 'name']).where('workspace_id', '=', workspaceId).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The leads of a team; where it has none, all leads; where there are none, those who manage the workspace. */
export async function leadsOf(tx: Tx, workspaceId: string, teamId: string | null): Promise<string[]> {
  const { rows } = await sql<{ id: string; own: boolean }>`select p.id, exists (
      select from team_members m where m.workspace_id = p.workspace_id and m.person_id = p.id and m.team_id = ${teamId}::uuid) as own
    from people p where p.workspace_id = ${workspaceId} and p.role = 'lead' and ${WORKS_HERE} limit 200`.execute(tx);
  const own = rows.filter((row) => row.own);
  if (rows.length === 0) return managers(tx, workspaceId);
  return (own.length > 0 ? own : rows).map(({ id }) => id);
}

export async function managers(tx: Tx, workspaceId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select p.id from people p where p.workspace_id = ${workspaceId} and p.role in ('owner', 'admin') and ${WORKS_HERE} limit 200`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Nobody, where there is no team. */
export async function membersOf(tx: Tx, workspaceId: string, teamId: string | null, who?: 'writing'): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select p.id from team_members m join people p on p.workspace_id = m.workspace_id and p.id = m.person_id
    where m.workspace_id = ${workspaceId} and m.team_id = ${teamId}::uuid and ${amongThem(who)} limit 200`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Once for each person, event and kind; answers whose bell shows something new. */
export async function insertNotices(tx: Tx, workspaceId: string, notices: readonly NewNotice[]): Promise<string[]> {
  if (notices.length === 0) return [];
  const rows = await tx.insertInto('notices').values(notices.map((one) => ({
    workspace_id: workspaceId, id: one.id, person_id: one.personId, seq: one.seq, kind: one.kind, ticket_id: one.ticketId, actor_kind: one.actor.kind, actor_id: one.actor.id,
    data: JSON.stringify(one.data), created_at: one.createdAt, bell: one.bell, urgent: one.urgent, pace: one.mail?.pace ?? null, mail_at: one.mail?.at ?? null,
  }))).onConflict((conflict) => conflict.columns(['workspace_id', 'person_id', 'seq', 'kind']).doNothing()).returning(['person_id as personId', 'bell']).execute();
  return rows.filter(({ bell }) => bell).map(({ personId }) => personId);
}

type Unread = Pick<NewNotice, 'seq' | 'kind' | 'ticketId' | 'actor' | 'urgent'> & { readonly facts: Readonly<Record<string, Json>> };
const MOST_PASSED_ON = 50;

/** Of these kinds, what somebody was told and has not read, the latest. */
export async function unreadOf(tx: Tx, workspaceId: string, personId: string, kinds: readonly Kind[]): Promise<Unread[]> {
  const rows = await tx.selectFrom('notices as n').leftJoin('tickets as t', (join) => join.onRef('t.workspace_id', '=', 'n.workspace_id').onRef('t.id', '=', 'n.ticket_id'))
    .select(['n.seq', 'n.kind', 'n.ticket_id as ticketId', 'n.actor_kind as actorKind', 'n.actor_id as actorId', 'n.urgent', 'n.data'])
    .where('n.workspace_id', '=', workspaceId).where('n.person_id', '=', personId).where('n.read_at', 'is', null).where('n.bell', '=', true).where('n.kind', 'in', [...kinds])
    .where('t.deleted_at', 'is', null).orderBy('n.created_at', 'desc').limit(MOST_PASSED_ON).$castTo<Omit<Unread, 'actor' | 'facts'> & { actorKind: NewNotice['actor']['kind']; actorId: string | null; data: Unread['facts'] }>().execute();
  return rows.map(({ actorKind, actorId, data, ...one }) => ({ ...one, actor: { kind: actorKind, id: actorId }, facts: data }));
}

type Telling = { readonly kinds: readonly Kind[]; readonly ticketId: string | null; readonly metric: string | null; readonly at: Date };

/** Who of these was told so already, of that promise of the ticket at that moment. */
export async function toldOf(tx: Tx, workspaceId: string, personIds: readonly string[], { kinds, ticketId, metric, at }: Telling): Promise<string[]> {
  const rows = await tx.selectFrom('notices').select('person_id as personId').distinct().where('workspace_id', '=', workspaceId).where('person_id', 'in', personIds)
    .where('created_at', '=', at).where('ticket_id', '=', ticketId).where('kind', 'in', kinds).where(sql<boolean>`data->>'metric' is not distinct from ${metric}`).execute();
  return rows.map(({ personId }) => personId);
}

const shown = (tx: Tx, workspaceId: string, personId: string) => tx.selectFrom('notices as n')
  .leftJoin('tickets as t', (join) => join.onRef('t.workspace_id', '=', 'n.workspace_id').onRef('t.id', '=', 'n.ticket_id'))
  .leftJoin('people as p', (join) => join.onRef('p.workspace_id', '=', 'n.workspace_id').onRef('p.id', '=', 'n.actor_id'))
  .leftJoin('customers as c', (join) => join.onRef('c.workspace_id', '=', 'n.workspace_id').onRef('c.id', '=', 'n.actor_id'))
  .select(['n.id', 'n.person_id as personId', 'n.kind', 'n.ticket_id as ticketId', 'n.data', 'n.created_at as createdAt', 'n.read_at as readAt', 't.number', 't.subject', sql<string | null>`coalesce(p.name, c.name)`.as('by')])
  .where('n.workspace_id', '=', workspaceId).where('n.person_id', '=', personId).$castTo<ShownNotice>();

export const noticePage = (tx: Tx, workspaceId: string, personId: string, { unread, limit, after }: { unread: boolean; limit: number; after: readonly [string, string] | null }): Promise<ShownNotice[]> =>
  shown(tx, workspaceId, personId).where('n.bell', '=', true).$if(unread, (query) => query.where('n.read_at', 'is', null))
    .$if(after !== null, (query) => query.where(sql<boolean>`(n.created_at, n.id) < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? null}::uuid)`))
    .orderBy('n.created_at', 'desc').orderBy('n.id', 'desc').limit(limit).execute();

/** How many are unread, as far as anybody counts. */
export async function countUnread(tx: Tx, workspaceId: string, personId: string, most: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from (
    select 1 from notices where workspace_id = ${workspaceId} and person_id = ${personId} and read_at is null and bell limit ${most}) as unread`.execute(tx);
  return rows[0]!.count;
}

/** What was read goes by no mail any more. */
export async function markRead(tx: Tx, workspaceId: string, personId: string, which: { ids: readonly string[] } | { until: Date } | { ticketId: string }, at: Date): Promise<number> {
  const { numUpdatedRows } = await tx.updateTable('notices').set({ read_at: at, mail_at: null })
    .where('workspace_id', '=', workspaceId).where('person_id', '=', personId).where('read_at', 'is', null)
    .where((e) => ('ids' in which ? e('id', 'in', [...which.ids]) : 'until' in which ? e('created_at', '<=', which.until) : e('ticket_id', '=', which.ticketId)))
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Somebody has the desk before them. Written once a minute at most. */
export async function markHere(tx: Tx, workspaceId: string, personId: string, at: Date): Promise<void> {
  await tx.insertInto('notice_readers').values({ workspace_id: workspaceId, person_id: personId, seen_at: at })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'person_id']).doUpdateSet({ seen_at: at })
      .where((e) => e.or([e('notice_readers.seen_at', 'is', null), e('notice_readers.seen_at', '<', new Date(at.getTime() - 60_000))]))).execute();
}

/** Those of a person that are due, and these; answers how many that were. */
export async function markMailed(tx: Tx, workspaceId: string, personId: string, alsoIds: readonly string[], at: Date): Promise<number> {
  const { numUpdatedRows } = await tx.updateTable('notices').set({ mail_at: null, mailed_at: at }).where('workspace_id', '=', workspaceId).where('person_id', '=', personId).where('mail_at', 'is not', null)
    .where((e) => e.or([e('mail_at', '<=', at), ...(alsoIds.length > 0 ? [e('id', 'in', alsoIds)] : [])])).executeTakeFirst();
  await tx.updateTable('notice_readers').set({ mailed_at: at }).where('workspace_id', '=', workspaceId).where('person_id', '=', personId).execute();
  return Number(numUpdatedRows);
}

/** Who has something to be told by mail. Looks across workspaces. */
export async function dueReaders(owner: Connection, at: Date, limit: number): Promise<{ workspaceId: string; personId: string }[]> {
  const { rows } = await sql<{ workspaceId: string; personId: string }>`
    select workspace_id as "workspaceId", person_id as "personId" from (
      select workspace_id, person_id, mail_at from notices where mail_at <= ${at} order by mail_at limit ${limit * 5}) as due
    group by workspace_id, person_id order by min(mail_at) limit ${limit}`.execute(owner);
  return rows;
}

/** For one process at a time; false when another writes to them at this moment. */
export async function lockReader(tx: Tx, workspaceId: string, personId: string): Promise<boolean> {
  await tx.insertInto('notice_readers').values({ workspace_id: workspaceId, person_id: personId }).onConflict((conflict) => conflict.columns(['workspace_id', 'person_id']).doNothing()).execute();
  const row = await tx.selectFrom('notice_readers').select('person_id').where('workspace_id', '=', workspaceId).where('person_id', '=', personId).forUpdate().skipLocked().executeTakeFirst();
  return row !== undefined;
}

export type WaitingNotice = ShownNotice & { readonly urgent: boolean; readonly pace: Pace; readonly mailAt: Date };

/** What waits for a mail to them: what is due first, then the latest first. */
export const waitingOf = (tx: Tx, workspaceId: string, personId: string, at: Date, limit: number): Promise<WaitingNotice[]> =>
  shown(tx, workspaceId, personId).select(['n.urgent', 'n.pace', 'n.mail_at as mailAt']).where('n.mail_at', 'is not', null)
    .orderBy(sql`n.mail_at <= ${at}`, 'desc').orderBy('n.created_at', 'desc').orderBy('n.seq', 'desc').limit(limit).$castTo<WaitingNotice>().execute();

/** Those of a person that are due are looked at again at that moment, or not any more. */
export async function putOff(tx: Tx, workspaceId: string, personId: string, { due, until, urgent }: { due: Date; until: Date | null; /** Absent: all. */ urgent?: boolean }): Promise<void> {
  await tx.updateTable('notices').set({ mail_at: until }).where('workspace_id', '=', workspaceId).where('person_id', '=', personId).where('mail_at', '<=', due)
    .$if(urgent !== undefined, (query) => query.where('urgent', '=', urgent!)).execute();
}

/** Null when they do not work here any more. */
export async function readerOf(tx: Tx, workspaceId: string, personId: string): Promise<(Reader & { seenAt: Date | null; mailedAt: Date | null }) | null> {
  const { rows } = await sql<Reader & { seenAt: Date | null; mailedAt: Date | null }>`
    select p.id, p.name, p.email, p.language, r.seen_at as "seenAt", r.mailed_at as "mailedAt" from people p
    left join notice_readers r on r.workspace_id = p.workspace_id and r.person_id = p.id
    where p.workspace_id = ${workspaceId} and p.id = ${personId} and ${WORKS_HERE}`.execute(tx);
  return rows[0] ?? null;
}

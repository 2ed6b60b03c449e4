import { sql } from 'kysely';
import type { Language } from '../../../kernel/languages.ts';
import type { Connection, Tx } from '../../../platform/db/db.ts';
import type { Attributes, PageView } from '../core/visitor-contract.ts';
import { visitorIdOn } from './seat-store.ts';

/** Whose secret it is. */
export type Visitor = { readonly workspaceId: string; readonly visitorId: string };
export type SeenPage = { readonly url: string; readonly title: string; readonly at: string };
export type VisitorRow = {
  readonly id: string; readonly widgetId: string; readonly customerId: string | null; readonly homeId: string | null; readonly subject: string | null; readonly name: string; readonly email: string | null;
  readonly attributes: Attributes; readonly provenAttributes: Attributes; readonly language: Language | null; readonly doNotDisturb: boolean; readonly page: PageView | null; readonly pages: SeenPage[];
  readonly seq: number; readonly deliveredSeq: number; readonly readSeq: number; readonly takenSeq: number; readonly seenSeq: number;
  readonly hereAt: Date | null; readonly signedOutAt: Date | null; readonly network: string | null; readonly timeZone: string | null;
};

const columns = [
  'id', 'widget_id as widgetId', 'customer_id as customerId', 'home_id as homeId', 'subject', 'name', 'email', 'attributes', 'proven_attributes as provenAttributes', 'language', 'do_not_disturb as doNotDisturb', 'page', 'pages', 'time_zone as timeZone',
  'seq', 'delivered_seq as deliveredSeq', 'read_seq as readSeq', 'taken_seq as takenSeq', 'seen_seq as seenSeq', 'here_at as hereAt', 'signed_out_at as signedOutAt', 'network',
] as const;

const visitors = (tx: Tx, workspaceId: string) => tx.selectFrom('chat_visitors').select(columns).where('workspace_id', '=', workspaceId).$castTo<VisitorRow>();

export const findVisitor = (tx: Tx, { workspaceId, visitorId }: Visitor): Promise<VisitorRow | undefined> => visitors(tx, workspaceId).where('id', '=', visitorId).executeTakeFirst();

export type Guarded = VisitorRow & { readonly isBanned: boolean };
const guarded = (tx: Tx, workspaceId: string, at: Date) => visitors(tx, workspaceId).select(sql<boolean>`
  exists (select from chat_bans b where b.workspace_id = chat_visitors.workspace_id and b.visitor_id = chat_visitors.id and b.ends_at > ${at})
    or exists (select from chat_bans b where b.workspace_id = chat_visitors.workspace_id and b.network = chat_visitors.network and b.network_until > ${at} and b.ends_at > ${at})`.as('isBanned'))
  .$castTo<Guarded>();

/** The same, and whether they are kept out, they themselves or their network: one question on the way of every message. */
export const findWithBan = (tx: Tx, { workspaceId, visitorId }: Visitor, at: Date): Promise<Guarded | undefined> => guarded(tx, workspaceId, at).where('id', '=', visitorId).executeTakeFirst();
export const visitorOn = (tx: Tx, workspaceId: string, ticketId: string, at: Date): Promise<Guarded | undefined> =>
  guarded(tx, workspaceId, at).where('id', '=', visitorIdOn(tx, workspaceId, ticketId)).executeTakeFirst();
export const findEachWithBan = (tx: Tx, workspaceId: string, visitorIds: readonly string[], at: Date): Promise<Guarded[]> =>
  guarded(tx, workspaceId, at).where(sql<boolean>`id = any(${[...visitorIds]}::uuid[])`).execute();

export const visitorBySubject = (tx: Tx, workspaceId: string, widgetId: string, subject: string): Promise<VisitorRow | undefined> =>
  visitors(tx, workspaceId).where('widget_id', '=', widgetId).where('subject', '=', subject).executeTakeFirst();

/** What one visitor does, one thing after another. Taken before any ticket is locked. */
export async function lockVisitor(tx: Tx, { workspaceId, visitorId }: Visitor): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('chat visitor ' || ${workspaceId} || ${visitorId}, 0))`.execute(tx);
}

export async function insertVisitor(tx: Tx, workspaceId: string, visitor: { id: string; widgetId: string; subject: string | null; createdAt: Date }): Promise<void> {
  await tx.insertInto('chat_visitors').values({ workspace_id: workspaceId, id: visitor.id, widget_id: visitor.widgetId, subject: visitor.subject, created_at: visitor.createdAt })
    .onConflict((conflict) => conflict.doNothing()).execute();
}

export type VisitorChange = Partial<{
  customer_id: string; home_id: string | null; name: string; email: string | null; attributes: string; proven_attributes: string; language: Language; do_not_disturb: boolean; time_zone: string; page: string; pages: string; network: string;
  here_at: Date | null; signed_out_at: Date;
}>;
export async function saveVisitor(tx: Tx, { workspaceId, visitorId }: Visitor, change: VisitorChange): Promise<void> {
  if (Object.keys(change).length > 0) await tx.updateTable('chat_visitors').set(change).where('workspace_id', '=', workspaceId).where('id', '=', visitorId).execute();
}

/** Marks only ever grow, and never beyond what there is. Whether anything did. */
export async function mark(tx: Tx, { workspaceId, visitorId }: Visitor, column: 'delivered_seq' | 'read_seq' | 'taken_seq' | 'seen_seq', seq: number): Promise<boolean> {
  const ref = sql.ref(column);
  const { numAffectedRows } = await sql`update chat_visitors set ${ref} = least(seq, ${seq}::bigint) where workspace_id = ${workspaceId} and id = ${visitorId} and ${ref} < least(seq, ${seq}::bigint)`.execute(tx);
  return Number(numAffectedRows ?? 0) > 0;
}

export type Reached = { readonly visitorId: string; readonly seq: number };

/** The same of what has reached tabs, of many visitors at once: the tickets on which those chat now of whom anything did. */
export async function markDelivered(tx: Tx, workspaceId: string, reached: readonly Reached[]): Promise<string[]> {
  const { rows } = await sql<{ ticketId: string }>`
    with marked as (
      select v.id, least(v.seq, r.seq) as seq from chat_visitors v join unnest(${reached.map(({ visitorId }) => visitorId)}::uuid[], ${reached.map(({ seq }) => seq)}::bigint[]) as r (id, seq) on v.id = r.id
      where v.workspace_id = ${workspaceId} and v.delivered_seq < least(v.seq, r.seq) order by v.id for no key update of v),
    moved as (update chat_visitors v set delivered_seq = marked.seq from marked where v.workspace_id = ${workspaceId} and v.id = marked.id returning v.id)
    select c.ticket_id as "ticketId" from moved cross join lateral (
      select * from chat_conversations c where c.workspace_id = ${workspaceId} and c.visitor_id = moved.id order by c.started_at desc, c.id desc limit 1) as c`.execute(tx);
  return rows.map(({ ticketId }) => ticketId);
}

/** Their tabs are open at this moment. Those whose last sign was before `since`, or who had gone. */
export async function markHere(tx: Tx, workspaceId: string, visitorIds: readonly string[], { at, since }: { at: Date; since: Date }): Promise<string[]> {
  const { rows } = await sql<{ id: string; cameBack: boolean }>`
    with before as (select id, here_at from chat_visitors where workspace_id = ${workspaceId} and id = any(${[...visitorIds]}::uuid[]) order by id for no key update)
    update chat_visitors v set here_at = ${at} from before where v.workspace_id = ${workspaceId} and v.id = before.id
    returning v.id, before.here_at is null or before.here_at <= ${since} as "cameBack"`.execute(tx);
  return rows.flatMap(({ id, cameBack }) => (cameBack ? [id] : []));
}

export async function insertSession(tx: Tx, { workspaceId, visitorId }: Visitor, { hash, expiresAt, at }: { hash: Buffer; expiresAt: Date | null; at: Date }): Promise<void> {
  await tx.insertInto('chat_sessions').values({ workspace_id: workspaceId, secret_hash: hash, visitor_id: visitorId, expires_at: expiresAt, used_at: at }).execute();
}

export async function sessionOf(lookup: Connection, hash: Buffer, at: Date): Promise<(Visitor & { expiresAt: Date | null }) | null> {
  const { rows } = await sql<Visitor & { expiresAt: Date | null }>`select workspace_id as "workspaceId", visitor_id as "visitorId", expires_at as "expiresAt" from chat_session_of(${hash}, ${at})`.execute(lookup);
  return rows[0] ?? null;
}

/** Everything that this visitor shows is worth nothing from now on. */
export async function endSessions(tx: Tx, { workspaceId, visitorId }: Visitor): Promise<void> {
  await tx.deleteFrom('chat_sessions').where('workspace_id', '=', workspaceId).where('visitor_id', '=', visitorId).execute();
}

export async function endOldSessions(tx: Tx, { workspaceId, visitorId }: Visitor, at: Date): Promise<void> {
  await tx.deleteFrom('chat_sessions').where('workspace_id', '=', workspaceId).where('visitor_id', '=', visitorId).where('expires_at', '<=', at).execute();
}

// Bans ----------------------------------------------------------------------------------------------------------------

export type Ban = { readonly id: string; readonly visitorId: string; readonly network: string | null; readonly name: string; readonly reason: string; readonly personId: string; readonly createdAt: Date; readonly networkUntil: Date; readonly endsAt: Date };

export async function isBanned(tx: Tx, { workspaceId, visitorId }: Visitor, network: string | null, at: Date): Promise<boolean> {
  const { rows } = await sql<{ banned: boolean }>`
    select exists (select from chat_bans where workspace_id = ${workspaceId} and visitor_id = ${visitorId} and ends_at > ${at})
      or (${network}::text is not null and exists (select from chat_bans where workspace_id = ${workspaceId} and network = ${network} and network_until > ${at} and ends_at > ${at})) as banned`.execute(tx);
  return rows[0]!.banned;
}

export async function insertBan(tx: Tx, workspaceId: string, ban: Ban): Promise<void> {
  await tx.insertInto('chat_bans').values({
    workspace_id: workspaceId, id: ban.id, visitor_id: ban.visitorId, network: ban.network, name: ban.name, reason: ban.reason, person_id: ban.personId, created_at: ban.createdAt,
    network_until: ban.networkUntil, ends_at: ban.endsAt,
  }).execute();
}

export const findBan = (tx: Tx, workspaceId: string, id: string): Promise<Pick<Ban, 'personId' | 'visitorId'> | undefined> =>
  tx.selectFrom('chat_bans').select(['person_id as personId', 'visitor_id as visitorId']).where('workspace_id', '=', workspaceId).where('id', '=', id).executeTakeFirst();

/** Newest first, those that are over left out. */
export function banPage(tx: Tx, workspaceId: string, at: Date, limit: number, before: readonly [createdAt: string, id: string] | null): Promise<Ban[]> {
  let query = tx.selectFrom('chat_bans').select(['id', 'visitor_id as visitorId', 'network', 'name', 'reason', 'person_id as personId', 'created_at as createdAt', 'network_until as networkUntil', 'ends_at as endsAt'])
    .where('workspace_id', '=', workspaceId).where('ends_at', '>', at);
  if (before) query = query.where(sql<boolean>`(created_at, id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`);
  return query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

export async function deleteBan(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.deleteFrom('chat_bans').where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

// Files ---------------------------------------------------------------------------------------------------------------

export type Upload = { readonly id: string; readonly sha256: string; readonly size: number; readonly name: string; readonly contentType: string };

export async function insertUpload(tx: Tx, { workspaceId, visitorId }: Visitor, upload: Upload, at: Date): Promise<void> {
  await tx.insertInto('chat_uploads').values({
    workspace_id: workspaceId, id: upload.id, visitor_id: visitorId, sha256: upload.sha256, size: upload.size, name: upload.name, content_type: upload.contentType, created_at: at,
  }).execute();
}

/** Handed out once: they belong to a message from now on. */
export const takeUploads = (tx: Tx, { workspaceId, visitorId }: Visitor, ids: readonly string[]): Promise<Upload[]> =>
  ids.length === 0 ? Promise.resolve([]) : tx.deleteFrom('chat_uploads').where('workspace_id', '=', workspaceId).where('visitor_id', '=', visitorId).where('id', 'in', ids)
    .returning(['id', 'sha256', 'size', 'name', 'content_type as contentType']).execute();

export async function uploadedSince(tx: Tx, { workspaceId, visitorId }: Visitor, since: Date): Promise<{ count: number; bytes: number }> {
  return tx.selectFrom('chat_uploads').select([sql<number>`count(*)`.as('count'), sql<number>`coalesce(sum(size), 0)::bigint`.as('bytes')])
    .where('workspace_id', '=', workspaceId).where('visitor_id', '=', visitorId).where('created_at', '>', since).executeTakeFirstOrThrow();
}

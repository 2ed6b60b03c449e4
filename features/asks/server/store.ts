import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import type { Move } from '../../tickets/core/merging.ts';

export type StoredAsk = { readonly id: string; readonly ticketId: string; readonly askedBy: string; readonly askedId: string; readonly answeredAt: Date | null; readonly closedAt: Date | null };
export type ShownAsk = StoredAsk & { readonly number: number; readonly subject: string; readonly byName: string; readonly askedName: string; readonly snippet: string; readonly createdAt: Date; readonly lastAt: Date };
type Which = { readonly id: string } | { readonly ticketId: string; readonly of: string | null } | { readonly asked: string } | { readonly by: string };

const COLUMNS = ['id', 'ticket_id as ticketId', 'asked_by as askedBy', 'asked_id as askedId', 'answered_at as answeredAt', 'closed_at as closedAt'] as const;
const SNIPPET = 200;

export async function insertAsk(tx: Tx, workspaceId: string, { id, ticketId, askedBy, askedId }: StoredAsk, at: Date): Promise<void> {
  await tx.insertInto('asks').values({ workspace_id: workspaceId, id, ticket_id: ticketId, asked_by: askedBy, asked_id: askedId, created_at: at, last_at: at }).execute();
}

export const lockAsk = (tx: Tx, id: string): Promise<StoredAsk | undefined> => tx.selectFrom('asks').select(COLUMNS).where('id', '=', id).forUpdate().executeTakeFirst();
export const findAsk = (tx: Tx, id: string): Promise<StoredAsk | undefined> => tx.selectFrom('asks').select(COLUMNS).where('id', '=', id).executeTakeFirst();

export async function saveAsk(tx: Tx, { id, answeredAt, closedAt }: StoredAsk, lastAt: Date): Promise<void> {
  await tx.updateTable('asks').set({ answered_at: answeredAt, closed_at: closedAt, last_at: lastAt }).where('id', '=', id).execute();
}

const whereOf = (which: Which) => {
  if ('id' in which) return sql`a.id = ${which.id}`;
  if ('ticketId' in which) return which.of === null ? sql`a.ticket_id = ${which.ticketId}` : sql`a.ticket_id = ${which.ticketId} and ${which.of}::uuid in (a.asked_by, a.asked_id)`;
  return 'asked' in which ? sql`a.closed_at is null and a.asked_id = ${which.asked}` : sql`a.closed_at is null and a.asked_by = ${which.by}`;
};

/** What lies on deleted tickets is not shown. */
export async function shownAsks(tx: Tx, which: Which, limit: number, before: readonly [at: string, id: string] | null): Promise<ShownAsk[]> {
  const { rows } = await sql<ShownAsk>`
    select a.id, a.ticket_id as "ticketId", a.asked_by as "askedBy", a.asked_id as "askedId", a.answered_at as "answeredAt", a.closed_at as "closedAt", a.created_at as "createdAt", a.last_at as "lastAt",
      t.number, t.subject, b.name as "byName", p.name as "askedName",
      (select left(w.text, ${SNIPPET}::integer) from ask_words w where w.ask_id = a.id order by w.at desc, w.id desc limit 1) as snippet
    from asks a join tickets t on t.workspace_id = a.workspace_id and t.id = a.ticket_id and t.phase in ('active', 'done')
    join people b on b.workspace_id = a.workspace_id and b.id = a.asked_by join people p on p.workspace_id = a.workspace_id and p.id = a.asked_id
    where ${whereOf(which)} ${before ? sql`and (a.last_at, a.id) < (${before[0]}::timestamptz, ${before[1]}::uuid)` : sql``}
    order by a.last_at desc, a.id desc limit ${limit}`.execute(tx);
  return rows;
}

const count = async (tx: Tx, where: ReturnType<typeof sql>, most: number): Promise<number> =>
  Number((await sql<{ n: number }>`select count(*) as n from (select 1 from asks a where ${where} limit ${most}) as capped`.execute(tx)).rows[0]!.n);

export const countOnTicket = (tx: Tx, ticketId: string, most: number): Promise<number> => count(tx, sql`a.ticket_id = ${ticketId}`, most);
export const countWaitingFor = (tx: Tx, personId: string, most: number): Promise<number> => count(tx, sql`a.asked_id = ${personId} and a.closed_at is null and a.answered_at is null`, most);
export const countAnsweredTo = (tx: Tx, personId: string, most: number): Promise<number> => count(tx, sql`a.asked_by = ${personId} and a.closed_at is null and a.answered_at is not null`, most);
export const countWords = async (tx: Tx, askId: string): Promise<number> =>
  Number((await tx.selectFrom('ask_words').select(sql<number>`count(*)`.as('n')).where('ask_id', '=', askId).executeTakeFirstOrThrow()).n);

export async function insertWord(tx: Tx, workspaceId: string, one: { id: string; askId: string; authorId: string; text: string; at: Date }): Promise<void> {
  await tx.insertInto('ask_words').values({ workspace_id: workspaceId, id: one.id, ask_id: one.askId, author_id: one.authorId, text: one.text, at: one.at }).execute();
}

export const wordsOf = (tx: Tx, askId: string, limit: number, after: readonly [at: string, id: string] | null, only: string | null = null) =>
  tx.selectFrom('ask_words as w').innerJoin('people as p', (join) => join.onRef('p.workspace_id', '=', 'w.workspace_id').onRef('p.id', '=', 'w.author_id'))
    .select(['w.id', 'w.author_id as authorId', 'p.name', 'w.text', 'w.at']).where('w.ask_id', '=', askId)
    .$if(only !== null, (query) => query.where('w.id', '=', only!))
    .$if(after !== null, (query) => query.where(sql<boolean>`(w.at, w.id) > (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? null}::uuid)`))
    .orderBy('w.at').orderBy('w.id').limit(limit).execute();

export async function moveAlong(tx: Tx, _workspaceId: string, { from, to, mergeId }: Move): Promise<void> {
  await sql`update asks set ticket_id = ${to}, path = path || ${mergeId}::uuid where ticket_id = ${from}`.execute(tx);
}

export async function moveBack(tx: Tx, _workspaceId: string, { from, to, mergeId }: Move): Promise<void> {
  await sql`update asks set ticket_id = ${to}, path = trim_array(path, 1) where ticket_id = ${from} and path[cardinality(path)] = ${mergeId}::uuid`.execute(tx);
}

/** Takes passages out of everything that was asked about these tickets; answers the ids of what holds words. */
export async function strikeWords(tx: Tx, ticketIds: readonly string[], strike: (text: string) => string): Promise<string[]> {
  const rows = await tx.selectFrom('ask_words as w').innerJoin('asks as a', (join) => join.onRef('a.workspace_id', '=', 'w.workspace_id').onRef('a.id', '=', 'w.ask_id'))
    .select(['w.id', 'w.text', 'a.id as askId']).where('a.ticket_id', 'in', ticketIds).execute();
  for (const { id, text } of rows) if (strike(text) !== text) await tx.updateTable('ask_words').set({ text: strike(text) }).where('id', '=', id).execute();
  return [...new Set(rows.flatMap(({ id, askId }) => [id, askId]))];
}

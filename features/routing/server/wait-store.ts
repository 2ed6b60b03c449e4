import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import type { PastWait, Range } from '../core/expected-wait.ts';

export type NewWait = {
  readonly id: string; readonly queueId: string; readonly ticketId: string; readonly since: Date; readonly givenAt: Date; readonly ahead: number; readonly waitedSeconds: number;
  readonly low: number | null; readonly high: number | null; readonly replyLow: number | null; readonly replyHigh: number | null;
};

export async function insertWait(tx: Tx, workspaceId: string, wait: NewWait): Promise<void> {
  await tx.insertInto('queue_waits').values({
    workspace_id: workspaceId, id: wait.id, queue_id: wait.queueId, ticket_id: wait.ticketId, since: wait.since, given_at: wait.givenAt, ahead: wait.ahead, waited_seconds: wait.waitedSeconds,
    low_seconds: wait.low, high_seconds: wait.high, reply_low_seconds: wait.replyLow, reply_high_seconds: wait.replyHigh,
  }).execute();
}

/** The wait that nobody has ended with an answer yet. */
export const unanswered = (tx: Tx, ticketId: string): Promise<{ id: string; queueId: string; since: Date } | undefined> =>
  tx.selectFrom('queue_waits').select(['id', 'queue_id as queueId', 'since']).where('ticket_id', '=', ticketId).where('replied_at', 'is', null).orderBy('given_at', 'desc').limit(1).executeTakeFirst();

export async function saveReplied(tx: Tx, id: string, at: Date, seconds: number): Promise<void> {
  await tx.updateTable('queue_waits').set({ replied_at: at, reply_seconds: seconds }).where('id', '=', id).execute();
}

/** How many of the latest are gone by. */
const LATEST = 200;

export const latestWaits = (tx: Tx, queueId: string): Promise<(PastWait & { low: number | null; high: number | null })[]> =>
  tx.selectFrom('queue_waits').select(['ahead', 'waited_seconds as waitedSeconds', 'low_seconds as low', 'high_seconds as high']).where('queue_id', '=', queueId).orderBy('given_at', 'desc').limit(LATEST).execute();

export const latestReplies = async (tx: Tx, queueId: string): Promise<{ seconds: number; low: number | null; high: number | null }[]> =>
  (await tx.selectFrom('queue_waits').select(['reply_seconds as seconds', 'reply_low_seconds as low', 'reply_high_seconds as high']).where('queue_id', '=', queueId).where('replied_at', 'is not', null).orderBy('replied_at', 'desc').limit(LATEST).execute())
    .map(({ seconds, ...said }) => ({ seconds: seconds ?? 0, ...said }));

/** Waiting tickets of which nobody has said yet how long it will take. */
export const unexpectedIn = (tx: Tx, queueId: string, limit: number): Promise<{ ticketId: string; rankAt: Date; since: Date; number: number }[]> =>
  tx.selectFrom('queue_tickets').select(['ticket_id as ticketId', 'rank_at as rankAt', 'since', 'number']).where('queue_id', '=', queueId).where('state', '=', 'waiting').where('ahead', 'is', null)
    .limit(limit).forUpdate().skipLocked().execute();

export async function saveExpected(tx: Tx, expected: readonly { ticketId: string; ahead: number; low: number | null; high: number | null }[], reply: Range | null): Promise<void> {
  if (expected.length === 0) return;
  await sql`update queue_tickets t set ahead = e.ahead, low_seconds = e.low, high_seconds = e.high, reply_low_seconds = ${reply?.lowSeconds ?? null}, reply_high_seconds = ${reply?.highSeconds ?? null}
    from unnest(${expected.map(({ ticketId }) => ticketId)}::uuid[], ${expected.map(({ ahead }) => ahead)}::bigint[], ${expected.map(({ low }) => low)}::bigint[], ${expected.map(({ high }) => high)}::bigint[]) as e (ticket_id, ahead, low, high)
    where t.ticket_id = e.ticket_id`.execute(tx);
}

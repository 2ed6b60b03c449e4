import { sql } from 'kysely';
import type { Actor } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { LIVE_CHANNELS } from '../../tickets/core/channels.ts';
import { adviceFor, MOST_LOAD, WEEKS_BACK, type StaffingQuery, type StaffingView } from '../core/staffing.ts';
import type { Context } from './context.ts';
import type { createQueues } from './queues.ts';

const HOUR_MS = 3_600_000;
const WEEK_HOURS = 168;

/** How many people the live work of a queue needs, by what came in so far. */
export function createStaffing(context: Context, { required }: Pick<ReturnType<typeof createQueues>, 'required'>) {
  return {
    staffing: (actor: Actor, queueId: string, { perHour, handleSeconds, ...wish }: StaffingQuery): Promise<StaffingView> =>
      context.work(actor, 'reports.read', async (tx) => {
        await required(tx, queueId);
        const measured = await busiestHour(tx, queueId, context.now());
        const [came, at] = [perHour ?? measured?.perHour, measured?.from.toISOString()];
        const advice = came === undefined ? null : adviceFor({ perHour: came, handleSeconds }, wish);
        if (came !== undefined && advice === null) throw new AppError('invalid', 'staffing.too_much', `That keeps more than ${MOST_LOAD} people busy at once: give fewer an hour, or a shorter time for each.`);
        return { measured: measured && at !== undefined ? { from: at, perHour: measured.perHour } : null, advice };
      }),
  };
}

/** The hour of the week in which most live work came to a queue: a week has 168 of them, since the epoch, in every time zone. */
async function busiestHour(tx: Tx, queueId: string, now: Date): Promise<{ from: Date; perHour: number } | null> {
  const since = new Date(now.getTime() - WEEKS_BACK * WEEK_HOURS * HOUR_MS);
  const { rows: [busiest] } = await sql<{ slot: number; tickets: number }>`
    select floor(extract(epoch from w.since) / 3600)::bigint % ${WEEK_HOURS}::bigint as slot, count(distinct w.ticket_id) as tickets
    from queue_waits w join tickets t on t.workspace_id = w.workspace_id and t.id = w.ticket_id
    where w.queue_id = ${queueId} and w.given_at >= ${since} and w.since >= ${since} and t.channel = any(${[...LIVE_CHANNELS]})
    group by 1 order by 2 desc, 1 limit 1`.execute(tx);
  if (!busiest) return null;
  const hour = Math.floor(now.getTime() / HOUR_MS);
  const latest = hour - ((hour - busiest.slot) % WEEK_HOURS + WEEK_HOURS) % WEEK_HOURS;
  return { from: new Date(latest * HOUR_MS), perHour: busiest.tickets / WEEKS_BACK };
}

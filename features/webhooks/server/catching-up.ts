import type { Now } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Json } from '../../../kernel/json.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { LoggedEvent } from '../../../platform/events/events.ts';
import { MOST_MISSED_DAYS } from '../core/contract.ts';
import { HEARD } from '../core/events.ts';
import { isFull } from './delivery-store.ts';
import { latestSeq, saveCatchUp, seqNow, type StoredWebhook } from './store.ts';
import { ASKED, MOST_WAITING, type Telling } from './telling.ts';

const AT_ONCE = 500;
/** Around the moments when it was switched: what is told twice is told once. */
const MARGIN_MS = 60_000;
const DAY_MS = 86_400_000;

/** When it is switched off: from where nothing is told. One that was to be caught up with stays where it was. */
export const offFrom = async (tx: Tx, workspaceId: string, before: StoredWebhook, at: Date): Promise<Pick<StoredWebhook, 'offSeq' | 'offSince' | 'offUntil'>> =>
  ({ offSeq: before.offSeq ?? await seqNow(tx, workspaceId), offSince: before.offSince ?? at, offUntil: null });

type Gap = { readonly seq: number; readonly from: Date; readonly until: Date };

/** What is to be made up for; null: nothing. */
function gapOf({ offSeq, offSince, offUntil }: StoredWebhook): Gap | null {
  if (offSeq === null || offSince === null || offUntil === null) return null;
  return { seq: offSeq, from: new Date(offSince.getTime() - MARGIN_MS), until: new Date(offUntil.getTime() + MARGIN_MS) };
}

/** Tells a webhook that is on again what it was not told, from the log of events. */
export function createCatchingUp({ now, telling }: { now: Now; telling: Telling }) {
  /** One that was off for longer is told what is not older than that. */
  async function bounded(tx: Tx, workspaceId: string, gap: Gap): Promise<Gap> {
    const oldest = new Date(now().getTime() - MOST_MISSED_DAYS * DAY_MS);
    return gap.from >= oldest ? gap : { ...gap, from: oldest, seq: await seqAt(tx, workspaceId, gap.seq, oldest) };
  }

  return async (tx: Tx, workspaceId: string, hook: StoredWebhook): Promise<{ count: number; more: boolean }> => {
    if (hook.disabledAt !== null) throw new AppError('conflict', 'webhook.disabled', 'This webhook is switched off; switch it on first.');
    const missed = gapOf(hook);
    if (!missed) return { count: 0, more: false };
    if (await isFull(tx, workspaceId, hook.id, MOST_WAITING)) throw new AppError('conflict', 'webhook.too_many_waiting', 'Too much waits to be sent already; ask again when it has left.');
    const { seq, from, until } = await bounded(tx, workspaceId, missed);
    const events = await loggedSince(tx, workspaceId, seq);
    let count = 0;
    for (const event of events.filter(({ at }) => at >= from && at <= until)) count += await telling.queue(tx, event, telling.wantedBy([hook], event));
    const last = events.at(-1);
    const more = last !== undefined && events.length === AT_ONCE && last.at <= until;
    await saveCatchUp(tx, workspaceId, hook.id, more ? last.seq : null);
    return { count, more };
  };
}

/** The first event of about this moment, by halves: the log is written in the order of time. */
async function seqAt(tx: Tx, workspaceId: string, after: number, at: Date): Promise<number> {
  let [low, high] = [after, await latestSeq(tx, workspaceId)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const event = await tx.selectFrom('events').select('at').where('workspace_id', '=', workspaceId).where('seq', '>=', middle).orderBy('seq').limit(1).executeTakeFirst();
    if (event && event.at < at) low = middle;
    else high = middle;
  }
  return low;
}

async function loggedSince(tx: Tx, workspaceId: string, seq: number): Promise<LoggedEvent[]> {
  const rows = await tx.selectFrom('events').selectAll().where('workspace_id', '=', workspaceId).where('seq', '>', seq).where('type', 'in', [...HEARD, ASKED]).orderBy('seq').limit(AT_ONCE).execute();
  return rows.map((row) => ({
    workspaceId, seq: row.seq, type: row.type as LoggedEvent['type'], ticketId: row.ticket_id, subjectId: row.subject_id,
    actor: { kind: row.actor_kind, id: row.actor_id }, data: row.data as { [key: string]: Json }, at: row.at,
  }));
}

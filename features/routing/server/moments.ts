import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import { dueRows, isLate, type DueWork } from '../../../platform/jobs/due.ts';
import { LIVE_CHANNELS } from '../../tickets/core/channels.ts';
import { LYING_CHANNELS } from '../core/capacity.ts';
import type { Reason } from '../core/reasons.ts';
import { BY_ROUTING, type Context } from './context.ts';
import type { createOffering } from './offering.ts';
import { findAbsence } from './absence-store.ts';
import { lockPresence, updatePresence } from './presence-store.ts';
import type { createPresence } from './presence.ts';
import type { createSeating } from './seating.ts';
import { BUSY_MS, createStandingIn } from './standing-in.ts';

type Due = { readonly what: 'offer' | 'gone' | 'back' | 'absence' | 'recheck'; readonly workspaceId: string; readonly id: string; readonly at: Date };

/** What time alone makes of people and offers. */
export function createMoments(context: Context, offering: Pick<ReturnType<typeof createOffering>, 'pass' | 'withdrawFrom'>, { backAt }: Pick<ReturnType<typeof createPresence>, 'backAt'>, seating: Pick<ReturnType<typeof createSeating>, 'followTime'>): DueWork {
  const { db, emit, machineNow, log } = context;
  const { moveOn, worksHere, ...standingIn } = createStandingIn(context, offering);

  const because = async (tx: Tx, personId: string, code: 'returned_vanished' | 'returned_offline'): Promise<Reason> =>
    ({ code: await worksHere(tx, personId) ? code : 'returned_left', values: { person: personId } });

  /** The connection is gone for longer than the grace, or they went offline: live work goes back with its waiting time. Mail stays. */
  async function gone(tx: Tx, { workspaceId, id: personId }: Due, now: Date): Promise<void> {
    const presence = await lockPresence(tx, personId);
    const machine = machineNow();
    if (!presence?.goneAt || presence.goneAt > machine) return;
    await offering.withdrawFrom(tx, workspaceId, personId, now);
    const left = await moveOn(tx, workspaceId, { personId, channels: LIVE_CHANNELS, to: null, why: await because(tx, personId, 'returned_vanished'), at: now, late: false });
    const { settings } = await context.settingsIn(tx);
    await updatePresence(tx, personId, {
      gone_at: left > 0 ? new Date(machine.getTime() + BUSY_MS) : null, vanished_at: machine, ...(presence.backAt === null && { back_at: await backAt(tx, workspaceId, settings, now) }),
    });
    await emit(tx, workspaceId, { type: 'presence.changed', subjectId: personId, actor: BY_ROUTING, data: { state: 'offline', because: presence.state === 'offline' ? 'offline' : 'connection_lost' }, at: now });
  }

  /** Offline for so long that customers should not wait for them, or gone for good. */
  async function back(tx: Tx, { workspaceId, id: personId, at }: Due, now: Date): Promise<void> {
    const presence = await lockPresence(tx, personId);
    if (!presence?.backAt || presence.backAt > now) return;
    const why = await because(tx, personId, 'returned_offline');
    const tickets = await moveOn(tx, workspaceId, { personId, channels: LYING_CHANNELS, to: null, why, at: now, late: isLate(at, now) });
    // Whoever has left keeps no promise. Those who come back, do.
    const left = tickets + (why.code === 'returned_left' ? await context.commitments.handOn(tx, workspaceId, personId, now) : 0);
    await updatePresence(tx, personId, { back_at: left > 0 ? new Date(now.getTime() + BUSY_MS) : null });
  }

  async function absent(tx: Tx, { workspaceId, id, at }: Due, now: Date): Promise<void> {
    const absence = await findAbsence(tx, id);
    if (absence?.lookAt && absence.lookAt <= now) await standingIn.look(tx, workspaceId, absence, now, isLate(at, now));
  }

  const HOW = {
    offer: (tx: Tx, { workspaceId, id, at }: Due, now: Date) => offering.pass(tx, workspaceId, id, now, isLate(at, now)),
    gone, back, absence: absent, recheck: (tx: Tx, { workspaceId, id }: Due, now: Date) => seating.followTime(tx, workspaceId, id, now),
  };

  return dueRows<Due>({
    name: 'routing: moments', log, machineNow, idOf: ({ what, id }) => `${what} ${id}`,
    find: async (now, limit) => (await sql<Due>`select what, workspace_id as "workspaceId", id, at from routing_due(${now}, ${machineNow()}, ${limit}::integer)`.execute(db.lookup)).rows,
    handle: (row, now) => db.work(row.workspaceId, (tx) => HOW[row.what](tx, row, now)),
  });
}

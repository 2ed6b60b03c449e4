import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import { dueRows, isLate, type DueWork } from '../../../platform/jobs/due.ts';
import { LIVE_CHANNELS } from '../../tickets/core/channels.ts';
import { LYING_CHANNELS, type Channel } from '../core/capacity.ts';
import type { Reason } from '../core/reasons.ts';
import { BY_ROUTING, type Context } from './context.ts';
import type { createOffering } from './offering.ts';
import { findAbsence, isAbsent, lockPresence, saveLookAt, updatePresence, type StoredAbsence } from './presence-store.ts';
import type { createPresence } from './presence.ts';
import type { createSeating } from './seating.ts';
import { writeLog } from './store.ts';

const AT_ONCE = 50;
const AGAIN_MS = 60_000;
/** Somebody is working on it at this moment; machine time. */
const BUSY_MS = 5_000;

type Due = { readonly what: 'offer' | 'gone' | 'back' | 'absence' | 'recheck'; readonly workspaceId: string; readonly id: string; readonly at: Date };

/** What time alone makes of people and offers. */
export function createMoments(context: Context, offering: Pick<ReturnType<typeof createOffering>, 'pass' | 'withdrawFrom'>, { backAt }: Pick<ReturnType<typeof createPresence>, 'backAt'>, seating: Pick<ReturnType<typeof createSeating>, 'followTime'>): DueWork {
  const { db, tickets, people, calendars, emit, machineNow, log } = context;

  /** Open work of these channels goes to somebody, or back to nobody; how many there may still be. */
  async function moveOn(tx: Tx, workspaceId: string, { personId, channels, to, why, at, late }: { personId: string; channels: readonly Channel[]; to: string | null; why: Reason; at: Date; late: boolean }): Promise<number> {
    const ids = await tickets.openOf(tx, personId, channels, AT_ONCE);
    const free = (await tickets.lockFree(tx, ids)).filter(({ assigneeId }) => assigneeId === personId);
    for (const ticket of free) {
      await tickets.handOver(tx, workspaceId, ticket, to, BY_ROUTING, at);
      await writeLog(tx, workspaceId, [{ id: newId(), ticketId: ticket.id, queueId: null, personId: to, at, late, why: [why] }]);
      await emit(tx, workspaceId, { type: to === null ? 'routing.returned' : 'routing.deputised', ticketId: ticket.id, subjectId: to ?? personId, actor: BY_ROUTING, data: { personId: to, fromId: personId, late }, at });
    }
    return ids.length < AT_ONCE ? ids.length - free.length : ids.length;
  }

  /** The connection is gone for longer than the grace, or they went offline: live work goes back with its waiting time. Mail stays. */
  async function gone(tx: Tx, { workspaceId, id: personId }: Due, now: Date): Promise<void> {
    const presence = await lockPresence(tx, personId);
    const machine = machineNow();
    if (!presence?.goneAt || presence.goneAt > machine) return;
    await offering.withdrawFrom(tx, workspaceId, personId, now);
    const left = await moveOn(tx, workspaceId, { personId, channels: LIVE_CHANNELS, to: null, why: { code: 'returned_vanished', values: { person: personId } }, at: now, late: false });
    const { settings } = await context.settingsIn(tx);
    await updatePresence(tx, personId, {
      gone_at: left > 0 ? new Date(machine.getTime() + BUSY_MS) : null, vanished_at: machine, ...(presence.backAt === null && { back_at: await backAt(tx, workspaceId, settings, now) }),
    });
    await emit(tx, workspaceId, { type: 'presence.changed', subjectId: personId, actor: BY_ROUTING, data: { state: 'offline', because: presence.state === 'offline' ? 'offline' : 'connection_lost' }, at: now });
  }

  /** Offline for so long that customers should not wait for them. */
  async function back(tx: Tx, { workspaceId, id: personId, at }: Due, now: Date): Promise<void> {
    const presence = await lockPresence(tx, personId);
    if (!presence?.backAt || presence.backAt > now) return;
    const left = await moveOn(tx, workspaceId, { personId, channels: LYING_CHANNELS, to: null, why: { code: 'returned_offline', values: { person: personId } }, at: now, late: isLate(at, now) });
    await updatePresence(tx, personId, { back_at: left > 0 ? new Date(now.getTime() + BUSY_MS) : null });
  }

  async function absent(tx: Tx, { workspaceId, id, at }: Due, now: Date): Promise<void> {
    const absence = await findAbsence(tx, id);
    if (!absence?.lookAt || absence.lookAt > now) return;
    if (absence.to <= now) return saveLookAt(tx, id, null);
    const { personId } = absence;
    const late = isLate(at, now) && at.getTime() === absence.from.getTime();
    const where = await whereTo(tx, workspaceId, absence, now);
    if (where) await moveOn(tx, workspaceId, { personId, channels: LYING_CHANNELS, ...where, at: now, late });
    await saveLookAt(tx, id, new Date(Math.min(now.getTime() + AGAIN_MS, absence.to.getTime())));
  }

  /** Where the open mail of somebody absent belongs; null: it stays. Whoever came back and said so keeps theirs. */
  async function whereTo(tx: Tx, workspaceId: string, absence: StoredAbsence, now: Date): Promise<{ to: string | null; why: Reason } | null> {
    const presence = await lockPresence(tx, absence.personId);
    if (presence !== undefined && presence.since > absence.from && presence.state !== 'offline') return null;
    const to = await deputyOf(tx, absence, now);
    if (to !== null) return { to, why: { code: 'deputy', values: { person: absence.personId } } };
    return await goesBack(tx, workspaceId, absence, now) ? { to, why: { code: 'returned_absent', values: { person: absence.personId } } } : null;
  }

  /** Somebody who is there themself. */
  async function deputyOf(tx: Tx, { deputyId }: StoredAbsence, now: Date): Promise<string | null> {
    if (deputyId === null) return null;
    const deputy = (await people.peopleByIds(tx, [deputyId])).get(deputyId);
    return deputy && deputy.deactivatedAt === null && !await isAbsent(tx, deputyId, now) ? deputyId : null;
  }

  async function goesBack(tx: Tx, workspaceId: string, absence: StoredAbsence, now: Date): Promise<boolean> {
    const { settings } = await context.settingsIn(tx);
    if (settings.absentBackSeconds === null) return false;
    const due = (await calendars.timeFor(tx, workspaceId, null)).add(absence.from, settings.absentBackSeconds)?.due;
    return due !== undefined && due <= now;
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

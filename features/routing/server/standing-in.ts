import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import { LIVE_CHANNELS } from '../../tickets/core/channels.ts';
import { LYING_CHANNELS, type Channel } from '../core/capacity.ts';
import type { Reason } from '../core/reasons.ts';
import { deleteStandIns, isAway, saveLookAt, saveStandIns, standInsOf, type StoredAbsence } from './absence-store.ts';
import { BY_ROUTING, type Context } from './context.ts';
import type { createOffering } from './offering.ts';
import { lockPresence } from './presence-store.ts';
import { rememberTickets } from './return-store.ts';
import { writeLog } from './store.ts';

const AT_ONCE = 50;
const AGAIN_MS = 60_000;
/** Somebody is working on it at this moment. */
export const BUSY_MS = 5_000;

type Move = { readonly personId: string; readonly channels: readonly Channel[]; readonly to: string | null; readonly why: Reason; readonly at: Date; readonly late: boolean; readonly absenceId?: string; /** Only what woke since then. */ readonly wokenSince?: Date | undefined };

const isSudden = ({ from, createdAt }: StoredAbsence): boolean => from.getTime() <= createdAt.getTime();

const backFrom = ({ personId, deputyId }: StoredAbsence, at: Date, late: boolean): Move =>
  ({ personId, channels: LYING_CHANNELS, to: null, why: { code: deputyId === null ? 'returned_absent' : 'returned_away', values: { person: personId } }, at, late });

/** What becomes of somebody's work while they are not there, and when they are back. */
export function createStandingIn(context: Context, { withdrawFrom }: Pick<ReturnType<typeof createOffering>, 'withdrawFrom'>) {
  const { tickets, people, calendars, commitments, emit } = context;

  /** Open work of these channels goes to somebody, or back to nobody; how many there may still be. */
  async function moveOn(tx: Tx, workspaceId: string, { personId, channels, to, why, at, late, absenceId, wokenSince }: Move): Promise<number> {
    const ids = await tickets.openOf(tx, personId, { channels, wokenSince, limit: AT_ONCE });
    const free = (await tickets.lockFree(tx, ids)).filter(({ assigneeId }) => assigneeId === personId);
    for (const ticket of free) {
      await tickets.handOver(tx, workspaceId, ticket, to, BY_ROUTING, at);
      await writeLog(tx, workspaceId, [{ id: newId(), ticketId: ticket.id, queueId: null, personId: to, at, late, why: [why] }]);
      await emit(tx, workspaceId, { type: to === null ? 'routing.returned' : 'routing.deputised', ticketId: ticket.id, subjectId: to ?? personId, actor: BY_ROUTING, data: { personId: to, fromId: personId, late }, at });
    }
    if (to !== null && absenceId !== undefined) await saveStandIns(tx, workspaceId, free.map(({ id }) => id), { absenceId, from: personId, deputyId: to, at });
    return ids.length < AT_ONCE ? ids.length - free.length : ids.length;
  }

  /** They are absent: what they were asked goes to others, promises that fall due meanwhile to the deputy, and mail to whom it was said; how much may be left. */
  async function goes(tx: Tx, workspaceId: string, absence: StoredAbsence, now: Date, late: boolean): Promise<number> {
    const { personId, to: until } = absence;
    await withdrawFrom(tx, workspaceId, personId, now);
    const deputyId = await deputyOf(tx, absence, now);
    // Whoever planned to go ends their calls and chats before; whoever is away from now on cannot.
    const live = isSudden(absence) ? await moveOn(tx, workspaceId, { ...backFrom(absence, now, late), channels: LIVE_CHANNELS }) : 0;
    if (deputyId !== null) await commitments.handOver(tx, workspaceId, { from: personId, to: deputyId, dueBefore: until }, now);
    return live + await mailGoes(tx, workspaceId, absence, { deputyId, now, late });
  }

  type Going = { readonly deputyId: string | null; readonly now: Date; readonly late: boolean };
  async function mailGoes(tx: Tx, workspaceId: string, absence: StoredAbsence, { deputyId, now, late }: Going): Promise<number> {
    const { id, personId, work, from } = absence;
    const toDeputy = (wokenSince?: Date): Promise<number> => (deputyId === null ? Promise.resolve(0)
      : moveOn(tx, workspaceId, { personId, channels: LYING_CHANNELS, to: deputyId, why: { code: 'deputy', values: { person: personId } }, at: now, late, absenceId: id, wokenSince }));
    // What was set aside was set aside for a reason: whoever stands in looks at it when it wakes.
    if (work === 'stays') return toDeputy(from);
    if (work === 'team') return await toDeputy(from) + await moveOn(tx, workspaceId, backFrom(absence, now, late));
    if (deputyId !== null) return toDeputy();
    return await goesBack(tx, workspaceId, absence, now) ? moveOn(tx, workspaceId, backFrom(absence, now, late)) : 0;
  }

  /** They are back: what the deputy has for them still is theirs again. How much is left because somebody is working on it. */
  async function comesBack(tx: Tx, workspaceId: string, { id, personId }: StoredAbsence, now: Date): Promise<number> {
    const standIns = await standInsOf(tx, id, AT_ONCE);
    const isHere = await worksHere(tx, personId);
    const free = await tickets.lockFree(tx, standIns.map(({ ticketId }) => ticketId));
    const deputies = new Map(standIns.map(({ ticketId, deputyId }) => [ticketId, deputyId]));
    for (const ticket of free) {
      const deputyId = deputies.get(ticket.id)!;
      // Given on by hand, or done: so it stays.
      if (!isHere || ticket.assigneeId !== deputyId || ticket.status === 'resolved' || ticket.status === 'closed' || ticket.deletedAt !== null || ticket.mergedInto !== null) continue;
      await tickets.handOver(tx, workspaceId, ticket, personId, BY_ROUTING, now);
      await writeLog(tx, workspaceId, [{ id: newId(), ticketId: ticket.id, queueId: null, personId, at: now, why: [{ code: 'deputy_back', values: { person: deputyId } }] }]);
      await emit(tx, workspaceId, { type: 'routing.handed_back', ticketId: ticket.id, subjectId: personId, actor: BY_ROUTING, data: { personId, fromId: deputyId }, at: now });
    }
    await deleteStandIns(tx, free.map(({ id: ticketId }) => ticketId));
    const promises = isHere ? await commitments.handBack(tx, workspaceId, personId, now) : 0;
    return (standIns.length < AT_ONCE ? standIns.length - free.length : standIns.length) + promises;
  }

  /** Whoever came back and said so is back. */
  async function isBack(tx: Tx, { personId, from }: StoredAbsence): Promise<boolean> {
    const presence = await lockPresence(tx, personId);
    return presence !== undefined && presence.since > from && presence.state !== 'offline';
  }

  async function worksHere(tx: Tx, personId: string): Promise<boolean> {
    const person = (await people.peopleByIds(tx, [personId])).get(personId);
    return person !== undefined && person.deactivatedAt === null;
  }

  /** Somebody who is there themself. */
  const deputyOf = async (tx: Tx, { deputyId }: StoredAbsence, now: Date): Promise<string | null> =>
    (deputyId !== null && await worksHere(tx, deputyId) && !await isAway(tx, deputyId, now) ? deputyId : null);

  async function goesBack(tx: Tx, workspaceId: string, absence: StoredAbsence, now: Date): Promise<boolean> {
    const { settings } = await context.settingsIn(tx);
    if (settings.absentBackSeconds === null) return false;
    const due = (await calendars.timeFor(tx, workspaceId, null)).add(absence.from, settings.absentBackSeconds)?.due;
    return due !== undefined && due <= now;
  }

  return {
    moveOn, worksHere,

    /** Once a minute while it lasts, since work goes on coming; and at its end until all is where it belongs. */
    async look(tx: Tx, workspaceId: string, absence: StoredAbsence, now: Date, late: boolean): Promise<void> {
      const isOver = absence.to <= now;
      const isHere = isOver || await isBack(tx, absence);
      const begins = absence.lookAt?.getTime() === absence.from.getTime();
      if (begins) await rememberTickets(tx, workspaceId, absence.id, absence.personId);
      const left = isHere ? await comesBack(tx, workspaceId, absence, now) : await goes(tx, workspaceId, absence, now, late && begins);
      if (isOver) return saveLookAt(tx, absence.id, left > 0 ? new Date(now.getTime() + BUSY_MS) : null);
      return saveLookAt(tx, absence.id, new Date(Math.min(now.getTime() + (left > 0 ? BUSY_MS : AGAIN_MS), absence.to.getTime())));
    },
  };
}

import type { Actor, Now } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import { refusing } from '../../../platform/db/refusals.ts';
import type { Emit } from '../../../platform/events/events.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import { demand, type Permission } from '../../people/core/permissions.ts';
import type { Workspaces } from '../../workspaces/server/workspaces.ts';
import type { CalendarCreate, CalendarPatch, CalendarView, DueRequest, DueView, MeasurementRequest, MeasurementView, OpeningView } from '../core/contract.ts';
import { HORIZON_MS, HORIZON_YEARS, MOST_INTERVALS, workingTime, type Interval, type WorkingTime } from '../core/working-time.ts';
import { aroundTheClock } from '../core/week.ts';
import {
  calendarPage, clearDefault, countCalendars, defaultCalendar, deleteCalendar, findCalendar, insertCalendar, lockCalendars, saveCalendar, type StoredCalendar,
} from './store.ts';

export type Calendars = ReturnType<typeof createCalendars>;

const MAX_CALENDARS = 100;
const STILL_REFERRED_TO = '23503';
const REFUSALS = {
  calendars_name: () => new AppError('conflict', 'calendar.name_taken', 'There is a calendar of this name; choose another one.'),
  [STILL_REFERRED_TO]: () => new AppError('conflict', 'calendar.in_use', 'Promises to customers are counted by this calendar; give them another one first.'),
};

/** The front door of the calendars room: when work is done, and how much of it lies between two moments. Tells `calendar.created`, `.changed` and `.removed`. */
export function createCalendars({ db, now, emit, workspaces }: { db: Database; now: Now; emit: Emit; workspaces: Pick<Workspaces, 'get'> }) {
  const work = <T>(actor: Actor, permission: Permission, act: (tx: Tx) => Promise<T>): Promise<T> => {
    demand(actor, permission);
    return db.work(actor.workspaceId, act);
  };
  const manage = <T>(actor: Actor, act: (tx: Tx) => Promise<T>): Promise<T> =>
    refusing(work(actor, 'calendars.manage', async (tx) => {
      await lockCalendars(tx, actor.workspaceId);
      return act(tx);
    }), REFUSALS);

  async function required(tx: Tx, workspaceId: string, id: string): Promise<StoredCalendar> {
    const calendar = await findCalendar(tx, workspaceId, id);
    if (!calendar) throw new AppError('not_found', 'calendar.not_found', 'There is no such calendar.');
    return calendar;
  }

  const announce = (tx: Tx, actor: Actor, what: 'created' | 'changed' | 'removed', { id, version }: Pick<StoredCalendar, 'id' | 'version'>): Promise<void> =>
    emit(tx, actor.workspaceId, { type: `calendar.${what}`, subjectId: id, actor: { kind: 'person', id: actor.id }, data: { version }, at: now() });

  const timeOf = (actor: Actor, id: string): Promise<WorkingTime> =>
    work(actor, 'calendars.list', async (tx) => workingTime(await required(tx, actor.workspaceId, id)));

  return {
    list: (actor: Actor, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<CalendarView>> =>
      work(actor, 'calendars.list', async (tx) => {
        const rows = await calendarPage(tx, actor.workspaceId, limit + 1, cursor === undefined ? null : decodeCursor(cursor, ['string', 'id']));
        return pageOfRows(rows, limit, (row) => [row.nameKey, row.id], present);
      }),

    get: (actor: Actor, id: string): Promise<CalendarView> =>
      work(actor, 'calendars.list', async (tx) => present(await required(tx, actor.workspaceId, id))),

    create: (actor: Actor, { name, timeZone, week, holidays, closures, isDefault }: CalendarCreate): Promise<CalendarView> =>
      manage(actor, async (tx) => {
        const count = await countCalendars(tx, actor.workspaceId);
        if (count >= MAX_CALENDARS) throw new AppError('conflict', 'calendar.too_many', `There can be ${MAX_CALENDARS} calendars; remove one first.`);
        const at = now();
        const calendar: StoredCalendar = { id: newId(), name, timeZone, week, holidays, closures, isDefault: isDefault === true || count === 0, version: 1, createdAt: at, updatedAt: at };
        if (calendar.isDefault) await clearDefault(tx, actor.workspaceId);
        await insertCalendar(tx, actor.workspaceId, calendar);
        await announce(tx, actor, 'created', calendar);
        return present(calendar);
      }),

    change: (actor: Actor, id: string, { version, ...patch }: CalendarPatch): Promise<CalendarView> =>
      manage(actor, async (tx) => {
        const before = await required(tx, actor.workspaceId, id);
        if (version !== undefined && version !== before.version) {
          throw new AppError('conflict', 'calendar.changed_meanwhile', 'Somebody changed this calendar since it was read; read it again.', { version: before.version });
        }
        const calendar: StoredCalendar = {
          ...before, name: patch.name ?? before.name, timeZone: patch.timeZone ?? before.timeZone, week: patch.week ?? before.week,
          holidays: patch.holidays ?? before.holidays, closures: patch.closures ?? before.closures, isDefault: patch.isDefault ?? before.isDefault,
          version: before.version + 1, updatedAt: now(),
        };
        if (patch.isDefault) await clearDefault(tx, actor.workspaceId);
        await saveCalendar(tx, actor.workspaceId, calendar);
        await announce(tx, actor, 'changed', calendar);
        return present(calendar);
      }),

    remove: (actor: Actor, id: string): Promise<void> =>
      manage(actor, async (tx) => {
        const calendar = await required(tx, actor.workspaceId, id);
        if (calendar.isDefault) throw new AppError('conflict', 'calendar.is_default', 'This is the default calendar of the workspace; make another one the default first.');
        await deleteCalendar(tx, actor.workspaceId, id);
        await announce(tx, actor, 'removed', calendar);
      }),

    async due(actor: Actor, id: string, { from, seconds }: DueRequest): Promise<DueView> {
      const found = (await timeOf(actor, id)).add(new Date(from), seconds);
      if (!found) throw new AppError('invalid', 'calendar.too_far', `That is too far away: this calendar does not hold so much working time in ${HORIZON_YEARS} years, or in ${MOST_INTERVALS} intervals.`, { seconds });
      return { due: found.due.toISOString(), explanation: found.counted.map(toView) };
    },

    async measure(actor: Actor, id: string, { from, to }: MeasurementRequest): Promise<MeasurementView> {
      const [begins, ends] = [new Date(from), new Date(to)];
      const tooLong = () => new AppError('invalid', 'calendar.too_long', `Measure a shorter time: ${HORIZON_YEARS} years or ${MOST_INTERVALS} intervals at most.`);
      if (ends.getTime() - begins.getTime() > HORIZON_MS) throw tooLong();
      const { seconds, counted } = (await timeOf(actor, id)).between(begins, ends);
      if (counted.length > MOST_INTERVALS) throw tooLong();
      return { seconds, explanation: counted.map(toView) };
    },

    async opening(actor: Actor, id: string, at: string | undefined): Promise<OpeningView> {
      const time = await timeOf(actor, id);
      const moment = at === undefined ? now() : new Date(at);
      return { isOpen: time.isOpen(moment), opensAt: time.nextOpening(moment)?.toISOString() ?? null };
    },

    /** For rooms above, inside their transaction: the time of a calendar, of the workspace's default for null, of every hour where there is none. */
    async timeFor(tx: Tx, workspaceId: string, id: string | null): Promise<WorkingTime> {
      if (id !== null) return workingTime(await required(tx, workspaceId, id));
      const usual = await defaultCalendar(tx, workspaceId);
      return workingTime(usual ?? { timeZone: (await workspaces.get(workspaceId)).timeZone, week: aroundTheClock, holidays: [], closures: [] });
    },

    /** For rooms above: what the calendar of an id, or the default for null, is called; null where there is none. */
    async named(tx: Tx, workspaceId: string, id: string | null): Promise<{ name: string; timeZone: string } | null> {
      const calendar = id === null ? await defaultCalendar(tx, workspaceId) : await findCalendar(tx, workspaceId, id);
      return calendar ? { name: calendar.name, timeZone: calendar.timeZone } : null;
    },

    /** For rooms above: the calendar is one of the workspace's, or `calendar.not_found`. Their tables refer to it, so that it stays while it is used. */
    async require(tx: Tx, workspaceId: string, id: string): Promise<void> {
      await required(tx, workspaceId, id);
    },
  };
}

const toView = ({ from, to }: Interval) => ({ from: from.toISOString(), to: to.toISOString() });

const present = ({ id, name, timeZone, week, holidays, closures, isDefault, version, createdAt, updatedAt }: StoredCalendar): CalendarView => ({
  id, name, timeZone, week: week as CalendarView['week'], holidays: holidays as CalendarView['holidays'], closures: closures as CalendarView['closures'],
  isDefault, version, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString(),
});

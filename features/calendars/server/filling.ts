import type { Now } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { Emit } from '../../../platform/events/events.ts';
import { dueRows } from '../../../platform/jobs/due.ts';
import { refilled, yearsToHold, type Observed, type PublicDay } from '../core/days.ts';
import { calendarsToFill, daysOf, deleteDays, deletePublicDays, insertDays } from './days-store.ts';
import { EDITION, type PublicDays } from './public-days.ts';
import { findCalendar, lockCalendars, saveCalendar, type StoredCalendar } from './store.ts';

type Deps = { db: Database; now: Now; machineNow: Now; emit: Emit; log: Log; publicDays: Pick<PublicDays, 'knows' | 'of'> };
export type Filled = { readonly days: readonly PublicDay[]; readonly until: number };

/** Brings the public days of countries, and more of them as the years go by. */
export function createFilling({ db, now, machineNow, emit, log, publicDays }: Deps) {
  const held = ({ observes, publicUntil, publicEdition }: StoredCalendar, until: number): boolean => observes === null || ((publicUntil ?? 0) >= until && publicEdition === EDITION);

  async function read(observed: Observed): Promise<Filled> {
    const years = yearsToHold(now());
    return { days: await publicDays.of(observed, years), until: years.until };
  }

  /** Of an open calendar: those of the data, except where people here have changed them. */
  async function refill(workspaceId: string, id: string): Promise<void> {
    const before = await db.work(workspaceId, (tx) => findCalendar(tx, workspaceId, id));
    const { until } = yearsToHold(now());
    if (!before?.observes || held(before, until)) return;
    // What the data does not know any more stays as it is kept.
    const filled = await publicDays.knows(before.observes) ? await read(before.observes) : null;
    await db.work(workspaceId, async (tx) => {
      await lockCalendars(tx, workspaceId);
      const calendar = await findCalendar(tx, workspaceId, id);
      // Somebody chose another country meanwhile, or another process was here.
      if (!calendar || calendar.version !== before.version) return;
      if (filled) {
        const { gone, fresh } = refilled(await daysOf(tx, workspaceId, id), filled.days, now().getUTCFullYear(), newId);
        await deleteDays(tx, workspaceId, id, gone.map((day) => day.id));
        await insertDays(tx, workspaceId, id, fresh, null);
      }
      const after = { ...calendar, publicUntil: until, publicEdition: EDITION, version: calendar.version + 1 };
      await saveCalendar(tx, workspaceId, after);
      await emit(tx, workspaceId, { type: 'calendar.changed', subjectId: id, actor: { kind: 'system', id: null }, data: { version: after.version }, at: now() });
    });
  }

  return {
    /** Read before the unit of work begins: it takes a while. */
    async readFor(observed: Observed | null | undefined): Promise<Filled | null> {
      if (!observed) return null;
      if (!await publicDays.knows(observed)) throw new AppError('invalid', 'calendar.no_such_country', 'The public holidays of that country, state or region are not known; choose one of GET /calendar-countries.');
      return read(observed);
    },

    /** Instead of those that were there. */
    async put(tx: Tx, workspaceId: string, calendarId: string, filled: Filled | null): Promise<void> {
      await deletePublicDays(tx, workspaceId, calendarId);
      await insertDays(tx, workspaceId, calendarId, refilled([], filled?.days ?? [], 0, newId).fresh, null);
    },

    due: dueRows<{ workspaceId: string; id: string }>({
      name: 'public holidays', log, machineNow, idOf: ({ id }) => id,
      find: (at, limit) => calendarsToFill(db.owner, yearsToHold(at).until, EDITION, limit),
      handle: ({ workspaceId, id }) => refill(workspaceId, id),
    }),
  };
}

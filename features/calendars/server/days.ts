import type { Actor, Now } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Language } from '../../../kernel/languages.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import { LIMITS, type DayCreate, type DayPatch, type DayView } from '../core/contract.ts';
import { asInTheData, hasChanged, nameOf, type Day } from '../core/days.ts';
import { countOwnDays, daysIn, deleteDays, findDay, insertDays, saveDay, type StoredDay } from './days-store.ts';

type Deps = {
  now: Now; languageOf(tx: Tx, actor: Actor): Promise<Language>;
  /** Reads within a workspace, of a calendar that is there. */
  reading<T>(actor: Actor, calendarId: string, act: (tx: Tx) => Promise<T>): Promise<T>;
  /** The same for whoever may change it; afterwards the calendar has changed. */
  changing<T>(actor: Actor, calendarId: string, act: (tx: Tx) => Promise<T>): Promise<T>;
};

/** The days of a calendar on which the week does not hold. */
export function createDays({ now, languageOf, reading, changing }: Deps) {
  async function required(tx: Tx, workspaceId: string, calendarId: string, id: string): Promise<StoredDay> {
    const day = await findDay(tx, workspaceId, calendarId, id);
    if (!day) throw new AppError('not_found', 'calendar.day_not_found', 'There is no such day.');
    return day;
  }

  return {
    list: (actor: Actor, calendarId: string, year: number): Promise<{ items: DayView[] }> => reading(actor, calendarId, async (tx) => {
      const language = await languageOf(tx, actor);
      return { items: (await daysIn(tx, actor.workspaceId, calendarId, year)).map((day) => dayView(day, language)) };
    }),

    add: (actor: Actor, calendarId: string, { date, name, hours, closedFrom }: DayCreate): Promise<DayView> => changing(actor, calendarId, async (tx) => {
      if (await countOwnDays(tx, actor.workspaceId, calendarId) >= LIMITS.holidays) throw new AppError('conflict', 'calendar.too_many_days', `A calendar has ${LIMITS.holidays} days of its own at most; remove old ones first.`);
      const day = ownDay({ date, name, hours, closedFrom });
      await insertDays(tx, actor.workspaceId, calendarId, [day], null);
      return dayView(day, 'en');
    }),

    change: (actor: Actor, calendarId: string, id: string, patch: DayPatch): Promise<DayView> => changing(actor, calendarId, async (tx) => {
      const before = await required(tx, actor.workspaceId, calendarId, id);
      const after = 'restored' in patch ? restored(before) : { ...patched(before, patch), changedAt: now(), removed: false };
      await saveDay(tx, actor.workspaceId, calendarId, after, 'restored' in patch ? null : actor.id);
      return dayView(after, await languageOf(tx, actor));
    }),

    remove: (actor: Actor, calendarId: string, id: string): Promise<void> => changing(actor, calendarId, async (tx) => {
      const day = await required(tx, actor.workspaceId, calendarId, id);
      if (day.source === null) await deleteDays(tx, actor.workspaceId, calendarId, [id]);
      else await saveDay(tx, actor.workspaceId, calendarId, { ...restored(day), removed: true, changedAt: now() }, actor.id);
    }),
  };
}

export const ownDay = ({ date, name, hours, closedFrom }: DayCreate): Day =>
  ({ id: newId(), date, name, names: null, hours: hours ?? null, closedFrom: closedFrom ?? null, source: null, removed: false, changedAt: null });

function restored(day: Day): Day {
  if (day.source === null) throw new AppError('conflict', 'calendar.day_own', 'This day is of your own; there is nothing that it could be restored to.');
  return asInTheData({ ...day, source: day.source });
}

/** Hours of its own and closing early exclude each other: what is given takes the other away. */
function patched(day: Day, { date, name, hours, closedFrom }: Exclude<DayPatch, { restored: true }>): Day {
  return {
    ...day, date: date ?? day.date, name: name ?? day.name,
    hours: hours === undefined ? (closedFrom ? null : day.hours) : hours,
    closedFrom: closedFrom === undefined ? (hours ? null : day.closedFrom) : closedFrom,
  };
}

const dayView = (day: Day, language: Language): DayView => ({
  id: day.id, date: day.date, name: nameOf(day, language), hours: day.hours as DayView['hours'], closedFrom: day.closedFrom,
  publicDay: day.source && { date: day.source.date, name: nameOf({ name: null, names: day.names }, language), closedFrom: day.source.from },
  changed: hasChanged(day), removed: day.removed,
});

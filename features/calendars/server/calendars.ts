import type { Actor, Now } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import { keepIn } from '../../../kernel/bounded.ts';
import { isLanguage, type Language } from '../../../kernel/languages.ts';
import type { Log } from '../../../kernel/log.ts';
import { afterCommit, type Database, type Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import { refusing } from '../../../platform/db/refusals.ts';
import type { DueWork } from '../../../platform/jobs/due.ts';
import type { Emit } from '../../../platform/events/events.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import type { People } from '../../people/server/people.ts';
import { demand, type Permission } from '../../people/core/permissions.ts';
import type { Workspaces } from '../../workspaces/server/workspaces.ts';
import type { CalendarCreate, CalendarPatch, CalendarView, Countries, DueRequest, DueView, MeasurementRequest, MeasurementView, OpeningView } from '../core/contract.ts';
import { daysThatCount } from '../core/days.ts';
import type { Subject } from '../core/places.ts';
import { HORIZON_MS, HORIZON_YEARS, MOST_INTERVALS, workingTime, type Holiday, type Interval, type WorkingTime } from '../core/working-time.ts';
import { aroundTheClock, type Week } from '../core/week.ts';
import { createDays, ownDay } from './days.ts';
import { daysOf, daysShown, deleteOwnDays, insertDays, type StoredDay } from './days-store.ts';
import { createFilling } from './filling.ts';
import { createPlaces } from './places.ts';
import { createPublicDays, EDITION } from './public-days.ts';
import {
  calendarPage, clearDefault, countCalendars, defaultCalendar, deleteCalendar, findCalendar, insertCalendar, lockCalendars, saveCalendar, versionOf, type StoredCalendar,
} from './store.ts';

export type Calendars = ReturnType<typeof createCalendars>;

/** What customers may know of a calendar: its hours, and neither its name nor why it is closed for once. */
export type PublicHours = { readonly timeZone: string; readonly week: Week; readonly days: readonly Holiday[]; readonly closures: readonly { readonly from: string; readonly to: string }[] };

const PUBLIC_AHEAD = 42;
const MAX_CALENDARS = 100;
const MOST_KEPT = 500;
const [DAY_MS, SHOWN_BEFORE, SHOWN_AFTER] = [86_400_000, 7, 400];
const STILL_REFERRED_TO = '23503';
const REFUSALS = {
  calendars_name: () => new AppError('conflict', 'calendar.name_taken', 'There is a calendar of this name; choose another one.'),
  calendar_days_own: () => new AppError('conflict', 'calendar.day_twice', 'That date stands in the calendar already; change that day instead.'),
  calendar_place_members_widget: () => new AppError('not_found', 'chat.widget_not_found', 'There is no such chat.'),
  calendar_place_members_mailbox: () => new AppError('not_found', 'mailbox.not_found', 'There is no such mailbox.'),
  [STILL_REFERRED_TO]: () => new AppError('conflict', 'calendar.in_use', 'Promises to customers are counted by this calendar; give them another one first.'),
};

/** The front door of the calendars room: when work is done, and how much of it lies between two moments. Tells `calendar.created`, `.changed`, `.removed` and `.places_changed`. */
export function createCalendars({ db, now, machineNow, emit, log, workspaces, people }: {
  db: Database; now: Now; machineNow: Now; emit: Emit; log: Log; workspaces: Pick<Workspaces, 'get' | 'isCommonHost'>; people: Pick<People, 'peopleByIds' | 'requireTeams'>;
}) {
  const publicDays = createPublicDays();
  const filling = createFilling({ db, now, machineNow, emit, log, publicDays });
  const kept = new Map<string, WorkingTime>();
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

  async function languageOf(tx: Tx, actor: Actor): Promise<Language> {
    const language = (await people.peopleByIds(tx, [actor.id])).get(actor.id)?.language ?? 'en';
    return isLanguage(language) ? language : 'en';
  }

  /** Kept by version: what this unit of work has written itself is kept after it. */
  async function timeOf(tx: Tx, workspaceId: string, id: string | null): Promise<WorkingTime> {
    const found = await versionOf(tx, workspaceId, id);
    if (!found && id !== null) throw new AppError('not_found', 'calendar.not_found', 'There is no such calendar.');
    if (!found) return workingTime({ timeZone: (await workspaces.get(workspaceId)).timeZone, week: aroundTheClock, holidays: [], closures: [] });
    const key = `${found.id} ${found.version}`;
    const known = kept.get(key);
    if (known) return known;
    const calendar = await required(tx, workspaceId, found.id);
    const time = workingTime({ ...calendar, holidays: daysThatCount(await daysOf(tx, workspaceId, found.id), 'en') });
    afterCommit(() => { keepIn(kept, key, time, MOST_KEPT); });
    return time;
  }

  const timeShown = (actor: Actor, id: string): Promise<WorkingTime> => work(actor, 'calendars.list', (tx) => timeOf(tx, actor.workspaceId, id));

  async function shown(tx: Tx, actor: Actor, calendars: readonly StoredCalendar[]): Promise<Map<string, CalendarView>> {
    const language = await languageOf(tx, actor);
    const at = now().getTime();
    const dateIn = (days: number): string => new Date(at + days * DAY_MS).toISOString().slice(0, 10);
    const days = await daysShown(tx, actor.workspaceId, calendars.map(({ id }) => id), dateIn(-SHOWN_BEFORE), dateIn(SHOWN_AFTER));
    const byCalendar = Map.groupBy(days, ({ calendarId }) => calendarId);
    return new Map(calendars.map((calendar) => [calendar.id, present(calendar, byCalendar.get(calendar.id) ?? [], language)]));
  }

  const view = async (tx: Tx, actor: Actor, calendar: StoredCalendar): Promise<CalendarView> => (await shown(tx, actor, [calendar])).get(calendar.id)!;

  async function putDefault(tx: Tx, workspaceId: string, isDefault: boolean | undefined): Promise<void> {
    if (isDefault) await clearDefault(tx, workspaceId);
  }

  /** One more version of it, told to everybody. */
  async function save(tx: Tx, actor: Actor, calendar: StoredCalendar): Promise<StoredCalendar> {
    const next = { ...calendar, version: calendar.version + 1, updatedAt: now() };
    await saveCalendar(tx, actor.workspaceId, next);
    await announce(tx, actor, 'changed', next);
    return next;
  }

  const days = createDays({
    now, languageOf,
    reading: (actor, id, act) => work(actor, 'calendars.list', async (tx) => { await required(tx, actor.workspaceId, id); return act(tx); }),
    changing: (actor, id, act) => manage(actor, async (tx) => {
      const calendar = await required(tx, actor.workspaceId, id);
      const result = await act(tx);
      await save(tx, actor, calendar);
      return result;
    }),
  });

  const places = createPlaces({
    isCommonHost: workspaces.isCommonHost,
    now, emit, people, timeOf, reading: (actor, act) => work(actor, 'calendars.list', act), managing: manage, require: required,
    named: async (tx, workspaceId, id) => (id === null ? await defaultCalendar(tx, workspaceId) : await findCalendar(tx, workspaceId, id)) ?? null,
  });

  return {
    list: (actor: Actor, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<CalendarView>> =>
      work(actor, 'calendars.list', async (tx) => {
        const rows = await calendarPage(tx, actor.workspaceId, limit + 1, cursor === undefined ? null : decodeCursor(cursor, ['string', 'id']));
        const views = await shown(tx, actor, rows);
        return pageOfRows(rows, limit, (row) => [row.nameKey, row.id], ({ id }) => views.get(id)!);
      }),

    get: (actor: Actor, id: string): Promise<CalendarView> =>
      work(actor, 'calendars.list', async (tx) => view(tx, actor, await required(tx, actor.workspaceId, id))),

    async create(actor: Actor, { holidays, observes, isDefault, ...given }: CalendarCreate): Promise<CalendarView> {
      demand(actor, 'calendars.manage');
      const filled = await filling.readFor(observes);
      return manage(actor, async (tx) => {
        const count = await countCalendars(tx, actor.workspaceId);
        if (count >= MAX_CALENDARS) throw new AppError('conflict', 'calendar.too_many', `There can be ${MAX_CALENDARS} calendars; remove one first.`);
        const at = now();
        const calendar: StoredCalendar = {
          ...given, id: newId(), observes, publicUntil: filled?.until ?? null, publicEdition: filled && EDITION, isDefault: isDefault === true || count === 0, version: 1, createdAt: at, updatedAt: at,
        };
        await putDefault(tx, actor.workspaceId, calendar.isDefault);
        await insertCalendar(tx, actor.workspaceId, calendar);
        await insertDays(tx, actor.workspaceId, calendar.id, holidays.map(ownDay), null);
        if (filled) await filling.put(tx, actor.workspaceId, calendar.id, filled);
        await announce(tx, actor, 'created', calendar);
        return view(tx, actor, calendar);
      });
    },

    async change(actor: Actor, id: string, { version, holidays, observes, ...patch }: CalendarPatch): Promise<CalendarView> {
      demand(actor, 'calendars.manage');
      const known = await work(actor, 'calendars.list', (tx) => required(tx, actor.workspaceId, id));
      const isOther = observes !== undefined && placeKey(observes) !== placeKey(known.observes);
      const filled = isOther ? await filling.readFor(observes) : null;
      return manage(actor, async (tx) => {
        const before = await required(tx, actor.workspaceId, id);
        if ((version !== undefined && version !== before.version) || (isOther && before.version !== known.version)) {
          throw new AppError('conflict', 'calendar.changed_meanwhile', 'Somebody changed this calendar since it was read; read it again.', { version: before.version });
        }
        const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
        const changed: StoredCalendar = { ...before, ...given, ...(isOther && { observes, publicUntil: filled?.until ?? null, publicEdition: filled && EDITION }) };
        await putDefault(tx, actor.workspaceId, patch.isDefault);
        if (holidays) {
          await deleteOwnDays(tx, actor.workspaceId, id);
          await insertDays(tx, actor.workspaceId, id, holidays.map(ownDay), null);
        }
        if (isOther) await filling.put(tx, actor.workspaceId, id, filled);
        return view(tx, actor, await save(tx, actor, changed));
      });
    },

    remove: (actor: Actor, id: string): Promise<void> =>
      manage(actor, async (tx) => {
        const calendar = await required(tx, actor.workspaceId, id);
        if (calendar.isDefault) throw new AppError('conflict', 'calendar.is_default', 'This is the default calendar of the workspace; make another one the default first.');
        await deleteCalendar(tx, actor.workspaceId, id);
        await announce(tx, actor, 'removed', calendar);
      }),

    async due(actor: Actor, id: string, { from, seconds }: DueRequest): Promise<DueView> {
      const found = (await timeShown(actor, id)).add(new Date(from), seconds);
      if (!found) throw new AppError('invalid', 'calendar.too_far', `That is too far away: this calendar does not hold so much working time in ${HORIZON_YEARS} years, or in ${MOST_INTERVALS} intervals.`, { seconds });
      return { due: found.due.toISOString(), explanation: found.counted.map(toView) };
    },

    async measure(actor: Actor, id: string, { from, to }: MeasurementRequest): Promise<MeasurementView> {
      const [begins, ends] = [new Date(from), new Date(to)];
      const tooLong = () => new AppError('invalid', 'calendar.too_long', `Measure a shorter time: ${HORIZON_YEARS} years or ${MOST_INTERVALS} intervals at most.`);
      if (ends.getTime() - begins.getTime() > HORIZON_MS) throw tooLong();
      const { seconds, counted } = (await timeShown(actor, id)).between(begins, ends, MOST_INTERVALS + 1);
      if (counted.length > MOST_INTERVALS) throw tooLong();
      return { seconds, explanation: counted.map(toView) };
    },

    async opening(actor: Actor, id: string, at: string | undefined): Promise<OpeningView> {
      const time = await timeShown(actor, id);
      const moment = at === undefined ? now() : new Date(at);
      return { isOpen: time.isOpen(moment), opensAt: time.nextOpening(moment)?.toISOString() ?? null };
    },

    days, places,

    /** What public holidays can be observed. */
    countries: async (actor: Actor): Promise<Countries> => {
      demand(actor, 'calendars.list');
      return { items: await publicDays.countries(), credit: CREDIT };
    },

    /** What business time makes due: the holidays of years to come. */
    works: [filling.due] as readonly DueWork[],

    /**
     * For rooms above, inside their transaction: the time of a calendar; for null of the one that holds for the subject, which is the
     * workspace's default where nothing more particular is said, and every hour where there is none.
     */
    async timeFor(tx: Tx, workspaceId: string, id: string | null, subject?: Subject): Promise<WorkingTime> {
      return timeOf(tx, workspaceId, id ?? (subject ? (await places.holdingIn(tx, workspaceId, subject)).calendarId : null));
    },

    /** For rooms above that ask for many: which calendar holds for whom, read once. */
    hours: places.hours, brands: places.brands,

    /**
     * For public pages, in their unit of work: the week of a calendar, or for null of the one that holds for the subject, and the days of the next
     * weeks on which it does not hold; null where there is none.
     */
    async publicHours(tx: Tx, workspaceId: string, id: string | null, subject: Subject, language: Language): Promise<PublicHours | null> {
      const held = id ?? (await places.holdingIn(tx, workspaceId, subject)).calendarId;
      const calendar = held === null ? await defaultCalendar(tx, workspaceId) : await findCalendar(tx, workspaceId, held);
      if (!calendar) return null;
      const dateIn = (days: number): string => new Date(now().getTime() + days * DAY_MS).toISOString().slice(0, 10);
      const stored = await daysShown(tx, workspaceId, [calendar.id], dateIn(0), dateIn(PUBLIC_AHEAD));
      // What people here call a day of their own is theirs.
      const days = daysThatCount(stored.map((day) => (day.source === null ? { ...day, name: '' } : day)), language).filter(({ date }) => date >= dateIn(0) && date <= dateIn(PUBLIC_AHEAD));
      const closures = (calendar.closures as PublicHours['closures']).filter(({ from, to }) => to.slice(0, 10) >= dateIn(0) && from.slice(0, 10) <= dateIn(PUBLIC_AHEAD)).map(({ from, to }) => ({ from, to }));
      return { timeZone: calendar.timeZone, week: calendar.week as Week, days, closures };
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

/** As the licence of the data asks for. */
const CREDIT: Countries['credit'] = {
  text: 'date-holidays', url: 'https://github.com/commenthol/date-holidays', licence: 'CC BY-SA 3.0', licenceUrl: 'https://creativecommons.org/licenses/by-sa/3.0/',
};

const placeKey = (observed: StoredCalendar['observes']): string => (observed ? [observed.country, observed.state ?? '', observed.region ?? ''].join(' ') : '');

function present({ id, name, timeZone, week, closures, observes, isDefault, version, createdAt, updatedAt }: StoredCalendar, days: readonly StoredDay[], language: Language): CalendarView {
  const [own, observed] = [days.filter(({ source }) => source === null), days.filter(({ source }) => source !== null)];
  return {
    id, name, timeZone, week: week as CalendarView['week'], holidays: toHolidays(daysThatCount(own, language)), closures: closures as CalendarView['closures'],
    observes, publicDays: toHolidays(daysThatCount(observed, language)), isDefault, version, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString(),
  };
}

const toHolidays = (days: readonly Holiday[]): CalendarView['holidays'] => days as CalendarView['holidays'];

import { z } from 'zod';
import { Id, pageOf, PLAIN, Timestamp } from '../../../kernel/contract.ts';
import { PLACE_KINDS } from './places.ts';
import { overlapsOf, WEEKDAYS, type Hours } from './week.ts';
import { isTimeZone } from './zone.ts';

const words = (max: number) => z.string().trim().max(max).regex(PLAIN);
const FROM = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const TO = /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;
/** A reading of the clock on the wall, without a zone. */
const LocalMoment = z.string().regex(/^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d$/).refine((moment) => z.iso.date().safeParse(moment.slice(0, 10)).success, { message: 'There is no such day.' });

export const LIMITS = { intervals: 12, holidays: 400, closures: 200 };
/** Working time that is asked about at once: a year of seconds. */
export const MOST_SECONDS = 366 * 86_400;

const WorkingHours = z.strictObject({
  from: z.string().regex(FROM, { error: 'A time of day looks like 09:00.' }), to: z.string().regex(TO, { error: 'A time of day looks like 17:30; a day ends at 24:00.' }),
});
const noOverlap = (hours: readonly Hours[]): boolean => !overlapsOf({ mon: hours }).has('mon');

/** Days that are left out are closed. `to` may be `24:00`; hours that end before they begin go over midnight. */
const Week = z.strictObject(Object.fromEntries(WEEKDAYS.map((day) => [day, z.array(WorkingHours).max(LIMITS.intervals).optional()])) as Record<(typeof WEEKDAYS)[number], z.ZodOptional<z.ZodArray<typeof WorkingHours>>>)
  .superRefine((week, context) => {
    for (const day of WEEKDAYS) {
      if (week[day]?.some(({ from, to }) => from === to)) context.addIssue({ code: 'custom', path: [day], message: 'Hours end when they begin; for a whole day write 00:00 to 24:00.' });
    }
    for (const day of overlapsOf(week)) context.addIssue({ code: 'custom', path: [day], message: 'Hours overlap; what goes over midnight belongs to the next day.' });
  });

const DayName = words(200).min(1);
const DayHours = z.array(WorkingHours).min(1).max(LIMITS.intervals)
  .refine((hours) => hours.every(({ from, to }) => from < to), { message: 'Hours of a single day end before midnight.' })
  .refine(noOverlap, { message: 'Hours overlap.' });
const ClosedFrom = z.string().regex(FROM).refine((time) => time > '00:00', { message: 'For a day that is closed leave it out.' });
const one = ({ hours, closedFrom }: { hours?: unknown; closedFrom?: unknown }): boolean => !hours || !closedFrom;
const ONE = { message: 'A day has hours of its own, or closes early; not both.', path: ['closedFrom'] };

/** `hours` make it a day that is open then, whatever day of the week it is; `closedFrom` closes the usual day early; without either it is closed. */
const HolidayShape = z.strictObject({ date: z.iso.date(), name: DayName, hours: DayHours.optional(), closedFrom: ClosedFrom.optional() });
const Holiday = HolidayShape.refine(one, ONE);
const Holidays = z.array(Holiday).max(LIMITS.holidays).refine((all) => new Set(all.map(({ date }) => date)).size === all.length, { message: 'A day stands here twice.' });

/** Closed between two readings of the clock, whatever the week and the holidays say. */
const Closure = z.strictObject({ from: LocalMoment, to: LocalMoment, reason: words(200).default('') })
  .refine(({ from, to }) => from < to, { message: 'A closure ends after it begins.', path: ['to'] });
const Closures = z.array(Closure).max(LIMITS.closures);

const TimeZone = z.string().min(1).max(60).refine(isTimeZone, { message: 'Name a time zone of the IANA list, such as Europe/Sofia.' });
const Name = words(100).min(1);

/** Whose public holidays are observed: codes of `GET /calendar-countries`. */
const Observed = z.strictObject({ country: z.string().regex(/^[A-Z]{2}$/), state: z.string().min(1).max(20).optional(), region: z.string().min(1).max(20).optional() });

/** GET /calendars?limit=&cursor=, by name; GET /calendars/:id. Exactly one is the workspace's default, as soon as there is one. */
export const CalendarView = z.object({
  id: Id, name: z.string(), timeZone: z.string(), week: Week,
  /** Its own; those of the country are among `GET /calendars/:id/days`. */
  holidays: z.array(Holiday), closures: z.array(Closure), isDefault: z.boolean(),
  /** Null: no country's holidays. */
  observes: Observed.nullable(),
  /** Public days that count, from a week before now to 400 days after it, in the reader's language. */
  publicDays: z.array(Holiday),
  /** Counts the changes. */
  version: z.int(), createdAt: Timestamp, updatedAt: Timestamp,
});
export type CalendarView = z.infer<typeof CalendarView>;
export const CalendarPage = pageOf(CalendarView);

/** POST /calendars → 201. The first becomes the default. */
export const CalendarCreate = z.strictObject({ name: Name, timeZone: TimeZone, week: Week, holidays: Holidays.default([]), closures: Closures.default([]), isDefault: z.boolean().optional(), observes: Observed.nullable().default(null) });
export type CalendarCreate = z.infer<typeof CalendarCreate>;

/**
 * PATCH /calendars/:id; what is given is replaced as a whole. With `version`, only the calendar that was read is changed
 * (409 `calendar.changed_meanwhile`). DELETE /calendars/:id: 409 `calendar.is_default`, `calendar.in_use`.
 */
export const CalendarPatch = z.strictObject({
  name: Name.optional(), timeZone: TimeZone.optional(), week: Week.optional(), holidays: Holidays.optional(), closures: Closures.optional(), isDefault: z.literal(true).optional(),
  /** Another country: its days come, and those of the one before go, with all that was changed about them (400 `calendar.no_such_country`). */
  observes: Observed.nullable().optional(),
  version: z.int().min(1).optional(),
});
export type CalendarPatch = z.infer<typeof CalendarPatch>;

/** GET /calendar-countries: whose public holidays are known. Countries go by their ISO codes; states and regions have names of their own language. */
const Named = z.object({ code: z.string(), name: z.string() });
export const Countries = z.object({
  items: z.array(z.object({ code: z.string(), states: z.array(z.object({ ...Named.shape, regions: z.array(Named) })) })),
  /** Whose data it is, and under which licence. */
  credit: z.object({ text: z.string(), url: z.string(), licence: z.string(), licenceUrl: z.string() }),
});
export type Countries = z.infer<typeof Countries>;

/**
 * GET /calendars/:id/days?year=: the days of a year on which the week does not hold, own and public ones, by date. Public days are there
 * from two years ago to twenty-one years ahead.
 */
export const DaysQuery = z.object({ year: z.coerce.number().int().min(1971).max(2199) });
export const DayView = z.object({
  id: Id, date: z.string(), name: z.string(),
  /** Null: closed, from `closedFrom` on or all day. */
  hours: z.array(WorkingHours).nullable(), closedFrom: z.string().nullable(),
  /** What the country's data says; null for one's own day. */
  publicDay: z.object({ date: z.string(), name: z.string(), closedFrom: z.string().nullable() }).nullable(),
  /** A public day that is not as the data has it. */
  changed: z.boolean(),
  /** A public day that is worked here as any other. */
  removed: z.boolean(),
});
export type DayView = z.infer<typeof DayView>;
export const DayList = z.object({ items: z.array(DayView) });

/** POST /calendars/:id/days → 201: one's own day. 409 `calendar.day_twice`. */
export const DayCreate = Holiday;
export type DayCreate = z.infer<typeof DayCreate>;

/** PATCH /calendars/:id/days/:dayId. `restored`: a public day as the data has it. DELETE: one's own is gone, a public one is worked as any other day. */
export const DayPatch = z.union([
  z.strictObject({ restored: z.literal(true) }),
  z.strictObject({ date: z.iso.date().optional(), name: DayName.optional(), hours: DayHours.nullable().optional(), closedFrom: ClosedFrom.nullable().optional() }).refine(one, ONE),
]);
export type DayPatch = z.infer<typeof DayPatch>;
export const DayParams = z.object({ id: Id, dayId: Id });

/**
 * GET /calendar-places: where calendars hold, the most particular first: a team's work on a channel, a team, an office (the teams that
 * sit there), a brand (the mailboxes that customers write to, the chats, the public pages), a channel; else the workspace's default holds.
 * Offices and brands stand on tickets (`officeId`, `brandId`) and need no calendar of their own.
 */
export const MOST_PLACES = 200;
const Channel = words(20).min(1);
const Ids = z.array(Id).min(1).max(50).refine((ids) => new Set(ids).size === ids.length, { message: 'Name each once.' });
const placeBase = { calendarId: Id };
const Few = z.array(Id).max(50).refine((ids) => new Set(ids).size === ids.length, { message: 'Name each once.' }).default([]);
/** As browsers name it: `help.shop.example`. */
const Host = z.string().trim().toLowerCase().max(253).regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:[0-9]{1,5})?$/);
/** POST /calendar-places → 201; 409 `calendar.place_taken` when one of these has another calendar already, `calendar.host_taken`. `host`: under it help, requests and status are the brand's. */
export const PlaceCreate = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('team_channel'), ...placeBase, teamIds: Ids, channel: Channel }),
  z.strictObject({ kind: z.literal('team'), ...placeBase, teamIds: Ids }),
  z.strictObject({ kind: z.literal('office'), calendarId: Id.nullable().default(null), name: Name, teamIds: Few }),
  z.strictObject({ kind: z.literal('brand'), calendarId: Id.nullable().default(null), name: Name, mailboxIds: Few, widgetIds: Few, hasPages: z.boolean().default(false), host: Host.nullable().default(null) }),
  z.strictObject({ kind: z.literal('channel'), ...placeBase, channel: Channel }),
]);
export type PlaceCreate = z.infer<typeof PlaceCreate>;
/** PUT /calendar-places/:id replaces it; DELETE /calendar-places/:id → 204. */
export const PlaceView = z.object({
  id: Id, kind: z.enum(PLACE_KINDS), name: z.string().nullable(), channel: z.string().nullable(), calendarId: Id.nullable(), teamIds: z.array(Id), mailboxIds: z.array(Id), widgetIds: z.array(Id), hasPages: z.boolean(), host: z.string().nullable(),
});
export type PlaceView = z.infer<typeof PlaceView>;
export const PlaceList = z.object({ items: z.array(PlaceView) });

/** GET /calendar-places/holding?teamId=&channel=&mailboxId=&officeId=&brandId=: which calendar holds there, by what, and when it opens next. */
export const HoldingQuery = z.object({ teamId: Id.optional(), channel: Channel.optional(), mailboxId: Id.optional(), officeId: Id.optional(), brandId: Id.optional() });
export type HoldingQuery = z.infer<typeof HoldingQuery>;
export const HoldingView = z.object({
  /** Null: the workspace has no calendar; every hour counts. */
  calendarId: Id.nullable(), name: z.string().nullable(), by: z.enum([...PLACE_KINDS, 'workspace']), placeId: Id.nullable(), isOpen: z.boolean(), opensAt: Timestamp.nullable(),
});
export type HoldingView = z.infer<typeof HoldingView>;

const Moment = z.iso.datetime({ offset: true }).refine((at) => { const year = new Date(at).getUTCFullYear(); return year >= 1971 && year < 2200; }, { message: 'Between 1971 and 2199.' });
const Counted = z.array(z.object({ from: Timestamp, to: Timestamp }));

/** POST /calendars/:id/due: when so much working time has passed since `from`, and the intervals that were counted (400 `calendar.too_far`: not in twenty years). */
export const DueRequest = z.strictObject({ from: Moment, seconds: z.int().min(0).max(MOST_SECONDS) });
export type DueRequest = z.infer<typeof DueRequest>;
export const DueView = z.object({ due: Timestamp, explanation: Counted });
export type DueView = z.infer<typeof DueView>;

/** POST /calendars/:id/measurements: how much working time lies between; nothing when `to` is not after `from`. Twenty years at most (400 `calendar.too_long`). */
export const MeasurementRequest = z.strictObject({ from: Moment, to: Moment });
export type MeasurementRequest = z.infer<typeof MeasurementRequest>;
export const MeasurementView = z.object({ seconds: z.number(), explanation: Counted });
export type MeasurementView = z.infer<typeof MeasurementView>;

/** GET /calendars/:id/opening?at= (now, when left out): `opensAt` is `at` itself while it is open, null when it never opens again. */
export const OpeningQuery = z.object({ at: Moment.optional() });
export const OpeningView = z.object({ isOpen: z.boolean(), opensAt: Timestamp.nullable() });
export type OpeningView = z.infer<typeof OpeningView>;

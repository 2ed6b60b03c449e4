import { z } from 'zod';
import { Id, pageOf, PLAIN, Timestamp } from '../../../kernel/contract.ts';
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

const WorkingHours = z.strictObject({ from: z.string().regex(FROM), to: z.string().regex(TO) });
const noOverlap = (hours: readonly Hours[]): boolean => !overlapsOf({ mon: hours }).has('mon');

/** Days that are left out are closed. `to` may be `24:00`; hours that end before they begin go over midnight. */
const Week = z.strictObject(Object.fromEntries(WEEKDAYS.map((day) => [day, z.array(WorkingHours).max(LIMITS.intervals).optional()])) as Record<(typeof WEEKDAYS)[number], z.ZodOptional<z.ZodArray<typeof WorkingHours>>>)
  .superRefine((week, context) => {
    for (const day of WEEKDAYS) {
      if (week[day]?.some(({ from, to }) => from === to)) context.addIssue({ code: 'custom', path: [day], message: 'Hours end when they begin; for a whole day write 00:00 to 24:00.' });
    }
    for (const day of overlapsOf(week)) context.addIssue({ code: 'custom', path: [day], message: 'Hours overlap; what goes over midnight belongs to the next day.' });
  });

/** `hours` make it a day that is open then, whatever day of the week it is; without them it is closed. */
const Holiday = z.strictObject({
  date: z.iso.date(),
  name: words(200).min(1),
  hours: z.array(WorkingHours).min(1).max(LIMITS.intervals)
    .refine((hours) => hours.every(({ from, to }) => from < to), { message: 'Hours of a single day end before midnight.' })
    .refine(noOverlap, { message: 'Hours overlap.' }).optional(),
});
const Holidays = z.array(Holiday).max(LIMITS.holidays).refine((all) => new Set(all.map(({ date }) => date)).size === all.length, { message: 'A day stands here twice.' });

/** Closed between two readings of the clock, whatever the week and the holidays say. */
const Closure = z.strictObject({ from: LocalMoment, to: LocalMoment, reason: words(200).default('') })
  .refine(({ from, to }) => from < to, { message: 'A closure ends after it begins.', path: ['to'] });
const Closures = z.array(Closure).max(LIMITS.closures);

const TimeZone = z.string().min(1).max(60).refine(isTimeZone, { message: 'Name a time zone of the IANA list, such as Europe/Sofia.' });
const Name = words(100).min(1);

/** GET /calendars?limit=&cursor=, by name; GET /calendars/:id. Exactly one is the workspace's default, as soon as there is one. */
export const CalendarView = z.object({
  id: Id, name: z.string(), timeZone: z.string(), week: Week, holidays: z.array(Holiday), closures: z.array(Closure), isDefault: z.boolean(),
  /** Counts the changes. */
  version: z.int(), createdAt: Timestamp, updatedAt: Timestamp,
});
export type CalendarView = z.infer<typeof CalendarView>;
export const CalendarPage = pageOf(CalendarView);

/** POST /calendars → 201. The first becomes the default. */
export const CalendarCreate = z.strictObject({ name: Name, timeZone: TimeZone, week: Week, holidays: Holidays.default([]), closures: Closures.default([]), isDefault: z.boolean().optional() });
export type CalendarCreate = z.infer<typeof CalendarCreate>;

/**
 * PATCH /calendars/:id; what is given is replaced as a whole. With `version`, only the calendar that was read is changed
 * (409 `calendar.changed_meanwhile`). DELETE /calendars/:id: 409 `calendar.is_default`, `calendar.in_use`.
 */
export const CalendarPatch = z.strictObject({
  name: Name.optional(), timeZone: TimeZone.optional(), week: Week.optional(), holidays: Holidays.optional(), closures: Closures.optional(), isDefault: z.literal(true).optional(),
  version: z.int().min(1).optional(),
});
export type CalendarPatch = z.infer<typeof CalendarPatch>;

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

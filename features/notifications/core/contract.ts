import { z } from 'zod';
import { Id, PageQuery, pageOf, Timestamp } from '../../../kernel/contract.ts';
import { isTimeZone } from '../../calendars/core/zone.ts';
import { KINDS, MAILS } from './kinds.ts';

/** `08:00` */
const ClockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, { error: 'A time of day looks like 08:00.' });

const Unread = z.object({ count: z.int(), /** There are more than `count`. */ more: z.boolean() });
export type Unread = z.infer<typeof Unread>;

/** GET /me/notices?unread=1&limit=&cursor=, newest first; kept for 90 days. */
export const NoticeView = z.object({
  id: Id, kind: z.enum(KINDS),
  ticket: z.object({ id: Id, number: z.int(), subject: z.string() }).nullable(),
  /** Who did it; null for the program. */
  by: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
  read: z.boolean(), createdAt: Timestamp,
});
export type NoticeView = z.infer<typeof NoticeView>;
export const NoticePage = pageOf(NoticeView);
export const NoticeQuery = PageQuery.extend({ unread: z.literal('1').optional() });

/** GET /me/notices/unread. A browser that asks says that somebody is there. */
export const UnreadView = z.object({ unread: Unread });

/** PUT /me/notices/read → 200: these, those about a ticket, or with `until` all that had come by then. */
export const ReadMarks = z.union([z.strictObject({ ids: z.array(Id).min(1).max(100) }), z.strictObject({ ticketId: Id }), z.strictObject({ until: Timestamp })]);
export type ReadMarks = z.infer<typeof ReadMarks>;

const Preference = z.strictObject({ /** Shown on the bell. */ bell: z.boolean(), mail: z.enum(MAILS), /** Told to the browsers that ask for it. */ push: z.boolean() });
const Quiet = z.strictObject({
  from: ClockTime, /** Before `from`: on the next morning. */ to: ClockTime, /** Urgent ones come through. */ urgent: z.boolean(),
}).refine(({ from, to }) => from !== to, { error: 'Quiet hours end at another time than they begin.' });
const Times = z.strictObject({
  /** Null: the workspace's. */
  timeZone: z.string().max(60).refine(isTimeZone, { error: 'There is no such time zone; names look like Europe/Sofia.' }).nullable(),
  /** When the mail of the day comes. */
  dailyAt: ClockTime,
  quiet: Quiet.nullable(),
});
export type Times = z.infer<typeof Times>;
/**
 * GET /me/notices/preferences; PUT the same with what is to change: kinds, or all of `times`. By mail `soon` (a few minutes later, when nobody is
 * there), `hourly`, `daily` or `off`.
 */
export const PreferencesView = z.object({ kinds: z.record(z.enum(KINDS), Preference), times: Times });
export type PreferencesView = z.infer<typeof PreferencesView>;
export const PreferencesPut = z.strictObject({ kinds: z.partialRecord(z.enum(KINDS), Preference.partial()).optional(), times: Times.optional() });
export type PreferencesPut = z.infer<typeof PreferencesPut>;

/** A browser that is told of news while nobody looks. What it is written to at, and with which key, is never shown. */
export const PushDeviceView = z.object({
  id: Id, /** What the browser calls itself. */ userAgent: z.string(), /** The session that asks. */ isThis: z.boolean(),
  /** Subjects of tickets may be shown there. */ subjects: z.boolean(), createdAt: Timestamp, toldAt: Timestamp.nullable(),
});
export type PushDeviceView = z.infer<typeof PushDeviceView>;
/** GET /me/push: the key that a browser subscribes with (`applicationServerKey`), and the browsers that have, at most ten. Only for sessions. */
export const PushView = z.object({ publicKey: z.string(), devices: z.array(PushDeviceView) });
export type PushView = z.infer<typeof PushView>;
/** POST /me/push/devices → 201: what `PushSubscription.toJSON()` says. The same browser again is the same device. */
export const PushDeviceCreate = z.strictObject({
  endpoint: z.string().min(10).max(1000), keys: z.strictObject({ p256dh: z.string().max(100), auth: z.string().max(40) }), subjects: z.boolean().optional(),
});
export type PushDeviceCreate = z.infer<typeof PushDeviceCreate>;
/** PATCH /me/push/devices/:id; DELETE ends it. */
export const PushDevicePatch = z.strictObject({ subjects: z.boolean() });

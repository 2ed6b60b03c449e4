import { z } from 'zod';
import { Id, PageQuery, pageOf, Timestamp } from '../../../kernel/contract.ts';
import { KINDS, WAYS } from './kinds.ts';

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

const Way = z.enum(WAYS);
/** GET /me/notices/preferences; PUT the same with the kinds that are to change: `bell`, `mail` (the bell, and a mail when nobody is there) or `nothing`. */
export const PreferencesView = z.object({ kinds: z.record(z.enum(KINDS), Way) });
export type PreferencesView = z.infer<typeof PreferencesView>;
export const PreferencesPut = z.strictObject({ kinds: z.partialRecord(z.enum(KINDS), Way) });
export type PreferencesPut = z.infer<typeof PreferencesPut>;

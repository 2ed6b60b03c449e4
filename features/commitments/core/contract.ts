import { z } from 'zod';
import { Id, LanguageCode, PageQuery, pageOf, PLAIN, Timestamp } from '../../../kernel/contract.ts';
import { isTimeZone } from '../../calendars/core/zone.ts';

/** What can be promised to a customer. */
export const KINDS = ['callback', 'information', 'refund', 'follow_up', 'other'] as const;
/** Made by the desk itself: `apology` is a task for whoever broke a promise; `answer` was told to a customer who waits longer than promised, and the next word of a person keeps it. */
export const CommitmentKind = z.enum([...KINDS, 'apology', 'answer']);
export type CommitmentKind = z.infer<typeof CommitmentKind>;

/**
 * `made` → `due_soon` → `broken`: these are open. `kept` (also late), `renegotiated` (another promise stands for it) and
 * `withdrawn` (by the customer's wish, or because it never left the house) are ends.
 */
export const STATES = ['made', 'due_soon', 'broken', 'kept', 'renegotiated', 'withdrawn'] as const;
export const CommitmentState = z.enum(STATES);
export type CommitmentState = z.infer<typeof CommitmentState>;
export const OPEN_STATES = ['made', 'due_soon', 'broken'] as const satisfies readonly CommitmentState[];

/** How a customer hears of another date: by a mail at once, by the next message that a person writes, or they know already, from a call for example. */
export const Telling = z.enum(['mail', 'reply', 'told']);
export type Telling = z.infer<typeof Telling>;

export const MAX_WHAT = 500;
const words = (max: number) => z.string().trim().max(max).regex(PLAIN);
const Named = z.object({ id: Id, name: z.string() });

export const CommitmentView = z.object({
  id: Id,
  ticket: z.object({ id: Id, number: z.int(), subject: z.string() }),
  /** The message or call in which it was promised. */
  entryId: Id.nullable(),
  customer: Named,
  kind: CommitmentKind,
  what: z.string(),
  owner: Named,
  team: Named.nullable(),
  dueAt: Timestamp,
  /** Only a day was named: it is due when work ends on that day. */
  wholeDay: z.boolean(),
  state: CommitmentState,
  madeAt: Timestamp,
  /** Null: the desk itself. */
  madeBy: Named.nullable(),
  endedAt: Timestamp.nullable(),
  endedBy: Named.nullable(),
  /** The words at its end. */
  note: z.string(),
  /** Once it has ended: whether that was in time. A renegotiation is in time when the customer was told before the old date. */
  inTime: z.boolean().nullable(),
  /** Why it was withdrawn. */
  withdrawn: z.enum(['customer', 'colleague', 'not_sent']).nullable(),
  /** The promise that this one stands for. */
  previous: z.object({ id: Id, dueAt: Timestamp }).nullable(),
  /** The promise that stands for this one. */
  next: z.object({ id: Id, dueAt: Timestamp }).nullable(),
  /** Of a renegotiated date: since when the customer knows of it; null while nobody has told them. */
  toldAt: Timestamp.nullable(),
  /** Of a renegotiated date: how they hear of it. */
  telling: Telling.nullable(),
  /** Whose it is: the owner stands in for them while they are absent. */
  standsFor: Named.nullable(),
  /** The broken promise that an apology is for. */
  apologyFor: Id.nullable(),
  version: z.int(),
});
export type CommitmentView = z.infer<typeof CommitmentView>;
export const CommitmentPage = pageOf(CommitmentView);

/**
 * GET /commitments: the open ones, those due first at the top; ended ones the last first. `due`: due soon or broken. Filters narrow each other. GET
 * /commitments/:id. Those on deleted tickets are in no list.
 */
export const CommitmentFilter = z.strictObject({
  state: z.enum(['open', 'due', 'broken', 'ended']).default('open'),
  owner: z.union([z.literal('me'), Id]).optional(),
  team: z.union([z.literal('mine'), Id]).optional(),
  ticket: Id.optional(),
  customer: Id.optional(),
});
export type CommitmentFilter = z.infer<typeof CommitmentFilter>;
export const CommitmentQuery = CommitmentFilter.extend(PageQuery.shape);

export const MOST_COUNTED = 99;
/** GET /commitments/counts: what is open of the person who asks, for the navigation; so many are counted. */
export const CommitmentCounts = z.object({ open: z.int(), due: z.int(), broken: z.int() });
export type CommitmentCounts = z.infer<typeof CommitmentCounts>;

const TimeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);
/** A reading of the clock on the wall, of the workspace when no zone is named. Without `time`: when work ends on that day. */
export const LocalDue = z.strictObject({
  date: z.iso.date(), time: TimeOfDay.optional(),
  timeZone: z.string().min(1).max(60).refine(isTimeZone, { message: 'Name a time zone of the IANA list, such as Europe/Sofia.' }).optional(),
});
export type LocalDue = z.infer<typeof LocalDue>;
const When = { dueAt: z.iso.datetime({ offset: true }).optional(), due: LocalDue.optional() };
const hasOneWhen = (given: { dueAt?: string | undefined; due?: LocalDue | undefined }): boolean => (given.dueAt === undefined) !== (given.due === undefined);
const ONE_WHEN = { message: 'Give dueAt, or due with a date, one of the two.' };

/**
 * POST /commitments → 201. The owner is whoever makes it, unless another is named. Refused for a moment that has passed
 * (400 `commitment.past`), more than a year ahead (400 `commitment.too_far`), and on a ticket that was deleted (409 `ticket.deleted`) or merged away (409 `ticket.merged`).
 */
export const CommitmentCreate = z.strictObject({
  ticketId: Id, entryId: Id.optional(), kind: z.enum(KINDS).default('other'), what: words(MAX_WHAT).min(1), ownerId: Id.optional(), ...When,
}).refine(hasOneWhen, ONE_WHEN);
export type CommitmentCreate = z.infer<typeof CommitmentCreate>;

/** PATCH /commitments/:id while it is open (409 `commitment.ended`). Another date is a renegotiation. With `version`, only what was read is changed (409 `commitment.changed_meanwhile`). */
export const CommitmentPatch = z.strictObject({ what: words(MAX_WHAT).min(1).optional(), kind: z.enum(KINDS).optional(), ownerId: Id.optional(), version: z.int().min(1).optional() });
export type CommitmentPatch = z.infer<typeof CommitmentPatch>;

const note = words(MAX_WHAT).default('');
/** POST /commitments/:id/keeping: done, in time or late. */
export const Keeping = z.strictObject({ note });
/** POST /commitments/:id/withdrawal: the customer needs it no more, or it should not have been promised. DELETE /commitments/:id is a withdrawal by a colleague. */
export const Withdrawal = z.strictObject({ note, by: z.enum(['customer', 'colleague']).default('customer') });
/**
 * POST /commitments/:id/renegotiation → 201 with the promise that stands for it from now on. The customer is told by a mail in their language, at once, unless `telling` says
 * that they hear of it otherwise. Where no mail may go (no address, no mail to robots, too many), `telling` of the answer is `reply`: the next message that a person sends tells them.
 */
export const Renegotiation = z.strictObject({ note, telling: Telling.default('mail'), ...When }).refine(hasOneWhen, ONE_WHEN);
export type Renegotiation = z.infer<typeof Renegotiation>;

/** POST /commitments/:id/letters: the words that tell the customer of another date, in their language, to be read before or put into a reply. Nothing is sent. */
export const LetterRequest = z.strictObject({ ...When }).refine(hasOneWhen, ONE_WHEN);
export const LetterView = z.object({ text: z.string(), language: LanguageCode });
export type LetterView = z.infer<typeof LetterView>;

/**
 * GET /commitment-figures?from=&to=: promises whose date lay in the period and has passed or that have ended, by team and kind. `keptInTime` of `counted`
 * with the bounds of its 95 % interval (Wilson); renegotiated and withdrawn ones are counted apart.
 */
const Moment = z.iso.datetime({ offset: true });
export const FiguresQuery = z.strictObject({ from: Moment, to: Moment })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), { message: 'A period ends after it begins.', path: ['to'] });
export type FiguresQuery = z.infer<typeof FiguresQuery>;
const Figure = {
  /** Kept and broken ones: those of which it can be said. */
  counted: z.int(), keptInTime: z.int(), keptLate: z.int(), broken: z.int(), renegotiatedInTime: z.int(), renegotiatedLate: z.int(), withdrawn: z.int(),
  share: z.number().nullable(), low: z.number().nullable(), high: z.number().nullable(),
};
export const CommitmentFigures = z.object({
  total: z.object(Figure),
  items: z.array(z.object({ team: Named.nullable(), kind: CommitmentKind, ...Figure })),
});
export type CommitmentFigures = z.infer<typeof CommitmentFigures>;

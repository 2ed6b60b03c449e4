import { z } from 'zod';
import { Id, PageQuery, Timestamp, pageOf } from '../../../kernel/contract.ts';
import { QuarantineReason } from './quarantine.ts';

/** `releasing`: filed once it is too late to take the release back. `purged`: the bytes are gone, the ledger row stays. */
export const QuarantineState = z.enum(['held', 'releasing', 'released', 'discarded', 'purged']);
const Shown = z.enum(['held', 'discarded']);
const Sought = z.string().trim().max(200);

/** GET /email/quarantine?q=&reason=&ownerId=&state=&limit=&cursor= → newest first. `ownerId` is a person or a team. */
export const QuarantineQuery = PageQuery.extend({
  q: Sought.optional(), reason: QuarantineReason.optional(), ownerId: Id.optional(), state: Shown.default('held'),
});
export const QuarantineItem = z.object({
  id: Id, state: QuarantineState, reason: QuarantineReason, words: z.string(), from: z.string(), fromName: z.string(), subject: z.string(), mailboxId: Id,
  heldAt: Timestamp, decidedAt: Timestamp.nullable(), decidedBy: z.object({ id: Id, name: z.string() }).nullable(),
  /** Until then a release can be taken back; null when there is nothing to take back by then. */
  undoUntil: Timestamp.nullable(),
  /** The earliest moment at which it is removed for good, once that has been announced; null: not announced yet. */
  purgeAt: Timestamp.nullable(),
});
export type QuarantineItem = z.infer<typeof QuarantineItem>;
export const QuarantinePage = pageOf(QuarantineItem);

/** GET /email/quarantine/:id → what it says, as plain text; `text` null: it cannot be taken apart, the raw message has everything. */
export const QuarantineDetail = QuarantineItem.extend({
  to: z.array(z.string()), text: z.string().nullable(), attachments: z.array(z.object({ name: z.string(), contentType: z.string(), size: z.int() })),
  size: z.int(), receivedAt: Timestamp, verdict: z.enum(['pass', 'fail', 'none', 'unknown']).nullable(), ticketId: Id.nullable(),
});
export type QuarantineDetail = z.infer<typeof QuarantineDetail>;

/** GET /email/quarantine/count → how many wait for somebody; `isMore`: at least so many. */
export const QuarantineCount = z.object({ count: z.int(), isMore: z.boolean() });

const Filter = z.strictObject({
  q: Sought.optional(), reason: QuarantineReason.optional(), ownerId: Id.optional(), state: Shown.default('held'),
  /** Only what was held back by then: nobody decides about what came while they looked. */
  until: Timestamp,
});
/**
 * POST /email/quarantine/decisions → 200. About these messages, or about all that match a filter; of those at most a
 * thousand at a time: send it again with the same `id` while `hasMore`. Deciding again what is decided changes nothing.
 */
export const DecisionCreate = z.union([
  z.strictObject({ id: Id.optional(), verb: z.enum(['release', 'discard']), ids: z.array(Id).min(1).max(100) }),
  z.strictObject({ id: Id.optional(), verb: z.enum(['release', 'discard']), filter: Filter }),
]);
export type DecisionCreate = z.infer<typeof DecisionCreate>;
/** Of this call: how many messages it was about. DELETE /email/quarantine/decisions/:id → 200 takes a decision back, likewise in parts. */
export const DecisionView = z.object({ id: Id, count: z.int(), hasMore: z.boolean(), undoUntil: Timestamp.nullable() });
export type DecisionView = z.infer<typeof DecisionView>;

const Owner = z.strictObject({ personId: Id.nullable(), teamId: Id.nullable() }).refine(({ personId, teamId }) => personId === null || teamId === null);
/** GET, PUT /email/quarantine/settings: who looks after it, for all mailboxes or for single ones, when they are told, and for how many days it is kept. */
export const QuarantineSettings = z.strictObject({
  keepDays: z.int().min(7).max(365), /** Of the workspace's own day. */ digestHour: z.int().min(0).max(23), owner: Owner, mailboxes: z.array(z.strictObject({ mailboxId: Id, owner: Owner })).max(500),
});
export type QuarantineSettings = z.infer<typeof QuarantineSettings>;

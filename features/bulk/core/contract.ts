import { z } from 'zod';
import { Id, pageOf, Timestamp } from '../../../kernel/contract.ts';
import { MacroAction } from '../../macros/core/actions.ts';
import { Status, TicketFilter } from '../../tickets/core/contract.ts';

export const MOST_TICKETS = 5_000;
export const MOST_ACTIONS = 10;
export const MOST_AT_ONCE = 3;
/** How long afterwards it can be taken back. */
export const UNDO_HOURS = 24;
/** Answers of many tickets wait as long before they leave, so that there is time to take them back. */
export const REPLIES_WAIT_MS = 120_000;

export const BulkAction = z.discriminatedUnion('type', [
  ...MacroAction.options,
  /** What a macro does; its text is not sent. */
  z.strictObject({ type: z.literal('macro'), macroId: Id }),
  z.strictObject({ type: z.literal('snooze'), until: Timestamp.optional() }),
  z.strictObject({ type: z.literal('reply'), text: z.string().trim().min(1).max(50_000), status: Status.exclude(['new', 'closed']).optional() }),
]);
export type BulkAction = z.infer<typeof BulkAction>;

/**
 * POST /bulk-runs → 201: does the same to many tickets, each by itself, by the rights of who asks and through the checks that one
 * ticket goes through (approval too). Answers leave two minutes later. `filter`: every ticket of a list (400 `bulk.too_many` beyond
 * 5,000, `bulk.none` for none). 429 `bulk.busy` while three of one's own go on.
 */
export const BulkCreate = z.strictObject({ ticketIds: z.array(Id).min(1).max(MOST_TICKETS).optional(), filter: TicketFilter.optional(), actions: z.array(BulkAction).min(1).max(MOST_ACTIONS) })
  .refine((given) => (given.ticketIds === undefined) !== (given.filter === undefined), { message: 'Give ticketIds or filter, one of the two.' })
  .refine(({ actions }) => actions.filter(({ type }) => type === 'reply').length <= 1, { message: 'One answer is enough.' });
export type BulkCreate = z.infer<typeof BulkCreate>;

/** GET /bulk-runs, GET /bulk-runs/:id: one's own. PUT /bulk-runs/:id/stop; PUT /bulk-runs/:id/undo (409 `bulk.too_late` a day later, `bulk.undone`). */
export const BulkRunView = z.object({
  id: Id, state: z.enum(['running', 'done', 'stopped', 'undoing', 'undone']), actions: z.array(BulkAction), total: z.int(),
  /** Those that are still to be done, or to be taken back. */
  waiting: z.int(), done: z.int(), unchanged: z.int(), failed: z.int(), stopped: z.int(), undone: z.int(),
  /** Somebody was there since, or it has left: it stays. */
  kept: z.int(),
  begunAt: Timestamp, mayUndo: z.boolean(),
});
export type BulkRunView = z.infer<typeof BulkRunView>;
export const BulkRunPage = pageOf(BulkRunView);

/** GET /bulk-runs/:id/failures: those that failed or stay as they are, with why. */
export const BulkFailure = z.object({ ticket: z.object({ id: Id, number: z.int(), subject: z.string() }), state: z.enum(['failed', 'kept']), code: z.string(), detail: z.string() });
export type BulkFailure = z.infer<typeof BulkFailure>;
export const BulkFailurePage = pageOf(BulkFailure);

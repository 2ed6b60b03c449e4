import { z } from 'zod';
import { Id, Timestamp } from '../../../kernel/contract.ts';

/**
 * PUT /tickets/:id/snooze → the ticket, out of the lists of what is to be done and `scheduled`, until `until`, until the other ticket is
 * done (resolved, closed, merged away or deleted), or until its own customer writes, whichever is first; {} waits for the customer alone.
 * DELETE wakes it at once. 400 `snooze.in_the_past`, `snooze.too_far`, `snooze.no_such_ticket`, 409 `snooze.done`.
 */
export const SnoozeSet = z.strictObject({ until: Timestamp.optional(), ticketId: Id.optional() });
export type SnoozeSet = z.infer<typeof SnoozeSet>;
export const SnoozeView = z.object({ at: Timestamp, until: Timestamp.nullable(), ticket: z.object({ id: Id, number: z.int() }).nullable() });
export type SnoozeView = z.infer<typeof SnoozeView>;

export const MOST_SNOOZE_DAYS = 366;
/** What ended it by itself. */
export type WokenBy = 'time' | 'ticket';

import { z } from 'zod';
import { Id, PageQuery, pageOf, Timestamp } from '../../../kernel/contract.ts';

/** Open ones of one ticket, and of one person, at most; and how far ahead. */
export const [MOST_OF_TICKET, MOST_OF_PERSON, MOST_DAYS] = [50, 1_000, 730];
const Person = z.object({ id: Id, name: z.string() });

/** GET /tickets/:id/reminders: open ones, what is due first first. */
export const ReminderView = z.object({
  id: Id, ticket: z.object({ id: Id, number: z.int(), subject: z.string() }), person: Person, madeBy: Person, note: z.string(), dueAt: Timestamp,
  /** Its moment has come. */
  isDue: z.boolean(),
  /** Whether who asks may cross it off. */
  mayDrop: z.boolean(),
});
export type ReminderView = z.infer<typeof ReminderView>;
export const ReminderPage = pageOf(ReminderView);
/** POST /tickets/:id/reminders → 201; absent `personId`: for oneself. DELETE /reminders/:id crosses it off. */
export const ReminderCreate = z.strictObject({ dueAt: Timestamp, personId: Id.optional(), note: z.string().trim().max(500).default('') });
export type ReminderCreate = z.infer<typeof ReminderCreate>;
/** GET /reminders: mine that are open, what is due first first; `due=1`: those whose moment has come. */
export const ReminderQuery = PageQuery.extend({ due: z.literal('1').optional() });
/** GET /reminders/count → mine whose moment has come. */
export const ReminderCount = z.object({ due: z.int() });

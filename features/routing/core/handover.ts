import { z } from 'zod';
import { Id } from '../../../kernel/contract.ts';

export const MOST_HANDED = 50;
/** Somebody, a team, or the queue where it belongs. */
const To = z.union([z.strictObject({ personId: Id }), z.strictObject({ teamId: Id }), z.strictObject({ queue: z.literal(true) })]);

/** POST /handovers → 200: tickets of one's own go on, each with a note for whoever has it next ('' for none); all of them or none (409 `handover.not_yours`). */
export const Handover = z.strictObject({
  items: z.array(z.strictObject({ ticketId: Id, to: To, note: z.string().trim().max(2_000).default('') })).min(1).max(MOST_HANDED)
    .refine((items) => new Set(items.map(({ ticketId }) => ticketId)).size === items.length, { message: 'Each ticket once.' }),
});
export type Handover = z.infer<typeof Handover>;
export const Handed = z.object({ count: z.int() });
export type Handed = z.infer<typeof Handed>;

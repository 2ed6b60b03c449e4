import { z } from 'zod';
import { Id, pageOf, Timestamp } from '../../../kernel/contract.ts';
import { Status } from './contract.ts';

export const RELATION_KINDS = ['related', 'duplicate_of', 'child_of', 'incident_of', 'split_from'] as const;
/** Of one ticket towards others; those that point at it may be more. */
export const MOST_RELATIONS = 50;
export const MOST_SPLIT_ENTRIES = 50;

/**
 * What people say that two tickets are to each other. GET /tickets/:id/relations: those of a ticket, the latest first; PUT
 * /tickets/:id/relations/:to {kind}: this ticket is that of the other (409 `relation.exists` the other way round, `relation.too_many`); DELETE
 * takes it back, from either side. When a person resolves a ticket, its incidents are resolved with it.
 */
export const RelationSet = z.strictObject({ kind: z.enum(RELATION_KINDS).exclude(['split_from']) });
export type RelationSet = z.infer<typeof RelationSet>;
export const RelationView = z.object({
  ticket: z.object({ id: Id, number: z.int(), subject: z.string(), status: Status }),
  kind: z.enum(RELATION_KINDS),
  /** Whether the ticket that was asked for is the one of which the kind says something (`from`), or the other is. */
  side: z.enum(['from', 'to']),
  createdAt: Timestamp,
});
export type RelationView = z.infer<typeof RelationView>;
export const RelationPage = pageOf(RelationView);
export const RelationParams = z.strictObject({ id: Id, to: Id });

/**
 * POST /tickets/:id/splits → 201: what came in, notes and contacts go on in a new ticket of the same customer (400 `split.answers_stay`, 409
 * `split.leaves_nothing`). DELETE /splits/:id puts them back and the new ticket away, as long as nothing was added to it (409 `split.went_on`).
 */
export const SplitCreate = z.strictObject({ entryIds: z.array(Id).min(1).max(MOST_SPLIT_ENTRIES), subject: z.string().trim().min(1).max(1_000).optional() });
export type SplitCreate = z.infer<typeof SplitCreate>;
export const SplitView = z.object({ id: Id, ticketId: Id, number: z.int() });
export type SplitView = z.infer<typeof SplitView>;

import type { Condition } from '../../conditions/core/condition.ts';
import { standingOf } from '../../conditions/core/standing.ts';
import { TICKET_FIELDS } from '../../tickets/core/fields.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';

/** Which queue has a ticket: the one into which it was put, else the first, in their order, whose condition holds. `until`: when time alone may choose another one. */
export function queueOf<Q extends { readonly id?: string; readonly conditions: Condition | null }>(queues: readonly Q[], ticket: TicketState, now: Date): { queue: Q | undefined; until: number } {
  let until = Number.POSITIVE_INFINITY;
  const chosen = ticket.queueChoice === null ? undefined : queues.find(({ id }) => id === ticket.queueChoice);
  if (chosen || ticket.queueChoice === 'none') return { queue: chosen, until };
  for (const queue of queues) {
    if (queue.conditions === null) return { queue, until };
    const standing = standingOf(queue.conditions, TICKET_FIELDS, { now }, ticket);
    until = Math.min(until, standing.until);
    if (standing.holds) return { queue, until };
  }
  return { queue: undefined, until };
}

export const isDone = ({ status, mergedInto, deletedAt }: TicketState): boolean =>
  mergedInto !== null || deletedAt !== null || status === 'resolved' || status === 'closed';

/** Somebody has to go on with it, and nobody does. */
export const waitsForUs = (ticket: TicketState): boolean => ticket.assigneeId === null && !isDone(ticket) && (ticket.status === 'new' || ticket.status === 'open');

import { waitsForUs } from '../../features/routing/core/seats.ts';
import type { TicketState } from '../../features/tickets/core/ticket.ts';

/** How many of what there are: open tickets by status, by person and by team, waiting ones by queue, and who is there. */
export type Counted = { readonly byStatus: Record<string, number>; readonly byPerson: Record<string, number>; readonly byTeam: Record<string, number>; readonly byQueue: Record<string, number>; readonly there: readonly string[] };
/** Which queue has a ticket that waits; null: none. */
export type QueueOf = (state: TicketState, now: number) => string | null;

const add = (counts: Record<string, number>, key: string): void => { counts[key] = (counts[key] ?? 0) + 1; };

export function countedOf(states: readonly TicketState[], people: readonly { readonly id: string; readonly state: string }[], now: number, queueOf: QueueOf): Counted {
  const counted: Counted = { byStatus: {}, byPerson: {}, byTeam: {}, byQueue: {}, there: people.filter(({ state }) => state === 'online').map(({ id }) => id).sort() };
  for (const state of states) {
    if (state.status === 'closed' || state.mergedInto !== null || state.deletedAt !== null) continue;
    add(counted.byStatus, state.status);
    add(counted.byPerson, state.assigneeId ?? 'nobody');
    add(counted.byTeam, state.teamId ?? 'none');
    if (waitsForUs(state)) add(counted.byQueue, queueOf(state, now) ?? 'none');
  }
  return counted;
}

import { QUEUES } from './company.ts';
import { queueOf, waits } from './desk.ts';
import type { TicketState } from '../../features/tickets/core/ticket.ts';

/** How many of what there are: open tickets by status, by person and by team, waiting ones by queue, and who is there. */
export type Counted = { readonly byStatus: Record<string, number>; readonly byPerson: Record<string, number>; readonly byTeam: Record<string, number>; readonly byQueue: Record<string, number>; readonly there: readonly string[] };

const add = (counts: Record<string, number>, key: string): void => { counts[key] = (counts[key] ?? 0) + 1; };

export function createCounters() {
  return {
    of(states: readonly TicketState[], people: readonly { readonly id: string; readonly state: string }[], now: number): Counted {
      const counted: Counted = { byStatus: {}, byPerson: {}, byTeam: {}, byQueue: Object.fromEntries(QUEUES.map(({ rule }) => [rule.id, 0])), there: people.filter(({ state }) => state === 'online').map(({ id }) => id).sort() };
      for (const state of states) {
        if (state.status === 'closed' || state.mergedInto !== null || state.deletedAt !== null) continue;
        add(counted.byStatus, state.status);
        add(counted.byPerson, state.assigneeId ?? 'nobody');
        add(counted.byTeam, state.teamId ?? 'none');
        if (waits(state)) add(counted.byQueue, queueOf(state, now).queue!.rule.id);
      }
      return counted;
    },
  };
}

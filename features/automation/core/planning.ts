import { fieldChange, fromTo } from '../../macros/core/planning.ts';
import { PRIORITIES } from '../../tickets/core/contract.ts';
import type { TicketChange, TicketState } from '../../tickets/core/ticket.ts';
import type { Action } from './actions.ts';
import type { Effect } from './contract.ts';

/** What an action would change of the ticket's fields; null for one that does something else. */
export function changeOf(action: Action, ticket: TicketState): TicketChange | null {
  switch (action.type) {
    case 'set_status': case 'set_priority': case 'set_kind': case 'set_team': case 'set_assignee': case 'add_tags': case 'remove_tags': return fieldChange(action, ticket);
    case 'set_language': return { language: action.language };
    case 'escalate': return { priority: PRIORITIES[Math.min(PRIORITIES.indexOf(ticket.priority) + 1, PRIORITIES.length - 1)] };
    default: return null;
  }
}

/** How a change of fields shows in the log; `nothing` when it is so already. */
export function effectOf(type: Action['type'], change: TicketChange, ticket: TicketState): Effect {
  const { from, to } = fromTo(change, ticket);
  const changes = from !== to;
  return { type, effect: changes ? 'changes' : 'nothing', reason: changes ? null : 'already_so', from, to };
}

/** A closed ticket takes words inside the house only. */
export const takes = (action: Action, ticket: Pick<TicketState, 'status'>): boolean =>
  ticket.status !== 'closed' || !['set_status', 'reply', 'follow_up'].includes(action.type) || (action.type === 'set_status' && action.status === 'closed');

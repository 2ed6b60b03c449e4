import { MAX_TAGS, PRIORITIES } from '../../tickets/core/contract.ts';
import { type TicketChange, type TicketState, uniqueTags } from '../../tickets/core/ticket.ts';
import type { Action } from './actions.ts';
import type { Effect } from './contract.ts';

/** What an action would change of the ticket's fields; null for one that does something else. */
export function changeOf(action: Action, ticket: TicketState): TicketChange | null {
  switch (action.type) {
    case 'set_status': return { status: action.status };
    case 'set_priority': return { priority: action.priority };
    case 'set_kind': return { kind: action.kind };
    case 'set_team': return { teamId: action.teamId };
    case 'set_assignee': return { assigneeId: action.personId };
    case 'set_language': return { language: action.language };
    case 'add_tags': return { tags: uniqueTags([...ticket.tags, ...action.tags]).slice(0, Math.max(MAX_TAGS, ticket.tags.length)) };
    case 'remove_tags': return { tags: without(ticket.tags, action.tags) };
    case 'escalate': return { priority: PRIORITIES[Math.min(PRIORITIES.indexOf(ticket.priority) + 1, PRIORITIES.length - 1)] };
    default: return null;
  }
}

/** Tags are compared without regard to case. */
function without(tags: readonly string[], removed: readonly string[]): string[] {
  const gone = new Set(removed.map((tag) => tag.trim().toLocaleLowerCase('en')));
  return tags.filter((tag) => !gone.has(tag.toLocaleLowerCase('en')));
}

/** How a change of fields shows in the log; `nothing` when it is so already. */
export function effectOf(type: Action['type'], change: TicketChange, ticket: TicketState): Effect {
  const [field, to] = Object.entries(change)[0] as [keyof TicketChange, string | readonly string[] | null];
  const [was, will] = [said(ticket[field]), said(to)];
  const changes = was !== will;
  return { type, effect: changes ? 'changes' : 'nothing', reason: changes ? null : 'already_so', from: was, to: will };
}

const said = (value: string | readonly string[] | null | undefined): string | null => (typeof value === 'string' ? value : value?.join(', ') ?? null);

/** What would become of the ticket, action after action, as a dry run shows it; the room that really does it may refuse more. */
export function withChange(ticket: TicketState, change: TicketChange): TicketState {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  return { ...ticket, ...given };
}

/** A closed ticket takes words inside the house only. */
export const takes = (action: Action, ticket: Pick<TicketState, 'status'>): boolean =>
  ticket.status !== 'closed' || !['set_status', 'reply', 'follow_up'].includes(action.type) || (action.type === 'set_status' && action.status === 'closed');

import type { FieldValue, FieldValues } from '../../fields/core/types.ts';
import { OWN_FIELD, toldChanges } from '../../fields/core/values.ts';
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
    case 'set_field': return { fields: withField(ticket.fields, action.field, action.value) };
    case 'escalate': return { priority: PRIORITIES[Math.min(PRIORITIES.indexOf(ticket.priority) + 1, PRIORITIES.length - 1)] };
    default: return null;
  }
}

/** How a change of fields shows in the log; `nothing` when it is so already. */
export function effectOf(type: Action['type'], change: TicketChange, ticket: TicketState): Effect {
  if (change.fields) return ownEffect(type, ticket.fields, change.fields);
  const { from, to } = fromTo(change, ticket);
  const changes = from !== to;
  return { type, effect: changes ? 'changes' : 'nothing', reason: changes ? null : 'already_so', from, to };
}

/** A value as it is written in a log of actions, behind the key of its field. */
function ownEffect(type: Action['type'], before: FieldValues, after: FieldValues): Effect {
  const [moved] = Object.entries(toldChanges(before, after));
  if (!moved) return { type, effect: 'nothing', reason: 'already_so', from: null, to: null };
  const [name, [from, to]] = moved;
  const words = (value: FieldValue | null) => `${name.slice(OWN_FIELD.length)}: ${value === null ? '–' : Array.isArray(value) ? value.join(' / ') : String(value)}`;
  return { type, effect: 'changes', reason: null, from: words(from), to: words(to) };
}

function withField(fields: FieldValues, key: string, value: FieldValue | null): FieldValues {
  const after = new Map(Object.entries(fields));
  if (value === null) after.delete(key);
  else after.set(key, value);
  return Object.fromEntries(after);
}

/** A closed ticket takes words inside the house only. */
export const takes = (action: Action, ticket: Pick<TicketState, 'status'>): boolean =>
  ticket.status !== 'closed' || !['set_status', 'route_team', 'reply', 'follow_up'].includes(action.type) || (action.type === 'set_status' && action.status === 'closed');

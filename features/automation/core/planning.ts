import type { FieldValue, FieldValues } from '../../fields/core/types.ts';
import { OWN_FIELD, toldChanges } from '../../fields/core/values.ts';
import { fieldChange, fromTo, placeOf } from '../../macros/core/planning.ts';
import { PRIORITIES } from '../../tickets/core/contract.ts';
import type { TicketChange, TicketState } from '../../tickets/core/ticket.ts';
import type { Action } from './actions.ts';
import type { Effect } from './contract.ts';

const OF_MACROS = ['set_status', 'set_priority', 'set_kind', 'set_team', 'set_assignee', 'add_tags', 'remove_tags'] as const;
const isOfMacros = (action: Action): action is Extract<Action, { type: (typeof OF_MACROS)[number] }> => (OF_MACROS as readonly string[]).includes(action.type);

/** What an action would change of the ticket's fields; null for one that does something else. */
export function changeOf(action: Action, ticket: TicketState): TicketChange | null {
  if (isOfMacros(action)) return fieldChange(action, ticket);
  switch (action.type) {
    case 'set_language': return { language: action.language };
    case 'set_field': return { fields: withField(ticket.fields, action.field, action.value) };
    case 'set_subject': return { subject: subjectOf(action.subject, ticket) };
    case 'set_private': return { isPrivate: action.isPrivate };
    case 'escalate': return { priority: PRIORITIES[Math.min(PRIORITIES.indexOf(ticket.priority) + 1, PRIORITIES.length - 1)] };
    default: return placeOf(action);
  }
}

const SUBJECT_SLOT = /\{\{\s{0,8}ticket\.(subject|number)\s{0,8}\}\}/g;
/** What else stands in double braces. */
export const strangeSlots = (subject: string): boolean => subject.replace(SUBJECT_SLOT, '').includes('{{');
const LONGEST_SUBJECT = 1_000;
const subjectOf = (subject: string, ticket: Pick<TicketState, 'subject' | 'number'>): string =>
  subject.replace(SUBJECT_SLOT, (_slot, name: string) => (name === 'number' ? String(ticket.number) : ticket.subject)).slice(0, LONGEST_SUBJECT);

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

const OF_OPEN: readonly Action['type'][] = ['set_status', 'route_team', 'reply', 'follow_up', 'snooze', 'forward', 'promise'];

/** A closed ticket takes words inside the house only. */
export const takes = (action: Action, ticket: Pick<TicketState, 'status'>): boolean =>
  ticket.status !== 'closed' || !OF_OPEN.includes(action.type) || (action.type === 'set_status' && action.status === 'closed');

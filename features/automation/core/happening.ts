import type { Json } from '../../../kernel/json.ts';
import { type FieldValue, valueIn } from '../../fields/core/types.ts';
import { OWN_FIELD, toldValue } from '../../fields/core/values.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import type { EventName } from './causes.ts';
import type { Causer, RuleRecord } from './fields.ts';
import { onlyThanks, soundsAngry, soundsLegal } from './saying.ts';

type Data = { readonly [key: string]: Json };

/** What happened, as rules are told of it. */
export type Happening = {
  readonly name: EventName; readonly data: Data; readonly by: Causer;
  /** Of the entry that was added, where a rule asks for them. */
  readonly words: string | null;
};

/** The fields of the ticket that an event may have changed, as conditions call them. */
const FIELD: Readonly<Record<string, string>> = { assigneeId: 'assignee', teamId: 'team', customerId: 'customer' };
const fieldOf = (key: string): string => FIELD[key] ?? key;
/** Which `changed` may be asked of: an event says so. */
export const TOLD_CHANGES = ['subject', 'status', 'priority', 'kind', 'assignee', 'team', 'customer', 'language', 'tags'] as const;

type Move = { readonly key: keyof TicketState; readonly from: unknown; readonly to: unknown };

/** Field by field from what to what. */
function movesOf(name: EventName, data: Data): Move[] {
  if (name === 'ticket.changed') {
    return Object.entries(data).flatMap(([key, value]) => (Array.isArray(value) && value.length === 2 ? [{ key: key as keyof TicketState, from: value[0], to: value[1] }] : []));
  }
  const [before, after] = [data['before'], data['after']];
  if (!isRecord(before) || !isRecord(after)) return [];
  return Object.keys(before).filter((key) => before[key] !== after[key]).map((key) => ({ key: key as keyof TicketState, from: before[key], to: after[key] }));
}

const isRecord = (value: Json | undefined): value is { readonly [key: string]: Json | undefined } => typeof value === 'object' && value !== null && !Array.isArray(value);

const tagsMoved = (data: Data): { added: readonly string[]; removed: readonly string[] } | null => {
  const tags = data['tags'];
  return isRecord(tags) && Array.isArray(tags['added']) && Array.isArray(tags['removed']) ? { added: tags['added'] as string[], removed: tags['removed'] as string[] } : null;
};

export function changedFields(name: EventName, data: Data): ReadonlySet<string> {
  return new Set([...movesOf(name, data).map(({ key }) => fieldOf(key)), ...(name === 'ticket.changed' && tagsMoved(data) ? ['tags'] : [])]);
}

/**
 * The ticket as it was before what happened, as far as that still stands: a change that was changed again since is none any
 * more. Null when it has just come into being, or nothing of it changed.
 */
export function ticketBefore(ticket: TicketState, name: EventName, data: Data): TicketState | null {
  if (name === 'ticket.created') return null;
  const moves = movesOf(name, data);
  const standing = moves.filter(({ key, to }) => ticket[key] === to);
  const fields = name === 'ticket.changed' ? fieldsBefore(ticket, moves) : null;
  const tags = name === 'ticket.changed' ? tagsMoved(data) : null;
  const before = { ...ticket, ...Object.fromEntries(standing.map(({ key, from }) => [key, from])), ...(fields && { fields }) };
  if (!tags) return standing.length === 0 && !fields ? null : before;
  const stands = tags.added.every((tag) => ticket.tags.includes(tag)) && !tags.removed.some((tag) => ticket.tags.includes(tag));
  return stands ? { ...before, tags: [...ticket.tags.filter((tag) => !tags.added.includes(tag)), ...tags.removed] } : before;
}

/** The workspace's own fields as they were, as far as the change still stands; null when none of it does. */
function fieldsBefore(ticket: TicketState, moves: readonly Move[]): TicketState['fields'] | null {
  const before = new Map(Object.entries(ticket.fields));
  let stands = false;
  for (const { key, from, to } of moves as readonly { key: string; from: unknown; to: unknown }[]) {
    const own = key.startsWith(OWN_FIELD) ? key.slice(OWN_FIELD.length) : null;
    if (own === null || JSON.stringify(toldValue(valueIn(ticket.fields, own))) !== JSON.stringify(to)) continue;
    stands = true;
    if (from === null) before.delete(own);
    else before.set(own, from as FieldValue);
  }
  return stands ? Object.fromEntries(before) : null;
}

/** What rules look at. Without a happening it is the ticket at a moment. */
export function recordOf(ticket: TicketState, happening: Happening | null, insideHours: boolean): RuleRecord {
  const said = happening?.words ?? null;
  const told = once((text: string) => ({ thanks: onlyThanks(text), angry: soundsAngry(text), legal: soundsLegal(text) }));
  const data = happening?.data ?? {};
  return {
    ...ticket, insideHours, by: happening?.by ?? null, message: said,
    get messageThanks() { return said === null ? null : told(said).thanks; },
    get messageAngry() { return said === null ? null : told(said).angry; },
    get messageLegal() { return said === null ? null : told(said).legal; },
    messageAutomatic: typeof data['automatic'] === 'boolean' ? data['automatic'] : null,
    slaMetric: typeof data['metric'] === 'string' ? data['metric'] : null,
    slaPercent: typeof data['percent'] === 'number' ? data['percent'] : null,
  };
}

function once<T>(make: (text: string) => T): (text: string) => T {
  let made: T | undefined;
  return (text) => (made ??= make(text));
}

import type { Json } from '../../../kernel/json.ts';

type Facts = { readonly [key: string]: Json | undefined };
/** An event of the house, as the log holds it. */
export type Heard = { readonly type: string; readonly ticketId: string | null; readonly subjectId: string | null; readonly data: Facts };
/** What of it others are told: facts under public names, never what somebody wrote. `entryId`: whose words may go along when asked for. */
type Told = { readonly facts: Facts; readonly entryId?: string | null };
type Teller = (event: Heard) => Told | null;

const ids = (...names: readonly string[]): Teller => ({ data }) => ({ facts: Object.fromEntries(names.flatMap((name) => (data[name] === undefined ? [] : [[snake(name), data[name]]]))) });
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** field → public name. */
const CHANGES: Readonly<Record<string, string>> = { status: 'status', priority: 'priority', kind: 'kind', assigneeId: 'assignee', teamId: 'team', customerId: 'customer', language: 'language' };
/** Of these only that they changed: what they were and became are people's words. */
const WORDS = ['subject', 'tags'] as const;

/** From what to what; null where the event does not say so of the field. */
const moveOf = (change: Json | undefined): { from: Json; to: Json } | null => {
  if (!Array.isArray(change)) return null;
  const [from = null, to = null] = change as readonly Json[];
  return { from, to };
};

function changesOf({ data }: Heard): Facts {
  const told = Object.entries(CHANGES).flatMap(([field, name]): [string, Json][] => {
    const change = data[field];
    return change === undefined ? [] : [[name, moveOf(change) ?? change]];
  });
  return Object.fromEntries([...told, ...WORDS.filter((field) => data[field] !== undefined).map((field): [string, Json] => [field, true])]);
}

const changed = (field: string): Teller => ({ data }) => {
  const facts = moveOf(data[field]);
  return facts && { facts };
};

const entry = (type: string, direction: string): Teller => ({ data, subjectId }) => {
  if (data['type'] !== type || data['direction'] !== direction) return null;
  return { facts: { entry: { id: subjectId }, channel: data['channel'] ?? null, automatic: data['automatic'] === true }, entryId: subjectId };
};
const contact: Teller = ({ data, subjectId }) => {
  if (data['type'] === 'message' || data['type'] === 'note') return null;
  return { facts: { entry: { id: subjectId }, kind: data['type'] ?? null, direction: data['direction'] ?? null, channel: data['channel'] ?? null }, entryId: subjectId };
};
const customer: Teller = ({ subjectId }) => ({ facts: { customer: { id: subjectId } } });
const commitment: Teller = (event) => ({ facts: { commitment: { id: event.subjectId }, ...ids('kind', 'dueAt', 'late')(event)?.facts, owner: event.data['ownerId'] ?? null } });
const nothingMore: Teller = () => ({ facts: {} });

/** Public name → the event of the house that makes it, and what is told. The names are for good: others build on them. */
const PUBLIC = {
  'ticket.created': ['ticket.created', ids('channel')],
  'ticket.updated': ['ticket.changed', (event) => ({ facts: { changes: changesOf(event) } })],
  'ticket.status_changed': ['ticket.changed', changed('status')],
  'ticket.assigned': ['ticket.changed', changed('assigneeId')],
  'ticket.merged': ['ticket.merged', ({ ticketId }) => ({ facts: { merged: { id: ticketId } } })],
  'ticket.deleted': ['ticket.deleted', nothingMore],
  'ticket.restored': ['ticket.restored', nothingMore],
  'message.received': ['entry.added', entry('message', 'in')],
  'message.sent': ['entry.added', entry('message', 'out')],
  'message.withdrawn': ['entry.withdrawn', ({ subjectId }) => ({ facts: { entry: { id: subjectId } } })],
  'note.added': ['entry.added', entry('note', 'internal')],
  'contact.logged': ['entry.added', contact],
  'customer.created': ['customer.created', customer],
  'customer.updated': ['customer.changed', customer],
  'customer.merged': ['customer.merged', ({ data }) => ({ facts: { customer: { id: data['targetId'] ?? null }, merged: { id: data['sourceId'] ?? null } } })],
  'customer.unmerged': ['customer.unmerged', ({ data }) => ({ facts: { customer: { id: data['targetId'] ?? null }, merged: { id: data['sourceId'] ?? null } } })],
  'sla.warned': ['sla.warned', ids('metric', 'percent', 'dueAt', 'late')],
  'sla.breached': ['sla.breached', ids('metric', 'dueAt', 'late')],
  'commitment.made': ['commitment.made', commitment],
  'commitment.due_soon': ['commitment.due_soon', commitment],
  'commitment.renegotiated': ['commitment.renegotiated', commitment],
  'commitment.kept': ['commitment.kept', commitment],
  'commitment.withdrawn': ['commitment.withdrawn', commitment],
  'commitment.broken': ['commitment.broken', commitment],
  'routing.nobody_free': ['routing.nobody_free', ids('queueId')],
} as const satisfies Readonly<Record<string, readonly [heard: string, tell: Teller]>>;

export type EventName = keyof typeof PUBLIC;
export const EVENT_NAMES = Object.keys(PUBLIC) as [EventName, ...EventName[]];
const TELLERS: readonly (readonly [EventName, readonly [heard: string, tell: Teller]])[] = EVENT_NAMES.map((name) => [name, PUBLIC[name]]);

/** Events of the house that anybody outside may hear of. */
export const HEARD: readonly string[] = [...new Set(TELLERS.map(([, [heard]]) => heard))];

/** What others hear of an event: none, one, or several of the public ones. */
export const toldOf = (event: Heard): (Told & { readonly name: EventName })[] =>
  TELLERS.flatMap(([name, [heard, tell]]) => {
    const told = heard === event.type ? tell(event) : null;
    return told === null ? [] : [{ name, ...told }];
  });

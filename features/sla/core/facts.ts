import type { PRIORITIES, Status } from '../../tickets/core/contract.ts';
import type { Ms } from './clock.ts';
import type { Metric } from './metrics.ts';
import type { Fact, Priority } from './sheet.ts';

/** An event of a ticket, as the log has it. */
export type Heard = {
  readonly seq: number; readonly type: string; readonly subjectId: string | null; readonly at: Date;
  readonly actor: { readonly kind: string; readonly id: string | null };
  readonly data: { readonly [key: string]: unknown };
};

/** What clocks hear of. Others leave them as they are. */
export const HEARD = [
  'ticket.created', 'ticket.changed', 'ticket.deleted', 'ticket.restored', 'ticket.merged', 'ticket.unmerged', 'entry.added', 'entry.withdrawn', 'entry.undelivered', 'sla.deadline_agreed',
] as const;

/** What an event says of clocks; of merging and of what is taken back only the whole history can tell. */
export function factsOf(event: Heard, isPolicy: (id: string) => boolean): Fact[] {
  const at = event.at.getTime();
  switch (event.type) {
    case 'ticket.created': return [{ type: 'created', at, status: (event.data['status'] ?? (event.actor.kind === 'person' ? 'open' : 'new')) as Status, priority: (event.data['priority'] ?? 'normal') as Priority }];
    case 'ticket.changed': return changes(event, at, isPolicy);
    case 'entry.added': return entry(event, at);
    case 'ticket.deleted': return [{ type: 'gone', at }];
    case 'ticket.restored': return [{ type: 'back', at }];
    case 'sla.deadline_agreed': return [agreed(event, at)];
    default: return [];
  }
}

const agreed = ({ data, subjectId, actor }: Heard, at: Ms): Fact =>
  ({ type: 'agreed', at, metric: data['metric'] as Metric, to: typeof data['dueAt'] === 'string' ? Date.parse(data['dueAt']) : null, by: actor.id, entryId: subjectId ?? '' });

const movedTo = (move: unknown): string | null => (Array.isArray(move) && typeof move[1] === 'string' ? move[1] : null);

function changes({ data, actor }: Heard, at: Ms, isPolicy: (id: string) => boolean): Fact[] {
  const [status, priority] = [movedTo(data['status']), movedTo(data['priority'])];
  // A promise that is about to break raises the priority; that must not make it break at once.
  const raisedByPromise = actor.kind === 'system' && actor.id !== null && isPolicy(actor.id);
  return [
    ...(status === null ? [] : [{ type: 'status', at, to: status as Status, byPerson: actor.kind === 'person' } as const]),
    ...(priority === null || raisedByPromise ? [] : [{ type: 'priority', at, to: priority as (typeof PRIORITIES)[number] } as const]),
  ];
}

function entry({ subjectId, actor, data }: Heard, at: Ms): Fact[] {
  const { type, direction } = data;
  if (type === 'note') return [];
  if (direction === 'in' && (type === 'message' || type === 'letter')) {
    const received = typeof data['receivedAt'] === 'string' ? Date.parse(data['receivedAt']) : at;
    if (data['automatic'] === true) return [];
    return [{ type: 'customer_wrote', at, ...(data['leftBy'] !== undefined && { onlyThanks: true }), channel: String(data['channel']), since: Math.min(at, received) }];
  }
  // Only what a person wrote or said stops a clock that waits for one.
  if (actor.kind !== 'person') return [];
  const entryId = subjectId ?? '';
  return [...pickedUp(entryId, data, at), { type: 'replied', at, entryId, holds: data['holds'] === true }];
}

function pickedUp(entryId: string, { askedAt, answeredAt }: Heard['data'], at: Ms): Fact[] {
  if (typeof askedAt !== 'string' || typeof answeredAt !== 'string') return [];
  return [{ type: 'picked_up', at, entryId, since: Math.min(at, Date.parse(askedAt)), answeredAt: Math.min(at, Date.parse(answeredAt)) }];
}

/** One thing after another that made the clocks what they are; a merge brings the clocks of the other ticket as they were then. */
export type Happening = Fact | { readonly type: 'merged'; readonly at: Ms; readonly sourceId: string; readonly seq: number };

/**
 * The history as it counts: what was taken back has never been, and what came back undelivered has reached nobody. Times never go
 * back, whatever the clocks of several machines say.
 */
export function historyOf(log: readonly Heard[], ticketId: string, isPolicy: (id: string) => boolean): Happening[] {
  // Others, such as those of the mail that leaves, follow the machine's clock.
  const events = log.filter(({ type }) => (HEARD as readonly string[]).includes(type));
  const undone = new Set(events.filter(({ type }) => type === 'ticket.unmerged').map(({ subjectId }) => subjectId));
  const lost = new Set(events.filter(({ type }) => type === 'entry.withdrawn' || type === 'entry.undelivered').map(({ subjectId }) => subjectId));
  const skipped = statusMovesOfWithdrawn(events);
  let latest = -Infinity;
  return events.flatMap((event): Happening[] => {
    latest = Math.max(latest, event.at.getTime());
    if (event.type === 'entry.added' && lost.has(event.subjectId)) return [];
    if (event.type === 'ticket.merged') return undone.has(event.subjectId) ? [] : merging(event, ticketId, latest);
    return factsOf(event, isPolicy).filter(({ type }) => type !== 'status' || !skipped.has(event.seq)).map((fact) => ({ ...fact, at: latest }));
  });
}

function merging({ data, seq }: Heard, ticketId: string, at: Ms): Happening[] {
  const sourceId = String(data['sourceId']);
  return sourceId === ticketId ? [{ type: 'gone', at }] : [{ type: 'merged', at, sourceId, seq }];
}

/** A reply moves the status a moment before it is told, and so does taking it back. */
function statusMovesOfWithdrawn(events: readonly Heard[]): Set<number> {
  const skipped = new Set<number>();
  const addedAt = new Map(events.flatMap(({ type, subjectId }, i) => (type === 'entry.added' && subjectId !== null ? [[subjectId, i] as const] : [])).reverse());
  const skipMove = (index: number, from: unknown, to: unknown) => {
    const move = moveBefore(events, index);
    const status = move?.data['status'];
    if (move && Array.isArray(status) && status[0] === from && status[1] === to) skipped.add(move.seq);
  };
  for (const [index, { type, subjectId }] of events.entries()) {
    if (type !== 'entry.withdrawn') continue;
    const wrote = addedAt.get(subjectId ?? '') ?? -1;
    const { before, after } = (events[wrote]?.data ?? {}) as { before?: { status?: string }; after?: { status?: string } };
    if (!before || !after || before.status === after.status) continue;
    skipMove(wrote, before.status, after.status);
    skipMove(index, after.status, before.status);
  }
  return skipped;
}

/** The latest change in the very moment of an event; the log is in the order in which things happened. */
function moveBefore(events: readonly Heard[], index: number): Heard | undefined {
  const at = events[index]?.at.getTime();
  for (let i = index - 1; i >= 0 && events[i]?.at.getTime() === at; i -= 1) if (events[i]?.type === 'ticket.changed') return events[i];
  return undefined;
}

import type { Json } from '../../kernel/json.ts';
import { afterCommit, type Tx } from '../db/db.ts';

export type EventActor = { readonly kind: 'person' | 'customer' | 'system'; readonly id: string | null };

/** What a room announces. `type` is `room.what_happened`, in the past tense. */
export type NewEvent = {
  readonly type: `${string}.${string}`;
  readonly ticketId?: string | null;
  /** The thing that changed when it is not the ticket: an entry, a customer, a person, a mailbox. */
  readonly subjectId?: string | null;
  readonly actor: EventActor;
  /** Small facts, never content: what changed from what to what. */
  readonly data?: { readonly [key: string]: Json };
  readonly at: Date;
};

/** An event as the log holds it. `position` is the order in which followers see it; it has no gaps that matter. */
export type LoggedEvent = Required<NewEvent> & { readonly workspaceId: string; readonly seq: number };

export type WithinHandler = (tx: Tx, event: LoggedEvent) => Promise<void>;
/** Writes events into the log in the transaction of the change. Lock the ticket first: `seq` is drawn here. */
export type Emit = (tx: Tx, workspaceId: string, ...events: NewEvent[]) => Promise<void>;

/**
 * Whoever hears of these looks after things of their own, and nobody builds on what another room makes of it: they are asked
 * abreast, so that what each of them reads first shares one round trip.
 */
const ABREAST: ReadonlySet<string> = new Set(['entry.added']);

/** The append-only event log. `onCommitted` is a hint that there is something new; it may be lost. */
export function createEvents({ onCommitted }: { onCommitted: () => void }) {
  const handlers = new Map<string, WithinHandler[]>();
  /** Units of work whose commit is told of already: once is enough, however much happens in them. */
  const announced = new WeakSet<Tx>();
  const listeners = new Set<(events: readonly LoggedEvent[]) => void>();

  const emit: Emit = async (tx, workspaceId, ...events) => {
    if (events.length === 0) return;
    const rows = await tx.insertInto('events').values(events.map((event) => ({
      workspace_id: workspaceId, type: event.type, ticket_id: event.ticketId ?? null, subject_id: event.subjectId ?? null,
      actor_kind: event.actor.kind, actor_id: event.actor.id, data: JSON.stringify(event.data ?? {}), at: event.at,
    }))).returning('seq').execute();
    if (!announced.has(tx)) {
      announced.add(tx);
      afterCommit(onCommitted);
    }
    const logged = events.map((event, i): LoggedEvent => ({
      ...event, ticketId: event.ticketId ?? null, subjectId: event.subjectId ?? null, data: event.data ?? {}, workspaceId, seq: rows[i]!.seq,
    }));
    if (listeners.size > 0) afterCommit(() => { for (const listener of listeners) listener(logged); });
    for (const event of logged) await tell(handlers.get(event.type) ?? [], tx, event);
  };

  return {
    emit,
    /** For what must be true at once: runs in the same transaction, may use the database and nothing else. */
    within(subscriptions: Record<string, WithinHandler>): void {
      for (const [type, handler] of Object.entries(subscriptions)) {
        handlers.set(type, [...(handlers.get(type) ?? []), handler]);
      }
    },

    /**
     * What this process has written, once it is committed and before whoever wrote it is answered. For what it keeps in
     * memory, which the tail of the log tells of what other processes wrote. Must not throw or block.
     */
    committed(listener: (events: readonly LoggedEvent[]) => void): void {
      listeners.add(listener);
    },
  };
}

async function tell(handlers: readonly WithinHandler[], tx: Tx, event: LoggedEvent): Promise<void> {
  if (!ABREAST.has(event.type)) {
    for (const handler of handlers) await handler(tx, event);
    return;
  }
  // One that throws before it waits for anything must not leave the others alone.
  const all = handlers.map(async (handler) => handler(tx, event));
  try {
    await Promise.all(all);
  } catch (error) {
    // Nobody goes on in a unit of work that has ended.
    await Promise.allSettled(all);
    throw error;
  }
}

import type { Tx } from '../../../platform/db/db.ts';
import type { EventActor, LoggedEvent, WithinHandler } from '../../../platform/events/events.ts';
import { followOwner, isOpen, keep, renegotiate, soonAtOf, takeUp, withdraw, type Commitment } from '../core/commitment.ts';
import { THE_DESK, type Context } from './context.ts';
import { answersKeptIn, insertCommitment, markTold, openAnswers, saveCommitment, saveKeptIn, saveTold } from './store.ts';

type Promised = Pick<Commitment, 'ticketId' | 'ownerId' | 'what' | 'dueAt'> & {
  /** The entry that told the customer; null with `untold`, which says why nothing could. */
  readonly entryId: string | null; readonly untold: string | null;
};

/**
 * What the desk itself tells a customer who waits longer than promised: that they hear by then. The next word of a person keeps it, whoever has
 * the ticket owns it, and whom nothing could tell is to be called.
 */
export function createAnswers(context: Context) {
  async function end(tx: Tx, workspaceId: string, before: Commitment, { actor, at, entryId }: { actor: EventActor; at: Date; entryId: string | null }): Promise<void> {
    const by = actor.kind === 'person' ? actor.id : null;
    const after = entryId === null ? withdraw(before, 'customer', { by, at, note: '' }) : keep(before, { by, at, note: '' });
    await saveCommitment(tx, workspaceId, after);
    if (entryId !== null) await saveKeptIn(tx, workspaceId, after.id, entryId);
    await context.announce(tx, workspaceId, after.state === 'kept' ? 'kept' : 'withdrawn', after, { actor, at, more: after.state === 'kept' ? { late: at > after.dueAt } : {} });
  }

  const untold = (tx: Tx, workspaceId: string, commitment: Commitment, reason: string, at: Date): Promise<void> =>
    context.announce(tx, workspaceId, 'untold', commitment, { actor: THE_DESK, at, more: { reason } });

  /** A person wrote, called or met them: they have heard, also of what was agreed on anew. */
  async function heard(tx: Tx, { workspaceId, ticketId, subjectId, actor, data, at }: LoggedEvent): Promise<void> {
    if (ticketId === null || subjectId === null || actor.kind !== 'person' || data.direction !== 'out') return;
    // Done in this order: an answer that is read has been marked as told.
    const [, all] = await Promise.all([markTold(tx, workspaceId, ticketId, { entryId: subjectId, at }), openAnswers(tx, workspaceId, ticketId)]);
    for (const open of all) await end(tx, workspaceId, open, { actor, at, entryId: subjectId });
  }

  /** A word that was taken back, or came back, kept nothing and told nobody. */
  const lost = (isUndelivered: boolean): WithinHandler => async (tx, { workspaceId, ticketId, subjectId, at }) => {
    if (ticketId === null || subjectId === null) return;
    for (const kept of await answersKeptIn(tx, workspaceId, subjectId)) {
      const after = takeUp(kept, at);
      await saveCommitment(tx, workspaceId, after);
      await saveKeptIn(tx, workspaceId, after.id, null);
      await context.announce(tx, workspaceId, 'changed', after, { actor: THE_DESK, at });
    }
    for (const open of isUndelivered ? await openAnswers(tx, workspaceId, ticketId) : []) {
      if (open.entryId === subjectId) await untold(tx, workspaceId, open, 'undeliverable', at);
    }
  };

  async function changed(tx: Tx, { workspaceId, ticketId, actor, data, at }: LoggedEvent): Promise<void> {
    const [assignee, status] = [toOf(data.assigneeId), toOf(data.status)];
    if (ticketId === null || (assignee === null && status === null)) return;
    const isOver = actor.kind === 'customer' && (status === 'resolved' || status === 'closed');
    for (const open of await openAnswers(tx, workspaceId, ticketId)) {
      if (isOver) await end(tx, workspaceId, open, { actor, at, entryId: null });
      else if (assignee !== null && assignee !== open.ownerId) {
        const after = followOwner(open, assignee);
        await saveCommitment(tx, workspaceId, after);
        await context.announce(tx, workspaceId, 'changed', after, { actor, at, more: { previousOwnerId: open.ownerId } });
      }
    }
  }

  return {
    subscriptions: {
      'entry.added': heard, 'ticket.changed': changed, 'entry.withdrawn': lost(false), 'entry.undelivered': lost(true),
    } satisfies Record<string, WithinHandler>,

    /** For rooms below, in their transaction: by when a customer was told that they hear from us; null when nothing of that is open. */
    async awaited(tx: Tx, workspaceId: string, ticketId: string): Promise<Date | null> {
      return (await openAnswers(tx, workspaceId, ticketId)).at(-1)?.dueAt ?? null;
    },

    /** The same, with the ticket locked: they have just been told, or could not be. It stands for what they were told before. */
    async promiseAnswer(tx: Tx, workspaceId: string, { ticketId, entryId, ownerId, what, dueAt, untold: reason }: Promised): Promise<void> {
      const ticket = await context.tickets.find(tx, ticketId);
      if (!ticket) return;
      const at = context.now();
      const soonAt = soonAtOf(at, dueAt, await context.timeOf(tx, workspaceId, ticketId));
      const before = (await openAnswers(tx, workspaceId, ticketId)).at(-1);
      const blank: Commitment = {
        id: context.newId(), ticketId, entryId, customerId: ticket.customerId, homeId: ticket.homeId, kind: 'answer', what, ownerId, teamId: ticket.teamId, dueAt, wholeDay: false, soonAt, nextAt: soonAt, state: 'made',
        madeAt: at, madeBy: null, endedAt: null, endedBy: null, note: '', withdrawn: null, previousId: null, toldAt: null, telling: null, standsFor: null, apologyFor: null, version: 1,
      };
      const telling = reason === null ? 'mail' : 'reply';
      const [old, next] = before && isOpen(before)
        ? renegotiate(before, { id: blank.id, dueAt, wholeDay: false, soonAt, telling }, { by: null, at, note: '' }) : [null, blank];
      const made = { ...next, entryId };
      if (old) await saveCommitment(tx, workspaceId, old);
      await insertCommitment(tx, workspaceId, made);
      if (old && reason === null) await saveTold(tx, workspaceId, made.id, { telling: 'mail', at, entryId });
      if (old) await context.announce(tx, workspaceId, 'renegotiated', old, { actor: THE_DESK, at, more: { nextId: made.id, newDueAt: dueAt.toISOString(), newWholeDay: false, telling } });
      else await context.announce(tx, workspaceId, 'made', made, { actor: THE_DESK, at });
      if (reason !== null) await untold(tx, workspaceId, made, reason, at);
    },
  };
}

/** Of `[from, to]` in the log. */
const toOf = (change: unknown): string | null => (Array.isArray(change) && typeof change[1] === 'string' ? change[1] : null);

import type { LoggedEvent, WithinHandler } from '../../../platform/events/events.ts';
import { withdraw } from '../core/commitment.ts';
import type { Context } from './context.ts';
import { followTeam, markTold, markUntold, moveBack, moveToTicket, openOfEntry, saveCommitment, setAsleep } from './store.ts';

/** What happens to tickets and their entries, as far as promises hang on it. */
export function createListening(context: Context): Record<string, WithinHandler> {
  /** A merge is told once for each of the two; it is enough to hear it for the one that goes. */
  const merging = ({ ticketId, subjectId, data: { sourceId, targetId } }: LoggedEvent) =>
    (ticketId === sourceId && subjectId !== null && typeof sourceId === 'string' && typeof targetId === 'string' ? { sourceId, targetId, mergeId: subjectId } : null);
  const sleep = (asleep: boolean): WithinHandler => async (tx, { workspaceId, ticketId }) => {
    if (ticketId === null) return;
    await setAsleep(tx, workspaceId, ticketId, asleep);
    await context.settle(tx, workspaceId, ticketId);
  };

  return {
    'ticket.merged': async (tx, event) => {
      const merge = merging(event);
      if (!merge) return;
      await moveToTicket(tx, event.workspaceId, { from: merge.sourceId, to: merge.targetId, mergeId: merge.mergeId });
      await context.settle(tx, event.workspaceId, merge.sourceId, merge.targetId);
    },
    'ticket.unmerged': async (tx, event) => {
      const merge = merging(event);
      if (!merge) return;
      await moveBack(tx, event.workspaceId, { from: merge.targetId, to: merge.sourceId, mergeId: merge.mergeId });
      await context.settle(tx, event.workspaceId, merge.sourceId, merge.targetId);
    },
    'ticket.deleted': sleep(true),
    'ticket.restored': sleep(false),
    'ticket.changed': async (tx, { workspaceId, ticketId, data }) => {
      if (ticketId === null || !Array.isArray(data.teamId)) return;
      const [, teamId] = data.teamId as [string | null, string | null];
      await followTeam(tx, workspaceId, ticketId, teamId);
    },
    'entry.added': async (tx, { workspaceId, ticketId, subjectId, actor, data, at }) => {
      if (ticketId === null || subjectId === null || actor.kind !== 'person' || data.direction !== 'out') return;
      await markTold(tx, workspaceId, ticketId, { entryId: subjectId, at });
    },
    'entry.withdrawn': async (tx, { workspaceId, ticketId, subjectId, actor, at }) => {
      if (ticketId === null || subjectId === null) return;
      await markUntold(tx, workspaceId, subjectId);
      for (const open of await openOfEntry(tx, workspaceId, subjectId)) {
        const withdrawn = withdraw(open, 'not_sent', { by: actor.kind === 'person' ? actor.id : null, at, note: '' });
        await saveCommitment(tx, workspaceId, withdrawn);
        await context.announce(tx, workspaceId, 'withdrawn', withdrawn, { actor, at });
      }
    },
  };
}

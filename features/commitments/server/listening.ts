import type { Tx } from '../../../platform/db/db.ts';
import type { WithinHandler } from '../../../platform/events/events.ts';
import { followMerges } from '../../tickets/core/merging.ts';
import { withdraw } from '../core/commitment.ts';
import type { Context } from './context.ts';
import { followTeam, markUntold, moveBack, moveToTicket, openOfEntry, saveCommitment, setAsleep } from './store.ts';

/** What happens to tickets and their entries, as far as promises hang on it. */
export function createListening(context: Context): Record<string, WithinHandler> {
  const sleep = (asleep: boolean): WithinHandler => async (tx, { workspaceId, ticketId }) => {
    if (ticketId === null) return;
    await setAsleep(tx, workspaceId, ticketId, asleep);
    await context.settle(tx, workspaceId, ticketId);
  };

  return {
    ...followMerges<Tx>({
      async along(tx, workspaceId, move) {
        await moveToTicket(tx, workspaceId, move);
        await context.settle(tx, workspaceId, move.from, move.to);
      },
      async back(tx, workspaceId, move) {
        await moveBack(tx, workspaceId, move);
        await context.settle(tx, workspaceId, move.to, move.from);
      },
    }),
    'ticket.deleted': sleep(true),
    'ticket.restored': sleep(false),
    'ticket.changed': async (tx, { workspaceId, ticketId, data }) => {
      if (ticketId === null || !Array.isArray(data.teamId)) return;
      const [, teamId] = data.teamId as [string | null, string | null];
      await followTeam(tx, workspaceId, ticketId, teamId);
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

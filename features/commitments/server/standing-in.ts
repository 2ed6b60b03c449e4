import type { Tx } from '../../../platform/db/db.ts';
import type { Commitment } from '../core/commitment.ts';
import { THE_DESK, type Context } from './context.ts';
import { openOfOwner, openStandingFor, saveCommitment } from './store.ts';

const AT_ONCE = 50;

/** For the room that knows who is absent: promises go to the deputy and come back. */
export function createStandingIn(context: Context) {
  /** How many are left for another time, because somebody is working on their tickets or there are many. */
  async function give(tx: Tx, workspaceId: string, found: readonly Commitment[], change: (one: Commitment) => Pick<Commitment, 'ownerId' | 'standsFor'>, at: Date): Promise<number> {
    const free = new Set((await context.tickets.lockFree(tx, [...new Set(found.map(({ ticketId }) => ticketId))])).map(({ id }) => id));
    const mine = found.filter(({ ticketId }) => free.has(ticketId));
    for (const before of mine) {
      const after = { ...before, ...change(before), version: before.version + 1 };
      await saveCommitment(tx, workspaceId, after);
      await context.announce(tx, workspaceId, 'handed_over', after, { actor: THE_DESK, at, more: { previousOwnerId: before.ownerId, back: after.standsFor === null, state: after.state } });
    }
    return found.length < AT_ONCE ? found.length - mine.length : found.length;
  }

  return {
    /** What falls due before then. Whoever stands in for somebody already hands on what is theirs. */
    handOver: async (tx: Tx, workspaceId: string, { from, to, dueBefore }: { from: string; to: string; dueBefore: Date }, at: Date): Promise<number> =>
      give(tx, workspaceId, await openOfOwner(tx, workspaceId, from, { dueBefore, limit: AT_ONCE }), ({ ownerId, standsFor }) => ({ ownerId: to, standsFor: standsFor ?? ownerId }), at),

    /** What others keep for them, since it was not given to anybody else by hand. */
    handBack: async (tx: Tx, workspaceId: string, personId: string, at: Date): Promise<number> =>
      give(tx, workspaceId, await openStandingFor(tx, workspaceId, personId, AT_ONCE), () => ({ ownerId: personId, standsFor: null }), at),
  };
}

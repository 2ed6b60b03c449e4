import type { Tx } from '../../../platform/db/db.ts';
import type { Commitment } from '../core/commitment.ts';
import { THE_DESK, type Context } from './context.ts';
import { openOfOwner, openStandingFor, saveCommitment } from './store.ts';

const AT_ONCE = 50;
/** Nothing is promised for later than a year. */
const FAR_MS = 2 * 366 * 86_400_000;

/** For the room that knows who is absent: promises go to the deputy and come back. */
export function createStandingIn(context: Context) {
  /** How many are left for another time, because somebody is working on their tickets or there are many. */
  async function give(tx: Tx, workspaceId: string, found: readonly Commitment[], change: (one: Commitment) => Pick<Commitment, 'ownerId' | 'standsFor'>, at: Date, why: 'absent' | 'back' | 'left'): Promise<number> {
    const free = new Set((await context.tickets.lockFree(tx, [...new Set(found.map(({ ticketId }) => ticketId))])).map(({ id }) => id));
    const mine = found.filter(({ ticketId }) => free.has(ticketId));
    for (const before of mine) {
      const after = { ...before, ...change(before), version: before.version + 1 };
      await saveCommitment(tx, workspaceId, after);
      await context.announce(tx, workspaceId, 'handed_over', after, { actor: THE_DESK, at, more: { previousOwnerId: before.ownerId, back: why === 'back', left: why === 'left', state: after.state } });
    }
    return found.length < AT_ONCE ? found.length - mine.length : found.length;
  }

  async function heirOf(tx: Tx, { ticketId, teamId, from }: { ticketId: string; teamId: string | null; from: string }): Promise<string> {
    const assignee = (await context.tickets.find(tx, ticketId))?.assigneeId ?? null;
    if (assignee !== null && assignee !== from) return assignee;
    return (await context.people.whoLeads(tx, teamId)).find((id) => id !== from) ?? from;
  }

  return {
    /** What falls due before then. Whoever stands in for somebody already hands on what is theirs. */
    handOver: async (tx: Tx, workspaceId: string, { from, to, dueBefore }: { from: string; to: string; dueBefore: Date }, at: Date): Promise<number> =>
      give(tx, workspaceId, await openOfOwner(tx, workspaceId, from, { dueBefore, limit: AT_ONCE }), ({ ownerId, standsFor }) => ({ ownerId: to, standsFor: standsFor ?? ownerId }), at, 'absent'),

    /** What others keep for them, since it was not given to anybody else by hand. */
    handBack: async (tx: Tx, workspaceId: string, personId: string, at: Date): Promise<number> =>
      give(tx, workspaceId, await openStandingFor(tx, workspaceId, personId, AT_ONCE), () => ({ ownerId: personId, standsFor: null }), at, 'back'),

    /** Of somebody who works here no more: to whoever has the ticket, else to the team's lead until somebody takes it. */
    async handOn(tx: Tx, workspaceId: string, from: string, at: Date): Promise<number> {
      const open = await openOfOwner(tx, workspaceId, from, { dueBefore: new Date(at.getTime() + FAR_MS), limit: AT_ONCE });
      const heirs = new Map<string, string>();
      for (const { id, ticketId, teamId } of open) heirs.set(id, await heirOf(tx, { ticketId, teamId, from }));
      return give(tx, workspaceId, open.filter(({ id }) => heirs.get(id) !== from), ({ id }) => ({ ownerId: heirs.get(id)!, standsFor: null }), at, 'left');
    },
  };
}

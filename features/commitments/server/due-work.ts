import { dueRows, isLate, type DueWork } from '../../../platform/jobs/due.ts';
import { apologyDueAt, reach, type Commitment } from '../core/commitment.ts';
import { MAX_WHAT } from '../core/contract.ts';
import { THE_DESK, type Context } from './context.ts';
import { dueMoments, insertCommitment, saveCommitment, type DueMoment } from './store.ts';

/** Says that promises are due soon, and that they are broken, at the moments when they are; each once, whoever else looks. */
export function createDueWork(context: Context): DueWork {
  async function handle({ workspaceId, id, at: moment }: DueMoment, now: Date): Promise<void> {
    await context.db.work(workspaceId, async (tx) => {
      const before = await context.lock(tx, workspaceId, id);
      // Another process said it, or it ended a moment ago.
      if (before.nextAt === null || before.nextAt.getTime() !== moment.getTime()) return;
      const { commitment, word } = reach(before, moment);
      await saveCommitment(tx, workspaceId, commitment);
      const apology = word === 'broken' && commitment.kind !== 'apology' ? await apologyFor(commitment) : null;
      await context.announce(tx, workspaceId, word, commitment, {
        actor: THE_DESK, at: now, more: { late: isLate(moment, now), since: moment.toISOString(), ...(apology && { apologyId: apology.id }) },
      });

      async function apologyFor(broken: Commitment): Promise<Commitment> {
        const dueAt = apologyDueAt(now, await context.timeOf(tx, workspaceId, broken.ticketId));
        const task: Commitment = {
          ...broken, id: context.newId(), kind: 'apology', what: broken.what.slice(0, MAX_WHAT), dueAt, wholeDay: false, soonAt: dueAt, nextAt: dueAt, state: 'made', madeAt: now, madeBy: null,
          previousId: null, toldAt: null, telling: null, apologyFor: broken.id, version: 1,
        };
        await insertCommitment(tx, workspaceId, task);
        return task;
      }
    });
  }

  return dueRows<DueMoment>({
    name: 'commitments', log: context.log, machineNow: context.machineNow,
    find: (now, limit) => dueMoments(context.db.owner, now, limit), idOf: ({ id, at }) => `${id} ${at.getTime()}`, handle,
  });
}

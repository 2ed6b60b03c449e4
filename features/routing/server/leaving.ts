import type { WithinHandler } from '../../../platform/events/events.ts';
import type { Context } from './context.ts';
import { savePresence } from './presence-store.ts';

/** Whoever works here no more is there no more, however they had put it: with the next round their work goes to others (`moments.ts`). */
export const createLeaving = ({ now, machineNow }: Pick<Context, 'now' | 'machineNow'>): Record<string, WithinHandler> => ({
  'person.deactivated': async (tx, { workspaceId, subjectId }) => {
    if (subjectId === null) return;
    const [at, machine] = [now(), machineNow()];
    await savePresence(tx, workspaceId, { personId: subjectId, state: 'offline', ownStateId: null, reason: '', channels: undefined, now: at, machine, goneAt: machine, backAt: at, seenAfter: machine });
  },
});

import type { Tx } from '../../../platform/db/db.ts';
import { shareOf, type Channel } from '../core/capacity.ts';
import { isThere } from '../core/needs.ts';
import type { createAgents } from './agents.ts';
import type { Context } from './context.ts';
import { aheadOf, seatOf } from './waiting-store.ts';

const MOST_PLACE = 999;

/** For rooms that tell customers how things stand, inside their unit of work. */
export const createStanding = (context: Pick<Context, 'settingsIn' | 'now'>, { present }: Pick<ReturnType<typeof createAgents>, 'present'>) => ({
  /** Who takes work of this channel at this moment, busy or not. */
  async attending(tx: Tx, channel: Channel): Promise<Set<string>> {
    const { settings } = await context.settingsIn(tx);
    const agents = await present(tx, settings, context.now(), { thereOnly: true });
    return new Set(agents.filter((agent) => isThere(agent, channel) && shareOf(agent.capacity, channel).most > 0).map(({ id }) => id));
  },

  /** Its place in its queue, from 1; null when it does not wait, or behind the first 999. */
  async placeOf(tx: Tx, ticketId: string): Promise<number | null> {
    const seat = await seatOf(tx, ticketId);
    if (!seat || seat.state === 'given') return null;
    const ahead = seat.state === 'offered' ? 0 : await aheadOf(tx, seat.queueId, seat);
    return ahead < MOST_PLACE ? ahead + 1 : null;
  },
});

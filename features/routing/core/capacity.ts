import { isLive } from '../../tickets/core/channels.ts';
import type { Capacity } from './contract.ts';

export type Channel = keyof Capacity['channels'];

/** What can lie for a while: live work interrupts it, and goes back at once when its agent is gone. */
export const LYING_CHANNELS: readonly Channel[] = ['email', 'letter', 'web'];

/** One call, or one person at the desk, or three chats; ten of what lies. */
export const USUAL_CAPACITY: Capacity = {
  total: 100,
  channels: {
    phone: { weight: 100, most: 1 }, desk: { weight: 100, most: 1 }, chat: { weight: 33, most: 3 },
    email: { weight: 10, most: 10 }, letter: { weight: 10, most: 10 }, web: { weight: 10, most: 10 },
  },
};

const UNSAID = { weight: 0, most: 1_000 };
export const shareOf = (capacity: Capacity, channel: Channel): { readonly weight: number; readonly most: number } => capacity.channels[channel] ?? UNSAID;

/** What somebody has in hand, in units of their capacity; work in statuses that do not count is left out. */
export type Load = { live: number; all: number; readonly counts: Partial<Record<Channel, number>> };

export const noLoad = (): Load => ({ live: 0, all: 0, counts: {} });

/** `percent`: how much of a ticket's weight counts in its status. */
export function addWork(load: Load, capacity: Capacity, { channel, count, percent }: { channel: Channel; count: number; percent: number }): void {
  if (percent === 0) return;
  const weight = (shareOf(capacity, channel).weight * count * percent) / 100;
  load.all += weight;
  if (isLive(channel)) load.live += weight;
  load.counts[channel] = (load.counts[channel] ?? 0) + count;
}

/** Live work looks at live work alone: a call comes in spite of ten mails, and a mail does not come during a call. */
export function fits(load: Load, capacity: Capacity, channel: Channel): boolean {
  const { weight, most } = shareOf(capacity, channel);
  const used = isLive(channel) ? load.live : load.all;
  return used < capacity.total && used + weight <= capacity.total && (load.counts[channel] ?? 0) < most;
}

import { setImmediate as breathe } from 'node:timers/promises';
import type { Actor } from '../../kernel/actor.ts';
import type { FollowedEvent } from '../events/followers.ts';
import { eventFrame } from './frames.ts';
import type { Peer } from './peer.ts';

/** How many sends happen before other work gets its turn. */
const SLICE = 250;
/** Events that wait to be sent, before everybody is told to fetch anew instead. */
const MOST_WAITING = 5_000;

/**
 * Sends events to the sockets of their workspace, in order. Each event is written once, whoever gets it; many sockets are
 * served in slices, so that nothing else waits for them.
 */
export function createBroadcast({ peersOf, mayRead }: {
  peersOf: (workspaceId: string) => ReadonlySet<Peer> | undefined;
  mayRead: (actor: Actor, event: FollowedEvent) => boolean;
}) {
  let waiting: FollowedEvent[] = [];
  let draining = false;
  let sends = 0;

  async function sendToAll(event: FollowedEvent): Promise<void> {
    const peers = peersOf(event.workspaceId);
    if (!peers) return;
    const frame = eventFrame(event);
    for (const peer of peers) {
      const seat = peer.seat!;
      if (seat.position === null || seat.position >= event.position) continue;
      seat.position = event.position;
      // The actor is the one of the moment that the socket opened; a change of rights closes it.
      if (!mayRead(seat.person.actor, event)) continue;
      peer.sendText(frame);
      sends += 1;
      if (sends % SLICE === 0) await breathe();
    }
  }

  async function drain(): Promise<void> {
    draining = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      for (const event of batch) await sendToAll(event);
    }
    draining = false;
  }

  return {
    /** False when too much waits: nothing of it will be sent, and the caller says so to everybody. */
    add(events: readonly FollowedEvent[]): boolean {
      if (waiting.length + events.length > MOST_WAITING) {
        waiting = [];
        return false;
      }
      waiting.push(...events);
      if (!draining) void drain();
      return true;
    },
  };
}

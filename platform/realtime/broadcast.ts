import { setImmediate as breathe } from 'node:timers/promises';
import type { Actor } from '../../kernel/actor.ts';
import type { FollowedEvent } from '../events/followers.ts';
import { eventFrame } from './frames.ts';
import type { Peer } from './peer.ts';

/** How many sends happen before other work gets its turn, and how many events one socket is sent at once. */
const SLICE = 250;
/** Events that wait to be sent, before everybody is told to fetch anew instead. */
const MOST_WAITING = 5_000;

/**
 * Sends events to the sockets of their workspace, in order. Each event is written once, whoever gets it, and what has come
 * together leaves in one write for each socket; many sockets are served in slices, so that nothing else waits for them.
 */
export function createBroadcast({ peersOf, mayRead }: {
  peersOf: (workspaceId: string) => ReadonlySet<Peer> | undefined;
  mayRead: (actor: Actor, event: FollowedEvent) => boolean;
}) {
  const waiting: FollowedEvent[] = [];
  let draining = false;
  let sends = 0;

  function sendTo(peer: Peer, events: readonly FollowedEvent[], frameOf: (event: FollowedEvent) => Buffer): void {
    const seat = peer.seat!;
    for (const event of events) {
      if (seat.position === null || seat.position >= event.position) continue;
      seat.position = event.position;
      // The actor is the one of the moment that the socket opened; a change of rights closes it.
      if (!mayRead(seat.person.actor, event)) continue;
      peer.sendText(frameOf(event));
      sends += 1;
    }
  }

  async function sendToAll(workspaceId: string, events: readonly FollowedEvent[]): Promise<void> {
    const written = new Map<FollowedEvent, Buffer>();
    const frameOf = (event: FollowedEvent): Buffer => {
      const frame = written.get(event) ?? Buffer.from(eventFrame(event));
      written.set(event, frame);
      return frame;
    };
    for (const peer of peersOf(workspaceId) ?? []) {
      const before = sends;
      peer.together(() => { sendTo(peer, events, frameOf); });
      if (Math.floor(sends / SLICE) > Math.floor(before / SLICE)) await breathe();
    }
  }

  async function drain(): Promise<void> {
    draining = true;
    while (waiting.length > 0) {
      const slice = waiting.splice(0, SLICE);
      for (const [workspaceId, events] of Map.groupBy(slice, (event) => event.workspaceId)) await sendToAll(workspaceId, events);
    }
    draining = false;
  }

  return {
    /** False when too much waits: nothing of it will be sent, and the caller says so to everybody. */
    add(events: readonly FollowedEvent[]): boolean {
      if (waiting.length + events.length > MOST_WAITING) {
        waiting.length = 0;
        return false;
      }
      waiting.push(...events);
      if (!draining) void drain();
      return true;
    },
  };
}

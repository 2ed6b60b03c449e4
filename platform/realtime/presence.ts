import type { Watcher } from './frames.ts';
import type { Peer } from './peer.ts';

type Watch = { key: string; ticketId: string; writing: boolean };

/** Who has which ticket open. In this process only, and gone with the socket. */
export function createPresence() {
  const watches = new Map<Peer, Watch>();
  const rooms = new Map<string, Set<Peer>>();

  function tell(key: string): void {
    const room = rooms.get(key);
    if (!room) return;
    const people = new Map<string, Watcher>();
    for (const peer of room) {
      const { actor, name } = peer.seat!.person;
      const writing = watches.get(peer)!.writing || (people.get(actor.id)?.writing ?? false);
      people.set(actor.id, { id: actor.id, name, writing });
    }
    for (const peer of room) {
      const others = [...people.values()].filter(({ id }) => id !== peer.seat!.person.actor.id);
      peer.send({ type: 'watchers', ticketId: watches.get(peer)!.ticketId, people: others });
    }
  }

  function leave(peer: Peer): string | null {
    const watch = watches.get(peer);
    if (!watch) return null;
    watches.delete(peer);
    const room = rooms.get(watch.key)!;
    room.delete(peer);
    if (room.size === 0) rooms.delete(watch.key);
    return watch.key;
  }

  return {
    /** The caller has made sure that this person may see the ticket. */
    watch(peer: Peer, ticketId: string | null, writing: boolean): void {
      const left = leave(peer);
      const key = ticketId === null ? null : `${peer.seat!.person.actor.workspaceId}/${ticketId}`;
      if (left !== null && left !== key) tell(left);
      if (key === null || ticketId === null || !peer.isOpen) return;
      watches.set(peer, { key, ticketId, writing });
      rooms.set(key, (rooms.get(key) ?? new Set()).add(peer));
      tell(key);
    },
    whisper(workspaceId: string, ticketId: string, type: string, data: object): void {
      for (const peer of rooms.get(`${workspaceId}/${ticketId}`) ?? []) peer.send({ type: 'fleeting', event: { type, ticketId, subjectId: null, actorId: null, data } });
    },
    gone(peer: Peer): void {
      const left = leave(peer);
      if (left !== null) tell(left);
    },
  };
}

import { createFacesFeed } from './faces-feed.ts';
import type { Watched, Watcher } from './frames.ts';
import type { Peer } from './peer.ts';

type Watch = { readonly ticketId: string; readonly writing: boolean; readonly idle: boolean };
const workspaceOf = (peer: Peer): string => peer.seat!.person.actor.workspaceId;

/**
 * Who has which ticket open. In this process only, and gone with the socket. Those who have the same ticket open are told at once;
 * lists get one feed for the whole workspace, the same for every reader, so that neither agents nor their views multiply its cost.
 */
export function createPresence() {
  const watches = new Map<Peer, Watch>();
  /** By workspace, and in it by ticket. */
  const rooms = new Map<string, Map<string, Set<Peer>>>();
  const feed = createFacesFeed({ everything: (workspaceId) => [...rooms.get(workspaceId)?.keys() ?? []].map((ticketId) => watched(workspaceId, ticketId)), one: watched });
  const roomOf = (workspaceId: string, ticketId: string): ReadonlySet<Peer> => rooms.get(workspaceId)?.get(ticketId) ?? new Set();

  /** One person, however many tabs: writing in any, idle when in all. */
  function watched(workspaceId: string, ticketId: string): Watched {
    const people = new Map<string, Watcher>();
    for (const peer of roomOf(workspaceId, ticketId)) {
      const { actor, name } = peer.seat!.person;
      const { writing, idle } = watches.get(peer)!;
      const other = people.get(actor.id);
      people.set(actor.id, { id: actor.id, name, writing: writing || (other?.writing ?? false), idle: idle && (other?.idle ?? true) });
    }
    return { ticketId, people: [...people.values()] };
  }

  function tell(workspaceId: string, ticketId: string): void {
    feed.changed(workspaceId, ticketId);
    const { people } = watched(workspaceId, ticketId);
    for (const peer of roomOf(workspaceId, ticketId)) {
      peer.send({ type: 'watchers', ticketId, people: people.filter(({ id }) => id !== peer.seat!.person.actor.id) });
    }
  }

  function leave(peer: Peer): Watch | null {
    const watch = watches.get(peer);
    if (!watch) return null;
    watches.delete(peer);
    const tickets = rooms.get(workspaceOf(peer))!;
    const room = tickets.get(watch.ticketId)!;
    room.delete(peer);
    if (room.size === 0) tickets.delete(watch.ticketId);
    if (tickets.size === 0) rooms.delete(workspaceOf(peer));
    return watch;
  }

  return {
    /** The caller has made sure that this person may see the ticket. */
    watch(peer: Peer, ticketId: string | null, { writing = false, idle = false }: { writing?: boolean | undefined; idle?: boolean | undefined } = {}): void {
      const left = leave(peer);
      if (left && left.ticketId !== ticketId) tell(workspaceOf(peer), left.ticketId);
      if (ticketId === null || !peer.isOpen) return;
      watches.set(peer, { ticketId, writing, idle });
      const tickets = rooms.get(workspaceOf(peer)) ?? new Map<string, Set<Peer>>();
      rooms.set(workspaceOf(peer), tickets.set(ticketId, (tickets.get(ticketId) ?? new Set()).add(peer)));
      tell(workspaceOf(peer), ticketId);
    },
    /** Whether somebody has this ticket before them and moves there, as far as this process knows. */
    sees: (workspaceId: string, ticketId: string, personId: string): boolean => watched(workspaceId, ticketId).people.some(({ id, idle }) => id === personId && !idle),
    /** Likewise that they may see every ticket. */
    read: feed.read,
    whisper(workspaceId: string, ticketId: string, type: string, data: object): void {
      for (const peer of roomOf(workspaceId, ticketId)) peer.send({ type: 'fleeting', event: { type, ticketId, subjectId: null, actorId: null, data } });
    },
    gone(peer: Peer): void {
      feed.read(peer, false);
      const left = leave(peer);
      if (left) tell(workspaceOf(peer), left.ticketId);
    },
    stop: feed.stop,
  };
}

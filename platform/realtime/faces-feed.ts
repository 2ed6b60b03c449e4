import type { ServerFrame, Watched } from './frames.ts';
import type { Peer } from './peer.ts';

/** What changes meanwhile goes in one frame. */
const EVERY_MS = 400;
/** Of one frame; a list shows far fewer. */
const MOST_TICKETS = 500;
const MOST_FACES = 8;

type Readers = { readonly peers: Set<Peer>; readonly changed: Set<string> };

/** Who has what open, for lists: one frame for all readers of a workspace, written once, at most every 400 ms and of bounded size. */
export function createFacesFeed({ everything, one }: { everything: (workspaceId: string) => readonly Watched[]; one: (workspaceId: string, ticketId: string) => Watched }) {
  const workspaces = new Map<string, Readers>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    timer = undefined;
    for (const [workspaceId, { peers, changed }] of workspaces) {
      if (changed.size === 0) continue;
      const isTooMuch = changed.size > MOST_TICKETS;
      const frame = JSON.stringify(frameOf(isTooMuch ? everything(workspaceId) : [...changed].map((ticketId) => one(workspaceId, ticketId)), isTooMuch));
      changed.clear();
      for (const peer of peers) peer.sendText(frame);
    }
  }

  return {
    changed(workspaceId: string, ticketId: string): void {
      const readers = workspaces.get(workspaceId);
      if (!readers) return;
      readers.changed.add(ticketId);
      timer ??= setTimeout(flush, EVERY_MS).unref();
    },
    read(peer: Peer, on: boolean): void {
      const { workspaceId } = peer.seat!.person.actor;
      const readers = workspaces.get(workspaceId) ?? { peers: new Set<Peer>(), changed: new Set<string>() };
      if (on && peer.isOpen) {
        workspaces.set(workspaceId, readers);
        readers.peers.add(peer);
        peer.send(frameOf(everything(workspaceId), true));
      } else if (readers.peers.delete(peer) && readers.peers.size === 0) {
        workspaces.delete(workspaceId);
      }
    },
    stop: (): void => { clearTimeout(timer); },
  };
}

const frameOf = (tickets: readonly Watched[], whole: boolean): ServerFrame =>
  ({ type: 'faces', whole, tickets: tickets.slice(0, MOST_TICKETS).map(({ ticketId, people }) => ({ ticketId, people: people.slice(0, MOST_FACES) })) });

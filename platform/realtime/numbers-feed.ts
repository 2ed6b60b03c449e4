import { setImmediate as breathe } from 'node:timers/promises';
import type { Actor } from '../../kernel/actor.ts';
import type { Peer } from './peer.ts';

/** What changes meanwhile goes in one frame. */
const EVERY_MS = 400;

/** The numbers beside lists that somebody sees. */
export type NumbersOf = (actor: Actor) => Promise<object>;
/** A workspace's tabs that show them, each with what it was told last, and those for which they may be others. */
type Readers = { readonly told: Map<Peer, string>; due: Set<Peer> };

/**
 * Numbers beside lists, for those who have them before their eyes: looked at once for each person when something has moved, at most
 * every 400 ms, and sent to those for whom they are others now. Nobody asks, so a change costs no request of anybody.
 */
export function createNumbersFeed({ numbersOf, onError }: { numbersOf: NumbersOf; onError: (error: unknown) => void }) {
  const workspaces = new Map<string, Readers>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isTelling = false;

  function soon(): void {
    if (!isTelling) timer ??= setTimeout(() => void flush(), EVERY_MS).unref();
  }

  async function flush(): Promise<void> {
    timer = undefined;
    isTelling = true;
    for (const readers of workspaces.values()) {
      const due = readers.due;
      readers.due = new Set();
      for (const [, tabs] of Map.groupBy(due, (peer) => peer.seat!.person.actor.id)) await tell(tabs, readers.told).catch(onError);
    }
    isTelling = false;
    if ([...workspaces.values()].some(({ due }) => due.size > 0)) soon();
  }

  async function tell(tabs: readonly Peer[], told: Map<Peer, string>): Promise<void> {
    const numbers = JSON.stringify(await numbersOf(tabs[0]!.seat!.person.actor));
    for (const peer of tabs) {
      // Gone meanwhile, or the same as before.
      if (!told.has(peer) || told.get(peer) === numbers) continue;
      told.set(peer, numbers);
      peer.sendText(`{"type":"numbers","numbers":${numbers}}`);
    }
    await breathe();
  }

  return {
    moved(workspaceId: string): void {
      const readers = workspaces.get(workspaceId);
      if (!readers) return;
      readers.due = new Set(readers.told.keys());
      soon();
    },
    /** The caller has made sure that they may see every ticket. */
    read(peer: Peer, on: boolean): void {
      const { workspaceId } = peer.seat!.person.actor;
      const readers = workspaces.get(workspaceId) ?? { told: new Map<Peer, string>(), due: new Set<Peer>() };
      if (on && peer.isOpen) {
        workspaces.set(workspaceId, readers);
        readers.told.set(peer, '');
        readers.due.add(peer);
        soon();
      } else {
        readers.told.delete(peer);
        readers.due.delete(peer);
        if (readers.told.size === 0) workspaces.delete(workspaceId);
      }
    },
    stop: (): void => { clearTimeout(timer); },
  };
}

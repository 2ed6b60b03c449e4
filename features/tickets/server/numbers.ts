import { keepIn } from '../../../kernel/bounded.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { LoggedEvent } from '../../../platform/events/events.ts';
import { shelved, SHELVES, standings, type Shelf, type Standing, type Viewer } from './numbers-store.ts';

/** Counted anew after so long, for whatever changed without a word. */
const WHOLE_MS = 60_000;
/** More changes than these are dearer to look at one by one. */
const MOST_CHANGED = 200;
/** Beyond 999 nobody wants to know how many: some more are known, so that it stays beyond while some leave. */
const MOST = { known: 1_200, told: 999, /** Sets of one workspace. */ kept: 2_000 };
const MOST_DESKS = 400;

type Members = { readonly ids: Set<string>; /** There are more than are known. */ readonly isCut: boolean };
type Kept = { readonly until: number; readonly members: Promise<Members>; readonly holds: (ticket: Standing) => boolean };
type Desk = { readonly sets: Map<string, Kept>; changed: Set<string>; /** Until all that was heard of is in the sets. */ mending: Promise<void> };
type Work = <T>(workspaceId: string, act: (tx: Tx) => Promise<T>) => Promise<T>;
type Asking = Viewer & { readonly workspaceId: string };

/**
 * The numbers beside the ready-made views. Which tickets are in them is looked up once, for everybody or, where `me` and
 * `mine` are asked, for each who looks; from then on only tickets that changed are looked at, once for all who ask.
 */
export function createNumbers({ work, machineNow, most = MOST }: { work: Work; machineNow: () => Date; most?: typeof MOST }) {
  const desks = new Map<string, Desk>();

  function deskOf(workspaceId: string): Desk {
    const known = desks.get(workspaceId);
    if (known) return known;
    const desk: Desk = { sets: new Map(), changed: new Set(), mending: Promise.resolve() };
    keepIn(desks, workspaceId, desk, MOST_DESKS);
    return desk;
  }

  /** Of those that changed, the sets hold what they are now. Until it has done so, nobody counts on them. */
  async function mend(workspaceId: string, desk: Desk): Promise<void> {
    if (desk.changed.size > 0) {
      const ids = [...desk.changed];
      desk.changed = new Set();
      desk.mending = desk.mending.then(() => mendThese(workspaceId, desk, ids)).catch(() => desk.sets.clear());
    }
    await desk.mending;
  }

  async function mendThese(workspaceId: string, { sets }: Desk, ids: readonly string[]): Promise<void> {
    const now = machineNow().getTime();
    for (const [key, { until }] of sets) if (until <= now) sets.delete(key);
    const touched = [...sets.values()];
    const tickets = new Map((await work(workspaceId, (tx) => standings(tx, { ids }))).map((ticket) => [ticket.id, ticket]));
    for (const { members, holds } of touched) {
      const known = await members.catch(() => null);
      for (const id of ids) {
        const ticket = tickets.get(id);
        if (ticket && holds(ticket)) known?.ids.add(id);
        else known?.ids.delete(id);
      }
    }
  }

  /** Those that are not known, all in one go. */
  function count(asking: Asking, { sets }: Desk, shelves: readonly Shelf[]): ReadonlyMap<Shelf, Promise<Members>> {
    if (shelves.length === 0) return new Map();
    const counting = work(asking.workspaceId, (tx) => shelved(tx, asking, shelves, most.known));
    const until = machineNow().getTime() + WHOLE_MS;
    const counted = shelves.map((shelf) => {
      const key = keyOf(shelf, asking);
      const members = counting.then((found): Members => ({ ids: new Set(found[shelf]), isCut: found[shelf].length === most.known }));
      const kept: Kept = { until, members, holds: HOLDS[shelf](asking) };
      keepIn(sets, key, kept, most.kept);
      members.catch(() => { if (sets.get(key) === kept) sets.delete(key); });
      return [shelf, members] as const;
    });
    return new Map(counted);
  }

  async function membersOf(asking: Asking, desk: Desk): Promise<Map<Shelf, Members>> {
    const now = machineNow().getTime();
    const known = new Map(SHELVES.flatMap((shelf) => {
      const key = keyOf(shelf, asking);
      const kept = desk.sets.get(key);
      if (!kept || kept.until <= now) return [];
      // What many ask for is not what falls out first.
      keepIn(desk.sets, key, kept, most.kept);
      return [[shelf, kept.members] as const];
    }));
    const all = new Map([...known, ...count(asking, desk, SHELVES.filter((shelf) => !known.has(shelf)))]);
    return new Map(await Promise.all([...all].map(async ([shelf, members]) => [shelf, await members] as const)));
  }

  return {
    async of(asking: Asking): Promise<Record<Shelf, number>> {
      const desk = deskOf(asking.workspaceId);
      await mend(asking.workspaceId, desk);
      const members = await membersOf(asking, desk);
      const short = count(asking, desk, SHELVES.filter((shelf) => members.get(shelf)!.isCut && members.get(shelf)!.ids.size <= most.told));
      for (const [shelf, again] of short) members.set(shelf, await again);
      return Object.fromEntries([...members].map(([shelf, { ids }]) => [shelf, ids.size])) as Record<Shelf, number>;
    },

    /** What happened to tickets, in this process when it is committed and in every process when it is in the log. */
    heard(events: readonly Pick<LoggedEvent, 'workspaceId' | 'ticketId' | 'data'>[]): void {
      for (const { workspaceId, ticketId, data } of events) {
        const desk = desks.get(workspaceId);
        // A merge names both.
        if (!desk) continue;
        for (const id of [ticketId, data.sourceId, data.targetId]) if (typeof id === 'string') desk.changed.add(id);
        if (desk.changed.size <= MOST_CHANGED) continue;
        desk.sets.clear();
        desk.changed.clear();
      }
    },
  };
}

/** What is the same for everybody is known once. */
function keyOf(shelf: Shelf, { id, teamIds }: Viewer): string {
  if (shelf === 'team') return `${shelf} ${teamIds.join()}`;
  if (shelf === 'mentions') return `${shelf} ${id} ${teamIds.join()}`;
  return shelf === 'mine' || shelf === 'followed' ? `${shelf} ${id}` : shelf;
}

const isAwake = ({ isActive, isSnoozed }: Standing): boolean => isActive && !isSnoozed;

const HOLDS: Record<Shelf, (viewer: Viewer) => (ticket: Standing) => boolean> = {
  mine: ({ id }) => (ticket) => isAwake(ticket) && ticket.assigneeId === id,
  unassigned: () => (ticket) => isAwake(ticket) && ticket.assigneeId === null,
  mentions: ({ id, teamIds }) => (ticket) => isAwake(ticket) && ticket.mentionedIds.some((whom) => whom === id || teamIds.includes(whom)),
  followed: ({ id }) => ({ isActive, followerIds }) => isActive && followerIds.includes(id),
  team: ({ teamIds }) => (ticket) => isAwake(ticket) && ticket.teamId !== null && teamIds.includes(ticket.teamId),
  active: () => isAwake,
  waiting: () => (ticket) => isAwake(ticket) && ticket.isWaiting,
  snoozed: () => ({ isActive, isSnoozed }) => isActive && isSnoozed,
  all: () => ({ isKept }) => isKept,
};

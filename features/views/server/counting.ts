import type { Actor, Now } from '../../../kernel/actor.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { FollowedEvent } from '../../../platform/events/followers.ts';
import { forViewer, isPersonal } from '../../conditions/core/viewer.ts';
import { momentOf } from '../../conditions/core/plan.ts';
import type { Calendars } from '../../calendars/server/calendars.ts';
import { TICKET_FIELDS } from '../../tickets/core/fields.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { StoredView } from './store.ts';

/** Counted anew after so long: conditions speak of ages, of people and companies, which change without a word of the ticket. */
const WHOLE_MS = 60_000;
/** More changes than these are dearer to look at one by one. */
const MOST_CHANGED = 200;
/** Beyond 999 nobody wants to know how many: some more are known, so that it stays beyond while some leave. */
const MOST_KNOWN = 1_200;
const MOST_TOLD = 999;
/** Whose numbers are kept: of some hundred people and workspaces. */
const MOST_KEPT = 500;

/** `isCut`: there are more than are known. */
type Members = Map<string, { readonly ids: Set<string>; readonly isCut: boolean }>;
type Kept = {
  readonly workspaceId: string; readonly key: string; readonly until: number;
  /** Tickets that changed since they were counted; null: too many. */
  changed: Set<string> | null;
  /** What is being counted, or was: which tickets are in which view. */
  members: Promise<Members>;
};

/**
 * Numbers beside views. They are counted once, in one walk along the unresolved tickets whatever their number; from then on only the
 * tickets that changed are looked at, so a number costs what happened and not how many there are or how many people look. Views that
 * are the same for everybody are counted once for all; those with `me` or `mine` for each who looks.
 */
export function createCounting({ tickets, calendars, now, machineNow, work }: {
  tickets: Pick<Tickets, 'matchingIds'>; calendars: Pick<Calendars, 'timeFor'>; now: Now; machineNow: Now; work: <T>(workspaceId: string, act: (tx: Tx) => Promise<T>) => Promise<T>;
}) {
  const kept = new Map<string, Kept>();

  /** In these views, of all unresolved tickets or of these alone. */
  async function membersOf(actor: Actor, views: readonly StoredView[], among: readonly string[] | null): Promise<Members> {
    return work(actor.workspaceId, async (tx) => {
      const moment = momentOf(now(), await calendars.timeFor(tx, actor.workspaceId, null));
      const viewer = { personId: actor.id, teamIds: actor.teamIds };
      const ids = await tickets.matchingIds(tx, views.map(({ conditions }) => forViewer(conditions, TICKET_FIELDS, viewer)), moment, { among, most: MOST_KNOWN });
      return new Map(views.map(({ id }, i) => [id, { ids: new Set(ids[i]), isCut: ids[i]?.length === MOST_KNOWN }]));
    });
  }

  async function movedOn(before: Promise<Members>, actor: Actor, views: readonly StoredView[], changed: readonly string[]): Promise<Members> {
    const [members, fresh] = await Promise.all([before, membersOf(actor, views, changed)]);
    for (const [viewId, { ids }] of members) {
      for (const id of changed) {
        if (fresh.get(viewId)?.ids.has(id)) ids.add(id);
        else ids.delete(id);
      }
    }
    const isShort = [...members.values()].some(({ ids, isCut }) => isCut && ids.size <= MOST_TOLD);
    return isShort ? membersOf(actor, views, null) : members;
  }

  /** What many ask at once is counted once; a failure is not kept. */
  function counted(whose: string, actor: Actor, views: readonly StoredView[]): Promise<Members> {
    if (views.length === 0) return Promise.resolve(new Map());
    const key = views.map(({ id, version }) => `${id} ${version}`).join();
    const at = machineNow().getTime();
    const known = kept.get(whose);
    if (!known || known.key !== key || known.until <= at || known.changed === null) {
      keep(whose, { workspaceId: actor.workspaceId, key, until: at + WHOLE_MS, changed: new Set(), members: membersOf(actor, views, null) });
    } else if (known.changed.size > 0) {
      keep(whose, { ...known, changed: new Set(), members: movedOn(known.members, actor, views, [...known.changed]) });
    }
    return kept.get(whose)!.members;
  }

  function keep(whose: string, one: Kept): void {
    kept.delete(whose);
    kept.set(whose, one);
    one.members.catch(() => { if (kept.get(whose) === one) kept.delete(whose); });
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST_KEPT) break;
      kept.delete(oldest);
    }
  }

  return {
    async of(actor: Actor, views: readonly StoredView[]): Promise<ReadonlyMap<string, number>> {
      const unresolved = views.filter(({ shelf }) => shelf !== 'done');
      const own = unresolved.filter(({ conditions }) => isPersonal(conditions, TICKET_FIELDS));
      const shared = unresolved.filter((view) => !own.includes(view));
      const [some, others] = await Promise.all([
        counted(`${actor.workspaceId} ${shared.map(({ id }) => id).join()}`, actor, shared),
        counted(`${actor.workspaceId} ${actor.id} ${actor.teamIds.join()}`, actor, own),
      ]);
      return new Map([...some, ...others].map(([id, { ids }]) => [id, ids.size]));
    },

    /** What happened to tickets, in every process. */
    heard(events: readonly FollowedEvent[]): void {
      for (const { workspaceId, ticketId, data } of events) {
        if (ticketId === null) continue;
        for (const one of kept.values()) if (one.workspaceId === workspaceId) mark(one, ticketId, data);
      }
    },
  };
}

/** A merge names both. */
function mark(one: Kept, ticketId: string, { sourceId, targetId }: FollowedEvent['data']): void {
  for (const id of [ticketId, sourceId, targetId]) if (typeof id === 'string') one.changed?.add(id);
  if (one.changed && one.changed.size > MOST_CHANGED) one.changed = null;
}

import type { Actor, Now } from '../../../kernel/actor.ts';
import { keepIn } from '../../../kernel/bounded.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { FollowedEvent } from '../../../platform/events/followers.ts';
import type { WorkingTime } from '../../calendars/core/working-time.ts';
import { forViewer, isPersonal } from '../../conditions/core/viewer.ts';
import { type Moment, momentOf } from '../../conditions/core/plan.ts';
import { type Predicate, toPredicate } from '../../conditions/core/predicate.ts';
import { asksOfTime } from '../../conditions/core/standing.ts';
import type { Calendars } from '../../calendars/server/calendars.ts';
import { TICKET_FIELDS } from '../../tickets/core/fields.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { StoredView } from './store.ts';

/** Counted anew after so long: conditions speak of ages, of people and companies, which change without a word of the ticket. */
const WHOLE_MS = 60_000;
/** More changes than these are dearer to look at one by one. */
const MOST_CHANGED = 200;
/** Tickets that changed, as they are now, for whoever asks next. */
const MOST_FRESH = 1_000;
/** Beyond 999 nobody wants to know how many: some more are known, so that it stays beyond while some leave. */
const MOST_KNOWN = 1_200;
const MOST_TOLD = 999;
/** Whose numbers are kept: of some hundred people and workspaces. */
const MOST_KEPT = 500;

/** `isCut`: there are more than are known. */
type Members = Map<string, { readonly ids: Set<string>; readonly isCut: boolean }>;
type Held = { readonly id: string; readonly holds: (moment: Moment) => Predicate<TicketState> };
type Kept = {
  readonly workspaceId: string; readonly key: string; readonly until: number; readonly held: readonly Held[];
  /** Tickets that changed since they were counted; null: too many. */
  changed: Set<string> | null;
  /** What is being counted, or was: which tickets are in which view. */
  members: Promise<Members>;
};
/** Of a workspace: unresolved tickets that changed as they are now, null for what is not among them any more, and by which hours ages count. */
type Fresh = { readonly tickets: Map<string, Promise<TicketState | null>>; time: Promise<WorkingTime> | null };

/**
 * Numbers beside views. They are counted once, in one walk along the unresolved tickets whatever their number; from then on only the
 * tickets that changed are read, once for everybody, and held against each view here: a number costs what
 * happened and not how many there are or how many people look. Views that are the same for everybody are counted once for all; those
 * with `me` or `mine` for each who looks.
 */
export function createCounting({ tickets, calendars, now, machineNow, work }: {
  tickets: Pick<Tickets, 'matchingIds' | 'unresolvedAmong'>; calendars: Pick<Calendars, 'timeFor'>; now: Now; machineNow: Now; work: <T>(workspaceId: string, act: (tx: Tx) => Promise<T>) => Promise<T>;
}) {
  const kept = new Map<string, Kept>();
  const desks = new Map<string, Fresh>();

  async function whole(actor: Actor, views: readonly StoredView[]): Promise<Members> {
    return work(actor.workspaceId, async (tx) => {
      const moment = momentOf(now(), await calendars.timeFor(tx, actor.workspaceId, null));
      const ids = await tickets.matchingIds(tx, views.map((view) => conditionFor(actor, view)), moment, MOST_KNOWN);
      return new Map(views.map(({ id }, i) => [id, { ids: new Set(ids[i]), isCut: ids[i]?.length === MOST_KNOWN }]));
    });
  }

  /** Those that nobody has read since they changed are read together. */
  function freshOf(workspaceId: string, ids: readonly string[]): { readonly tickets: Promise<(TicketState | null)[]>; readonly time: Promise<WorkingTime> } {
    const desk = desks.get(workspaceId) ?? { tickets: new Map(), time: null };
    if (desk.tickets.size > MOST_FRESH) desk.tickets.clear();
    keepIn(desks, workspaceId, desk, MOST_KEPT);
    const unread = ids.filter((id) => !desk.tickets.has(id));
    if (unread.length > 0 || desk.time === null) {
      const read = work(workspaceId, async (tx) => ({ found: await tickets.unresolvedAmong(tx, unread), time: await calendars.timeFor(tx, workspaceId, null) }));
      desk.time = read.then(({ time }) => time);
      desk.time.catch(() => { desks.delete(workspaceId); });
      const byId = read.then(({ found }) => new Map(found.map((ticket) => [ticket.id, ticket])));
      for (const id of unread) desk.tickets.set(id, byId.then((found) => found.get(id) ?? null));
    }
    return { tickets: Promise.all(ids.map((id) => desk.tickets.get(id)!)), time: desk.time };
  }

  async function movedOn({ members: before, held, workspaceId }: Kept, changed: readonly string[], count: () => Promise<Members>): Promise<Members> {
    const fresh = freshOf(workspaceId, changed);
    const [members, found, time] = await Promise.all([before, fresh.tickets, fresh.time]);
    const moment = momentOf(now(), time);
    for (const { id: viewId, holds } of held) {
      const [ids, isIn] = [members.get(viewId)!.ids, holds(moment)];
      for (const [i, ticket] of found.entries()) {
        if (ticket && isIn(ticket)) ids.add(ticket.id);
        else ids.delete(changed[i]!);
      }
    }
    const isShort = [...members.values()].some(({ ids, isCut }) => isCut && ids.size <= MOST_TOLD);
    return isShort ? count() : members;
  }

  /** What many ask at once is counted once; a failure is not kept. */
  function counted(whose: string, actor: Actor, views: readonly StoredView[]): Promise<Members> {
    if (views.length === 0) return Promise.resolve(new Map());
    const key = views.map(({ id, version }) => `${id} ${version}`).join();
    const at = machineNow().getTime();
    const known = kept.get(whose);
    if (!known || known.key !== key || known.until <= at || known.changed === null) {
      keep(whose, { workspaceId: actor.workspaceId, key, until: at + WHOLE_MS, held: views.map((view) => heldFor(actor, view)), changed: new Set(), members: whole(actor, views) });
    } else if (known.changed.size > 0) {
      keep(whose, { ...known, changed: new Set(), members: movedOn(known, [...known.changed], () => whole(actor, views)) });
    }
    return kept.get(whose)!.members;
  }

  function keep(whose: string, one: Kept): void {
    keepIn(kept, whose, one, MOST_KEPT);
    one.members.catch(() => { if (kept.get(whose) === one) kept.delete(whose); });
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
        for (const id of bothOf(ticketId, data)) desks.get(workspaceId)?.tickets.delete(id);
        for (const one of kept.values()) if (one.workspaceId === workspaceId) mark(one, ticketId, data);
      }
    },
  };
}

const conditionFor = (actor: Actor, { conditions }: StoredView) => forViewer(conditions, TICKET_FIELDS, { personId: actor.id, teamIds: actor.teamIds });

/** Compiled once, unless it asks how late it is. */
function heldFor(actor: Actor, view: StoredView): Held {
  const condition = conditionFor(actor, view);
  const compile = (moment: Moment) => toPredicate(condition, TICKET_FIELDS, moment);
  let lasting: Predicate<TicketState> | undefined;
  return { id: view.id, holds: (moment) => (asksOfTime(condition) ? compile(moment) : (lasting ??= compile(moment))) };
}

/** A merge names both. */
const bothOf = (ticketId: string, { sourceId, targetId }: FollowedEvent['data']): string[] => [ticketId, sourceId, targetId].filter((id): id is string => typeof id === 'string');

function mark(one: Kept, ticketId: string, data: FollowedEvent['data']): void {
  for (const id of bothOf(ticketId, data)) one.changed?.add(id);
  if (one.changed && one.changed.size > MOST_CHANGED) one.changed = null;
}

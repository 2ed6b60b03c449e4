import type { Actor, Now } from '../../../kernel/actor.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { forViewer, isPersonal } from '../../conditions/core/viewer.ts';
import { momentOf } from '../../conditions/core/plan.ts';
import type { Calendars } from '../../calendars/server/calendars.ts';
import { TICKET_FIELDS } from '../../tickets/core/fields.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { StoredView } from './store.ts';

/** A number is told again for so long. */
const FRESH_MS = 3_000;
/** Whose numbers are kept: of some hundred people and workspaces. */
const MOST_KEPT = 500;

type Numbers = ReadonlyMap<string, number>;
type Kept = { readonly until: number; readonly key: string; readonly numbers: Promise<Numbers> };

/**
 * Numbers beside views. Those that are the same for everybody are counted once for all who ask within some seconds, in one walk
 * along the unresolved tickets whatever their number; only views with `me` or `mine` are counted for each who looks.
 */
export function createCounting({ tickets, calendars, now, machineNow, work }: {
  tickets: Pick<Tickets, 'countMatching'>; calendars: Pick<Calendars, 'timeFor'>; now: Now; machineNow: Now; work: <T>(workspaceId: string, act: (tx: Tx) => Promise<T>) => Promise<T>;
}) {
  const kept = new Map<string, Kept>();

  /** What many ask at once is counted once; a failure is not kept. */
  function once(whose: string, views: readonly StoredView[], count: () => Promise<Numbers>): Promise<Numbers> {
    const key = views.map(({ id, version }) => `${id} ${version}`).join();
    const at = machineNow().getTime();
    const known = kept.get(whose);
    if (known && known.key === key && known.until > at) return known.numbers;
    const numbers = count();
    kept.delete(whose);
    kept.set(whose, { until: at + FRESH_MS, key, numbers });
    numbers.catch(() => kept.delete(whose));
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST_KEPT) break;
      kept.delete(oldest);
    }
    return numbers;
  }

  async function counted(actor: Actor, views: readonly StoredView[]): Promise<Numbers> {
    if (views.length === 0) return new Map();
    return work(actor.workspaceId, async (tx) => {
      const moment = momentOf(now(), await calendars.timeFor(tx, actor.workspaceId, null));
      const viewer = { personId: actor.id, teamIds: actor.teamIds };
      const numbers = await tickets.countMatching(tx, views.map(({ conditions }) => forViewer(conditions, TICKET_FIELDS, viewer)), moment);
      return new Map(views.map(({ id }, i) => [id, numbers[i] ?? 0]));
    });
  }

  return async (actor: Actor, views: readonly StoredView[]): Promise<Numbers> => {
    const unresolved = views.filter(({ shelf }) => shelf !== 'done');
    const own = unresolved.filter(({ conditions }) => isPersonal(conditions, TICKET_FIELDS));
    const shared = unresolved.filter((view) => !own.includes(view));
    const [some, others] = await Promise.all([
      once(`${actor.workspaceId} ${shared.map(({ id }) => id).join()}`, shared, () => counted(actor, shared)),
      once(`${actor.workspaceId} ${actor.id}`, own, () => counted(actor, own)),
    ]);
    return new Map([...some, ...others]);
  };
}

import type { Database } from '../../../../platform/db/db.ts';
import type { SenderVerdict } from '../../core/spam/senders.ts';
import { allRules, filterState, type FilterState } from './filter-store.ts';

export type Filter = FilterState & { readonly rules: ReadonlyMap<string, SenderVerdict> };
export type Filters = ReturnType<typeof createFilters>;

/** What another process learnt counts after so long at the latest; what people changed, at once. */
const KEPT_MS = 60_000;
const MAX_WORKSPACES = 500;

/** What a workspace wants to be spared, at hand for every message that comes: asked for once in a while, not each time. */
export function createFilters({ db }: { db: Database }) {
  const kept = new Map<string, { filter: Promise<Filter>; until: number }>();

  const load = (workspaceId: string): Promise<Filter> =>
    db.work(workspaceId, async (tx) => ({ ...await filterState(tx, workspaceId), rules: await allRules(tx, workspaceId) }));

  return {
    get(workspaceId: string): Promise<Filter> {
      const at = performance.now();
      const known = kept.get(workspaceId);
      if (known && known.until > at) return known.filter;
      const filter = load(workspaceId);
      if (kept.size >= MAX_WORKSPACES) kept.clear();
      kept.set(workspaceId, { filter, until: at + KEPT_MS });
      filter.catch(() => { kept.delete(workspaceId); });
      return filter;
    },
    /** After a change has been committed. */
    forget(workspaceId: string): void {
      kept.delete(workspaceId);
    },
  };
}

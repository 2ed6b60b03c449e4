import type { Actor, Now } from '../../../kernel/actor.ts';
import { keepIn } from '../../../kernel/bounded.ts';
import type { FollowedEvent } from '../../../platform/events/followers.ts';
import type { StoredView } from './store.ts';

/** Read anew after so long, whatever happened. */
const WHOLE_MS = 60_000;
const MOST_KEPT = 500;

/** The views that people see, read once and again when one of their workspace is another. */
export function createKnownViews({ read, machineNow }: { read: (actor: Actor) => Promise<StoredView[]>; machineNow: Now }) {
  const kept = new Map<string, { readonly workspaceId: string; readonly until: number; readonly views: Promise<StoredView[]> }>();

  return {
    of(actor: Actor): Promise<StoredView[]> {
      const key = [actor.workspaceId, actor.id, ...actor.teamIds].join(' ');
      const at = machineNow().getTime();
      const known = kept.get(key);
      if (known && known.until > at) return known.views;
      const views = read(actor);
      keepIn(kept, key, { workspaceId: actor.workspaceId, until: at + WHOLE_MS, views }, MOST_KEPT);
      views.catch(() => { if (kept.get(key)?.views === views) kept.delete(key); });
      return views;
    },
    heard(events: readonly FollowedEvent[]): void {
      for (const { type, workspaceId } of events) {
        if (!type.startsWith('view.')) continue;
        for (const [key, one] of kept) if (one.workspaceId === workspaceId) kept.delete(key);
      }
    },
  };
}

import type { Now } from '../../../kernel/actor.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Database } from '../../../platform/db/db.ts';
import { addShown, type Counted } from './figures-store.ts';

/** What a crash may cost: the last seconds of a figure. */
const EVERY_MS = 5_000;
/** Articles that are counted at once before they are written down early. */
const MOST_KEPT = 5_000;

/** Counts how often articles are shown, and writes it down in one go: a page that many read is no row that all wait for. */
export function createCounting({ db, now, log }: { db: Database; now: Now; log: Log }) {
  let kept = new Map<string, Counted & { readonly workspaceId: string }>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writing: Promise<void> = Promise.resolve();

  async function write(counted: readonly (Counted & { readonly workspaceId: string })[]): Promise<void> {
    for (const [workspaceId, its] of Map.groupBy(counted, (one) => one.workspaceId)) {
      await db.work(workspaceId, (tx) => addShown(tx, workspaceId, its)).catch((error: unknown) => { log.warn({ err: error }, 'how often articles were shown could not be written down'); });
    }
  }

  function settle(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const counted = [...kept.values()];
    kept = new Map();
    if (counted.length > 0) writing = writing.then(() => write(counted));
    return writing;
  }

  return {
    shown(workspaceId: string, articleId: string): void {
      const day = now().toISOString().slice(0, 10);
      const key = `${articleId} ${day}`;
      kept.set(key, { workspaceId, articleId, day, shown: (kept.get(key)?.shown ?? 0) + 1 });
      if (kept.size >= MOST_KEPT) void settle();
      else timer ??= setTimeout(() => void settle(), EVERY_MS).unref();
    },
    /** All that was counted until now is written down. */
    settle,
  };
}

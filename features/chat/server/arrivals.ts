import type { Reached, Visitor } from './visitor-store.ts';

const EVERY_MS = 500;
/** In one change; further ones go with the next. */
const AT_ONCE = 500;

/** What has reached tabs, gathered for half a second: a hundred visitors who hear something are one change, and not a hundred. */
export function createArrivals(write: (workspaceId: string, reached: Reached[]) => Promise<void>, failed: (error: unknown) => void) {
  const waiting = new Map<string, Map<string, number>>();
  let timer: NodeJS.Timeout | undefined;

  function go(): void {
    timer = undefined;
    for (const [workspaceId, marks] of waiting) {
      const some = [...marks].slice(0, AT_ONCE);
      for (const [visitorId] of some) marks.delete(visitorId);
      if (marks.size === 0) waiting.delete(workspaceId);
      write(workspaceId, some.map(([visitorId, seq]) => ({ visitorId, seq }))).catch(failed);
    }
    if (waiting.size > 0) later();
  }
  function later(): void {
    timer ??= setTimeout(go, EVERY_MS).unref();
  }

  return {
    add({ workspaceId, visitorId }: Visitor, seq: number): void {
      const marks = waiting.get(workspaceId) ?? new Map<string, number>();
      waiting.set(workspaceId, marks.set(visitorId, Math.max(marks.get(visitorId) ?? 0, seq)));
      later();
    },
    /** What is not written yet is found out when they come back. */
    stop(): void {
      clearTimeout(timer);
    },
  };
}

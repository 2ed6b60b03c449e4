import type { QueryClient, QueryKey } from '@tanstack/react-query';

const waiting = new WeakMap<QueryClient, Set<string>>();

/** A burst of news makes one request: what it makes stale is asked for again so long after the first of it, once for all of it. */
export function staleSoon(cache: QueryClient, queryKey: QueryKey, afterMs: number): void {
  const names = waiting.get(cache) ?? new Set<string>();
  waiting.set(cache, names);
  const name = JSON.stringify(queryKey);
  if (names.has(name)) return;
  names.add(name);
  setTimeout(() => {
    names.delete(name);
    void cache.invalidateQueries({ queryKey });
  }, afterMs);
}

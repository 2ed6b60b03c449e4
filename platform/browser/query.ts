import { type QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './problems.ts';

/** The cache of what the server said. Live events mark what is stale; time alone rarely does. */
export function createQueryClient(): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 60_000,
        gcTime: 10 * 60_000,
        refetchOnWindowFocus: false,
        refetchOnReconnect: true,
        networkMode: 'always',
        retry: (failures, error) => failures < 2 && isPassing(error),
        retryDelay: (failures) => 500 * 2 ** failures,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
  const cache = client.getQueryCache();
  cache.subscribe(({ type }) => { if (type === 'added') forget(cache); });
  return client;
}

/** Some twenty tickets with all that hangs on them; whoever opens hundreds a day keeps no more. */
const MOST_KEPT = 500;
/** Forgotten together, so that not every question looks through all. */
const AT_ONCE = 100;

/** Of what nobody looks at, the oldest answers go. */
function forget(cache: QueryCache): void {
  const all = cache.getAll();
  if (all.length < MOST_KEPT + AT_ONCE) return;
  const unused = all.filter((query) => query.getObserversCount() === 0 && query.state.fetchStatus === 'idle');
  const oldest = unused.toSorted((a, b) => a.state.dataUpdatedAt - b.state.dataUpdatedAt);
  for (const query of oldest.slice(0, all.length - MOST_KEPT)) cache.remove(query);
}

/** A refusal stays a refusal; only silence and overload are worth asking again. */
const isPassing = (error: unknown): boolean => error instanceof ApiError && (error.status === 0 || error.status >= 502);

import type { QueryClient } from '@tanstack/react-query';
import { api } from '../../../platform/browser/api.ts';
import { hasCode } from '../../../platform/browser/problems.ts';
import { QueuePage, TakenView } from '../core/contract.ts';
import { KEYS, refresh } from './queries.ts';

/** Whether the workspace shares out its work by queues at all. */
const anyQueue = { queryKey: [...KEYS.queues, 'any'], queryFn: async () => (await api.get('/queues?limit=1', QueuePage)).items.length > 0, staleTime: 60_000 };

/**
 * The next ticket of all queues that are mine, with the reason in words. Null where there are no queues; where there are and
 * nothing waits in mine, the refusal `queue.none_waiting`: what lies elsewhere is not for me.
 */
export async function takeNext(cache: QueryClient): Promise<{ ticketId: string; number: number; why: string } | null> {
  try {
    const { ticketId, number, why } = await api.post('/queues/next', undefined, TakenView);
    void refresh(cache, 'presence');
    void refresh(cache, 'queues');
    return { ticketId, number, why: why.map(({ text }) => text).join(' ') };
  } catch (error) {
    if (hasCode(error, 'queue.none_waiting') && !(await cache.fetchQuery(anyQueue))) return null;
    throw error;
  }
}

import type { QueryClient } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { CommitmentView } from '../../core/contract.ts';
import { dueOf, type Given } from '../words.ts';

const NONE: readonly Given[] = [];
const waiting = new Map<string, readonly Given[]>();
const listeners = new Set<() => void>();

function put(ticketId: string, promises: readonly Given[]): void {
  if (promises.length === 0) waiting.delete(ticketId);
  else waiting.set(ticketId, promises);
  for (const listener of listeners) listener();
}

/** What will be promised with the message that is being written; made when it is sent. */
export function usePending(ticketId: string) {
  const subscribe = useCallback((listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  const promises = useSyncExternalStore(subscribe, () => waiting.get(ticketId) ?? NONE);
  return {
    promises,
    add: (given: Given) => put(ticketId, [...promises, given]),
    remove: (given: Given) => put(ticketId, promises.filter((one) => one !== given)),
  };
}

export const make = (ticketId: string, entryId: string | null, given: Given): Promise<CommitmentView> =>
  api.post('/commitments', { ticketId, what: given.what.trim(), kind: given.kind, due: dueOf(given), ...(entryId !== null && { entryId }) }, CommitmentView);

/** The message has gone: what stood beside it is promised. Resolves to those that could not be made, which wait on. */
export async function makePending(cache: QueryClient, ticketId: string, entryId: string): Promise<unknown[]> {
  const promises = waiting.get(ticketId) ?? NONE;
  if (promises.length === 0) return [];
  const made = await Promise.allSettled(promises.map((given) => make(ticketId, entryId, given)));
  put(ticketId, promises.filter((_, index) => made[index]?.status === 'rejected'));
  await cache.invalidateQueries({ queryKey: ['commitments'] });
  return made.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
}

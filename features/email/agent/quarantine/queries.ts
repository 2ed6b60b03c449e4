import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../../platform/browser/api.ts';
import { inParts, pagedQuery } from '../../../../platform/browser/paged.ts';
import { DecisionView, QuarantineCount, QuarantineDetail, QuarantinePage } from '../../core/quarantine-contract.ts';
import type { QuarantineReason } from '../../core/quarantine.ts';

export type QuarantineFilter = {
  readonly q: string; readonly reason: QuarantineReason | 'all'; readonly state: 'held' | 'discarded';
  /** A person or a team; empty: whoever looks after it. */
  readonly ownerId: string;
};
export type Verb = 'release' | 'discard';

const asked = ({ q, reason, state, ownerId }: QuarantineFilter) => ({ state, ...(q !== '' && { q }), ...(reason !== 'all' && { reason }), ...(ownerId !== '' && { ownerId }) });

export const quarantineList = (filter: QuarantineFilter) =>
  pagedQuery(['email', 'quarantine', 'list', filter], '/email/quarantine', QuarantinePage, asked(filter));

export const quarantineOne = (id: string) =>
  queryOptions({ queryKey: ['email', 'quarantine', 'one', id], queryFn: ({ signal }) => api.get(`/email/quarantine/${id}`, QuarantineDetail, { signal }) });

export const quarantineCount = queryOptions({
  queryKey: ['email', 'quarantine', 'count'],
  queryFn: ({ signal }) => api.get('/email/quarantine/count', QuarantineCount, { signal }),
  refetchInterval: 60_000,
});

/** Some messages, or all that a filter shows of what had been held back `until` then. */
export type About = { readonly ids: readonly string[] } | { readonly filter: QuarantineFilter; readonly until: string };

/** The server does a part at a time; `onProgress` hears how far it is. */
export async function decide(verb: Verb, about: About, onProgress: (count: number) => void): Promise<{ id: string; count: number }> {
  const say = (what: object, id?: string) => api.post('/email/quarantine/decisions', { ...(id && { id }), verb, ...what }, DecisionView);
  if ('ids' in about) {
    const [head = [], ...parts] = inParts(about.ids);
    const { id, ...first } = await say({ ids: head });
    let { count } = first;
    for (const ids of parts) {
      onProgress(count);
      count += (await say({ ids }, id)).count;
    }
    return { id, count };
  }
  const what = { filter: { ...asked(about.filter), until: about.until } };
  const first = await say(what);
  return goOn(first, () => say(what, first.id), onProgress);
}

export async function takeBack(id: string): Promise<{ id: string; count: number }> {
  const part = () => api.delete(`/email/quarantine/decisions/${id}`, undefined, DecisionView);
  return goOn(await part(), part, () => undefined);
}

async function goOn(first: DecisionView, part: () => Promise<DecisionView>, onProgress: (count: number) => void): Promise<{ id: string; count: number }> {
  let { count, hasMore } = first;
  while (hasMore) {
    onProgress(count);
    const next = await part();
    count += next.count;
    hasMore = next.hasMore;
  }
  return { id: first.id, count };
}

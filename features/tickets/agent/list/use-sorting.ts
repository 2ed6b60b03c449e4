import { useMemo, useState } from 'react';
import { storage } from '../../../../platform/browser/storage.ts';
import { SORTS, type TicketFilter } from '../../core/contract.ts';

type Sort = (typeof SORTS)[number];
export type Sorting = { readonly sort: Sort; readonly choose: (sort: Sort) => void };

const KEPT = 'tickets.sort';

/** The order of a list, as this browser remembers it; null where a list has an order of its own. */
export function useSorting(filter: Partial<TicketFilter>): { filter: Partial<TicketFilter>; sorting: Sorting | null } {
  const [sort, setSort] = useState(kept);
  return useMemo(() => {
    if (filter.sort !== undefined) return { filter, sorting: null };
    const choose = (chosen: Sort) => {
      setSort(chosen);
      storage.set(KEPT, chosen);
    };
    return { filter: sort === SORTS[0] ? filter : { ...filter, sort }, sorting: { sort, choose } };
  }, [filter, sort]);
}

const kept = (): Sort => SORTS.find((sort) => sort === storage.get(KEPT)) ?? SORTS[0];

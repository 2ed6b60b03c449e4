import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { lookAt, lookAtAll, rowsOf } from '../../../../platform/browser/long-list.ts';
import type { TicketFilter, TicketView } from '../../core/contract.ts';
import { hold } from '../../core/held-list.ts';
import { filterQuery, ticketList, ticketOne } from '../queries.ts';

/** What one person decides about in one go. */
const MAX_IDS = 1_000;

type Shown = { readonly list: string; readonly rows: readonly TicketView[] };

/**
 * The rows of a list. While somebody reads (`isReading`), rows keep their places and new ones are only counted;
 * `showAll` lets them in.
 */
export function useHeldTickets(filter: Partial<TicketFilter>, isReading: boolean, keep: string | null) {
  const cache = useQueryClient();
  const options = useMemo(() => ticketList(filter), [filter]);
  const query = useInfiniteQuery(options);
  const list = filterQuery(filter);
  const { data } = query;
  const fresh = useMemo(() => data && rowsOf(cache, options.queryKey, data), [cache, options, data]);
  const [shown, setShown] = useState<Shown>({ list, rows: [] });
  const isLooking = useLookingOn(query);
  const known = shown.list === list ? shown.rows : [];
  const { rows, arrived } = !fresh ? { rows: known, arrived: 0 } : isReading ? hold(known, fresh, keep) : { rows: fresh, arrived: 0 };
  if (shown.list !== list || !sameRows(shown.rows, rows)) setShown({ list, rows });
  const isBare = isLooking && rows.length === 0;

  return {
    rows: useOpenRowAsItIs(rows, fresh, keep),
    arrived,
    /** More may follow, or nothing: some of it was not looked at yet. */
    hasMore: query.hasNextPage,
    showAll: () => fresh && setShown({ list, rows: fresh }),
    isPending: query.isPending || isBare,
    error: failureOf(query, isBare),
    retry: () => void query.refetch(),
    isRetrying: query.isFetching,
    isFetchingMore: query.isFetchingNextPage,
    /** Ids of all that the list holds, up to `MAX_IDS`; fails when not all of it can be had. */
    everything: async (): Promise<readonly string[]> => {
      lookAtAll(cache, options.queryKey);
      let ids = idsOf((await query.refetch({ throwOnError: true })).data);
      let hasMore = query.hasNextPage;
      while (hasMore && ids.length < MAX_IDS) {
        const next = await query.fetchNextPage({ throwOnError: true });
        ids = idsOf(next.data);
        hasMore = next.hasNextPage;
      }
      return ids;
    },
    onSight: useSight(options, query.refetch),
    more: () => {
      if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
    },
  };
}

/** Told where nothing else can be shown. */
const failureOf = ({ data, error }: { readonly data: unknown; readonly error: Error | null }, isBare: boolean): Error | null => (data === undefined || isBare ? error : null);

/** So long a scroll has come to rest. */
const REST_MS = 150;

/** Told of the rows in sight; those that were not asked for when something of the list changed are asked for when they are looked at. */
function useSight({ queryKey }: ReturnType<typeof ticketList>, refetch: (how: { cancelRefetch: boolean }) => Promise<unknown>): (ids: readonly string[]) => void {
  const cache = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback((ids) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      if (lookAt(cache, queryKey, new Set(ids))) void refetch({ cancelRefetch: false });
    }, REST_MS);
  }, [cache, queryKey, refetch]);
}

type Looked = { readonly data: { readonly pages: readonly { readonly items: readonly TicketView[] }[] } | undefined; readonly hasNextPage: boolean; readonly isFetching: boolean; readonly isError: boolean; readonly fetchNextPage: () => Promise<unknown> };

/** A page may be empty though the list goes on: of what matches seldom, the server looks through a part at a time. What fails waits for the reader. */
function useLookingOn({ data, hasNextPage, isFetching, isError, fetchNextPage }: Looked): boolean {
  const isLooking = hasNextPage && data?.pages.at(-1)?.items.length === 0;
  useEffect(() => {
    if (isLooking && !isFetching && !isError) void fetchNextPage();
  }, [isLooking, isFetching, isError, fetchNextPage]);
  return isLooking;
}

/** The row that stays only because it is open would otherwise show what was true when it left the list. */
function useOpenRowAsItIs(rows: readonly TicketView[], fresh: readonly TicketView[] | undefined, keep: string | null): readonly TicketView[] {
  const open = useQuery({ ...ticketOne(keep ?? ''), enabled: false }).data;
  if (!open || !fresh || fresh.some(({ id }) => id === keep)) return rows;
  return rows.map((row) => (row.id === keep ? open : row));
}

const idsOf = (data: { readonly pages: readonly { readonly items: readonly TicketView[] }[] } | undefined): string[] =>
  data?.pages.flatMap(({ items }) => items.map(({ id }) => id)) ?? [];

const sameRows = (a: readonly TicketView[], b: readonly TicketView[]): boolean => a.length === b.length && a.every((row, index) => row === b[index]);

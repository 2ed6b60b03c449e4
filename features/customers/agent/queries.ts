import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '../../../platform/browser/api.ts';
import { CustomerNotePage, CustomerPage, CustomerView } from '../core/contract.ts';

export const customerOne = (id: string) =>
  queryOptions({ queryKey: ['customers', 'one', id], queryFn: ({ signal }) => api.get(`/customers/${id}`, CustomerView, { signal }) });

export const customersLike = (text: string) =>
  queryOptions({
    queryKey: ['customers', 'like', text],
    queryFn: ({ signal }) => api.get(`/customers?limit=8&q=${encodeURIComponent(text)}`, CustomerPage, { signal }),
    enabled: text.trim() !== '',
    placeholderData: keepPreviousData,
  });

export const customerNotes = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['customers', 'notes', id],
    queryFn: ({ pageParam, signal }) =>
      api.get(`/customers/${id}/notes?limit=20${pageParam === null ? '' : `&cursor=${encodeURIComponent(pageParam)}`}`, CustomerNotePage, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    select: ({ pages }) => pages.flatMap((page) => page.items),
  });

import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '../../../platform/browser/api.ts';
import { batched, pagedQuery } from '../../../platform/browser/paged.ts';
import { PersonPage } from '../../people/core/contract.ts';
import { can } from '../../people/core/permissions.ts';
import { CustomerFlags, CustomerMergePage, CustomerNotePage, CustomerPage, CustomersBeside, CustomerView, LikenessPage, type CustomerBeside } from '../core/contract.ts';

export const customerOne = (id: string) =>
  queryOptions({ queryKey: ['customers', 'one', id], queryFn: ({ signal }) => api.beside(`/customers/${id}`, CustomerView, { signal }) });

/** Everybody, the latest changed first; by words: the best found first. */
export const customersQuery = (q: string) => ({ ...pagedQuery(['customers', 'list', q], '/customers', CustomerPage, { q }), placeholderData: keepPreviousData });

const beside = batched<CustomerBeside>(async (ids) => new Map((await api.get(`/customers/beside?ids=${ids.join(',')}`, CustomersBeside)).items.map((one) => [one.id, one])));

/** What a list shows beside somebody; those of one page are asked for together. */
export const besideOne = (id: string) => queryOptions({ queryKey: ['customers', 'beside', id], queryFn: async () => await beside(id) ?? null });

export const likenessesQuery = pagedQuery(['customers', 'likenesses', 'all'], '/customers/likenesses', LikenessPage, { limit: 20 });

/** Whether there is any. */
export const someAlike = queryOptions({ queryKey: ['customers', 'likenesses', 'some'], queryFn: async ({ signal }) => (await api.get('/customers/likenesses?limit=1', LikenessPage, { signal })).items.length > 0 });

export const likenessesOf = (customerId: string) =>
  queryOptions({ queryKey: ['customers', 'likenesses', customerId], queryFn: async ({ signal }) => (await api.beside(`/customers/likenesses?customer=${customerId}&limit=5`, LikenessPage, { signal })).items });

export const customersLike = (text: string) =>
  queryOptions({
    queryKey: ['customers', 'like', text],
    queryFn: ({ signal }) => api.get(`/customers?limit=8&q=${encodeURIComponent(text)}`, CustomerPage, { signal }),
    enabled: text.trim() !== '',
    placeholderData: keepPreviousData,
  });

export const customerNotes = (id: string) =>
  infiniteQueryOptions({
    ...pagedQuery(['customers', 'notes', id], `/customers/${id}/notes`, CustomerNotePage, { limit: 20 }, api.beside),
    select: ({ pages }) => pages.flatMap((page) => page.items),
  });

export const popUpNotes = (id: string) =>
  queryOptions({ queryKey: ['customers', 'notes', id, 'pop-up'], queryFn: async ({ signal }) => (await api.beside(`/customers/${id}/notes?popsUp=1&limit=5`, CustomerNotePage, { signal })).items });

export const customerFlags = (id: string) =>
  queryOptions({ queryKey: ['customers', 'flags', id], queryFn: async ({ signal }) => (await api.beside(`/customers/${id}/flags`, CustomerFlags, { signal })).items });

export const customerMerges = (id: string) =>
  infiniteQueryOptions({
    ...pagedQuery(['customers', 'merges', id], `/customers/${id}/merges`, CustomerMergePage, { limit: 20 }, api.beside),
    select: ({ pages }) => pages.flatMap((page) => page.items),
  });

/** Who may be a customer's own agent; under the key of the people room, so that the answer is shared. */
export const answering = queryOptions({
  queryKey: ['people', 'to-assign'],
  queryFn: async ({ signal }) => (await api.get('/people?limit=100', PersonPage, { signal })).items.filter(({ state }) => state !== 'deactivated'),
  select: (people) => people.filter(({ role, state }) => state === 'active' && can({ role, scopes: null }, 'tickets.reply')),
});

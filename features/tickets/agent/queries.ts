import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { TicketFilter } from '../core/contract.ts';
import { EntryPage, LinkPage, RecipientsView, TagPage, TicketCounts, TicketPage, TicketView } from '../core/contract.ts';
import { RelationPage } from '../core/relations.ts';
import { SharedDraftPage } from '../core/shared-draft.ts';
import { PlaceList } from '../../calendars/core/contract.ts';
import { PersonPage, TeamPage } from '../../people/core/contract.ts';
import { api } from '../../../platform/browser/api.ts';
import { longQuery } from '../../../platform/browser/long-list.ts';
import { pagedQuery } from '../../../platform/browser/paged.ts';
import type { Mentionable } from './composer/mention.ts';

/** Everything below `tickets`; events mark parts of it as stale. */
export const KEYS = {
  lists: ['tickets', 'list'],
  counts: ['tickets', 'counts'],
  one: (id: string) => ['tickets', 'one', id],
  entries: (id: string) => ['tickets', 'entries', id],
  links: (id: string) => ['tickets', 'links', id],
  recipients: (id: string) => ['tickets', 'recipients', id],
  relations: (id: string) => ['tickets', 'relations', id],
  shared: (id: string) => ['tickets', 'shared', id],
} as const;

/** The query string of a list, in a fixed order, so that equal filters are equal strings. */
export function filterQuery(filter: Partial<TicketFilter>): string {
  const pairs = Object.entries(filter).filter(([, value]) => value !== undefined && value !== '');
  return new URLSearchParams(pairs.sort(([a], [b]) => a.localeCompare(b)) as [string, string][]).toString();
}

export const ticketList = (filter: Partial<TicketFilter>) => longQuery([...KEYS.lists, filterQuery(filter)], '/tickets', TicketPage, filter);

export const ticketCounts = () =>
  queryOptions({ queryKey: KEYS.counts, queryFn: ({ signal }) => api.get('/tickets/counts', TicketCounts, { signal }) });

export const ticketOne = (id: string) =>
  queryOptions({ queryKey: KEYS.one(id), queryFn: ({ signal }) => api.get(`/tickets/${id}`, TicketView, { signal }) });

/** The same function for all who ask, so that it is done once for each answer. */
const oldestFirst = ({ pages }: { pages: readonly z.infer<typeof EntryPage>[] }) => pages.toReversed().flatMap((page) => page.items);

/** The last page first; earlier ones are fetched when asked for. */
export const ticketEntries = (id: string, ask = api.get) =>
  infiniteQueryOptions({
    ...pagedQuery(KEYS.entries(id), `/tickets/${id}/entries`, EntryPage, { latest: 1 }, ask),
    select: oldestFirst,
  });

export const ticketRecipients = (id: string) =>
  queryOptions({ queryKey: KEYS.recipients(id), queryFn: ({ signal }) => api.get(`/tickets/${id}/recipients`, RecipientsView, { signal }) });

/** Drafts of replies that are shared with this person, or by them. */
export const sharedDraftsOf = (id: string) =>
  queryOptions({ queryKey: KEYS.shared(id), queryFn: ({ signal }) => api.beside(`/tickets/${id}/shared-drafts`, SharedDraftPage, { signal }) });

/** What may belong together with a ticket, newest first. */
export const ticketLinks = (id: string) =>
  queryOptions({ queryKey: KEYS.links(id), queryFn: ({ signal }) => api.beside(`/tickets/${id}/links?limit=20`, LinkPage, { signal }) });

/** What people said that others are to it, the latest. */
export const ticketRelations = (id: string) =>
  queryOptions({ queryKey: KEYS.relations(id), queryFn: ({ signal }) => api.beside(`/tickets/${id}/relations?limit=20`, RelationPage, { signal }) });

export const customerTickets = (customerId: string) =>
  queryOptions({
    queryKey: [...KEYS.lists, 'of', customerId],
    queryFn: ({ signal }) => api.beside(`/tickets?customer=${customerId}&limit=20&sort=created&status=all`, TicketPage, { signal }),
  });

/** Those of them that are open, for customers with more tickets than that. */
export const openTicketsOf = (customerId: string) =>
  queryOptions({
    queryKey: [...KEYS.lists, 'open of', customerId],
    queryFn: ({ signal }) => api.get(`/tickets?customer=${customerId}&limit=20&sort=created&status=active`, TicketPage, { signal }),
  });

export const companyTickets = (companyId: string) =>
  queryOptions({
    queryKey: [...KEYS.lists, 'for', companyId],
    queryFn: ({ signal }) => api.get(`/tickets?company=${companyId}&limit=50&sort=created&status=active`, TicketPage, { signal }),
  });

/** Tickets by words or number, for choosing one. */
export const ticketSearch = (text: string) =>
  queryOptions({
    queryKey: [...KEYS.lists, 'choose', text],
    queryFn: ({ signal }) => api.get(`/tickets?${filterQuery({ q: text, status: 'all' })}&limit=10`, TicketPage, { signal }),
    enabled: text.trim() !== '',
    placeholderData: keepPreviousData,
  });

export const tagsLike = (text: string) =>
  queryOptions({
    queryKey: ['tickets', 'tags', text],
    queryFn: ({ signal }) => api.get(`/tags?limit=20${text ? `&q=${encodeURIComponent(text)}` : ''}`, TagPage, { signal }),
    placeholderData: keepPreviousData,
  });

export const colleagues = () =>
  queryOptions({
    queryKey: ['people', 'to-assign'],
    queryFn: async ({ signal }) => (await api.get('/people?limit=100', PersonPage, { signal })).items.filter(({ state }) => state !== 'deactivated'),
  });

const itemsOf = ({ items }: z.infer<typeof TeamPage>) => items;

/** Under the key of the people room, so that the answer is shared. */
export const teams = () =>
  queryOptions({ queryKey: ['people', 'teams'], queryFn: ({ signal }) => api.get('/teams?limit=100', TeamPage, { signal }), select: itemsOf });

const byKind = ({ items }: z.infer<typeof PlaceList>) => {
  const of = (wanted: 'brand' | 'office') => items.flatMap(({ id, kind, name }) => (kind === wanted ? [{ id, name: name ?? '' }] : []));
  return { brand: of('brand'), office: of('office') };
};

/** The brands and offices of the workspace, under the key of the calendars room. */
export const places = () =>
  queryOptions({
    queryKey: ['calendars', 'places'], queryFn: ({ signal }) => api.get('/calendar-places', PlaceList, { signal }),
    select: byKind,
  });

const MOST_NAMES = 8;
/** Colleagues and teams whom somebody may mean by these letters. */
export const namesLike = (text: string) =>
  queryOptions({
    queryKey: ['people', 'names', text],
    queryFn: async ({ signal, client }): Promise<Mentionable[]> => {
      const [people, known] = await Promise.all([
        api.get(`/people?limit=${MOST_NAMES}${text === '' ? '' : `&q=${encodeURIComponent(text)}`}`, PersonPage, { signal }), client.ensureQueryData(teams()),
      ]);
      const wanted = text.toLocaleLowerCase();
      const named = known.items.filter(({ name }) => name.toLocaleLowerCase().includes(wanted)).map(({ id, name }): Mentionable => ({ kind: 'team', id, name }));
      return [...people.items.filter(({ state }) => state === 'active').map(({ id, name }): Mentionable => ({ kind: 'person', id, name })), ...named].slice(0, MOST_NAMES);
    },
    placeholderData: keepPreviousData,
  });

import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { api } from '../../../platform/browser/api.ts';
import { hasCode } from '../../../platform/browser/problems.ts';
import { CalendarPage } from '../../calendars/core/contract.ts';
import { IntakePage } from '../../intake/core/contract.ts';
import { PersonPage, TeamPage } from '../../people/core/contract.ts';
import { EntryPage } from '../../tickets/core/contract.ts';
import { AttendingPage, BanPage, ChatView, MinePage, WidgetPage } from '../core/contract.ts';

/** Everything below `chat`; events mark parts of it as stale. */
export const KEYS = { mine: ['chat', 'mine'], one: (ticketId: string) => ['chat', 'one', ticketId], words: (ticketId: string) => ['chat', 'words', ticketId], widgets: ['chat', 'widgets'], bans: ['chat', 'bans'] } as const;

/** The live side of a ticket; null when it has none. */
export const chatOf = (ticketId: string) => queryOptions({
  queryKey: KEYS.one(ticketId),
  queryFn: ({ signal }) => api.get(`/tickets/${ticketId}/chat`, ChatView, { signal }).catch((error: unknown) => {
    if (hasCode(error, 'chat.not_found')) return null;
    throw error;
  }),
  // Whether somebody still sits there is worked out when it is asked for.
  refetchInterval: 30_000,
});

export const myChats = queryOptions({ queryKey: KEYS.mine, queryFn: async ({ signal }) => (await api.get('/chat/mine', MinePage, { signal })).items, refetchInterval: 60_000 });

/** The last words of a chat, for its column. */
export const wordsOf = (ticketId: string) => queryOptions({
  queryKey: KEYS.words(ticketId),
  queryFn: async ({ signal }) => (await api.get(`/tickets/${ticketId}/entries?latest=1&limit=100`, EntryPage, { signal })).items.filter(({ type }) => type !== 'event'),
});

export const widgetsQuery = queryOptions({ queryKey: KEYS.widgets, queryFn: ({ signal }) => api.get('/chat/widgets?limit=100', WidgetPage, { signal }), select: ({ items }) => items });
export const bansQuery = queryOptions({ queryKey: KEYS.bans, queryFn: ({ signal }) => api.get('/chat/bans?limit=100', BanPage, { signal }), select: ({ items }) => items });
/** The first hundred, which is everybody nearly everywhere. */
export const colleagues = queryOptions({
  queryKey: ['people', 'to-chat'], queryFn: async ({ signal }) => (await api.get('/people?limit=100', PersonPage, { signal })).items.filter(({ state, role }) => state === 'active' && role !== 'colleague'),
});
/** Who takes chats at this moment; asked when somebody hands one on. */
export const attendingQuery = queryOptions({ queryKey: ['chat', 'attending'], queryFn: async ({ signal }) => (await api.get('/chat/attending', AttendingPage, { signal })).items, staleTime: 0 });
export const teamsQuery = queryOptions({ queryKey: ['people', 'teams'], queryFn: ({ signal }) => api.get('/teams?limit=100', TeamPage, { signal }), select: ({ items }) => items });
/** Under the key of the intake room, so that the answer is shared. */
export const intakesQuery = queryOptions({ queryKey: ['intakes'], queryFn: async ({ signal }) => (await api.get('/intakes', IntakePage, { signal })).items, staleTime: 60_000 });
export const calendarsQuery = queryOptions({ queryKey: ['calendars', 'to-chat'], queryFn: ({ signal }) => api.get('/calendars?limit=100', CalendarPage, { signal }), select: ({ items }) => items });

export async function chatMoved(cache: QueryClient, ticketId: string): Promise<void> {
  await Promise.all([KEYS.one(ticketId), KEYS.words(ticketId), KEYS.mine].map((queryKey) => cache.invalidateQueries({ queryKey })));
}

import { keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query';
import { api } from '../../../platform/browser/api.ts';
import { pagedQuery } from '../../../platform/browser/paged.ts';
import { serverNow } from '../../../platform/browser/server-clock.ts';
import { CalendarPage } from '../../calendars/core/contract.ts';
import { PersonPage, TeamPage } from '../../people/core/contract.ts';
import { TicketPage } from '../../tickets/core/contract.ts';
import { AbsenceOutlook, AbsencePage, ExpectedWaitView, OfferPage, OwnStatePage, PersonRoutingView, PresencePage, PresenceView, QueuePage, RoutingSettings, SkillPage, TicketRoutingView, WaitingPage } from '../core/contract.ts';
import { MOST_HANDED } from '../core/handover.ts';
import { StaffingView } from '../core/staffing.ts';

/** Everything below `routing`; events mark parts of it as stale. */
export const KEYS = {
  presence: ['routing', 'presence'],
  offers: ['routing', 'offers'],
  queues: ['routing', 'queues'],
  tickets: ['routing', 'tickets'],
  skills: ['routing', 'skills'],
  absences: ['routing', 'absences'],
  states: ['routing', 'states'],
  settings: ['routing', 'settings'],
} as const;

/** Also asked again by itself: that somebody went idle is worked out when it is asked for. */
export const myPresence = queryOptions({
  queryKey: [...KEYS.presence, 'me'],
  queryFn: ({ signal }) => api.get('/me/presence', PresenceView, { signal }),
  refetchInterval: 60_000,
});

export const presenceBoard = (team = '') => pagedQuery([...KEYS.presence, 'board', team], '/presence', PresencePage, { limit: 100, team });

/** For whoever is about to give somebody work: the first hundred, which is everybody nearly everywhere. */
export const loads = queryOptions({
  queryKey: [...KEYS.presence, 'loads'],
  queryFn: async ({ signal }) => new Map((await api.get('/presence?limit=100', PresencePage, { signal })).items.map((one) => [one.person.id, one])),
  staleTime: 10_000,
});

export const myOffers = queryOptions({
  queryKey: KEYS.offers,
  queryFn: async ({ signal }) => ({ items: (await api.get('/me/offers?limit=20', OfferPage, { signal })).items, receivedAt: serverNow().getTime() }),
  // Should the line be cut, an offer is not to pass unseen.
  refetchInterval: 15_000,
});

export const ownStates = queryOptions({ queryKey: KEYS.states, queryFn: ({ signal }) => api.get('/presence-states?limit=100', OwnStatePage, { signal }) });
export const queuesPaged = pagedQuery([...KEYS.queues, 'list'], '/queues', QueuePage, { limit: 100 });
export const waitingIn = (queueId: string) => pagedQuery([...KEYS.queues, 'waiting', queueId], `/queues/${queueId}/tickets`, WaitingPage, { limit: 20 });
export const skillsQuery = queryOptions({ queryKey: KEYS.skills, queryFn: ({ signal }) => api.get('/skills?limit=100', SkillPage, { signal }) });
export const settingsQuery = queryOptions({ queryKey: KEYS.settings, queryFn: ({ signal }) => api.get('/routing-settings', RoutingSettings, { signal }) });

export const expectedWait = (queueId: string) => queryOptions({
  queryKey: [...KEYS.queues, 'wait', queueId],
  queryFn: ({ signal }) => api.get(`/queues/${queueId}/expected-wait`, ExpectedWaitView, { signal }),
  staleTime: 30_000,
});

type StaffingWish = Readonly<Record<'perHour' | 'share' | 'shrinkage' | 'handleSeconds' | 'withinSeconds' | 'patienceSeconds', number | null | undefined>>;

/** What is left empty is as the server has it. */
export const staffingOf = (queueId: string, wish: StaffingWish) => queryOptions({
  queryKey: [...KEYS.queues, 'staffing', queueId, wish],
  queryFn: ({ signal }) => {
    const given = Object.entries(wish).flatMap(([name, value]) => (value === null || value === undefined ? [] : [[name, String(value)]]));
    return api.get(`/queues/${queueId}/staffing?${new URLSearchParams(given)}`, StaffingView, { signal });
  },
  placeholderData: keepPreviousData,
  retry: false,
});

export const ticketRouting = (ticketId: string) => queryOptions({
  queryKey: [...KEYS.tickets, ticketId],
  queryFn: ({ signal }) => api.beside(`/tickets/${ticketId}/routing`, TicketRoutingView, { signal }),
  staleTime: 0,
});

export const personRouting = (personId: string) => queryOptions({
  queryKey: [...KEYS.skills, 'of', personId],
  queryFn: ({ signal }) => api.get(`/people/${personId}/routing`, PersonRoutingView, { signal }),
});

/** One's own, or those of whoever is named; without a name everybody's, for who may see them. */
export const absences = (personId = '') => pagedQuery([...KEYS.absences, personId], '/absences', AbsencePage, { person: personId });
export const standIns = (deputyId: string) => pagedQuery([...KEYS.absences, 'deputy', deputyId], '/absences', AbsencePage, { deputy: deputyId });

/** What an absence from now on would leave behind; asked anew each time. */
export const absenceOutlook = (personId: string) => queryOptions({
  queryKey: [...KEYS.absences, 'outlook', personId], queryFn: ({ signal }) => api.get(`/people/${personId}/absence-outlook`, AbsenceOutlook, { signal }), staleTime: 0, gcTime: 0,
});

/** What one would leave behind, the longest waiting first. */
export const myOpen = { ...pagedQuery(['routing', 'my open'], '/tickets', TicketPage, { assignee: 'me', status: 'awake', limit: MOST_HANDED }), staleTime: 0 };

/** Under the keys of the rooms that they belong to, so that the answer is shared. */
export const colleagues = queryOptions({
  queryKey: ['people', 'to-assign'],
  queryFn: async ({ signal }) => (await api.get('/people?limit=100', PersonPage, { signal })).items.filter(({ state }) => state !== 'deactivated'),
});
export const teamsQuery = queryOptions({ queryKey: ['people', 'teams'], queryFn: ({ signal }) => api.get('/teams?limit=100', TeamPage, { signal }) });
export const calendarChoices = queryOptions({
  queryKey: ['calendars', 'all'],
  queryFn: ({ signal }) => api.get('/calendars?limit=100', CalendarPage, { signal }),
  select: ({ items }) => items,
});

export const refresh = (cache: QueryClient, part: keyof typeof KEYS): Promise<void> => cache.invalidateQueries({ queryKey: KEYS[part] });

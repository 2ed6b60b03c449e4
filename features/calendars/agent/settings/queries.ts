import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../../platform/browser/api.ts';
import { pagedQuery } from '../../../../platform/browser/paged.ts';
import { TeamPage } from '../../../people/core/contract.ts';
import { CalendarPage, Countries, DayList, HoldingView, PlaceList } from '../../core/contract.ts';

export const calendarsQuery = pagedQuery(['calendars', 'list'], '/calendars', CalendarPage);

export const daysQuery = (calendarId: string, year: number) => queryOptions({
  queryKey: ['calendars', 'days', calendarId, year],
  queryFn: ({ signal }) => api.get(`/calendars/${calendarId}/days?year=${year}`, DayList, { signal }),
});

export const placesQuery = queryOptions({ queryKey: ['calendars', 'places'], queryFn: ({ signal }) => api.get('/calendar-places', PlaceList, { signal }) });

/** What holds for a team, on a channel; null: for nobody in particular. */
export const holdingQuery = (teamId: string | null, channel: string | null) => queryOptions({
  queryKey: ['calendars', 'holding', teamId, channel],
  queryFn: ({ signal }) => {
    const asked = new URLSearchParams({ ...(teamId !== null && { teamId }), ...(channel !== null && { channel }) });
    return api.get(`/calendar-places/holding?${asked}`, HoldingView, { signal });
  },
});

/** They change with the program only. */
export const countriesQuery = queryOptions({ queryKey: ['calendar-countries'], queryFn: ({ signal }) => api.get('/calendar-countries', Countries, { signal }), staleTime: Infinity });

export const teamsQuery = queryOptions({ queryKey: ['people', 'teams'], queryFn: ({ signal }) => api.get('/teams?limit=100', TeamPage, { signal }) });

import { infiniteQueryOptions } from '@tanstack/react-query';
import { api } from '../../../../platform/browser/api.ts';
import { IncidentPage } from '../../core/incidents.ts';

export const INCIDENTS = ['email', 'incidents'];

export const incidentsQuery = infiniteQueryOptions({
  queryKey: INCIDENTS,
  queryFn: ({ pageParam, signal }) => api.get(`/email/incidents?${new URLSearchParams({ limit: '50', ...(pageParam !== null && { cursor: pageParam }) })}`, IncidentPage, { signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
});

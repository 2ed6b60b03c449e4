import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../platform/browser/api.ts';
import { TodayView } from '../core/contract.ts';

/** Counted anew every minute while it is looked at; a number that jumps with each mail would only distract. */
export const today = () =>
  queryOptions({ queryKey: ['reports', 'today'], queryFn: ({ signal }) => api.get('/reports/today', TodayView, { signal }), refetchInterval: 60_000, staleTime: 30_000 });

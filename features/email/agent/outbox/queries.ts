import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { api } from '../../../../platform/browser/api.ts';
import { pagedQuery } from '../../../../platform/browser/paged.ts';
import { OutboxDetail, OutboxPage, type OutboxState } from '../../core/contract.ts';

export type OutboxFilter = z.infer<typeof OutboxState> | 'all';

export const outboxList = (state: OutboxFilter) =>
  pagedQuery(['email', 'outbox', 'list', state], '/outbox', OutboxPage, { state: state === 'all' ? '' : state });

export const outboxOne = (id: string) =>
  queryOptions({ queryKey: ['email', 'outbox', 'one', id], queryFn: ({ signal }) => api.get(`/outbox/${id}`, OutboxDetail, { signal }) });

export const retryMail = (id: string): Promise<void> => api.post(`/outbox/${id}/retries`);

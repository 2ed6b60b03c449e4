import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../platform/browser/api.ts';
import { FieldPage } from '../../fields/core/contract.ts';
import { IntakePage } from '../core/contract.ts';

/** Of all kinds of tickets: at most one each. */
export const intakes = queryOptions({ queryKey: ['intakes'], queryFn: async ({ signal }) => (await api.get('/intakes', IntakePage, { signal })).items, staleTime: 60_000 });

/** Under the key of the fields room, so that the answer is shared. */
export const ticketFields = queryOptions({ queryKey: ['fields', 'ticket'], queryFn: async ({ signal }) => (await api.get('/fields?subject=ticket&limit=100', FieldPage, { signal })).items, staleTime: 60_000 });

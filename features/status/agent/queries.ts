import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../platform/browser/api.ts';
import { pagedQuery } from '../../../platform/browser/paged.ts';
import { ComponentList, IncidentPage } from '../core/contract.ts';

export const componentsQuery = queryOptions({ queryKey: ['status', 'components'], queryFn: ({ signal }) => api.get('/status-components', ComponentList, { signal }) });
export const incidentsQuery = pagedQuery(['status', 'incidents'], '/status-incidents', IncidentPage, { limit: 20 });

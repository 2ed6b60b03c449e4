import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../platform/browser/api.ts';
import { PersonPage } from '../../people/core/contract.ts';
import { FieldPage, type Subject } from '../core/contract.ts';

/** All of a kind of record, in their order: there can be no more than one page of them. */
export const fieldsOf = (subject: Subject) =>
  queryOptions({ queryKey: ['fields', subject], queryFn: async ({ signal }) => (await api.get(`/fields?subject=${subject}&limit=100`, FieldPage, { signal })).items, staleTime: 60_000 });

/** Under the key of the people room, so that the answer is shared. */
export const colleagues = queryOptions({
  queryKey: ['people', 'first'], queryFn: ({ signal }) => api.get('/people?limit=100', PersonPage, { signal }),
  select: ({ items }) => items.filter(({ state }) => state !== 'deactivated').map(({ id, name }) => ({ id, label: name })),
});

import { queryOptions, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { api } from '../../../../../platform/browser/api.ts';
import { isolated } from '../../../../../platform/browser/isolated.ts';
import { PersonPage, type PersonView } from '../../../../people/core/contract.ts';
import { can } from '../../../../people/core/permissions.ts';
import { QuarantineSettings } from '../../../core/quarantine-contract.ts';
import { teamsQuery } from '../../settings/queries.ts';
import { useEmailText } from '../../text.ts';

export type Owner = QuarantineSettings['owner'];
/** Somebody who may look after it: `person:…` or `team:…`. */
export type Caretaker = { readonly id: string; readonly label: string };

/** A company has a handful of people who lead or administrate; so many pages of everybody hold them. */
const MAX_PAGES = 5;

const leading = queryOptions({
  queryKey: ['people', 'leading'],
  queryFn: async ({ signal }) => {
    const found: PersonView[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < MAX_PAGES; page++) {
      const { items, nextCursor }: z.infer<typeof PersonPage> = await api.get(`/people?limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`, PersonPage, { signal });
      found.push(...items.filter(({ state, role }) => state !== 'deactivated' && can({ role, scopes: null }, 'quarantine.read')));
      if (nextCursor === null) break;
      cursor = nextCursor;
    }
    return found;
  },
});

export const quarantineSettings = queryOptions({
  queryKey: ['email', 'quarantine', 'settings'],
  queryFn: ({ signal }) => api.get('/email/quarantine/settings', QuarantineSettings, { signal }),
});

/** People who may see what is held back, and teams; no `data` while they are not known. */
export function useCaretakers() {
  const t = useEmailText();
  const people = useQuery(leading);
  const teams = useQuery(teamsQuery);
  const data: readonly Caretaker[] | null = people.data && teams.data ? [
    ...people.data.map(({ id, name }) => ({ id: `person:${id}`, label: name })),
    ...teams.data.items.map(({ id, name }) => ({ id: `team:${id}`, label: t('quarantine.settings.team', { name: isolated(name) }) })),
  ] : null;
  return { data, error: people.error ?? teams.error, refetch: () => Promise.all([people.refetch(), teams.refetch()]) };
}

export const NOBODY = 'nobody';

export const idOf = ({ personId, teamId }: Owner): string => (personId ? `person:${personId}` : teamId ? `team:${teamId}` : NOBODY);

export function ownerOf(id: string): Owner {
  const [kind, ownerId = null] = id.split(':');
  return { personId: kind === 'person' ? ownerId : null, teamId: kind === 'team' ? ownerId : null };
}

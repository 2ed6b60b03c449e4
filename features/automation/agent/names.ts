import { queryOptions, useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { PlaceList, type PlaceView } from '../../calendars/core/contract.ts';
import { CompanyPage } from '../../companies/core/contract.ts';
import { MailboxPage } from '../../email/core/contract.ts';
import { PersonPage, TeamPage } from '../../people/core/contract.ts';
import { QueuePage } from '../../routing/core/contract.ts';
import { PolicyPage } from '../../sla/core/contract.ts';
import { api } from '../../../platform/browser/api.ts';
import { useFormat } from '../../../platform/browser/format.ts';
import type { Option } from '../../../ui/components/Option.tsx';
import { calendars, checklistTemplates, savedReplies } from './queries.ts';

/* Under the keys of the rooms that they belong to, so that the answers are shared and renewed with theirs. */
const people = queryOptions({ queryKey: ['people', 'first'], queryFn: ({ signal }) => api.get('/people?limit=100', PersonPage, { signal }) });
const teams = queryOptions({ queryKey: ['people', 'teams'], queryFn: ({ signal }) => api.get('/teams?limit=100', TeamPage, { signal }) });
const mailboxes = queryOptions({ queryKey: ['email', 'mailboxes'], queryFn: ({ signal }) => api.get('/mailboxes?limit=100', MailboxPage, { signal }) });
const companies = queryOptions({ queryKey: ['companies', 'to-choose'], queryFn: ({ signal }) => api.get('/companies?limit=100', CompanyPage, { signal }) });

const places = queryOptions({ queryKey: ['calendars', 'places'], queryFn: ({ signal }) => api.get('/calendar-places', PlaceList, { signal }) });

/* Who may not see these rooms reads of ids that are not told. */
const slaPolicies = queryOptions({ queryKey: ['sla', 'policies', 'to-choose'], queryFn: ({ signal }) => api.get('/sla-policies?limit=100', PolicyPage, { signal }), retry: false });
const queueList = queryOptions({ queryKey: ['routing', 'queues', 'to-choose'], queryFn: ({ signal }) => api.get('/queues?limit=100', QueuePage, { signal }), retry: false });

const NONE: readonly Option[] = [];

/** The workspace's own fields of tickets and the editor of their values, which belong to another room. */
export type OwnFields = { readonly options: readonly Option[]; readonly editor: (props: { field: string; label: string; value: unknown; onChange: (value: unknown) => void }) => ReactNode };
const NO_FIELDS: OwnFields = { options: NONE, editor: () => null };

export type Names = {
  readonly ownFields: OwnFields;
  /** What may be chosen where an id of this kind is asked for. */
  readonly choices: (of: string) => readonly Option[];
  readonly nameOf: (of: string, id: string) => string | undefined;
};

const named = (page: { readonly items: readonly { readonly id: string; readonly name: string }[] } | undefined): readonly Option[] | undefined => page?.items.map(({ id, name }) => ({ id, label: name }));
const placesOf = (list: { readonly items: readonly PlaceView[] } | undefined, wanted: PlaceView['kind']): readonly Option[] | undefined =>
  list?.items.flatMap(({ id, kind, name }) => (kind === wanted ? [{ id, label: name ?? '' }] : []));

/** Who and what rules speak of: people, teams, mailboxes, working hours; and webhooks, which another room tells of. */
export function useNames(webhooks: readonly Option[] = NONE, ownFields: OwnFields = NO_FIELDS): Names {
  const format = useFormat();
  const { data: persons } = useQuery(people);
  const { data: groups } = useQuery(teams);
  const { data: boxes } = useQuery(mailboxes);
  const { data: firms } = useQuery(companies);
  const { data: hours } = useQuery(calendars);
  const { data: where } = useQuery(places);
  const { data: policies } = useQuery(slaPolicies);
  const { data: queues } = useQuery(queueList);
  const { data: lists } = useQuery(checklistTemplates);
  const { data: macros } = useQuery(savedReplies);
  return useMemo(() => {
    const known: Readonly<Record<string, readonly Option[] | undefined>> = {
      person: persons?.items.filter(({ state }) => state !== 'deactivated').map(({ id, name }) => ({ id, label: name })).sort((a, b) => format.compare(a.label, b.label)),
      team: named(groups),
      mailbox: boxes?.items.map(({ id, name, address }) => ({ id, label: name === '' ? address : `${name} <${address}>` })),
      company: named(firms),
      policy: named(policies),
      queue: named(queues),
      brand: placesOf(where, 'brand'),
      office: placesOf(where, 'office'),
      calendar: named(hours),
      checklist: named(lists),
      macro: named(macros),
      webhook: webhooks,
      own_field: ownFields.options,
    };
    const choices = (of: string) => known[of] ?? [];
    return { choices, ownFields, nameOf: (of, id) => choices(of).find((one) => one.id === id)?.label };
  }, [persons, groups, boxes, firms, hours, where, policies, queues, lists, macros, webhooks, ownFields, format]);
}

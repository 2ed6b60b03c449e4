import { useQuery } from '@tanstack/react-query';
import { api } from '../../../platform/browser/api.ts';
import { localeOf, useLanguage, useT } from '../../../platform/browser/i18n.ts';
import type { Option } from '../../../ui/components/Option.tsx';
import { PlaceList } from '../../calendars/core/contract.ts';
import { CompanyPage } from '../../companies/core/contract.ts';
import { isReadable } from '../../conditions/core/check.ts';
import { type Condition, partsOf } from '../../conditions/core/condition.ts';
import { describe } from '../../conditions/core/describe.ts';
import { MailboxPage } from '../../email/core/contract.ts';
import { PersonPage, TeamPage } from '../../people/core/contract.ts';
import { TICKET_FIELDS } from '../../tickets/core/fields.ts';

/** Who and what conditions may name, by the kind of thing. */
export type Choices = (of: string) => readonly Option[];

const NONE: readonly Option[] = [];

/** The people, teams and mailboxes of the workspace, as far as whoever looks may know of them. */
export function useChoices(): Choices {
  const { data: people } = useQuery({ queryKey: ['people', 'first'], queryFn: ({ signal }) => api.get('/people?limit=100', PersonPage, { signal }) });
  const { data: teams } = useQuery({ queryKey: ['people', 'teams'], queryFn: ({ signal }) => api.get('/teams?limit=100', TeamPage, { signal }) });
  const { data: mailboxes } = useQuery({ queryKey: ['email', 'mailboxes'], queryFn: ({ signal }) => api.get('/mailboxes?limit=100', MailboxPage, { signal }) });
  const { data: companies } = useQuery({ queryKey: ['companies', 'to-choose'], queryFn: ({ signal }) => api.get('/companies?limit=100', CompanyPage, { signal }) });
  const { data: places } = useQuery({ queryKey: ['calendars', 'places'], queryFn: ({ signal }) => api.get('/calendar-places', PlaceList, { signal }) });
  const known: Readonly<Record<string, readonly Option[] | undefined>> = {
    person: people?.items.filter(({ state }) => state !== 'deactivated').map(({ id, name }) => ({ id, label: name })),
    team: teams?.items.map(({ id, name }) => ({ id, label: name })),
    company: companies?.items.map(({ id, name }) => ({ id, label: name })),
    brand: places?.items.flatMap(({ id, kind, name }) => (kind === 'brand' ? [{ id, label: name ?? '' }] : [])),
    office: places?.items.flatMap(({ id, kind, name }) => (kind === 'office' ? [{ id, label: name ?? '' }] : [])),
    mailbox: mailboxes?.items.map(({ id, address }) => ({ id, label: address })),
  };
  return (of) => known[of] ?? NONE;
}

/** Tells a condition on tickets as a sentence. */
export function useConditionWords(): (json: object) => string {
  const t = useT();
  const locale = localeOf(useLanguage());
  const choices = useChoices();
  return (json) => describe(conditionOf(json), TICKET_FIELDS, { locale, t, nameOf: (of, id) => choices(of).find((one) => one.id === id)?.label });
}

/** The server has read every condition that it keeps. */
export const conditionOf = (json: object): Condition => json as Condition;

export const isAlways = (condition: Condition): boolean => partsOf(condition).length === 0;

/** Whether nothing is missing in it that a person must still fill in. */
export const isFinished = (condition: Condition): boolean => isReadable(condition, TICKET_FIELDS);

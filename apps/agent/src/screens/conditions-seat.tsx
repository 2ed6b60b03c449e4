import { useQuery } from '@tanstack/react-query';
import { type ComponentProps, type ReactNode, useMemo } from 'react';
import { companiesToChoose } from '../../../../features/companies/agent/queries.ts';
import { ConditionEditor } from '../../../../features/conditions/agent/ConditionEditor.tsx';
import type { Condition } from '../../../../features/conditions/core/condition.ts';
import { describe } from '../../../../features/conditions/core/describe.ts';
import type { Fields } from '../../../../features/conditions/core/fields.ts';
import { fieldsOf } from '../../../../features/fields/agent/queries.ts';
import type { Subject } from '../../../../features/fields/core/contract.ts';
import { type Carrier, withFields } from '../../../../features/fields/core/attributes.ts';
import { mailboxesQuery } from '../../../../features/email/agent/settings/queries.ts';
import type { Conditions } from '../../../../features/routing/agent/slots.ts';
import { colleagues, places, teams } from '../../../../features/tickets/agent/queries.ts';
import { TICKET_FIELDS } from '../../../../features/tickets/core/fields.ts';
import { localeOf, useLanguage, useT } from '../../../../platform/browser/i18n.ts';
import type { Option } from '../../../../ui/components/Option.tsx';

const NOTHING: readonly Option[] = [];
const NONE: Readonly<Record<string, Option>> = {};

/** The editor of conditions, for the screens of rooms that know themselves what may be asked and chosen. */
export const conditionsSeat = (props: ComponentProps<typeof ConditionEditor>) => <OwnConditions {...props} />;

/** With the workspace's own fields of tickets besides. */
function OwnConditions({ fields, ...props }: ComponentProps<typeof ConditionEditor>) {
  const language = useLanguage();
  const { data } = useQuery(fieldsOf('ticket'));
  const all = useMemo(() => withFields(fields as Fields<Carrier>, data?.filter(({ active }) => active) ?? [], language), [fields, data, language]);
  return <ConditionEditor {...props} fields={all as Fields<never>} />;
}

/** The same for rooms that ask about tickets and nothing else: who may be chosen is known here, and what is stored is told as a sentence. `looking` are choices for whoever looks, before the others. */
export function useTicketConditions(looking: Readonly<Record<string, Option>> = NONE): Conditions {
  const t = useT();
  const locale = localeOf(useLanguage());
  const { data: people } = useQuery(colleagues());
  const { data: groups } = useQuery(teams());
  const { data: mailboxes } = useQuery(mailboxesQuery);
  const { data: own } = useQuery(fieldsOf('ticket'));
  const { data: where } = useQuery(places());
  const language = useLanguage();
  const { data: companies } = useQuery(companiesToChoose);
  return useMemo(() => {
    const known: Readonly<Record<string, readonly Option[]>> = {
      person: optionsOf(people), team: optionsOf(groups), mailbox: (mailboxes?.items ?? []).map(({ id, address }) => ({ id, label: address })), company: optionsOf(companies?.items), brand: optionsOf(where?.brand), office: optionsOf(where?.office),
    };
    const choices = (of: string) => [...(looking[of] ? [looking[of]] : NOTHING), ...(known[of] ?? NOTHING)];
    const nameOf = (of: string, id: string) => choices(of).find((option) => option.id === id)?.label;
    return {
      editor: (props) => conditionsSeat({ ...props, fields: TICKET_FIELDS, choices }),
      inWords: (condition) => describe(condition as Condition, withFields(TICKET_FIELDS, own ?? [], language), { locale, t, nameOf }),
    };
  }, [t, locale, people, groups, mailboxes, companies, where, own, language, looking]);
}

/** The editor of conditions on another kind of record, with its own fields. */
export function useOwnConditions(subject: Subject, known: Fields<never>): (props: Omit<ComponentProps<typeof ConditionEditor>, 'fields' | 'choices'>) => ReactNode {
  const language = useLanguage();
  const { data } = useQuery(fieldsOf(subject));
  const { data: people } = useQuery(colleagues());
  return (props) => (
    <ConditionEditor {...props} fields={withFields(known as Fields<Carrier>, data?.filter(({ active }) => active) ?? [], language) as Fields<never>} choices={(of) => (of === 'person' ? optionsOf(people) : NOTHING)} />
  );
}

const optionsOf = (named: readonly { id: string; name: string }[] | undefined): Option[] => (named ?? []).map(({ id, name }) => ({ id, label: name }));

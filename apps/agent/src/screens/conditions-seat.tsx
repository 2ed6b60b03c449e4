import { useQuery } from '@tanstack/react-query';
import { type ComponentProps, useMemo } from 'react';
import { ConditionEditor } from '../../../../features/conditions/agent/ConditionEditor.tsx';
import type { Condition } from '../../../../features/conditions/core/condition.ts';
import { describe } from '../../../../features/conditions/core/describe.ts';
import { mailboxesQuery } from '../../../../features/email/agent/settings/queries.ts';
import type { Conditions } from '../../../../features/routing/agent/slots.ts';
import { colleagues, teams } from '../../../../features/tickets/agent/queries.ts';
import { TICKET_FIELDS } from '../../../../features/tickets/core/fields.ts';
import { localeOf, useLanguage, useT } from '../../../../platform/browser/i18n.ts';
import type { Option } from '../../../../ui/components/Option.tsx';

const NOTHING: readonly Option[] = [];

/** The editor of conditions, for the screens of rooms that know themselves what may be asked and chosen. */
export const conditionsSeat = (props: ComponentProps<typeof ConditionEditor>) => <ConditionEditor {...props} />;

/** The same for rooms that ask about tickets and nothing else: who may be chosen is known here, and what is stored is told as a sentence. */
export function useTicketConditions(): Conditions {
  const t = useT();
  const locale = localeOf(useLanguage());
  const { data: people } = useQuery(colleagues());
  const { data: groups } = useQuery(teams());
  const { data: mailboxes } = useQuery(mailboxesQuery);
  return useMemo(() => {
    const known: Readonly<Record<string, readonly Option[]>> = {
      person: optionsOf(people), team: optionsOf(groups), mailbox: (mailboxes?.items ?? []).map(({ id, address }) => ({ id, label: address })),
    };
    const choices = (of: string) => known[of] ?? NOTHING;
    const nameOf = (of: string, id: string) => choices(of).find((option) => option.id === id)?.label;
    return {
      editor: (props) => conditionsSeat({ ...props, fields: TICKET_FIELDS, choices }),
      inWords: (condition) => describe(condition as Condition, TICKET_FIELDS, { locale, t, nameOf }),
    };
  }, [t, locale, people, groups, mailboxes]);
}

const optionsOf = (named: readonly { id: string; name: string }[] | undefined): Option[] => (named ?? []).map(({ id, name }) => ({ id, label: name }));

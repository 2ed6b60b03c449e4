import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ConditionEditor } from '../../../../features/conditions/agent/ConditionEditor.tsx';
import { isFinished } from '../../../../features/conditions/core/check.ts';
import { type Condition, isTest, type Node, partsOf } from '../../../../features/conditions/core/condition.ts';
import { describe } from '../../../../features/conditions/core/describe.ts';
import { mailboxesQuery } from '../../../../features/email/agent/settings/queries.ts';
import type { Conditions } from '../../../../features/routing/agent/slots.ts';
import { colleagues, teams } from '../../../../features/tickets/agent/queries.ts';
import { TICKET_FIELDS } from '../../../../features/tickets/core/fields.ts';
import { localeOf, useLanguage, useT } from '../../../../platform/browser/i18n.ts';
import type { Option } from '../../../../ui/components/Option.tsx';

const NOTHING: readonly Option[] = [];

/** Conditions on tickets, for rooms that ask with them: the editor, and what is stored as a sentence. */
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
      editor: ({ value, onChange, showFaults }) => (
        <ConditionEditor label={t('routing.queues.conditions')} fields={TICKET_FIELDS} value={value} onChange={onChange} choices={choices} showFaults={showFaults} />
      ),
      inWords: (condition) => describe(condition as Condition, TICKET_FIELDS, { locale, t, nameOf }),
      isWhole: (condition) => partsOf(condition).every(isWhole),
    };
  }, [t, locale, people, groups, mailboxes]);
}

const isWhole = (node: Node): boolean => (isTest(node) ? isFinished(node, TICKET_FIELDS) : partsOf(node).every(isWhole));

const optionsOf = (named: readonly { id: string; name: string }[] | undefined): Option[] => (named ?? []).map(({ id, name }) => ({ id, label: name }));

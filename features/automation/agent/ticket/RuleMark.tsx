import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ticketRunsQuery } from '../queries.ts';
import { useAutomationText } from '../text.ts';

type RuleMarkProps = {
  ticketId: string;
  /** Whoever acted without being a person: perhaps a rule. */
  ruleId: string;
  fallback: ReactNode;
  /** Shows all that rules did here. */
  runs: (onClose: () => void) => ReactNode;
};

/** In a line of the timeline: the rule that did it, with the way to why. */
export function RuleMark({ ticketId, ruleId, fallback, runs }: RuleMarkProps) {
  const t = useAutomationText();
  const { data } = useInfiniteQuery(ticketRunsQuery(ticketId));
  const [isOpen, setOpen] = useState(false);
  const run = data?.pages.flatMap(({ items }) => items).find(({ rule }) => rule.id === ruleId);
  if (!run) return fallback;
  const label = t('automation.by_rule', { name: run.rule.name });
  return (
    <>
      <button
        type="button" aria-label={label} title={label} onClick={() => setOpen(true)}
        className="cursor-pointer rounded-[3px] font-medium underline decoration-current/40 underline-offset-3 hover:text-ink hover:decoration-current"
      >
        <bdi>{run.rule.name}</bdi>
      </button>
      {isOpen && runs(() => setOpen(false))}
    </>
  );
}

import type { ReactNode } from 'react';
import { useFormat } from '../../../platform/browser/format.ts';
import { useNow } from '../../../platform/browser/use-now.ts';
import { Badge } from '../../../ui/components/Badge.tsx';
import { RelativeTime } from '../../../ui/components/RelativeTime.tsx';
import { describe, type Words } from '../../conditions/core/describe.ts';
import type { Effect, RuleRunView } from '../core/contract.ts';
import { effectInWords } from '../core/effects.ts';
import { RULE_FIELDS } from '../core/fields.ts';
import { useAutomationText } from './text.ts';

type RunListProps = {
  runs: readonly RuleRunView[];
  words: Words;
  /** What stands above a run: the rule on a ticket, the ticket at a rule. */
  head: (run: RuleRunView) => ReactNode;
  /** What can be done about one effect. */
  after?: (effect: Effect) => ReactNode;
};

/** What rules did and why, newest first. */
export function RunList({ runs, words, head, after }: RunListProps) {
  const t = useAutomationText();
  const format = useFormat();
  const now = useNow(30_000);
  return (
    <ol className="flex flex-col">
      {runs.map((run) => (
        <li key={run.id} className="flex flex-col gap-1 border-b border-hairline py-3 first:pt-0 last:border-0">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
            {head(run)}
            {run.outcome !== 'ran' && <Badge tone={run.outcome === 'failed' ? 'danger' : 'warning'}>{t(`automation.outcome.${run.outcome}`)}</Badge>}
            {run.late && <Badge tone="warning">{t('automation.late')}</Badge>}
            <span className="ms-auto text-12 text-ink-faint"><RelativeTime at={run.at} inFull={format.inFull(run.at)}>{format.relative(run.at, now)}</RelativeTime></span>
          </div>
          <p className="text-13 text-ink-soft [overflow-wrap:anywhere]"><bdi>{reasonOf(run, words)}</bdi></p>
          <ul className="flex flex-col gap-1 text-13">
            {run.effects.map((effect, index) => (
              <li key={index} className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <bdi className={effect.effect === 'changes' ? undefined : 'text-ink-faint'}>{effectInWords(effect, words)}</bdi>
                {after?.(effect)}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

/** "Because a ticket was created, and Language is Polish": what it ran on and which conditions held. */
function reasonOf({ event, dueAt, held, depth }: RuleRunView, words: Words): string {
  const { t } = words;
  const moment = (at: string) => new Intl.DateTimeFormat(words.locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at));
  const cause = event === null ? t('automation.because.time', { due: dueAt === null ? '' : moment(dueAt) }) : t('automation.because.event', { event: t(`automation.when.${event}`) });
  const said = held.length === 0 ? cause : t('automation.because.and', { cause, conditions: describe({ version: 1, all: held }, RULE_FIELDS, words) });
  return depth === 0 ? said : t('automation.because.rule', { said });
}

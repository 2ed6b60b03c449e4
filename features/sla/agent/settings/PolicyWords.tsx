import { useFormat } from '../../../../platform/browser/format.ts';
import { useT } from '../../../../platform/browser/i18n.ts';
import type { PolicyView, Target } from '../../core/contract.ts';
import { useConditionWords } from '../condition-words.ts';
import { useSlaText } from '../text.ts';

/** Which tickets a policy is for, and what it promises, in two lines. */
export function PolicyWords({ policy: { conditions, targets, enabled } }: { policy: PolicyView }) {
  const t = useSlaText();
  const inWords = useConditionWords();
  const tell = useTargetWords();
  return (
    <div className="text-13 text-ink-faint [overflow-wrap:anywhere]">
      <span className="block text-ink-soft"><bdi>{conditions ? inWords(conditions) : t('sla.policies.every_ticket')}</bdi></span>
      <span className="block"><bdi>{[...Map.groupBy(targets, ({ metric }) => metric).values()].map(tell).join(' · ')}</bdi></span>
      {!enabled && <span className="block">{t('sla.policies.off')}</span>}
    </div>
  );
}

/** "First answer 4 hr (Urgent 1 hr)": the time of everybody else first. */
function useTargetWords(): (targets: readonly Target[]) => string {
  const t = useSlaText();
  const say = useT();
  const format = useFormat();
  const time = (target: Target) => format.duration(target.seconds, 'short', target.time === 'calendar');
  return (targets) => {
    const usual = targets.find(({ priority }) => priority === undefined);
    const special = targets.filter(({ priority }) => priority !== undefined).map((target) => `${say(`tickets.priority.${target.priority}`)} ${time(target)}`);
    const times = [usual && time(usual), special.length > 0 && (usual ? `(${special.join(', ')})` : special.join(', '))].filter(Boolean).join(' ');
    return `${t(`sla.metric.${targets[0]?.metric ?? 'answer'}`)}: ${times}`;
  };
}

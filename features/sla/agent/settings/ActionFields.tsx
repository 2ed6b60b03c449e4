import { Plus, X } from 'lucide-react';
import { useRef } from 'react';
import { useFormat } from '../../../../platform/browser/format.ts';
import { useT } from '../../../../platform/browser/i18n.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import type { Action } from '../../core/contract.ts';
import { type Metric, THRESHOLDS } from '../../core/metrics.ts';
import type { Choices } from '../condition-words.ts';
import { useSlaText } from '../text.ts';
import { actionLine, type ActionLine, DEEDS, givenTo, newAction, receiverOf, withDeed } from './action-lines.ts';

type ActionFieldsProps = { lines: readonly ActionLine[]; onChange: (lines: ActionLine[]) => void; /** Those that are promised. */ metrics: readonly Metric[]; choices: Choices };

/** Who is told, and what is done, before a promise breaks and when it does. */
export function ActionFields({ lines, onChange, metrics, choices }: ActionFieldsProps) {
  const t = useSlaText();
  const format = useFormat();
  const adding = useRef<HTMLButtonElement>(null);
  const remove = (key: string) => {
    onChange(lines.filter((line) => line.key !== key));
    // What had the focus is gone.
    adding.current?.focus();
  };
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-13 font-medium">{t('sla.actions')}</legend>
      <p className="mb-1 text-13 text-ink-faint">{t('sla.actions.hint')}</p>
      {lines.map(({ key, action }, index) => (
        <div key={key} role="group" aria-label={t('sla.actions.one', { number: format.number(index + 1) })} className="flex items-start gap-2 border-t border-hairline py-3">
          <ActionRow action={action} metrics={metrics} choices={choices} onChange={(changed) => onChange(lines.map((line) => (line.key === key ? { key, action: changed } : line)))} />
          <IconButton icon={X} size="normal" label={t('sla.actions.remove', { number: format.number(index + 1) })} onPress={() => remove(key)} />
        </div>
      ))}
      <Button ref={adding} size="small" icon={Plus} onPress={() => onChange([...lines, actionLine(newAction())])} className="mt-1 self-start">{t('sla.actions.add')}</Button>
    </fieldset>
  );
}

type ActionRowProps = { action: Action; metrics: readonly Metric[]; choices: Choices; onChange: (action: Action) => void };

const EVERY = 'every';

function ActionRow({ action, metrics, choices, onChange }: ActionRowProps) {
  const t = useSlaText();
  const format = useFormat();
  const { at, metric } = action;
  const withMetric = (chosen: string): Action => {
    const { metric: _before, ...rest } = action;
    return chosen === EVERY ? rest : { ...rest, metric: chosen as Metric };
  };
  const offered = metric && !metrics.includes(metric) ? [...metrics, metric] : metrics;
  return (
    <div className="grid min-w-0 flex-1 grid-cols-2 gap-2 max-wide:grid-cols-1">
      <Select
        label={t('sla.actions.when')} labelHidden
        options={THRESHOLDS.map((percent) => ({ id: String(percent), label: percent === 100 ? t('sla.actions.at_breach') : t('sla.actions.at', { percent: format.percent(percent / 100) }) }))}
        value={String(at)}
        onChange={(percent) => onChange({ ...action, at: THRESHOLDS.find((one) => String(one) === percent) ?? at })}
      />
      <Select
        label={t('sla.actions.of')} labelHidden
        options={[{ id: EVERY, label: t('sla.actions.every') }, ...offered.map((id) => ({ id: id as string, label: t(`sla.metric.${id}`) }))]}
        value={metric ?? EVERY}
        onChange={(chosen) => onChange(withMetric(chosen))}
      />
      <Select label={t('sla.actions.what')} labelHidden options={DEEDS.map((id) => ({ id, label: t(`sla.action.${id}`) }))} value={action.do} onChange={(deed) => onChange(withDeed(action, deed))} />
      <Detail action={action} choices={choices} onChange={onChange} />
    </div>
  );
}

/** What a deed still needs to know. */
function Detail({ action, choices, onChange }: Pick<ActionRowProps, 'action' | 'choices' | 'onChange'>) {
  const t = useSlaText();
  const say = useT();
  if (action.do === 'notify') {
    return <Select label={t('sla.actions.whom')} labelHidden options={(['assignee', 'team', 'leads'] as const).map((id) => ({ id, label: t(`sla.actions.whom.${id}`) }))} value={action.whom} onChange={(whom) => onChange({ ...action, whom })} />;
  }
  if (action.do === 'raise_priority') {
    return <Select label={t('sla.actions.to')} labelHidden options={(['high', 'urgent'] as const).map((id) => ({ id, label: say(`tickets.priority.${id}`) }))} value={action.to} onChange={(to) => onChange({ ...action, to })} />;
  }
  if (action.do === 'reassign') {
    const receivers = [
      { id: 'nobody', label: t('sla.actions.nobody') },
      ...choices('team').map(({ id, label }) => ({ id: `team:${id}`, label })),
      ...choices('person').map(({ id, label }) => ({ id: `person:${id}`, label })),
    ];
    return <Select label={t('sla.actions.receiver')} labelHidden options={receivers} value={receiverOf(action)} onChange={(receiver) => onChange(givenTo(action, receiver))} />;
  }
  return <span aria-hidden />;
}

import { useQuery } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { useActions } from '../../../platform/browser/shortcuts.ts';
import { Button } from '../../../ui/components/Button.tsx';
import { Menu } from '../../../ui/components/Menu.tsx';
import { usePolicyName } from './policy-name.ts';
import { policiesQuery } from './settings/queries.ts';
import { useSlaText } from './text.ts';

export type PolicyChosen = {
  /** What was chosen by hand; null: the first that fits. */
  readonly id: string | null;
  readonly choose: (policyId: string | null) => void;
};

/** Which service level makes the promises of a ticket: the first that fits, or the one that somebody chose for it. In the menu of all commands too. */
export function PolicyChoice({ chosen, group }: { chosen: PolicyChosen; group: string }) {
  const t = useSlaText();
  const nameOf = usePolicyName();
  const { data } = useQuery(policiesQuery);
  const policies = data?.items.filter(({ enabled, id }) => enabled || id === chosen.id) ?? [];
  const choices = [{ id: null, label: t('sla.choice.by_conditions') }, ...policies.map((policy) => ({ id: policy.id, label: nameOf(policy) }))];
  useActions(choices.filter(({ id }) => id !== chosen.id).map(({ id, label }) => ({ id: `policy ${id ?? 'none'}`, label: `${t('sla.choice')}: ${label}`, group, run: () => chosen.choose(id) })));
  if (policies.length === 0) return null;
  const value = choices.find(({ id }) => id === chosen.id)?.label ?? t('sla.choice.by_conditions');
  return (
    <Menu
      label={t('sla.choice')} placement="bottom end"
      trigger={<Button tone="quiet" size="small" aria-label={`${t('sla.choice')}: ${value}`} className="max-w-52 gap-1 px-1.5! font-normal" trailing={<ChevronDown aria-hidden size={11} className="shrink-0 text-ink-faint" />}><span dir="auto" className="truncate">{value}</span></Button>}
      groups={[{ title: t('sla.choice'), entries: choices.map(({ id, label }) => ({ id: id ?? 'none', label, chosen: id === chosen.id, onAction: () => chosen.choose(id) })) }]}
    />
  );
}

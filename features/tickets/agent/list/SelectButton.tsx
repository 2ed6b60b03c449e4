import { ListChecks } from 'lucide-react';
import { ToggleIconButton } from '../../../../ui/components/ToggleIconButton.tsx';
import { useTicketsText } from '../text.ts';
import type { Selection } from './use-selection.ts';

/** Begins and ends selecting several tickets, for those who have no keyboard at hand. */
export function SelectButton({ selection: { ids, choose, end } }: { selection: Selection }) {
  const t = useTicketsText();
  return <ToggleIconButton label={t('tickets.select')} icon={ListChecks} keys="X" isSelected={ids !== null} onChange={(isOn) => (isOn ? choose([]) : end())} />;
}

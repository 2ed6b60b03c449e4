import { Braces, ChevronDown } from 'lucide-react';
import { Button } from '../../../../ui/components/Button.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { PLACEHOLDERS } from '../../core/contract.ts';
import { useMacroText } from '../text.ts';

/** What can stand in a text and is filled in when it is used. */
export function PlaceholderMenu({ onInsert }: { onInsert: (slot: string) => void }) {
  const t = useMacroText();
  return (
    <Menu
      label={t('macros.placeholders')}
      trigger={<Button size="small" icon={Braces} trailing={<ChevronDown aria-hidden size={14} />}>{t('macros.insert_placeholder')}</Button>}
      groups={[{ entries: PLACEHOLDERS.map((id) => ({ id, label: t(`macros.placeholder.${id}`), hint: `{{ ${id} }}`, onAction: () => onInsert(`{{ ${id} }}`) })) }]}
    />
  );
}

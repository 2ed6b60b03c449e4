import { Braces, ChevronDown } from 'lucide-react';
import { Button } from '../../../../ui/components/Button.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { TextArea } from '../../../../ui/components/TextArea.tsx';
import { RULE_PLACEHOLDERS } from '../../core/actions.ts';
import { useAutomationText } from '../text.ts';

type WordsFieldProps = { label: string; value: string; maxLength: number; rows?: number; onChange: (text: string) => void };

/** A text that a rule writes, with blanks that it fills in. */
export function WordsField({ label, value, maxLength, rows = 3, onChange }: WordsFieldProps) {
  const t = useAutomationText();
  return (
    <div className="flex flex-col gap-2">
      <TextArea label={label} labelHidden placeholder={label} value={value} onChange={onChange} rows={rows} maxLength={maxLength} />
      <Menu
        label={t('automation.placeholders')}
        trigger={
          <Button size="small" tone="quiet" icon={Braces} className="self-start" trailing={<ChevronDown aria-hidden size={14} />}>
            {t('automation.placeholders')}
          </Button>
        }
        groups={[{ entries: RULE_PLACEHOLDERS.map((id) => ({ id, label: t(`automation.placeholder.${id}`), hint: `{{ ${id} }}`, onAction: () => onChange(`${value}{{ ${id} }}`) })) }]}
      />
    </div>
  );
}

import { ListPlus } from 'lucide-react';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Popover } from '../../../../ui/components/Popover.tsx';
import { TextArea } from '../../../../ui/components/TextArea.tsx';
import { useChatText } from '../text.ts';

/** Answers that the visitor only has to press. */
export function ChoicesButton({ value, onChange }: { value: string; onChange: (lines: string) => void }) {
  const t = useChatText();
  return (
    <Popover label={t('chat.choices')} placement="top start" trigger={<IconButton label={t('chat.choices')} icon={ListPlus} />}>
      <div className="w-72 max-w-full"><TextArea label={t('chat.choices')} hint={t('chat.choices.what')} rows={3} value={value} onChange={onChange} maxLength={500} autoFocus /></div>
    </Popover>
  );
}

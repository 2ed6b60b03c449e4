import { useState } from 'react';
import { TagList } from '../../../../ui/components/TagList.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { LONGEST_TAG, MOST_TAGS } from '../../core/actions.ts';
import { useAutomationText } from '../text.ts';

/** Several tags: those that are there, and a field for one more. What was typed and left is not lost. */
export function TagsField({ tags, onChange }: { tags: readonly string[]; onChange: (tags: readonly string[]) => void }) {
  const t = useAutomationText();
  const [text, setText] = useState('');
  const add = () => {
    const tag = text.trim();
    if (tag !== '' && !tags.includes(tag) && tags.length < MOST_TAGS) onChange([...tags, tag]);
    setText('');
  };
  return (
    <div className="flex max-w-80 min-w-0 flex-col gap-1.5">
      {tags.length > 0 && <TagList label={t('automation.tags')} tags={tags.map((name) => ({ id: name, name }))} onRemove={(gone) => onChange(tags.filter((tag) => tag !== gone))} />}
      <TextField
        label={t('automation.tags.add')} labelHidden placeholder={t('automation.tags.add')} maxLength={LONGEST_TAG} value={text} onChange={setText} onBlur={add}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || text.trim() === '') return;
          event.preventDefault();
          add();
        }}
      />
    </div>
  );
}

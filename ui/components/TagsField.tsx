import { useState } from 'react';
import { TagList } from './TagList.tsx';
import { TextField } from './TextField.tsx';

type TagsFieldProps = { label: string; /** Of the field for one more. */ addLabel: string; tags: readonly string[]; most: number; longest: number; onChange: (tags: readonly string[]) => void };

/** Several short words: those that are there, and a field for one more. What was typed and left is not lost. */
export function TagsField({ label, addLabel, tags, most, longest, onChange }: TagsFieldProps) {
  const [text, setText] = useState('');
  const add = () => {
    const tag = text.trim();
    if (tag !== '' && !tags.includes(tag) && tags.length < most) onChange([...tags, tag]);
    setText('');
  };
  return (
    <div className="flex max-w-80 min-w-0 flex-col gap-1.5">
      {tags.length > 0 && <TagList label={label} tags={tags.map((name) => ({ id: name, name }))} onRemove={(gone) => onChange(tags.filter((tag) => tag !== gone))} />}
      <TextField
        label={addLabel} labelHidden placeholder={addLabel} maxLength={longest} value={text} onChange={setText} onBlur={add}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || text.trim() === '') return;
          event.preventDefault();
          add();
        }}
      />
    </div>
  );
}

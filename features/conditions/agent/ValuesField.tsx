import { useState } from 'react';
import type { Option } from '../../../ui/components/Option.tsx';
import { Select } from '../../../ui/components/Select.tsx';
import { TagList } from '../../../ui/components/TagList.tsx';
import { TextField } from '../../../ui/components/TextField.tsx';
import { LIMITS, type Scalar } from '../core/condition.ts';
import type { Field } from '../core/fields.ts';
import { useConditionsText } from './text.ts';

type ValuesFieldProps = { label: string; field: Field<never>; values: readonly Scalar[]; options: readonly Option[] | null; onChange: (values: readonly Scalar[]) => void };

/** Several values: those that are there, and a field for one more. */
export function ValuesField({ label, field, values, options, onChange }: ValuesFieldProps) {
  const t = useConditionsText();
  const add = (value: Scalar) => {
    if (!values.includes(value) && values.length < LIMITS.values) onChange([...values, value]);
  };
  const tags = values.map((value) => ({ id: String(value), name: options?.find(({ id }) => id === value)?.label ?? (options ? t('conditions.value_gone') : String(value)) }));
  const prompt = t(values.length > 0 ? 'conditions.add_value' : 'conditions.choose');
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      {tags.length > 0 && <TagList label={t('conditions.chosen')} tags={tags} onRemove={(gone) => onChange(values.filter((value) => String(value) !== gone))} />}
      {options
        ? <Select label={label} labelHidden placeholder={prompt} options={options.filter(({ id }) => !values.includes(id))} value={null} onChange={add} />
        : <NewValue label={label} prompt={t('conditions.add_value')} isNumber={field.type === 'number'} onAdd={add} />}
    </div>
  );
}

/** Enter adds; what was typed and left is added too, so that nobody loses a word. */
function NewValue({ label, prompt, isNumber, onAdd }: { label: string; prompt: string; isNumber: boolean; onAdd: (value: Scalar) => void }) {
  const [text, setText] = useState('');
  const add = () => {
    const word = text.trim();
    const value = isNumber ? Number(word.replace(',', '.')) : word;
    if (word === '' || Number.isNaN(value)) return;
    onAdd(value);
    setText('');
  };
  return (
    <TextField label={label} labelHidden placeholder={prompt} maxLength={LIMITS.text} isLatin={isNumber} value={text} onChange={setText} onBlur={add}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || text.trim() === '') return;
        event.preventDefault();
        add();
      }} />
  );
}

import { useQuery } from '@tanstack/react-query';
import { ExternalLink } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useLanguage } from '../../../platform/browser/i18n.ts';
import { ComboBox } from '../../../ui/components/ComboBox.tsx';
import { TextField, type TextFieldProps } from '../../../ui/components/TextField.tsx';
import { pathIn } from '../core/attributes.ts';
import type { FieldDefinition, FieldValue } from '../core/types.ts';
import { pathTo, readValue } from '../core/values.ts';
import { colleagues } from './queries.ts';
import { useFieldsText } from './text.ts';

type FieldInputProps = {
  definition: FieldDefinition;
  label: string;
  labelHidden?: boolean;
  hint?: string;
  value: FieldValue | null;
  /** Null empties. Written text is told when its field is left, and only when it can be kept. */
  onChange: (value: FieldValue | null) => void;
};

/** The editor of a value, as its type wants it. */
export function FieldInput(props: FieldInputProps) {
  const One = ONE[props.definition.type];
  return <One {...props} />;
}

/** How each type is written. */
const LOOKS: Readonly<Partial<Record<FieldDefinition['type'], Partial<TextFieldProps>>>> = {
  text: { maxLength: 10_000 }, link: { isLatin: true, inputMode: 'url', maxLength: 2_000 }, date: { isLatin: true, type: 'date' },
  number: { isLatin: true, inputMode: 'decimal', maxLength: 30 }, money: { isLatin: true, inputMode: 'decimal', maxLength: 30 },
};

const HAS_END: ReadonlySet<FieldDefinition['type']> = new Set(['money', 'link']);

/** The text while it is written; what somebody else wrote here meanwhile takes its place. */
function useWritten(kept: string) {
  const [text, setText] = useState(kept);
  const [before, setBefore] = useState(kept);
  if (before !== kept) {
    setBefore(kept);
    setText(kept);
  }
  return [text, setText] as const;
}

/** What stands in the field and leads nowhere is not sent; the sentence says what would do. */
function WrittenInput({ definition, label, labelHidden = false, hint, value, onChange }: FieldInputProps) {
  const t = useFieldsText();
  const kept = value === null ? '' : String(value);
  const [text, setText] = useWritten(kept);
  const [wasLeft, setLeft] = useState(false);
  const { type } = definition;
  const leave = () => {
    const read = readValue(definition, text);
    setLeft(true);
    if ('value' in read && JSON.stringify(read.value) !== JSON.stringify(value)) onChange(read.value);
  };
  const isWrong = wasLeft && 'wrong' in readValue(definition, text);
  return (
    <TextField
      {...LOOKS[type]} label={label} labelHidden={labelHidden} {...(hint && { hint })} value={text}
      {...(HAS_END.has(type) && { trailing: <AtEnd definition={definition} link={text === kept ? kept : ''} /> })}
      {...(isWrong && { error: t(`fields.wrong.${type as 'number'}`) })}
      onChange={(given) => {
        setText(given);
        setLeft(false);
      }}
      onBlur={leave}
    />
  );
}

const AtEnd = ({ definition: { type, currency }, link }: { definition: FieldDefinition; link: string }) => {
  if (type === 'money') return <span className="pe-2">{currency}</span>;
  return type === 'link' && link !== '' ? <Leads to={link} /> : null;
};

const Leads = ({ to }: { to: string }) => {
  const t = useFieldsText();
  return <a href={to} target="_blank" rel="noopener noreferrer nofollow" aria-label={t('fields.follow')} className="inline-flex size-7 items-center justify-center text-ink-faint hover:text-ink"><ExternalLink aria-hidden size={15} /></a>;
};

/** One of the options; of a tree with the way that leads to it. */
function ChosenInput({ definition, label, labelHidden = false, hint, value, onChange }: FieldInputProps) {
  const t = useFieldsText();
  const language = useLanguage();
  const { options } = definition;
  const chosen = Array.isArray(value) ? (value as readonly string[]).at(-1) ?? null : value as string | null;
  const offered = options.filter(({ key, active }) => active || key === chosen)
    .map(({ key }) => ({ id: key, label: pathIn(options, pathTo(options, key), language) }));
  return (
    <ComboBox label={label} labelHidden={labelHidden} {...(hint && { hint })} placeholder={t('fields.choose')} options={offered} value={chosen}
      onChange={(key) => {
        const read = readValue(definition, key);
        if (key !== chosen && 'value' in read) onChange(read.value);
      }} />
  );
}

function PersonInput({ label, labelHidden = false, hint, value, onChange }: FieldInputProps) {
  const t = useFieldsText();
  const { data: people = [] } = useQuery(colleagues);
  const id = typeof value === 'string' ? value : null;
  const offered = id !== null && !people.some((one) => one.id === id) ? [...people, { id, label: t('fields.somebody') }] : people;
  return <ComboBox label={label} labelHidden={labelHidden} {...(hint && { hint })} placeholder={t('fields.choose')} options={offered} value={id} onChange={(next) => { if (next !== id) onChange(next); }} />;
}

const ONE: Readonly<Record<FieldDefinition['type'], (props: FieldInputProps) => ReactNode>> = {
  text: WrittenInput, number: WrittenInput, money: WrittenInput, date: WrittenInput, link: WrittenInput, choice: ChosenInput, tree: ChosenInput, person: PersonInput,
};

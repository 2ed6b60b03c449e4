import { type ReactNode, useState } from 'react';
import { localeOf, useLanguage } from '../../../platform/browser/i18n.ts';
import { ComboBox } from '../../../ui/components/ComboBox.tsx';
import type { Option } from '../../../ui/components/Option.tsx';
import { Select } from '../../../ui/components/Select.tsx';
import { TextField } from '../../../ui/components/TextField.tsx';
import { isSpan, LIMITS, type Operand, type Operator, type Scalar, type Span, type Test, UNITS, type Unit } from '../core/condition.ts';
import { languageName } from '../core/describe.ts';
import { arityOf, type Field, optionName, optionsOf } from '../core/fields.ts';
import { useConditionsText, useFieldText } from './text.ts';
import { ValuesField } from './ValuesField.tsx';

type Choices = (of: string) => readonly Option[];
type ValueFieldProps = { field: Field<never>; test: Test; choices: Choices; onChange: (test: Test) => void };

/** What a test compares with, as its field and its comparison want it. */
export function ValueField({ field, test, choices, onChange }: ValueFieldProps) {
  const t = useConditionsText();
  const options = useOptions(field, choices);
  const { value } = test;
  const put = (given: Operand | undefined) => onChange(withValue(test, given));
  switch (arityOf(test.operator)) {
    case 'none': return null;
    case 'span': return <SpanField label={t('conditions.amount')} value={isSpan(value) ? value : null} units={unitsOf(test.operator)} onChange={put} />;
    case 'many': return <ValuesField label={t('conditions.value')} field={field} values={Array.isArray(value) ? value as readonly Scalar[] : []} options={options} onChange={(values) => put(values.length > 0 ? values : undefined)} />;
    case 'range': return <RangeField field={field} value={value} options={options} onChange={put} />;
    case 'one': return <OneValue label={t('conditions.value')} field={field} value={value as Scalar | Span | undefined} options={options} onChange={put} />;
  }
}

const withValue = ({ field, operator }: Test, value: Operand | undefined): Test => ({ field, operator, ...(value !== undefined && { value }) });

/** How long a working day is differs from day to day. */
const unitsOf = (operator: Operator): readonly Unit[] => (operator === 'working_older_than' ? ['minutes', 'hours'] : UNITS);

/** Null where one may write what one likes. */
function useOptions(field: Field<never>, choices: Choices): readonly Option[] | null {
  const t = useConditionsText();
  const say = useFieldText();
  const locale = localeOf(useLanguage());
  if (field.type === 'id' || field.type === 'ids') return choices(field.of);
  if (field.type === 'boolean') return [{ id: 'true', label: t('conditions.yes') }, { id: 'false', label: t('conditions.no') }];
  return optionsOf(field)?.map((id) => ({ id, label: field.type === 'language' ? languageName(id, locale) : optionName(field, id, say) })) ?? null;
}

/** One end may be given before the other: what is missing keeps the whole unfinished. */
function RangeField({ field, value, options, onChange }: { field: Field<never>; value: Operand | undefined; options: readonly Option[] | null; onChange: (value: Operand) => void }) {
  const t = useConditionsText();
  const ends = typeof value === 'object' && 'from' in value ? value : { from: '', to: '' };
  const shown = (end: Scalar | Span) => (end === '' ? undefined : end);
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <OneValue label={t('conditions.from')} field={field} value={shown(ends.from)} options={options} onChange={(from = '') => onChange({ ...ends, from })} />
      <OneValue label={t('conditions.to')} field={field} value={shown(ends.to)} options={options} onChange={(to = '') => onChange({ ...ends, to })} />
    </div>
  );
}

type OneValueProps = { label: string; field: Field<never>; value: Scalar | Span | undefined; options: readonly Option[] | null; onChange: (value: Scalar | Span | undefined) => void };

function OneValue(props: OneValueProps) {
  const One = ONE[props.field.type];
  return <One {...props} />;
}

/** As a field holds it: nothing as no text. */
const textOf = (value: Scalar | Span | undefined): string => (value === undefined || isSpan(value) ? '' : String(value));

function ChosenValue({ label, field, value, options, onChange }: OneValueProps) {
  const t = useConditionsText();
  return (
    <Select label={label} labelHidden placeholder={t('conditions.choose')} options={options ?? []} value={textOf(value) || null}
      onChange={(id) => onChange(field.type === 'boolean' ? id === 'true' : id)} />
  );
}

function FoundValue({ label, value, options, onChange }: OneValueProps) {
  const t = useConditionsText();
  return <ComboBox label={label} labelHidden placeholder={t('conditions.choose')} options={options ?? []} value={textOf(value) || null} onChange={(id) => onChange(id ?? undefined)} />;
}

const WrittenValue = ({ label, value, onChange }: OneValueProps) => (
  <TextField label={label} labelHidden maxLength={LIMITS.text} value={textOf(value)} onChange={(text) => onChange(text === '' ? undefined : text)} />
);

const MomentValue = ({ label, value, onChange }: OneValueProps) => (
  <TextField label={label} labelHidden type="datetime-local" isLatin value={localTime(textOf(value))} onChange={(given) => onChange(instantOf(given))} />
);

const SpanValue = ({ label, value, onChange }: OneValueProps) => <SpanField label={label} value={isSpan(value) ? value : null} units={UNITS} onChange={onChange} />;

const NumberValue = ({ label, field, value, onChange }: OneValueProps) => (
  <NumberField label={label} value={typeof value === 'number' ? value : null} isWhole={field.type === 'number' && field.integer === true} onChange={onChange} />
);

const ONE: Record<Field<never>['type'], (props: OneValueProps) => ReactNode> = {
  text: WrittenValue, tags: WrittenValue, number: NumberValue, duration: SpanValue, boolean: ChosenValue, enum: ChosenValue, language: ChosenValue,
  id: FoundValue, ids: FoundValue, datetime: MomentValue,
};

/** Keeps what is being typed: "1." is on its way to a number. */
function NumberField({ label, value, isWhole, onChange }: { label: string; value: number | null; isWhole: boolean; onChange: (value: number | undefined) => void }) {
  const [text, setText] = useState(value === null ? '' : String(value));
  return (
    <TextField label={label} labelHidden isLatin inputMode={isWhole ? 'numeric' : 'decimal'} value={text}
      onChange={(given) => {
        setText(given);
        const number = given.trim() === '' ? Number.NaN : Number(given.replace(',', '.'));
        onChange(Number.isFinite(number) ? number : undefined);
      }} />
  );
}

function SpanField({ label, value, units, onChange }: { label: string; value: Span | null; units: readonly Unit[]; onChange: (value: Span | undefined) => void }) {
  const t = useConditionsText();
  const [unit, setUnit] = useState<Unit>(value?.unit ?? 'hours');
  return (
    <div className="grid grid-cols-2 gap-2">
      <NumberField label={label} value={value?.amount ?? null} isWhole onChange={(amount) => onChange(amount === undefined ? undefined : { amount, unit })} />
      <Select label={t('conditions.unit')} labelHidden options={units.map((id) => ({ id, label: t(`conditions.unit.${id}`) }))} value={unit}
        onChange={(id) => {
          setUnit(id);
          if (value) onChange({ amount: value.amount, unit: id });
        }} />
    </div>
  );
}

const MINUTE_MS = 60_000;

/** A moment as the field of the browser writes it, in the reader's own time. */
function localTime(instant: string): string {
  if (instant === '') return '';
  const at = new Date(instant);
  return new Date(at.getTime() - at.getTimezoneOffset() * MINUTE_MS).toISOString().slice(0, 16);
}

function instantOf(local: string): string | undefined {
  const at = new Date(local);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

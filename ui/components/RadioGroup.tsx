import { Radio, RadioGroup as AriaRadioGroup } from 'react-aria-components';
import { classes } from '../classes.ts';
import { FIELD, FieldLabel, type FieldProps, FieldWords } from './Field.tsx';
import type { Option } from './Option.tsx';

type RadioGroupProps<Id extends string> = FieldProps & {
  options: readonly Option<Id>[];
  value: Id;
  onChange: (value: Id) => void;
  /** `line`: side by side, for two or three short words. */
  layout?: 'column' | 'line';
  name?: string;
  isDisabled?: boolean;
};

export function RadioGroup<Id extends string>(props: RadioGroupProps<Id>) {
  const { label, labelHidden, hint, error, optional, options, onChange, layout = 'column', ...rest } = props;
  return (
    <AriaRadioGroup
      {...rest}
      {...(labelHidden && { 'aria-label': label })}
      onChange={(value) => onChange(value as Id)}
      {...(error && { isInvalid: true })}
      className={FIELD}
    >
      {!labelHidden && <FieldLabel label={label} optional={optional} />}
      <div className={classes('flex', layout === 'column' ? 'flex-col gap-2' : 'flex-wrap gap-x-5 gap-y-2')}>
        {options.map((option) => (
          <Radio key={option.id} value={option.id} isDisabled={option.disabled ?? false} className="group relative flex min-h-6 cursor-default items-start gap-2.5 text-14 text-ink pointer-coarse:py-2.5">
            <span
              className={classes(
                'mt-0.5 flex size-4.5 shrink-0 items-center justify-center rounded-full border border-border bg-surface transition-colors',
                'group-hover:bg-hover group-selected:border-accent group-selected:bg-accent group-disabled:opacity-50',
                'group-focus-visible:outline-2 group-focus-visible:outline-offset-1 group-focus-visible:outline-focus',
              )}
            >
              <span className="size-2 rounded-full bg-transparent group-selected:bg-on-accent" />
            </span>
            <span className="min-w-0">
              {option.label}
              {option.hint && <span className="block text-13 text-ink-faint">{option.hint}</span>}
            </span>
          </Radio>
        ))}
      </div>
      <FieldWords hint={hint} error={error} />
    </AriaRadioGroup>
  );
}

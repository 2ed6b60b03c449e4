import { ChevronDown } from 'lucide-react';
import { Button, ListBox, Popover, Select as AriaSelect, SelectValue } from 'react-aria-components';
import { classes } from '../classes.ts';
import { FLOAT, INPUT, LIST_BOX } from './field-style.ts';
import { FIELD, FieldLabel, type FieldProps, FieldWords } from './Field.tsx';
import { useUiText } from '../text.ts';
import { type Option, OptionItem } from './Option.tsx';

type SelectProps<Id extends string> = FieldProps & {
  options: readonly Option<Id>[];
  value: Id | null;
  onChange: (value: Id) => void;
  name?: string;
  placeholder?: string;
  isDisabled?: boolean;
  isRequired?: boolean;
  className?: string;
};

/** One of a few things, all known beforehand. */
export function Select<Id extends string>(props: SelectProps<Id>) {
  const { label, labelHidden, hint, error, optional, options, value, onChange, className, ...rest } = props;
  const t = useUiText();
  return (
    <AriaSelect
      placeholder={t('ui.choose')}
      {...rest}
      {...(labelHidden && { 'aria-label': label })}
      value={value}
      onChange={(chosen) => chosen !== null && onChange(chosen as Id)}
      {...(error && { isInvalid: true })}
      className={classes(FIELD, className)}
    >
      {!labelHidden && <FieldLabel label={label} optional={optional} />}
      <Button className={classes(INPUT, 'flex h-control cursor-default items-center gap-2 text-start! hover:bg-hover')}>
        <SelectValue className="min-w-0 flex-1 truncate data-placeholder:text-ink-faint">
          {({ isPlaceholder, defaultChildren }) => (isPlaceholder ? defaultChildren : <Chosen option={options.find(({ id }) => id === value)} />)}
        </SelectValue>
        <ChevronDown aria-hidden size={16} className="shrink-0 text-ink-faint" />
      </Button>
      <FieldWords hint={hint} error={error} />
      <Popover offset={4} className={classes(FLOAT, 'min-w-(--trigger-width)')}>
        <ListBox items={options} className={LIST_BOX}>
          {(option) => <OptionItem {...option} />}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

const Chosen = ({ option }: { option: Option | undefined }) =>
  option && (
    <span className="flex min-w-0 items-center gap-2">
      {option.leading}
      <span className="truncate">
        <bdi>{option.label}</bdi>
      </span>
    </span>
  );

import { ChevronDown } from 'lucide-react';
import { Button, ComboBox as AriaComboBox, Input, ListBox, Popover } from 'react-aria-components';
import { classes } from '../classes.ts';
import { useUiText } from '../text.ts';
import { FLOAT, INPUT, LIST_BOX, ROOM_AT_END } from './field-style.ts';
import { FIELD, FieldLabel, type FieldProps, FieldWords } from './Field.tsx';
import { type Option, OptionItem } from './Option.tsx';

type ComboBoxProps<Id extends string> = FieldProps & {
  options: readonly Option<Id>[];
  value: Id | null;
  onChange: (value: Id | null) => void;
  /** Given when the options come from the server: then they are shown as they are, not filtered again. */
  input?: { text: string; onText: (text: string) => void };
  placeholder?: string;
  isDisabled?: boolean;
  autoFocus?: boolean;
  className?: string;
};

/** One of many things, found by typing. */
export function ComboBox<Id extends string>(props: ComboBoxProps<Id>) {
  const { label, labelHidden, hint, error, optional, options, value, onChange, input, placeholder = ' ', className, ...rest } = props;
  const t = useUiText();
  const source = input ? { items: options, inputValue: input.text, onInputChange: input.onText } : { defaultItems: options };
  return (
    <AriaComboBox
      {...rest}
      {...(labelHidden && { 'aria-label': label })}
      {...source}
      value={value}
      onChange={(chosen) => onChange(chosen as Id | null)}
      {...(error && { isInvalid: true })}
      allowsEmptyCollection
      menuTrigger="focus"
      className={classes(FIELD, className)}
    >
      {!labelHidden && <FieldLabel label={label} optional={optional} />}
      <div className="relative">
        <Input dir="auto" placeholder={placeholder} className={classes(INPUT, 'h-control', ROOM_AT_END)} />
        <Button className="absolute inset-y-0 end-0 inline-flex w-9 items-center justify-center text-ink-faint">
          <ChevronDown aria-hidden size={16} />
        </Button>
      </div>
      <FieldWords hint={hint} error={error} />
      <Popover offset={4} className={classes(FLOAT, 'w-(--trigger-width) min-w-60')}>
        <ListBox<Option<Id>> className={LIST_BOX} renderEmptyState={() => <p className="px-2 py-1.5 text-13 text-ink-faint">{t('ui.nothing_found')}</p>}>
          {(option) => <OptionItem {...option} />}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}

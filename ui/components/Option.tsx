import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { ListBoxItem, Text } from 'react-aria-components';
import { classes } from '../classes.ts';
import { OPTION } from './field-style.ts';

/** One thing to choose, in selects and combo boxes. */
export type Option<Id extends string = string> = {
  readonly id: Id;
  readonly label: string;
  readonly hint?: string;
  readonly leading?: ReactNode;
  readonly disabled?: boolean;
};

export const OptionItem = ({ id, label, hint, leading, disabled = false }: Option) => (
  <ListBoxItem id={id} textValue={label} isDisabled={disabled} className={OPTION}>
    {({ isSelected }) => (
      <>
        {leading}
        <span className="flex min-w-0 flex-1 flex-col">
          <Text slot="label" className="truncate">
            <bdi>{label}</bdi>
          </Text>
          {hint && (
            <Text slot="description" className="truncate text-12 text-ink-faint">
              {hint}
            </Text>
          )}
        </span>
        <Check aria-hidden size={16} className={classes('shrink-0', !isSelected && 'invisible')} />
      </>
    )}
  </ListBoxItem>
);

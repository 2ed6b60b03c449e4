import { Search, X } from 'lucide-react';
import type { Ref } from 'react';
import { Button, Input, SearchField as AriaSearchField, type SearchFieldProps as AriaSearchFieldProps } from 'react-aria-components';
import { classes } from '../classes.ts';
import { INPUT } from './field-style.ts';
import { Kbd } from './Kbd.tsx';

type SearchFieldProps = Omit<AriaSearchFieldProps, 'className' | 'style' | 'children' | 'aria-label' | 'render'> & {
  label: string;
  placeholder?: string;
  keys?: string;
  className?: string;
  inputRef?: Ref<HTMLInputElement>;
};

/** Escape empties it; react-aria words the button that does the same. */
export const SearchField = ({ label, placeholder, keys, className, inputRef, ...props }: SearchFieldProps) => (
  <AriaSearchField {...props} aria-label={label} className={classes('group relative flex min-w-0 items-center', className)}>
    <Search aria-hidden size={16} strokeWidth={1.75} className="pointer-events-none absolute start-2.5 text-ink-faint" />
    <Input
      ref={inputRef}
      dir="auto"
      placeholder={placeholder ?? label}
      className={classes(INPUT, 'h-control ps-8.5 pe-8.5 [&::-webkit-search-cancel-button]:hidden')}
    />
    <Button className="absolute end-1.5 inline-flex size-6 items-center justify-center rounded-[4px] text-ink-faint hover:bg-pressed group-empty:hidden pointer-coarse:end-0 pointer-coarse:size-11">
      <X aria-hidden size={14} />
    </Button>
    {keys && (
      <span className="pointer-events-none absolute end-2 hidden group-empty:inline-flex group-focus-within:hidden max-wide:hidden">
        <Kbd>{keys}</Kbd>
      </span>
    )}
  </AriaSearchField>
);

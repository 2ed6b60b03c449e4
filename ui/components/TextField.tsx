import type { HTMLInputAutoCompleteAttribute, ReactNode, Ref } from 'react';
import { Input, TextField as AriaTextField, type TextFieldProps as AriaTextFieldProps } from 'react-aria-components';
import { classes } from '../classes.ts';
import { othersGoOn } from '../keys.ts';
import { INPUT, ROOM_AT_END } from './field-style.ts';
import { FIELD, FieldLabel, type FieldProps, FieldWords } from './Field.tsx';

export type TextFieldProps = Omit<AriaTextFieldProps, 'className' | 'style' | 'children' | 'isInvalid' | 'render'> &
  FieldProps & {
    placeholder?: string;
    autoComplete?: HTMLInputAutoCompleteAttribute;
    autoCapitalize?: 'none' | 'sentences';
    /** Left to right in every language: passwords, codes, names of hosts. */
    isLatin?: boolean;
    /** Stands inside, at the end: a unit, a button. */
    trailing?: ReactNode;
    className?: string;
    inputRef?: Ref<HTMLInputElement>;
  };

const LATIN = new Set(['email', 'url', 'tel']);

/** One line of text. Addresses, links and codes stay left to right; other text finds its own direction. */
export function TextField({ label, labelHidden, hint, error, optional, className, ...rest }: TextFieldProps) {
  const { placeholder = ' ', trailing, isLatin = LATIN.has(rest.type ?? ''), inputRef = null, onKeyDown, ...props } = rest;
  return (
    <AriaTextField {...props} {...othersGoOn(onKeyDown)} {...(labelHidden && { 'aria-label': label })} {...(error && { isInvalid: true })} className={classes(FIELD, className)}>
      {!labelHidden && <FieldLabel label={label} optional={optional} />}
      <div className="relative">
        <Input
          ref={inputRef}
          dir={isLatin ? 'ltr' : 'auto'}
          placeholder={placeholder}
          className={classes(INPUT, 'h-control', Boolean(trailing) && ROOM_AT_END)}
        />
        {trailing && <div className="absolute inset-y-0 end-1 flex items-center text-13 text-ink-faint">{trailing}</div>}
      </div>
      <FieldWords hint={hint} error={error} />
    </AriaTextField>
  );
}

import type { HTMLInputAutoCompleteAttribute, ReactNode, Ref } from 'react';
import { Input, TextField as AriaTextField, type TextFieldProps as AriaTextFieldProps } from 'react-aria-components';
import { classes } from '../classes.ts';
import { INPUT } from './field-style.ts';
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

/** One line of text. Addresses, links and codes stay left to right; other text finds its own direction. */
export function TextField({ label, labelHidden, hint, error, optional, placeholder = ' ', trailing, isLatin, className, inputRef = null, ...props }: TextFieldProps) {
  const latin = isLatin || props.type === 'email' || props.type === 'url' || props.type === 'tel';
  return (
    <AriaTextField {...props} {...(labelHidden && { 'aria-label': label })} {...(error && { isInvalid: true })} className={classes(FIELD, className)}>
      {!labelHidden && <FieldLabel label={label} optional={optional ?? false} />}
      <div className="relative">
        <Input
          ref={inputRef}
          dir={latin ? 'ltr' : 'auto'}
          placeholder={placeholder}
          className={classes(INPUT, 'h-control', Boolean(trailing) && 'pe-10')}
        />
        {trailing && <div className="absolute inset-y-0 end-1 flex items-center text-13 text-ink-faint">{trailing}</div>}
      </div>
      <FieldWords hint={hint} error={error} />
    </AriaTextField>
  );
}

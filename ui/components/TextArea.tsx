import { TextArea as AriaTextArea, TextField as AriaTextField, type TextFieldProps as AriaTextFieldProps } from 'react-aria-components';
import { classes } from '../classes.ts';
import { othersGoOn } from '../keys.ts';
import { INPUT } from './field-style.ts';
import { FIELD, FieldLabel, type FieldProps, FieldWords } from './Field.tsx';

export type TextAreaProps = Omit<AriaTextFieldProps, 'className' | 'style' | 'children' | 'isInvalid' | 'type' | 'render'> &
  FieldProps & { placeholder?: string; rows?: number; className?: string };

/** Several lines of text; grows with what is written. */
export const TextArea = ({ label, labelHidden, hint, error, optional, placeholder = ' ', rows = 3, className, onKeyDown, ...props }: TextAreaProps) => (
  <AriaTextField {...props} {...othersGoOn(onKeyDown)} {...(labelHidden && { 'aria-label': label })} {...(error && { isInvalid: true })} className={classes(FIELD, className)}>
    {!labelHidden && <FieldLabel label={label} optional={optional} />}
    <AriaTextArea
      dir="auto"
      rows={rows}
      placeholder={placeholder}
      style={{ minHeight: `calc(${rows} * 1lh + 1.125rem)` }}
      className={classes(INPUT, 'field-sizing-content max-h-96 text-start! resize-none py-2 leading-text')}
    />
    <FieldWords hint={hint} error={error} />
  </AriaTextField>
);

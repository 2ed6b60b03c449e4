import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox, type CheckboxProps as AriaCheckboxProps } from 'react-aria-components';
import { classes } from '../classes.ts';

type CheckboxProps = Omit<AriaCheckboxProps, 'className' | 'style' | 'children' | 'render'> & { hint?: string; className?: string; children?: ReactNode };

export const Checkbox = ({ hint, className, children, ...props }: CheckboxProps) => (
  <AriaCheckbox {...props} className={classes('group relative flex min-h-6 cursor-default items-start gap-2.5 text-14 text-ink disabled:text-ink-faint pointer-coarse:py-2.5', className)}>
    {({ isSelected, isIndeterminate }) => (
      <>
        <span
          className={classes(
            'mt-0.5 flex size-4.5 shrink-0 items-center justify-center rounded-[4px] border transition-colors',
            'group-focus-visible:outline-2 group-focus-visible:outline-offset-1 group-focus-visible:outline-focus',
            isSelected || isIndeterminate ? 'border-accent bg-accent text-on-accent' : 'border-border bg-surface group-hover:bg-hover',
            'group-disabled:opacity-60',
          )}
        >
          {isIndeterminate ? <Minus aria-hidden size={14} strokeWidth={2.5} /> : isSelected && <Check aria-hidden size={14} strokeWidth={2.5} />}
        </span>
        {children && (
          <span className="min-w-0">
            {children}
            {hint && <span className="block text-13 text-ink-faint">{hint}</span>}
          </span>
        )}
      </>
    )}
  </AriaCheckbox>
);

import type { ReactNode } from 'react';
import { Switch as AriaSwitch, type SwitchProps as AriaSwitchProps } from 'react-aria-components';
import { classes } from '../classes.ts';

type SwitchProps = Omit<AriaSwitchProps, 'className' | 'style' | 'children' | 'render'> & { hint?: string; className?: string; children: ReactNode };

/** On or off, at once; for what waits for a "Save" use a checkbox. */
export const Switch = ({ hint, className, children, ...props }: SwitchProps) => (
  <AriaSwitch {...props} className={classes('group relative flex min-h-6 cursor-default items-start gap-3 text-14 text-ink', className)}>
    <span
      className={classes(
        'mt-0.5 flex h-5 w-9 shrink-0 rounded-full border border-border bg-sunken p-[2px] transition-colors',
        'group-selected:border-accent group-selected:bg-accent group-disabled:opacity-50',
        'group-focus-visible:outline-2 group-focus-visible:outline-offset-1 group-focus-visible:outline-focus',
      )}
    >
      <span className="size-3.5 rounded-full bg-ink-soft transition-[margin] group-selected:ms-4 group-selected:bg-on-accent" />
    </span>
    <span className="min-w-0">
      {children}
      {hint && <span className="block text-13 text-ink-faint">{hint}</span>}
    </span>
  </AriaSwitch>
);

import type { ReactElement, ReactNode } from 'react';
import { Dialog as AriaDialog, DialogTrigger, Popover as AriaPopover, type PopoverProps as AriaPopoverProps } from 'react-aria-components';
import { classes } from '../classes.ts';
import { FLOAT } from './field-style.ts';
import { useIsSketch } from './Sketched.tsx';

type PopoverProps = {
  label: string;
  trigger: ReactElement;
  placement?: NonNullable<AriaPopoverProps['placement']>;
  className?: string;
  children: ReactNode | ((close: () => void) => ReactNode);
} & ({ isOpen: boolean; onOpenChange: (isOpen: boolean) => void } | { isOpen?: never; onOpenChange?: never });

/** A small dialog beside what opened it; a click outside or Escape puts it away. */
export const Popover = ({ label, trigger, placement = 'bottom start', className, children, isOpen, onOpenChange }: PopoverProps) => (useIsSketch() ? trigger : (
  <DialogTrigger {...(isOpen !== undefined && { isOpen, onOpenChange })}>
    {trigger}
    <AriaPopover offset={6} placement={placement} className={classes(FLOAT, 'rounded-dialog')}>
      <AriaDialog aria-label={label} className={classes('max-h-[70vh] min-w-64 overflow-auto p-3 outline-none', className)}>
        {({ close }) => (typeof children === 'function' ? children(close) : children)}
      </AriaDialog>
    </AriaPopover>
  </DialogTrigger>
));

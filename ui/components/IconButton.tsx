import type { LucideIcon } from 'lucide-react';
import type { Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import { classes } from '../classes.ts';
import { type ButtonSize, buttonStyle, type ButtonTone } from './button-style.ts';
import { Tooltip } from './Tooltip.tsx';

export type IconButtonProps = Omit<AriaButtonProps, 'className' | 'style' | 'children' | 'aria-label' | 'render'> & {
  /** What it does; read aloud, and shown when the pointer or the focus rests on it. */
  label: string;
  icon: LucideIcon;
  keys?: string;
  tone?: ButtonTone;
  size?: ButtonSize;
  /** The picture points along the line of reading and turns with it. */
  mirrored?: boolean;
  className?: string;
  ref?: Ref<HTMLButtonElement>;
};

export const IconButton = ({ label, icon: Icon, keys, tone = 'quiet', size = 'small', mirrored, className, ...props }: IconButtonProps) => (
  <Tooltip text={label} {...(keys && { keys })}>
    <AriaButton {...props} aria-label={label} className={classes(buttonStyle(tone, size, true), className)}>
      <Icon aria-hidden size={size === 'small' ? 16 : 18} strokeWidth={1.75} className={classes(mirrored && 'mirrored')} />
    </AriaButton>
  </Tooltip>
);

import type { LucideIcon } from 'lucide-react';
import type { Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import { classes } from '../classes.ts';
import { type ButtonSize, buttonStyle, type ButtonTone } from './button-style.ts';
import { DrawnButton, useIsSketch } from './Sketched.tsx';
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

export function IconButton({ label, icon: Icon, keys, tone = 'quiet', size = 'small', mirrored, className, ref, ...props }: IconButtonProps) {
  const look = classes(buttonStyle(tone, size, true), className);
  const picture = <Icon aria-hidden size={size === 'small' ? 16 : 18} strokeWidth={1.75} className={classes(mirrored && 'mirrored')} />;
  if (useIsSketch()) return <DrawnButton aria-label={label} isDisabled={props.isDisabled} ref={ref} className={look}>{picture}</DrawnButton>;
  return <Tooltip text={label} {...(keys && { keys })}><AriaButton {...props} ref={ref} aria-label={label} className={look}>{picture}</AriaButton></Tooltip>;
}

import type { LucideIcon } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import { classes } from '../classes.ts';
import { othersGoOn } from '../keys.ts';
import { type ButtonSize, buttonStyle, type ButtonTone } from './button-style.ts';
import { Kbd } from './Kbd.tsx';
import { DrawnButton, useIsSketch } from './Sketched.tsx';
import { Spinner } from './Spinner.tsx';

export type ButtonProps = Omit<AriaButtonProps, 'className' | 'style' | 'children' | 'render'> & {
  /** At most one primary button in a view: the thing to do now. */
  tone?: ButtonTone;
  size?: ButtonSize;
  icon?: LucideIcon;
  /** Stands after the words: a chevron of a menu, say. */
  trailing?: ReactNode;
  /** The key that does the same, as `keysText` writes it. */
  keys?: string;
  className?: string;
  children: ReactNode;
  ref?: Ref<HTMLButtonElement>;
};

/** A verb that can be pressed. While `isPending` it keeps its width and focus and says that it is busy. */
export function Button({ tone = 'plain', size = 'normal', icon: Icon, trailing, keys, className, children, ref, onKeyDown, ...props }: ButtonProps) {
  const look = classes(buttonStyle(tone, size, false), className);
  const content = (isPending: boolean) => (
    <>
      {isPending && <Spinner className="absolute inset-0 m-auto" />}
      <span className={classes('inline-flex min-w-0 items-center gap-[inherit]', isPending && 'opacity-0')}>
        {Icon && <Icon aria-hidden size={16} strokeWidth={1.75} className="shrink-0" />}
        <span className="truncate">{children}</span>
        {trailing}
        {keys && <span className="inline-flex max-wide:hidden"><Kbd onColour={tone === 'primary' || tone === 'danger'}>{keys}</Kbd></span>}
      </span>
    </>
  );
  if (useIsSketch()) return <DrawnButton aria-label={props['aria-label']} isDisabled={props.isDisabled} ref={ref} className={look}>{content(false)}</DrawnButton>;
  return <AriaButton {...props} {...othersGoOn(onKeyDown)} ref={ref} className={look}>{({ isPending }) => content(isPending)}</AriaButton>;
}

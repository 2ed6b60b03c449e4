import type { ReactNode } from 'react';
import { Link as AriaLink, type LinkProps as AriaLinkProps } from 'react-aria-components';
import { classes } from '../classes.ts';

type LinkProps = Omit<AriaLinkProps, 'className' | 'style' | 'children' | 'render'> & {
  /** `bare` leaves the look to what is inside, for rows and cards. */
  look?: 'text' | 'bare';
  className?: string;
  children: ReactNode;
};

/** Fingers hit more than the words, without the words taking more room. */
const FINGER = "pointer-coarse:relative pointer-coarse:after:absolute pointer-coarse:after:-inset-x-1.5 pointer-coarse:after:-inset-y-3 pointer-coarse:after:content-['']";

export const Link = ({ look = 'text', className, ...props }: LinkProps) => (
  <AriaLink
    {...props}
    className={classes(
      'cursor-pointer rounded-[3px]',
      look === 'text' && 'text-accent-ink underline decoration-accent-ink/35 underline-offset-3 hover:decoration-current',
      look === 'text' && FINGER,
      className,
    )}
  />
);

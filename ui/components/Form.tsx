import type { ReactNode } from 'react';
import { Form as AriaForm } from 'react-aria-components';
import { classes } from '../classes.ts';
import { Banner } from './Banner.tsx';

type FormProps = {
  onSubmit: (values: FormData) => void;
  /** Sentences to be shown beside the fields of these names. */
  errors?: Readonly<Record<string, string>>;
  /** A sentence about the whole, shown above the button. */
  problem?: string | null;
  /** The buttons. */
  footer: ReactNode;
  className?: string;
  children: ReactNode;
};

/** Fields in reading order, then what is wrong with the whole, then the verb. */
export const Form = ({ onSubmit, errors, problem, footer, className, children }: FormProps) => (
  <AriaForm
    validationBehavior="native"
    {...(errors && { validationErrors: errors })}
    className={classes('flex flex-col gap-5', className)}
    onSubmit={(event) => {
      event.preventDefault();
      onSubmit(new FormData(event.currentTarget));
    }}
  >
    {children}
    {problem && <Banner tone="danger">{problem}</Banner>}
    <div className="flex flex-wrap items-center gap-2 in-[[role=dialog]]:sticky in-[[role=dialog]]:-bottom-5 in-[[role=dialog]]:-mb-5 in-[[role=dialog]]:bg-raised in-[[role=dialog]]:pt-1 in-[[role=dialog]]:pb-5">{footer}</div>
  </AriaForm>
);

import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { FieldError as AriaFieldError, Label as AriaLabel, Text } from 'react-aria-components';
import { useUiText } from '../text.ts';

/** What every field may say about itself. `error` is the server's word; simple checks word themselves. */
export type FieldProps = {
  label: string;
  /** For fields whose meaning is plain from where they stand; the label is still read aloud. */
  labelHidden?: boolean;
  hint?: ReactNode;
  error?: string | undefined;
  optional?: boolean | undefined;
};

export const FieldLabel = ({ label, optional }: Pick<FieldProps, 'label' | 'optional'>) => {
  const t = useUiText();
  return (
    <AriaLabel className="flex items-baseline gap-1.5 text-13 font-medium text-ink">
      {label}
      {optional && <span className="font-normal text-ink-faint">{t('ui.optional')}</span>}
    </AriaLabel>
  );
};

/** Hint and error below a field; react-aria joins them to it for screen readers. */
export function FieldWords({ hint, error }: Pick<FieldProps, 'hint' | 'error'>) {
  const t = useUiText();
  // The browser would word these in its own language, which may not be the one that the app speaks.
  const ownWords = ({ valueMissing, typeMismatch }: ValidityState) =>
    (valueMissing && t('ui.field_missing')) || (typeMismatch && t('ui.not_an_address')) || null;
  return (
    <>
      {hint && (
        <Text slot="description" className="text-13 text-ink-faint">
          {hint}
        </Text>
      )}
      <AriaFieldError className="flex items-start gap-1.5 text-13 text-danger-ink">
        {({ validationErrors, validationDetails }) => (
          <>
            <CircleAlert aria-hidden size={14} className="mt-[3px] shrink-0" />
            <span>{error ?? ownWords(validationDetails) ?? validationErrors.join(' ')}</span>
          </>
        )}
      </AriaFieldError>
    </>
  );
}

export const FIELD = 'flex min-w-0 flex-col gap-1.5';

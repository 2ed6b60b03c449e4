import type { ComponentProps } from 'react';
import { useUiText } from '../text.ts';
import { Button } from './Button.tsx';
import { Form } from './Form.tsx';

type SaveFormProps = Omit<ComponentProps<typeof Form>, 'footer'> & {
  /** What the button does. */
  verb: string;
  isPending: boolean;
  isDisabled?: boolean;
  onCancel: () => void;
};

/** The form of a dialog: fields, what is wrong, the verb, and the way out. */
export const SaveForm = ({ verb, isPending, isDisabled = false, onCancel, ...form }: SaveFormProps) => {
  const t = useUiText();
  return (
    <Form
      {...form}
      footer={
        <>
          <Button type="submit" tone="primary" isPending={isPending} isDisabled={isDisabled}>
            {verb}
          </Button>
          <Button onPress={onCancel}>{t('ui.cancel')}</Button>
        </>
      }
    />
  );
};

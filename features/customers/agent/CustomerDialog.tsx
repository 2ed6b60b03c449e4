import { useMutation, useQueryClient } from '@tanstack/react-query';
import { LANGUAGES, type Language } from '../../../kernel/languages.ts';
import { api } from '../../../platform/browser/api.ts';
import { fieldErrors, useErrorText } from '../../../platform/browser/error-text.ts';
import { LANGUAGE_NAMES } from '../../../platform/browser/i18n.ts';
import { Dialog } from '../../../ui/components/Dialog.tsx';
import { SaveForm } from '../../../ui/components/SaveForm.tsx';
import { Select } from '../../../ui/components/Select.tsx';
import { TextField } from '../../../ui/components/TextField.tsx';
import { CustomerView } from '../core/contract.ts';
import { useState } from 'react';
import { useCustomersText } from './text.ts';

type CustomerDialogProps = { isOpen: boolean; onClose: () => void; onSaved: (customer: CustomerView) => void };

/** Somebody new: a name, an address or a number is enough. */
export function CustomerDialog({ isOpen, onClose, onSaved }: CustomerDialogProps) {
  const t = useCustomersText();
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('customers.new')} isDismissable={false}>
      {isOpen && <CustomerForm onClose={onClose} onSaved={onSaved} />}
    </Dialog>
  );
}

/** What was written into the form; what is empty is not said. */
const given = (values: FormData, name: string) => {
  const value = values.get(name);
  return typeof value === 'string' && value.trim() !== '' ? { [name]: value.trim() } : {};
};

function CustomerForm({ onClose, onSaved }: Omit<CustomerDialogProps, 'isOpen'>) {
  const t = useCustomersText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [language, setLanguage] = useState<Language | null>(null);
  const save = useMutation({
    mutationFn: (values: FormData) => api.post('/customers', { ...given(values, 'name'), ...given(values, 'email'), ...given(values, 'phone'), ...(language && { language }) }, CustomerView),
    onSuccess: (saved) => {
      onClose();
      onSaved(saved);
      return cache.invalidateQueries({ queryKey: ['customers'] });
    },
  });
  return (
    <SaveForm verb={t('customers.new.save')} onSubmit={(values) => save.mutate(values)} isPending={save.isPending} onCancel={onClose} errors={fieldErrors(save.error)} problem={save.error && errorText(save.error)}>
      <TextField name="name" label={t('customers.name')} maxLength={300} autoFocus />
      <TextField name="email" type="email" label={t('customers.email')} maxLength={320} />
      <TextField name="phone" type="tel" label={t('customers.phone')} maxLength={40} />
      <Select label={t('customers.language')} options={LANGUAGES.map((id) => ({ id, label: LANGUAGE_NAMES[id] }))} value={language} placeholder={t('customers.language.unknown')} onChange={setLanguage} />
    </SaveForm>
  );
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { Button } from '../../../ui/components/Button.tsx';
import { TextField } from '../../../ui/components/TextField.tsx';
import { useCustomersText } from './text.ts';

/** Adds an address or a number; which of the two it is shows by itself. */
export function IdentityForm({ customerId }: { customerId: string }) {
  const t = useCustomersText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState('');
  const add = useMutation({
    mutationFn: (value: string) => api.post(`/customers/${customerId}/identities`, value.includes('@') ? { email: value } : { phone: value }),
    onSuccess: () => {
      setText('');
      setOpen(false);
    },
    onSettled: () => cache.invalidateQueries({ queryKey: ['customers'] }),
  });
  if (!isOpen) return <Button tone="quiet" size="small" icon={Plus} className="-ms-2.5 self-start" onPress={() => setOpen(true)}>{t('customers.reach.add')}</Button>;
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') add.mutate(text.trim());
      }}
    >
      <TextField label={t('customers.reach.value')} type="text" value={text} onChange={setText} autoFocus maxLength={320} error={add.error ? errorText(add.error) : undefined} />
      <div className="flex gap-2">
        <Button type="submit" tone="primary" size="small" isPending={add.isPending} isDisabled={text.trim() === ''}>{t('customers.reach.save')}</Button>
        <Button size="small" onPress={() => setOpen(false)}>{t('customers.cancel')}</Button>
      </div>
    </form>
  );
}

import { useMutation, useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { Avatar } from '../../../ui/components/Avatar.tsx';
import { Banner } from '../../../ui/components/Banner.tsx';
import { Button } from '../../../ui/components/Button.tsx';
import { SearchField } from '../../../ui/components/SearchField.tsx';
import { TextField } from '../../../ui/components/TextField.tsx';
import { CustomerView } from '../core/contract.ts';
import { customersLike } from './queries.ts';
import { useCustomersText } from './text.ts';

type Chosen = Pick<CustomerView, 'id' | 'name' | 'email' | 'flags'>;
type CustomerPickerProps = { onChoose: (customer: Chosen) => void; mayCreate: boolean };

/** Somebody we know, found by name, address or number; or somebody new. */
export function CustomerPicker({ onChoose, mayCreate }: CustomerPickerProps) {
  const t = useCustomersText();
  const errorText = useErrorText();
  const [text, setText] = useState('');
  const [isNew, setNew] = useState(false);
  const wanted = useDeferredValue(text.trim());
  const { data, error, isFetching } = useQuery(customersLike(wanted));
  const found = wanted === '' ? [] : (data?.items ?? []);

  if (isNew) return <NewCustomer typed={text.trim()} onChoose={onChoose} onBack={() => setNew(false)} />;
  return (
    <div className="flex flex-col gap-2">
      <span className="text-13 font-medium">{t('customers.pick')}</span>
      <SearchField label={t('customers.pick')} placeholder={t('customers.pick.hint')} value={text} onChange={setText} />
      {error && <Banner tone="danger">{errorText(error)}</Banner>}
      {wanted !== '' && (
        <ul aria-label={t('customers.found')} aria-busy={isFetching} className="max-h-72 overflow-auto rounded-control border border-hairline">
          {found.map((customer) => <li key={customer.id} className="border-b border-hairline last:border-0"><Found customer={customer} onChoose={onChoose} /></li>)}
          {found.length === 0 && !isFetching && <li className="px-3 py-3 text-13 text-ink-faint">{t('customers.none_found')}</li>}
        </ul>
      )}
      {mayCreate && <Button tone="quiet" size="small" icon={UserPlus} className="-ms-2.5 self-start" onPress={() => setNew(true)}>{t('customers.new')}</Button>}
    </div>
  );
}

const Found = ({ customer, onChoose }: { customer: CustomerView; onChoose: (customer: Chosen) => void }) => {
  const t = useCustomersText();
  const name = customer.name || customer.email || t('customers.nameless');
  return (
    <button
      type="button"
      onClick={() => onChoose({ id: customer.id, name: customer.name, email: customer.email, flags: customer.flags })}
      className="flex min-h-11 w-full items-center gap-2.5 px-3 py-1.5 text-start hover:bg-hover"
    >
      <Avatar id={customer.id} name={name} />
      <span className="flex min-w-0 flex-col">
        <bdi className="truncate">{name}</bdi>
        <span className="truncate text-12 text-ink-faint"><bdi dir="ltr">{customer.identities.map(({ value }) => value).join(' · ')}</bdi></span>
      </span>
    </button>
  );
};

function NewCustomer({ typed, onChoose, onBack }: { typed: string; onChoose: (customer: Chosen) => void; onBack: () => void }) {
  const t = useCustomersText();
  const errorText = useErrorText();
  const isAddress = typed.includes('@');
  const isNumber = /^[+\d][\d\s()/-]{4,}$/.test(typed);
  const [name, setName] = useState(isAddress || isNumber ? '' : typed);
  const [email, setEmail] = useState(isAddress ? typed : '');
  const [phone, setPhone] = useState(isNumber ? typed : '');
  const create = useMutation({
    mutationFn: () => api.post('/customers', { name: name.trim(), ...(email.trim() && { email: email.trim() }), ...(phone.trim() && { phone: phone.trim() }) }, CustomerView),
    onSuccess: onChoose,
  });
  const isEmpty = `${name}${email}${phone}`.trim() === '';
  return (
    <fieldset className="flex flex-col gap-3 rounded-control border border-hairline p-4">
      <legend className="px-1 text-13 font-medium">{t('customers.new')}</legend>
      <TextField label={t('customers.name')} value={name} onChange={setName} maxLength={300} autoFocus />
      <div className="grid grid-cols-2 gap-3 max-wide:grid-cols-1">
        <TextField label={t('customers.email')} type="email" value={email} onChange={setEmail} maxLength={320} />
        <TextField label={t('customers.phone')} type="tel" value={phone} onChange={setPhone} maxLength={40} />
      </div>
      {create.error && <Banner tone="danger">{errorText(create.error)}</Banner>}
      <div className="flex gap-2">
        <Button isDisabled={isEmpty} isPending={create.isPending} onPress={() => create.mutate()}>{t('customers.new.save')}</Button>
        <Button tone="quiet" onPress={onBack}>{t('customers.cancel')}</Button>
      </div>
    </fieldset>
  );
}

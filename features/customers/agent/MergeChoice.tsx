import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { isolated } from '../../../platform/browser/isolated.ts';
import { Banner } from '../../../ui/components/Banner.tsx';
import { Button } from '../../../ui/components/Button.tsx';
import { Dialog } from '../../../ui/components/Dialog.tsx';
import { RadioGroup } from '../../../ui/components/RadioGroup.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import { CustomerMerged, type CustomerView } from '../core/contract.ts';
import { CustomerPicker } from './CustomerPicker.tsx';
import { useCustomersText } from './text.ts';

/** Everything of the two is another after a merge and after its undoing. */
export function useSettled(): () => Promise<unknown> {
  const cache = useQueryClient();
  return () => Promise.all(['customers', 'tickets', 'companies', 'commitments'].map((room) => cache.invalidateQueries({ queryKey: [room] })));
}

type Both = { readonly this: CustomerView; readonly other: CustomerView };
/** `both` null: the other record is still to be chosen. */
type MergeChoiceProps = { both: Both | null; onOther?: (id: string) => void; onClose: () => void };

/** Which other record, and which of the two goes on. */
export function MergeChoice({ both, onOther, onClose }: MergeChoiceProps) {
  const t = useCustomersText();
  const errorText = useErrorText();
  const settled = useSettled();
  const [keeps, setKeeps] = useState<'this' | 'other'>('this');
  const merge = useMutation({
    mutationFn: ({ from, into }: { from: string; into: string }) => api.post(`/customers/${from}/merges`, { into }, CustomerMerged),
    onSuccess: () => {
      toast({ text: t('customers.merge.done') });
      onClose();
    },
    onSettled: settled,
  });
  const act = () => both && merge.mutate(keeps === 'this' ? { from: both.other.id, into: both.this.id } : { from: both.this.id, into: both.other.id });
  return (
    <Dialog
      isOpen onClose={onClose} size="wide" title={t('customers.merge.title')}
      footer={(
        <>
          <Button tone="primary" isDisabled={both === null} isPending={merge.isPending} onPress={act}>{t('customers.merge.act')}</Button>
          <Button onPress={onClose}>{t('customers.cancel')}</Button>
        </>
      )}
    >
      <div className="flex flex-col gap-4">
        <p className="text-13 text-ink-soft">{t('customers.merge.what')}</p>
        {both === null
          ? <CustomerPicker mayCreate={false} onChoose={({ id }) => onOther?.(id)} />
          : (
            <RadioGroup
              label={t('customers.merge.keeps')} value={keeps} onChange={(value) => setKeeps(value as 'this' | 'other')}
              options={(['this', 'other'] as const).map((id) => ({ id, label: isolated(both[id].name || both[id].email || t('customers.nameless')), hint: isolated(both[id].identities.map(({ value }) => value).join(' · ')) }))}
            />
          )}
        {merge.error && <Banner tone="danger">{errorText(merge.error)}</Banner>}
      </div>
    </Dialog>
  );
}

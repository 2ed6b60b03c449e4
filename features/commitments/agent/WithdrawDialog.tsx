import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { Button } from '../../../ui/components/Button.tsx';
import { Dialog } from '../../../ui/components/Dialog.tsx';
import { Form } from '../../../ui/components/Form.tsx';
import { RadioGroup } from '../../../ui/components/RadioGroup.tsx';
import { TextField } from '../../../ui/components/TextField.tsx';
import { CommitmentView, MAX_WHAT } from '../core/contract.ts';
import { useCommitmentsText } from './text.ts';

/** It ends without being kept: whose wish that was belongs to it. */
export function WithdrawDialog({ promise, onClose }: { promise: CommitmentView | null; onClose: () => void }) {
  const t = useCommitmentsText();
  return (
    <Dialog isOpen={promise !== null} onClose={onClose} title={t('commitments.withdraw_title')}>
      {promise && <Withdrawing promise={promise} onClose={onClose} />}
    </Dialog>
  );
}

function Withdrawing({ promise, onClose }: { promise: CommitmentView; onClose: () => void }) {
  const t = useCommitmentsText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [by, setBy] = useState<'customer' | 'colleague'>('customer');
  const withdraw = useMutation({
    mutationFn: (values: FormData) => api.post(`/commitments/${promise.id}/withdrawal`, { by, note: (values.get('note') as string).trim() }, CommitmentView),
    onSuccess: onClose,
    onSettled: () => cache.invalidateQueries({ queryKey: ['commitments'] }),
  });
  return (
    <Form
      onSubmit={(values) => withdraw.mutate(values)}
      problem={withdraw.error && errorText(withdraw.error)}
      footer={<><Button type="submit" tone="danger" isPending={withdraw.isPending}>{t('commitments.withdraw')}</Button><Button onPress={onClose}>{t('commitments.cancel')}</Button></>}
    >
      <p className="text-14"><bdi>{promise.what}</bdi></p>
      <RadioGroup
        label={t('commitments.withdraw.why')} value={by} onChange={setBy}
        options={[{ id: 'customer', label: t('commitments.withdraw.customer') }, { id: 'colleague', label: t('commitments.withdraw.colleague') }]}
      />
      <TextField name="note" label={t('commitments.note')} optional maxLength={MAX_WHAT} />
    </Form>
  );
}

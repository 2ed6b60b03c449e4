import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { Button } from '../../../ui/components/Button.tsx';
import { Dialog } from '../../../ui/components/Dialog.tsx';
import { Form } from '../../../ui/components/Form.tsx';
import { RadioGroup } from '../../../ui/components/RadioGroup.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import { CommitmentView, LetterView } from '../core/contract.ts';
import { WhenFields } from './PromiseFields.tsx';
import { useCommitmentsText } from './text.ts';
import { dueOf, useCommitmentWords } from './words.ts';

/** Puts words into the reply to a ticket, where somebody reads and sends them; null where nobody may reply. */
export type PutIntoReply = ((ticketId: string, text: string) => void) | null;
type RenegotiateDialogProps = { promise: CommitmentView | null; onClose: () => void; putIntoReply: PutIntoReply };

/** Another date, and how the customer hears of it: nothing is sent that nobody has read. */
export function RenegotiateDialog({ promise, onClose, putIntoReply }: RenegotiateDialogProps) {
  const t = useCommitmentsText();
  return (
    <Dialog isOpen={promise !== null} onClose={onClose} title={t('commitments.renegotiate_title')}>
      {promise && <Renegotiating promise={promise} onClose={onClose} putIntoReply={putIntoReply} />}
    </Dialog>
  );
}

function Renegotiating({ promise, onClose, putIntoReply }: { promise: CommitmentView; onClose: () => void; putIntoReply: PutIntoReply }) {
  const t = useCommitmentsText();
  const words = useCommitmentWords();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [when, setWhen] = useState({ date: '', time: '' });
  const [way, setWay] = useState<'write' | 'told'>(putIntoReply ? 'write' : 'told');
  const change = useMutation({
    mutationFn: async () => {
      const due = dueOf(when);
      const letter = way === 'write' ? await api.post(`/commitments/${promise.id}/letters`, { due }, LetterView) : null;
      await api.post(`/commitments/${promise.id}/renegotiation`, { due, told: way === 'told' }, CommitmentView);
      return letter;
    },
    onSuccess: (letter) => {
      if (letter) putIntoReply?.(promise.ticket.id, letter.text);
      toast({ text: t(letter ? 'commitments.renegotiated_write' : 'commitments.renegotiated') });
      onClose();
    },
    onSettled: () => cache.invalidateQueries({ queryKey: ['commitments'] }),
  });
  const ways = [
    ...(putIntoReply ? [{ id: 'write' as const, label: t('commitments.tell.write'), hint: t('commitments.tell.write.hint') }] : []),
    { id: 'told' as const, label: t('commitments.tell.told'), hint: t('commitments.tell.told.hint') },
  ];
  return (
    <Form
      onSubmit={() => change.mutate()}
      problem={change.error && errorText(change.error)}
      footer={<><Button type="submit" tone="primary" isPending={change.isPending}>{t('commitments.renegotiate')}</Button><Button onPress={onClose}>{t('commitments.cancel')}</Button></>}
    >
      <p className="text-14"><bdi>{promise.what}</bdi><span className="block text-13 text-ink-faint">{t('commitments.until_now', { when: words.due(promise) })}</span></p>
      <WhenFields given={when} onChange={setWhen} />
      <RadioGroup label={t('commitments.tell')} options={ways} value={way} onChange={setWay} />
    </Form>
  );
}

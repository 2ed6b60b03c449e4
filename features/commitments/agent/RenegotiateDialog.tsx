import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { Button } from '../../../ui/components/Button.tsx';
import { Dialog } from '../../../ui/components/Dialog.tsx';
import { Form } from '../../../ui/components/Form.tsx';
import { RadioGroup } from '../../../ui/components/RadioGroup.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import { CommitmentView, LetterView, type Telling } from '../core/contract.ts';
import { WhenFields } from './PromiseFields.tsx';
import { letterFor } from './queries.ts';
import { useCommitmentsText } from './text.ts';
import { dueOf, useCommitmentWords } from './words.ts';

/** Puts words into the reply to a ticket, where somebody reads and sends them; null where nobody may reply. */
export type PutIntoReply = ((ticketId: string, text: string) => void) | null;
type RenegotiateDialogProps = { promise: CommitmentView | null; onClose: () => void; putIntoReply: PutIntoReply };

/** Another date, and how the customer hears of it: nothing is sent that nobody has seen. */
export function RenegotiateDialog({ promise, onClose, putIntoReply }: RenegotiateDialogProps) {
  const t = useCommitmentsText();
  return (
    <Dialog isOpen={promise !== null} onClose={onClose} title={t('commitments.renegotiate_title')}>
      {promise && <Renegotiating promise={promise} onClose={onClose} putIntoReply={putIntoReply} />}
    </Dialog>
  );
}

const DONE = { mail: 'commitments.renegotiated_mail', reply: 'commitments.renegotiated_write', told: 'commitments.renegotiated' } as const satisfies Record<Telling, string>;

function Renegotiating({ promise, onClose, putIntoReply }: { promise: CommitmentView; onClose: () => void; putIntoReply: PutIntoReply }) {
  const t = useCommitmentsText();
  const words = useCommitmentWords();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [when, setWhen] = useState({ date: '', time: '' });
  const [way, setWay] = useState<Telling>('mail');
  const due = dueOf(when);
  const letter = useQuery({ ...letterFor(promise.id, due), ...(way === 'told' && { enabled: false }) });
  const change = useMutation({
    mutationFn: async () => {
      const words = way === 'reply' ? await api.post(`/commitments/${promise.id}/letters`, { due }, LetterView) : null;
      const next = await api.post(`/commitments/${promise.id}/renegotiation`, { due, telling: way }, CommitmentView);
      return { words, next };
    },
    onSuccess: ({ words, next }) => {
      if (words) putIntoReply?.(promise.ticket.id, words.text);
      if (way === 'mail' && next.telling !== 'mail') toast({ tone: 'failed', text: t('commitments.not_mailed') });
      else toast({ text: t(DONE[way]) });
      onClose();
    },
    onSettled: () => cache.invalidateQueries({ queryKey: ['commitments'] }),
  });
  const ways = [
    { id: 'mail' as const, label: t('commitments.tell.mail'), hint: t(letter.data ? 'commitments.tell.mail.hint' : 'commitments.tell.mail.later') },
    ...(putIntoReply ? [{ id: 'reply' as const, label: t('commitments.tell.write'), hint: t('commitments.tell.write.hint') }] : []),
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
      {way === 'mail' && letter.data && <blockquote dir="auto" lang={letter.data.language} className="max-h-48 overflow-auto rounded-control bg-sunken px-3 py-2 text-start text-13 whitespace-pre-line">{letter.data.text}</blockquote>}
    </Form>
  );
}

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { Checkbox } from '../../../ui/components/Checkbox.tsx';
import { Dialog } from '../../../ui/components/Dialog.tsx';
import { RadioGroup } from '../../../ui/components/RadioGroup.tsx';
import { SaveForm } from '../../../ui/components/SaveForm.tsx';
import { TextArea } from '../../../ui/components/TextArea.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import { PRIVACY_OUTCOMES, type PrivacyDecision, type PrivacyRequestView } from '../core/privacy-contract.ts';
import { useRequestsText } from './text.ts';

type DecideDialogProps = { request: PrivacyRequestView; decide: (given: PrivacyDecision) => Promise<unknown>; onClose: () => void; onDone: () => unknown };

/** What became of it, and what the customer reads about that. */
export function DecideDialog({ request: { kind }, decide, onClose, onDone }: DecideDialogProps) {
  const t = useRequestsText();
  const errorText = useErrorText();
  const [outcome, setOutcome] = useState<PrivacyDecision['outcome']>('done');
  const [text, setText] = useState('');
  const [isAnswered, setAnswered] = useState(false);
  const send = useMutation({
    mutationFn: () => decide({ outcome, text: isAnswered ? '' : text, isAnswered }),
    onSuccess: () => { toast({ text: t(isAnswered ? 'privacy.closed' : 'privacy.sent') }); onClose(); },
    onSettled: onDone,
  });
  return (
    <Dialog isOpen onClose={onClose} title={t(`privacy.kind.${kind}`)}>
      <SaveForm verb={t(isAnswered ? 'privacy.close' : 'privacy.send')} onSubmit={() => send.mutate()} isPending={send.isPending} isDisabled={!isAnswered && text.trim() === ''} onCancel={onClose} problem={send.error && errorText(send.error)}>
        <p className="text-14 text-ink-soft">{t(`privacy.how.${kind}`)}</p>
        <RadioGroup label={t('privacy.outcome')} layout="line" options={PRIVACY_OUTCOMES.map((id) => ({ id, label: t(`privacy.outcome.${id}`) }))} value={outcome} onChange={setOutcome} />
        {!isAnswered && <TextArea label={t('privacy.text')} hint={t(outcome === 'done' ? 'privacy.text_done' : 'privacy.text_refused')} value={text} onChange={setText} rows={5} maxLength={10_000} isRequired />}
        <Checkbox isSelected={isAnswered} onChange={setAnswered}>{t('privacy.is_answered')}</Checkbox>
      </SaveForm>
    </Dialog>
  );
}

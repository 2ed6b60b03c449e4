import { useMutation, useQueryClient } from '@tanstack/react-query';
import { fieldErrors, useErrorText } from '../../../../platform/browser/error-text.ts';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { SaveForm } from '../../../../ui/components/SaveForm.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { useEmailText } from '../text.ts';
import { addSender, type SenderList, SENDERS } from './queries.ts';

type SenderDialogProps = { list: SenderList; isOpen: boolean; onClose: () => void };

export function SenderDialog({ list, isOpen, onClose }: SenderDialogProps) {
  const t = useEmailText();
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t(`email.senders.${list}.add`)}>
      <SenderForm list={list} onClose={onClose} />
    </Dialog>
  );
}

function SenderForm({ list, onClose }: Pick<SenderDialogProps, 'list' | 'onClose'>) {
  const t = useEmailText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const save = useMutation({
    mutationFn: (values: FormData) => addSender(list, values.get('sender') as string, values.get('reason') as string),
    onSuccess: ({ sender }) => {
      toast({ text: t(`email.senders.${list}.added`, { sender }) });
      onClose();
      return cache.invalidateQueries({ queryKey: SENDERS });
    },
  });
  return (
    <SaveForm
      verb={t(`email.senders.${list}.add`)}
      onSubmit={(values) => save.mutate(values)}
      isPending={save.isPending}
      onCancel={onClose}
      errors={fieldErrors(save.error)}
      problem={save.error && errorText(save.error)}
    >
      <TextField name="sender" label={t('email.senders.sender')} hint={t('email.senders.sender_hint')} maxLength={320} isLatin isRequired autoFocus />
      <TextField name="reason" label={t('email.senders.reason')} maxLength={500} optional />
    </SaveForm>
  );
}

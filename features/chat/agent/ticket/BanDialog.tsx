import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../../platform/browser/api.ts';
import { fieldErrors, useErrorText } from '../../../../platform/browser/error-text.ts';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { SaveForm } from '../../../../ui/components/SaveForm.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { BanView } from '../../core/contract.ts';
import { chatMoved, KEYS } from '../queries.ts';
import { useChatText } from '../text.ts';

/** How long the way back is offered. */
const UNDO_MS = 12_000;

/** Somebody who abuses is kept out; the reason stands in the list of bans, and whoever erred takes it back. */
export function BanDialog({ ticketId, onClose }: { ticketId: string; onClose: () => void }) {
  const t = useChatText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const fresh = () => Promise.all([chatMoved(cache, ticketId), cache.invalidateQueries({ queryKey: KEYS.bans }), cache.invalidateQueries({ queryKey: ['tickets'] })]);
  const lift = useMutation({ mutationFn: (id: string) => api.delete(`/chat/bans/${id}`), onError: (error) => toast({ tone: 'failed', text: errorText(error) }), onSettled: fresh });
  const ban = useMutation({
    mutationFn: (values: FormData) => api.post(`/tickets/${ticketId}/chat/ban`, { reason: values.get('reason') ?? '' }, BanView),
    onSuccess: ({ id }) => {
      toast({ text: t('chat.ban.done'), action: { label: t('chat.ban.undo'), onAction: () => lift.mutate(id) }, forMs: UNDO_MS });
      onClose();
    },
    onSettled: fresh,
  });
  return (
    <Dialog isOpen onClose={onClose} title={t('chat.ban.title')}>
      <SaveForm verb={t('chat.ban.verb')} onSubmit={(values) => ban.mutate(values)} isPending={ban.isPending} onCancel={onClose} errors={fieldErrors(ban.error)} problem={ban.error && errorText(ban.error)}>
        <p className="text-14 text-ink-soft">{t('chat.ban.why')}</p>
        <TextField name="reason" label={t('chat.ban.reason')} hint={t('chat.ban.reason_what')} maxLength={500} autoComplete="off" autoFocus />
      </SaveForm>
    </Dialog>
  );
}

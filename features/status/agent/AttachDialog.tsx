import { useMutation, useQueryClient } from '@tanstack/react-query';
import { plainDigits } from '../../../kernel/digits.ts';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { Dialog } from '../../../ui/components/Dialog.tsx';
import { SaveForm } from '../../../ui/components/SaveForm.tsx';
import { TextField } from '../../../ui/components/TextField.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import { TicketPage } from '../../tickets/core/contract.ts';
import type { IncidentView } from '../core/contract.ts';
import { useStatusText } from './text.ts';
import { inOwnWords } from './wording.ts';

type AttachDialogProps = { incident: IncidentView | null; onClose: () => void };

/** A ticket that is about it, by its number. */
export const AttachDialog = ({ incident, onClose }: AttachDialogProps) => (
  <Dialog isOpen={incident !== null} onClose={onClose} title={incident ? inOwnWords(incident.titles) : ''}>
    {incident && <AttachForm incident={incident} onClose={onClose} />}
  </Dialog>
);

function AttachForm({ incident, onClose }: { incident: IncidentView; onClose: () => void }) {
  const t = useStatusText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const attach = useMutation({
    mutationFn: async (values: FormData): Promise<boolean> => {
      const typed = values.get('number');
      const number = plainDigits(typeof typed === 'string' ? typed : '').replace(/\D/g, '');
      const { items } = await api.get(`/tickets?limit=10&status=all&q=${encodeURIComponent(number)}`, TicketPage);
      const ticket = items.find((one) => String(one.number) === number);
      if (!ticket) return false;
      await api.put(`/status-incidents/${incident.id}/tickets/${ticket.id}`);
      return true;
    },
    onSuccess: (isDone) => {
      if (!isDone) return undefined;
      toast({ text: t('statuspage.attached') });
      onClose();
      return cache.invalidateQueries({ queryKey: ['status'] });
    },
  });
  return (
    <SaveForm verb={t('statuspage.attach')} onSubmit={(values) => attach.mutate(values)} isPending={attach.isPending} onCancel={onClose} problem={attach.error && errorText(attach.error)}>
      <TextField
        name="number" label={t('statuspage.number')} hint={t('statuspage.attach_why')} inputMode="numeric" autoComplete="off" isLatin isRequired autoFocus
        error={attach.data === false ? t('statuspage.no_ticket') : undefined}
      />
    </SaveForm>
  );
}

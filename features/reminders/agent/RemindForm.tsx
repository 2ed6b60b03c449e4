import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { useFormat } from '../../../platform/browser/format.ts';
import { useNow } from '../../../platform/browser/use-now.ts';
import { Banner } from '../../../ui/components/Banner.tsx';
import { Button } from '../../../ui/components/Button.tsx';
import { ComboBox } from '../../../ui/components/ComboBox.tsx';
import { Dialog } from '../../../ui/components/Dialog.tsx';
import { TextField } from '../../../ui/components/TextField.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import { ReminderView } from '../core/contract.ts';
import { colleagues } from './queries.ts';
import { useRemindersText } from './text.ts';

const DAYS = [1, 3, 7] as const;
const MORNING = 9;

/** As a field for a moment holds it, by the clock of whoever looks. */
function morningIn(days: number, now: Date): string {
  const at = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, MORNING);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:00`;
}

/** When, whom, and of what. */
export function RemindForm({ ticketId, meId, onClose }: { ticketId: string; meId: string; onClose: () => void }) {
  const t = useRemindersText();
  const errorText = useErrorText();
  const format = useFormat();
  const cache = useQueryClient();
  const now = useNow(30_000);
  const { data: people = [] } = useQuery(colleagues);
  const [when, setWhen] = useState(() => morningIn(1, now));
  const [personId, setPersonId] = useState<string | null>(meId);
  const [note, setNote] = useState('');
  const at = new Date(when);
  const isChosen = !Number.isNaN(at.getTime()) && at > now;
  const make = useMutation({
    mutationFn: () => api.post(`/tickets/${ticketId}/reminders`, { dueAt: at.toISOString(), personId: personId ?? meId, note }, ReminderView),
    onSuccess: ({ dueAt }) => {
      void cache.invalidateQueries({ queryKey: ['reminders'] });
      toast({ text: t('reminders.made', { moment: format.dateTime(dueAt) }) });
      onClose();
    },
  });
  return (
    <Dialog isOpen onClose={onClose} title={t('reminders.remind')} footer={(
      <>
        <Button tone="primary" isDisabled={!isChosen} isPending={make.isPending} onPress={() => make.mutate()}>{t('reminders.save')}</Button>
        <Button onPress={onClose}>{t('reminders.cancel')}</Button>
      </>
    )}>
      <div className="flex flex-col gap-3">
        <TextField label={t('reminders.when')} type="datetime-local" isLatin isRequired value={when} onChange={setWhen} error={when !== '' && !isChosen ? t('reminders.past') : undefined} />
        <div className="flex flex-wrap gap-2">
          {DAYS.map((days) => <Button key={days} size="small" onPress={() => setWhen(morningIn(days, now))}>{format.due(new Date(morningIn(days, now)), now)}</Button>)}
        </div>
        <ComboBox label={t('reminders.whom')} options={people.map(({ id, name }) => ({ id, label: id === meId ? t('reminders.me') : name }))} value={personId} onChange={(id) => setPersonId(id)} />
        <TextField label={t('reminders.note')} optional maxLength={500} value={note} onChange={setNote} />
        {make.error && <Banner tone="danger">{errorText(make.error)}</Banner>}
      </div>
    </Dialog>
  );
}

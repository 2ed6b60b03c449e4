import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { BellRing, Check } from 'lucide-react';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { useFormat } from '../../../platform/browser/format.ts';
import { classes } from '../../../ui/classes.ts';
import { IconButton } from '../../../ui/components/IconButton.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import { ticketReminders } from './queries.ts';
import { RemindForm } from './RemindForm.tsx';
import { useRemindersText } from './text.ts';

type Props = { ticketId: string; meId: string; /** Somebody wants to be reminded. */ isMaking: boolean; onMade: () => void };

export function useDrop() {
  const cache = useQueryClient();
  const errorText = useErrorText();
  return useMutation({
    mutationFn: (id: string) => api.delete(`/reminders/${id}`),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['reminders'] }),
  });
}

/** Who is reminded of this ticket, and when; nothing while nobody is. */
export function TicketReminders({ ticketId, meId, isMaking, onMade }: Props) {
  const t = useRemindersText();
  const format = useFormat();
  const { data } = useQuery(ticketReminders(ticketId));
  const drop = useDrop();
  const reminders = data?.items ?? [];
  return (
    <>
      {reminders.length > 0 && (
        <ul aria-label={t('reminders.title')} className="flex shrink-0 flex-wrap gap-x-4 border-b border-hairline px-6 py-1 text-13 max-wide:px-4">
          {reminders.map(({ id, person, note, dueAt, isDue, mayDrop }) => (
            <li key={id} className={classes('flex min-w-0 items-center gap-1.5', isDue && 'text-note-ink')}>
              <BellRing aria-hidden size={14} className="shrink-0" />
              <span className="truncate">{person.id === meId ? t('reminders.me') : <bdi>{person.name}</bdi>}, <time dateTime={dueAt}>{format.dateTime(dueAt)}</time>{note !== '' && <>: <bdi>{note}</bdi></>}</span>
              {mayDrop && <IconButton icon={Check} label={t('reminders.done')} onPress={() => drop.mutate(id)} />}
            </li>
          ))}
        </ul>
      )}
      {isMaking && <RemindForm ticketId={ticketId} meId={meId} onClose={onMade} />}
    </>
  );
}

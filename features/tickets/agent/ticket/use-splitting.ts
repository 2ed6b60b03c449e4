import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { toast } from '../../../../ui/components/Toast.tsx';
import type { EntryView, TicketView } from '../../core/contract.ts';
import { splitTicket, ticketChanged, unsplit } from '../changes.ts';
import { useDesk, useMay } from '../desk.tsx';
import { useTicketsText } from '../text.ts';

/** Makes a ticket of its own of one entry and goes there; the way back stays in sight for a while. Null for who may not. */
export function useSplitting({ id: ticketId, status, deletedAt, mergedInto }: TicketView): ((entry: EntryView) => void) | null {
  const t = useTicketsText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const { goToTicket } = useDesk();
  const failed = (error: Error) => { toast({ tone: 'failed', text: errorText(error) }); };
  const putBack = (splitId: string) => unsplit(splitId).then(() => {
    ticketChanged(cache, ticketId);
    goToTicket(ticketId);
  }, failed);
  const split = useMutation({
    mutationFn: ({ id }: EntryView) => splitTicket(ticketId, [id]),
    onError: failed,
    onSuccess: ({ id, ticketId: newId, number }) => {
      ticketChanged(cache, ticketId);
      toast({ text: t('tickets.split.done', { number: String(number) }), forMs: 15_000, action: { label: t('tickets.undo'), onAction: () => void putBack(id) } });
      goToTicket(newId);
    },
  });
  const mayChange = useMay('tickets.change') && status !== 'closed' && deletedAt === null && mergedInto === null;
  return mayChange ? (entry) => split.mutate(entry) : null;
}

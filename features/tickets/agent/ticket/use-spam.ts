import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { toast } from '../../../../ui/components/Toast.tsx';
import type { TicketView } from '../../core/contract.ts';
import { markSpam, ticketChanged, unmarkSpam } from '../changes.ts';
import { useDesk } from '../desk.tsx';
import { useTicketsText } from '../text.ts';

/** Marks a ticket as spam, with its sender blocked or not, and takes both back. */
export function useSpam({ id, customer: { email } }: TicketView) {
  const t = useTicketsText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const { blockSender } = useDesk();
  const common = {
    onError: (error: Error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => ticketChanged(cache, id),
  };
  const unmark = useMutation({
    ...common,
    mutationFn: async (unblock: (() => Promise<unknown>) | null) => {
      await unmarkSpam(id);
      await unblock?.();
    },
    onSuccess: () => toast({ text: t('tickets.spam.not_done') }),
  });
  const mark = useMutation({
    ...common,
    mutationFn: async (withSender: boolean) => {
      await markSpam(id);
      return withSender && email && blockSender ? blockSender(email) : null;
    },
    onSuccess: (unblock) => toast({
      text: t(unblock ? 'tickets.spam.blocked' : 'tickets.spam.done'),
      action: { label: t('tickets.undo'), onAction: () => unmark.mutate(unblock) },
    }),
  });
  return { mark: () => mark.mutate(false), markAndBlock: blockSender && email ? () => mark.mutate(true) : null, unmark: () => unmark.mutate(null) };
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { hasCode } from '../../../../platform/browser/problems.ts';
import { keysText, useShortcut } from '../../../../platform/browser/shortcuts.ts';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { takeNext, ticketChanged } from '../changes.ts';
import { useDesk, useMay } from '../desk.tsx';
import { KEYS } from '../queries.ts';
import { useTicketsText } from '../text.ts';

const KEYS_NEXT = { code: 'KeyG' } as const;

/** Takes what one's queues have next, without queues the ticket that waits longest, and opens it; two who ask at once get two. */
export function NextTicketButton() {
  const t = useTicketsText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const { goToTicket, routing } = useDesk();
  const may = useMay('tickets.change');
  const next = useMutation({
    mutationFn: async () => {
      const given = await routing?.takeNext();
      if (given) return given;
      const ticket = await takeNext();
      cache.setQueryData(KEYS.one(ticket.id), ticket);
      return { ticketId: ticket.id, number: ticket.number, why: '' };
    },
    onSuccess: ({ ticketId, number, why }) => {
      ticketChanged(cache, ticketId);
      toast({ text: `${t('tickets.next.taken', { number: String(number) })} ${why}`.trim() });
      goToTicket(ticketId);
    },
    onError: (error) => {
      if (hasCode(error, 'ticket.none_waiting')) toast({ text: t('tickets.next.none') });
      else toast({ text: errorText(error), tone: hasCode(error, 'queue.none_waiting') ? 'done' : 'failed' });
    },
  });
  useShortcut({ ...KEYS_NEXT, label: t('tickets.next'), group: t('tickets.shortcuts.list'), disabled: !may }, () => next.mutate());
  if (!may) return null;
  return <IconButton label={t('tickets.next')} icon={ArrowRight} mirrored keys={keysText(KEYS_NEXT)} isDisabled={next.isPending} onPress={() => next.mutate()} />;
}

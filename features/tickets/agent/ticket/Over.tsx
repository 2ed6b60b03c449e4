import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { Link } from '../../../../ui/components/Link.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import type { TicketView } from '../../core/contract.ts';
import { restoreTicket, ticketChanged, unmerge } from '../changes.ts';
import { useDesk, useMay } from '../desk.tsx';
import { useTicketsText } from '../text.ts';
import { useSpam } from './use-spam.ts';

/** Stands where one would write, on a ticket that was deleted, merged or is spam: why not, and the way back. */
export function Over({ ticket }: { ticket: TicketView }) {
  const t = useTicketsText();
  const { ticketHref } = useDesk();
  const { mergedInto } = ticket;
  const mayRestore = useMay('tickets.delete');
  const mayPart = useMay('tickets.change');
  const spam = useSpam(ticket);
  const restore = useWayBack(ticket.id, () => restoreTicket(ticket.id));
  const part = useWayBack(ticket.id, async () => mergedInto && unmerge(mergedInto.mergeId));

  if (ticket.spam) return <Banner shape="edge" action={mayPart && <Button size="small" onPress={spam.unmark}>{t('tickets.spam.not')}</Button>}>{t('tickets.is_spam')}</Banner>;
  if (!mergedInto) {
    return (
      <Banner shape="edge" action={mayRestore && <Button size="small" isPending={restore.isPending} onPress={() => restore.mutate()}>{t('tickets.restore')}</Button>}>
        {t('tickets.is_deleted')}
      </Banner>
    );
  }
  return (
    <Banner
      shape="edge"
      action={
        <span className="flex flex-wrap items-center justify-end gap-3">
          <Link href={ticketHref(mergedInto.id)}><span dir="ltr">#{mergedInto.number}</span></Link>
          {mayPart && <Button size="small" isPending={part.isPending} onPress={() => part.mutate()}>{t('tickets.unmerge')}</Button>}
        </span>
      }
    >
      {t('tickets.is_merged')}
    </Banner>
  );
}

function useWayBack(ticketId: string, go: () => Promise<unknown>) {
  const cache = useQueryClient();
  const errorText = useErrorText();
  return useMutation({
    mutationFn: go,
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => ticketChanged(cache, ticketId),
  });
}

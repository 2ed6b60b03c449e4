import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import type { TicketView } from '../../core/contract.ts';
import { mergeTicket, ticketChanged, unmerge } from '../changes.ts';
import { useDesk } from '../desk.tsx';
import { useTicketsText } from '../text.ts';
import { TicketChooser } from './TicketChooser.tsx';

/** Joins this ticket into another one: first those of the same person, any other by number or words. */
export function MergeDialog({ ticket, onClose }: { ticket: TicketView; onClose: () => void }) {
  const t = useTicketsText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const { followTicket } = useDesk();
  const [chosen, setChosen] = useState<TicketView | null>(null);

  const takeApart = async (mergeId: string, intoId: string) => {
    try {
      await unmerge(mergeId);
      ticketChanged(cache, ticket.id);
      followTicket(intoId, ticket.id);
    } catch (error) {
      toast({ tone: 'failed', text: errorText(error) });
    }
  };
  const merge = useMutation({
    mutationFn: (into: TicketView) => mergeTicket(ticket.id, into.id),
    onSuccess: ({ id }, into) => {
      ticketChanged(cache, ticket.id);
      ticketChanged(cache, into.id);
      toast({ text: t('tickets.merged', { number: String(into.number) }), forMs: 15_000, action: { label: t('tickets.undo'), onAction: () => void takeApart(id, into.id) } });
      onClose();
      followTicket(ticket.id, into.id);
    },
  });

  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="wide"
      title={t('tickets.merge.title', { number: String(ticket.number) })}
      footer={
        <>
          <Button tone="primary" isDisabled={chosen === null} isPending={merge.isPending} onPress={() => chosen && merge.mutate(chosen)}>
            {chosen ? t('tickets.merge.into', { number: String(chosen.number) }) : t('tickets.merge')}
          </Button>
          <Button onPress={onClose}>{t('tickets.cancel')}</Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <p className="text-13 text-ink-soft">{t('tickets.merge.what')}</p>
        <TicketChooser ticket={ticket} chosen={chosen} onChoose={setChosen} />
        {merge.error && <Banner tone="danger">{errorText(merge.error)}</Banner>}
      </div>
    </Dialog>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { classes } from '../../../../ui/classes.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { SearchField } from '../../../../ui/components/SearchField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import type { TicketView } from '../../core/contract.ts';
import { mergeTicket, ticketChanged, unmerge } from '../changes.ts';
import { useDesk } from '../desk.tsx';
import { customerName, statusText } from '../labels.ts';
import { customerTickets, ticketSearch } from '../queries.ts';
import { useTicketsText } from '../text.ts';

/** Joins this ticket into another one: first those of the same person, any other by number or words. */
export function MergeDialog({ ticket, onClose }: { ticket: TicketView; onClose: () => void }) {
  const t = useTicketsText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const { goToTicket } = useDesk();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<TicketView | null>(null);
  const { data: same } = useQuery(customerTickets(ticket.customer.id));
  const { data: found, isFetching } = useQuery(ticketSearch(text));
  const candidates = ((text.trim() === '' ? same : found)?.items ?? []).filter((one) => one.id !== ticket.id && !one.mergedInto && !one.deletedAt);

  const takeApart = async (mergeId: string) => {
    try {
      await unmerge(mergeId);
      ticketChanged(cache, ticket.id);
      goToTicket(ticket.id);
    } catch (error) {
      toast({ tone: 'failed', text: errorText(error) });
    }
  };
  const merge = useMutation({
    mutationFn: (into: TicketView) => mergeTicket(ticket.id, into.id),
    onSuccess: ({ id }, into) => {
      ticketChanged(cache, ticket.id);
      ticketChanged(cache, into.id);
      toast({ text: t('tickets.merged', { number: String(into.number) }), forMs: 15_000, action: { label: t('tickets.undo'), onAction: () => void takeApart(id) } });
      onClose();
      goToTicket(into.id);
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
        <SearchField label={t('tickets.merge.search')} value={text} onChange={setText} autoFocus />
        <ul aria-label={t('tickets.merge.candidates')} aria-busy={isFetching} className="max-h-72 min-h-24 overflow-auto rounded-control border border-hairline">
          {candidates.length === 0 && <li className="px-3 py-6 text-center text-13 text-ink-faint">{t(text.trim() === '' ? 'tickets.merge.none' : 'tickets.search.none')}</li>}
          {candidates.map((one) => (
            <li key={one.id} className="border-b border-hairline last:border-0">
              <Candidate ticket={one} isChosen={one.id === chosen?.id} onChoose={() => setChosen(one)} />
            </li>
          ))}
        </ul>
        {merge.error && <Banner tone="danger">{errorText(merge.error)}</Banner>}
      </div>
    </Dialog>
  );
}

const Candidate = ({ ticket, isChosen, onChoose }: { ticket: TicketView; isChosen: boolean; onChoose: () => void }) => {
  const t = useTicketsText();
  const format = useFormat();
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      onClick={onChoose}
      className={classes('flex w-full flex-col items-start gap-0.5 px-3 py-2 text-start', isChosen ? 'bg-accent-tint text-on-accent-tint' : 'hover:bg-hover')}
    >
      <span className="flex w-full gap-2">
        <span dir="ltr" className="shrink-0 tabular-nums text-ink-faint">#{ticket.number}</span>
        <span dir="auto" className="truncate font-medium">{ticket.subject || t('tickets.no_subject')}</span>
      </span>
      <span className="text-12 text-ink-faint">
        <bdi>{customerName(ticket.customer, t('tickets.nobody'))}</bdi> · {t(statusText(ticket.status))} · {format.date(ticket.createdAt)}
      </span>
    </button>
  );
};

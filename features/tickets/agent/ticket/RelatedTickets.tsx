import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useState } from 'react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Link } from '../../../../ui/components/Link.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import type { TicketView } from '../../core/contract.ts';
import { RelationSet, type RelationView } from '../../core/relations.ts';
import { relate, unrelate } from '../changes.ts';
import { useDesk, useMay } from '../desk.tsx';
import { statusText } from '../labels.ts';
import { KEYS, ticketRelations } from '../queries.ts';
import { useTicketsText } from '../text.ts';
import { TicketChooser } from './TicketChooser.tsx';

/** What people said that other tickets are to this one; nothing while there is nothing. */
export function RelatedTickets({ ticket }: { ticket: TicketView }) {
  const t = useTicketsText();
  const { data } = useQuery(ticketRelations(ticket.id));
  if (!data || data.items.length === 0) return null;
  return (
    <ul aria-label={t('tickets.relations')} className="flex max-h-20 shrink-0 flex-wrap gap-x-4 overflow-auto border-b border-hairline px-6 py-1 text-13 max-wide:px-4">
      {data.items.map((relation) => <Related key={`${ticket.id} ${relation.ticket.id}`} ticketId={ticket.id} relation={relation} />)}
    </ul>
  );
}

function Related({ ticketId, relation: { ticket, kind, side } }: { ticketId: string; relation: RelationView }) {
  const t = useTicketsText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const { ticketHref } = useDesk();
  const mayChange = useMay('tickets.change');
  const drop = useMutation({
    mutationFn: () => unrelate(ticketId, ticket.id),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => cache.invalidateQueries({ queryKey: KEYS.relations(ticketId) }),
  });
  return (
    <li className="flex min-w-0 items-center gap-1.5">
      <span className="shrink-0 text-ink-faint">{t(`tickets.relation.${kind}.${side}`)}</span>
      <span className="max-w-64 min-w-20 truncate"><Link href={ticketHref(ticket.id)}><span dir="ltr">#{ticket.number}</span> <bdi>{ticket.subject || t('tickets.no_subject')}</bdi></Link></span>
      <span className="min-w-0 shrink-[9] truncate text-12 text-ink-faint">{t(statusText(ticket.status))}</span>
      {mayChange && <IconButton label={t('tickets.relation.drop', { number: String(ticket.number) })} icon={X} onPress={() => drop.mutate()} />}
    </li>
  );
}

/** Says what this ticket is to another. */
export function RelateDialog({ ticket, onClose }: { ticket: TicketView; onClose: () => void }) {
  const t = useTicketsText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [chosen, setChosen] = useState<TicketView | null>(null);
  const [kind, setKind] = useState<RelationSet['kind']>('related');
  const save = useMutation({
    mutationFn: (to: TicketView) => relate(ticket.id, to.id, { kind }),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: KEYS.relations(ticket.id) });
      onClose();
    },
  });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="wide"
      title={t('tickets.relate.title', { number: String(ticket.number) })}
      footer={
        <>
          <Button tone="primary" isDisabled={chosen === null} isPending={save.isPending} onPress={() => chosen && save.mutate(chosen)}>{t('tickets.relate.save')}</Button>
          <Button onPress={onClose}>{t('tickets.cancel')}</Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <Select label={t('tickets.relate.kind')} value={kind} options={RelationSet.shape.kind.options.map((id) => ({ id, label: t(`tickets.relation.${id}.from`) }))} onChange={setKind} />
        <TicketChooser ticket={ticket} chosen={chosen} onChoose={setChosen} />
        {kind === 'incident_of' && <p className="text-13 text-ink-soft">{t('tickets.relate.incident')}</p>}
        {save.error && <Banner tone="danger">{errorText(save.error)}</Banner>}
      </div>
    </Dialog>
  );
}

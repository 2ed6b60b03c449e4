import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from '../../../../ui/components/Toast.tsx';
import type { TicketView } from '../../core/contract.ts';
import { ticketChanged } from '../changes.ts';
import { plainText } from '../composer/sending.ts';
import { useDraft } from '../composer/use-draft.ts';
import { useUploads } from '../composer/use-uploads.ts';
import { useDesk } from '../desk.tsx';
import { useTicketsText } from '../text.ts';
import { createTicket, type Landed, type Way } from './create.ts';

const NOTHING: Landed = { fields: {}, lines: [] };

/** What a ticket that we begin ourselves will be, and whether enough is known to begin it. */
export function useNewTicket(given: TicketView['customer'] | null, usualMailboxId: string | undefined) {
  const t = useTicketsText();
  const cache = useQueryClient();
  const { goToTicket, me } = useDesk();
  const draft = useDraft({ kind: 'new', ticketId: null });
  const uploads = useUploads((attached) => draft.change({ attachments: [...draft.now().attachments, attached] }));
  const [way, setWay] = useState<Way>('email');
  const [customer, setCustomer] = useState(given);
  const [kind, setKind] = useState<TicketView['kind']>('question');
  const [priority, setPriority] = useState<TicketView['priority']>('normal');
  const [landed, setLanded] = useState(NOTHING);
  const [intent] = useState(() => crypto.randomUUID());

  const { html, subject = '', cc = [], attachments, mailboxId = usualMailboxId } = draft.draft;
  const hasNoAddress = way === 'email' && customer !== null && customer.email === null;
  const isComplete = customer !== null && !hasNoAddress && [subject.trim(), plainText(html)].every((words) => words !== '');
  const canSend = isComplete && !uploads.isBusy;
  const creating = useMutation({
    mutationFn: (chosen: TicketView['customer']) =>
      createTicket({ way, customer: chosen, subject: subject.trim(), html, cc, attachments, kind, priority, assigneeId: me.id, mailboxId, landed }, intent),
    onSuccess: async (ticket) => {
      await draft.discard();
      ticketChanged(cache, ticket.id);
      toast({ text: t(way === 'email' ? 'tickets.sent' : 'tickets.noted') });
      goToTicket(ticket.id);
    },
  });
  /** Another kind asks other questions: what was answered is not carried along. */
  const chooseKind = (chosen: TicketView['kind']) => {
    setKind(chosen);
    setLanded(NOTHING);
  };
  /** A mail asks nothing first: its way takes the questions off the screen, and their answers with them. */
  const chooseWay = (chosen: Way) => {
    setWay(chosen);
    if (chosen === 'email') setLanded(NOTHING);
  };
  return {
    draft, uploads, way, setWay: chooseWay, customer, setCustomer, kind, setKind: chooseKind, priority, setPriority, setLanded,
    html, subject, cc, attachments, mailboxId: mailboxId ?? null, hasNoAddress, canSend,
    error: creating.error,
    isPending: creating.isPending,
    submit: () => {
      if (canSend && customer && !creating.isPending) creating.mutate(customer);
    },
  };
}

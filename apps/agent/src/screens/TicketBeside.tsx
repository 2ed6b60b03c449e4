import { useQuery } from '@tanstack/react-query';
import { MousePointerClick } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { MeView } from '../../../../features/people/core/contract.ts';
import { ticketOne } from '../../../../features/tickets/agent/queries.ts';
import { TicketPane } from '../../../../features/tickets/agent/ticket/TicketPane.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { SplitView } from '../../../../ui/layout/SplitView.tsx';
import { useTicketsText } from '../../../../features/tickets/agent/text.ts';
import { CustomerAside, customerSlot, savedReplySlot } from './use-desk-parts.tsx';

type TicketBesideProps = { me: MeView; list: ReactNode; ticketId: string | null; onClose: () => void };

/** A list, the ticket chosen from it, and the person behind that ticket. */
export function TicketBeside({ me, list, ticketId, onClose }: TicketBesideProps) {
  const t = useTicketsText();
  const [asideOf, setAsideOf] = useState<string | null>(null);
  const { data: ticket } = useQuery({ ...ticketOne(ticketId ?? ''), enabled: ticketId !== null });
  const customerId = ticketId !== null ? ticket?.customer.id : undefined;
  return (
    <SplitView
      narrow={ticketId === null ? 'list' : asideOf === ticketId ? 'aside' : 'detail'}
      list={list}
      detail={ticketId === null ? (
        <EmptyState icon={MousePointerClick}>{t('tickets.choose')}</EmptyState>
      ) : (
        <TicketPane
          ticketId={ticketId}
          onBack={onClose}
          onCustomer={() => setAsideOf(ticketId)}
          pickCustomer={customerSlot(me)}
          savedReplies={me.permissions.includes('macros.list') ? savedReplySlot(ticketId) : null}
        />
      )}
      aside={customerId && <CustomerAside me={me} customerId={customerId} ticketId={ticketId} onBack={() => setAsideOf(null)} />}
    />
  );
}

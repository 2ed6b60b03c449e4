import { useQuery } from '@tanstack/react-query';
import { MousePointerClick } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { MeView } from '../../../../features/people/core/contract.ts';
import { ticketOne } from '../../../../features/tickets/agent/queries.ts';
import { TicketPane } from '../../../../features/tickets/agent/ticket/TicketPane.tsx';
import { Afterwards } from '../../../../ui/components/Afterwards.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { SplitView } from '../../../../ui/layout/SplitView.tsx';
import { useTicketsText } from '../../../../features/tickets/agent/text.ts';
import { CustomerAside, customerSlot, savedReplySlot } from './use-desk-parts.tsx';

type TicketBesideProps = { me: MeView; list: ReactNode; /** The list wants all the room while nothing is chosen. */ isTable?: boolean; ticketId: string | null; onClose: () => void };

/** A list, the ticket chosen from it, and the person behind that ticket: beside it, or in its place where room is scarce. */
export function TicketBeside({ me, list, isTable = false, ticketId, onClose }: TicketBesideProps) {
  const t = useTicketsText();
  const [personOf, setPersonOf] = useState<string | null>(null);
  if (ticketId === null) return <SplitView narrow="list" list={list} detail={isTable ? null : <EmptyState icon={MousePointerClick}>{t('tickets.choose')}</EmptyState>} />;
  if (personOf === ticketId) return <SplitView narrow="detail" list={list} detail={<Person me={me} ticketId={ticketId} onBack={() => setPersonOf(null)} />} />;
  return (
    <SplitView
      narrow="detail"
      list={list}
      detail={
        <TicketPane
          ticketId={ticketId}
          onBack={onClose}
          onCustomer={() => setPersonOf(ticketId)}
          pickCustomer={customerSlot(me)}
          savedReplies={me.permissions.includes('macros.list') ? savedReplySlot(ticketId) : null}
        />
      }
      aside={<Afterwards key={ticketId}><Person me={me} ticketId={ticketId} onBack={null} /></Afterwards>}
    />
  );
}

const Person = ({ me, ticketId, onBack }: { me: MeView; ticketId: string; onBack: (() => void) | null }) => {
  const { data: ticket } = useQuery(ticketOne(ticketId));
  return ticket && <CustomerAside me={me} customerId={ticket.customer.id} ticketId={ticketId} onBack={onBack} />;
};

import { useQuery } from '@tanstack/react-query';
import { MousePointerClick } from 'lucide-react';
import { memo, type ReactNode, useDeferredValue, useState } from 'react';
import type { MeView } from '../../../../features/people/core/contract.ts';
import { ticketOne } from '../../../../features/tickets/agent/queries.ts';
import { TicketPane } from '../../../../features/tickets/agent/ticket/TicketPane.tsx';
import { classes } from '../../../../ui/classes.ts';
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
      aside={<Aside me={me} ticketId={ticketId} />}
    />
  );
}

/** Follows the ticket once its words stand. Until then the one before is out of sight, but is not taken down: that takes as long as drawing the next. */
function Aside({ me, ticketId }: { me: MeView; ticketId: string }) {
  const shownId = useDeferredValue(ticketId, null);
  return <div className={classes('flex min-h-0 flex-1 flex-col', shownId !== ticketId && '[content-visibility:hidden]')}>{shownId !== null && <Beside key={shownId} me={me} ticketId={shownId} onBack={null} />}</div>;
}

const Person = ({ me, ticketId, onBack }: { me: MeView; ticketId: string; onBack: (() => void) | null }) => {
  const { data: ticket } = useQuery(ticketOne(ticketId));
  return ticket && <CustomerAside me={me} customerId={ticket.customer.id} ticketId={ticketId} onBack={onBack} />;
};

const Beside = memo(Person);

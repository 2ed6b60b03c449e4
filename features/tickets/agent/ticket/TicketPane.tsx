import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useEarlyKeys } from '../../../../platform/browser/shortcuts.ts';
import { useWatch } from '../../../../platform/browser/use-live.tsx';
import { Afterwards } from '../../../../ui/components/Afterwards.tsx';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { Loading, Skeleton } from '../../../../ui/components/Skeleton.tsx';
import { Sketched } from '../../../../ui/components/Sketched.tsx';
import { BarePane } from '../../../../ui/layout/BarePane.tsx';
import type { TicketView } from '../../core/contract.ts';
import { markRead } from '../changes.ts';
import { useDesk } from '../desk.tsx';
import { ticketOne } from '../queries.ts';
import type { CustomerSlot, SavedReplySlot } from '../slots.ts';
import { useTicketsText } from '../text.ts';
import { LinkedTickets } from './LinkedTickets.tsx';
import { RelatedTickets } from './RelatedTickets.tsx';
import { TicketFacts } from './TicketFacts.tsx';
import { TicketHead } from './TicketHead.tsx';
import { TicketTalk } from './TicketTalk.tsx';

type TicketPaneProps = {
  ticketId: string;
  onBack: () => void;
  /** Shows the customer's panel where there is no room for it beside. */
  onCustomer: () => void;
  pickCustomer: CustomerSlot;
  savedReplies: SavedReplySlot | null;
};

/** One ticket: what it is, what was said, and where to answer. */
export function TicketPane({ ticketId, onBack, onCustomer, pickCustomer, savedReplies }: TicketPaneProps) {
  const t = useTicketsText();
  const errorText = useErrorText();
  const { data: ticket, error, refetch, isFetching } = useQuery(ticketOne(ticketId));
  useWatch(ticketId);

  if (!ticket) {
    const back = { label: t('tickets.back'), onBack };
    if (!error) return <BarePane title={t('tickets.shortcuts.ticket')} back={back}><PaneSkeleton key={ticketId} /></BarePane>;
    return <BarePane title={errorText(error)} back={back}><ErrorState onRetry={() => void refetch()} isRetrying={isFetching}>{errorText(error)}</ErrorState></BarePane>;
  }
  return (
    <section aria-label={`#${ticket.number} ${ticket.subject}`} className="group/ticket flex h-full min-h-0 min-w-0 flex-1 flex-col overflow-y-auto overscroll-contain bg-surface">
      <Sketched key={`head ${ticket.id}`}>
        <TicketHead ticket={ticket} onBack={onBack} onCustomer={onCustomer} pickCustomer={pickCustomer} />
        <TicketFacts ticket={ticket} />
      </Sketched>
      <Afterwards key={`beside ${ticket.id}`}>
        <RelatedTickets ticket={ticket} />
        <LinkedTickets ticket={ticket} />
        {ticket.deletedAt === null && ticket.mergedInto === null && <UnderFacts ticket={ticket} />}
      </Afterwards>
      <ReadMark key={`read ${ticket.id}`} ticket={ticket}>
        {(shown) => <TicketTalk key={ticket.id} ticket={shown} savedReplies={savedReplies} />}
      </ReadMark>
    </section>
  );
}

const UnderFacts = ({ ticket }: { ticket: TicketView }) => useDesk().underFacts?.({ ticket });

/** What is on screen counts as read; the talk keeps knowing that it was not when it was opened. */
function ReadMark({ ticket, children }: { ticket: TicketView; children: (shown: TicketView) => ReactNode }) {
  const cache = useQueryClient();
  const [before] = useState({ unread: ticket.unread, readAt: ticket.readAt });
  useEffect(() => {
    if (!ticket.unread) return undefined;
    const mark = () => {
      if (document.visibilityState === 'visible') void markRead(cache, ticket.id).catch(() => undefined);
    };
    mark();
    document.addEventListener('visibilitychange', mark);
    return () => document.removeEventListener('visibilitychange', mark);
  }, [cache, ticket.id, ticket.unread, ticket.lastMessageAt]);
  return children({ ...ticket, ...before });
}

function PaneSkeleton() {
  useEarlyKeys();
  return (
    <div className="flex h-full flex-col bg-surface">
      <Loading>
        <div className="flex h-13 items-center gap-3 border-b border-hairline px-6 max-wide:hidden">
          <Skeleton className="w-14" />
          <Skeleton className="w-64" />
        </div>
        <div className="flex h-11 items-center gap-3 border-b border-hairline px-6">
          {[16, 24, 20, 16].map((width, index) => <Skeleton key={index} className={width === 24 ? 'w-24' : width === 20 ? 'w-20' : 'w-16'} />)}
        </div>
        <div className="flex flex-col gap-3 px-6 py-6">
          <Skeleton className="w-48" />
          <Skeleton className="w-4/5" />
          <Skeleton className="w-3/5" />
        </div>
      </Loading>
    </div>
  );
}

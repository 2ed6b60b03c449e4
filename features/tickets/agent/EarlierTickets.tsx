import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { useFormat } from '../../../platform/browser/format.ts';
import { Badge } from '../../../ui/components/Badge.tsx';
import { Link } from '../../../ui/components/Link.tsx';
import { Loading, Skeleton } from '../../../ui/components/Skeleton.tsx';
import { useDesk } from './desk.tsx';
import { statusText } from './labels.ts';
import type { TicketView } from '../core/contract.ts';
import { companyTickets, customerTickets } from './queries.ts';
import { useTicketsText } from './text.ts';

/** The other matters of a customer, the latest first. */
export function EarlierTickets({ customerId, currentId }: { customerId: string; currentId: string | null }) {
  const t = useTicketsText();
  return <Lines query={useQuery(customerTickets(customerId))} currentId={currentId} none={t('tickets.earlier_tickets.none')} />;
}

/** What is open for a company, the latest first. */
export function CompanyTickets({ companyId }: { companyId: string }) {
  const t = useTicketsText();
  return <Lines query={useQuery(companyTickets(companyId))} currentId={null} none={t('tickets.company.none')} />;
}

function Lines({ query: { data, error }, currentId, none }: { query: UseQueryResult<{ items: readonly TicketView[] }>; currentId: string | null; none: string }) {
  const t = useTicketsText();
  const format = useFormat();
  const errorText = useErrorText();
  const { ticketHref } = useDesk();

  if (error && !data) return <p className="text-13 text-ink-faint">{errorText(error)}</p>;
  if (!data) return <Loading><Skeleton className="mb-2 w-4/5" /><Skeleton className="w-3/5" /></Loading>;
  const others = data.items.filter(({ id }) => id !== currentId);
  if (others.length === 0) return <p className="text-13 text-ink-faint">{none}</p>;
  return (
    <ul className="-mx-2 flex flex-col">
      {others.map((ticket) => (
        <li key={ticket.id}>
          <Link look="bare" href={ticketHref(ticket.id)} className="flex flex-col gap-0.5 rounded-control px-2 py-1.5 hover:bg-hover">
            <span className="line-clamp-2 text-start text-13 text-ink"><bdi>{ticket.subject || t('tickets.no_subject')}</bdi></span>
            <span className="flex flex-wrap items-center gap-x-1.5 gap-y-0.5 text-12 text-ink-faint">
              <span dir="ltr" className="tabular-nums">#{ticket.number}</span>
              <span className="whitespace-nowrap">{format.date(ticket.createdAt)}</span>
              <Badge tone={ticket.status === 'resolved' || ticket.status === 'closed' ? 'good' : 'neutral'}>{t(statusText(ticket.status))}</Badge>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

import { useQuery } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { useFormat } from '../../../../platform/browser/format.ts';
import { Link } from '../../../../ui/components/Link.tsx';
import type { TicketView } from '../../core/contract.ts';
import { useDesk } from '../desk.tsx';
import { channelText, statusText } from '../labels.ts';
import { customerTickets, openTicketsOf } from '../queries.ts';
import { useTicketsText } from '../text.ts';

const LAST = 3;
const isOpen = ({ status }: TicketView): boolean => status !== 'resolved' && status !== 'closed';

/**
 * What we already know, for whoever is about to write: the last contacts, what else is open, what was promised. Facts alone: how somebody
 * felt last time is not among them, so that everybody gets a fresh start. Nothing where this is the first we hear of them.
 */
export function KnownCard({ ticket }: { ticket: TicketView }) {
  const t = useTicketsText();
  const format = useFormat();
  const { promisedTo } = useDesk();
  const { last, open, besides } = useOthers(ticket);
  const [latest] = last;
  if (!latest) return null;
  return (
    <details className="group shrink-0 border-t border-hairline bg-canvas px-4 text-13">
      <summary className="flex min-h-9 cursor-pointer list-none items-center gap-x-2 py-1 [&::-webkit-details-marker]:hidden">
        <ChevronDown aria-hidden size={14} className="shrink-0 text-ink-faint group-open:rotate-180" />
        <span className="min-w-0 flex-1">
          <span className="font-medium">{t('tickets.known')}</span>{' '}
          <span className="text-ink-faint">{t('tickets.known.last', { date: format.date(latest.lastMessageAt), channel: t(channelText(latest.channel)) })}{open.length > 0 && ` · ${t('tickets.known.open', { count: open.length })}`}</span>
        </span>
      </summary>
      <div className="grid max-h-60 grid-cols-3 gap-x-6 gap-y-3 overflow-auto ps-5.5 pb-3 max-roomy:grid-cols-1">
        <Matters title={t('tickets.known.contacts')} tickets={last} />
        {besides.length > 0 && <Matters title={t('tickets.known.matters')} tickets={besides} />}
        {promisedTo && <div className="min-w-0"><h4 className="mb-1 text-12 font-medium text-ink-faint">{t('tickets.known.promises')}</h4>{promisedTo(ticket.customer.id)}</div>}
      </div>
    </details>
  );
}

/** The other tickets of who wrote this one, and which are open: `besides` those that were heard of last. Of whom there are many, those that are open are asked for apart. */
function useOthers({ id: own, customer }: TicketView): { readonly last: readonly TicketView[]; readonly open: readonly TicketView[]; readonly besides: readonly TicketView[] } {
  const { data } = useQuery(customerTickets(customer.id));
  const { data: allOpen } = useQuery({ ...openTicketsOf(customer.id), enabled: Boolean(data?.nextCursor) });
  const others = (data?.items ?? []).filter(({ id }) => id !== own);
  const last = others.toSorted((a, b) => b.lastMessageAt.localeCompare(a.lastMessageAt)).slice(0, LAST);
  const open = (allOpen?.items ?? others.filter(isOpen)).filter(({ id }) => id !== own);
  return { last, open, besides: open.filter(({ id }) => last.every((one) => one.id !== id)) };
}

function Matters({ title, tickets }: { title: string; tickets: readonly TicketView[] }) {
  const t = useTicketsText();
  const format = useFormat();
  const { ticketHref } = useDesk();
  return (
    <div className="min-w-0">
      <h4 className="mb-1 text-12 font-medium text-ink-faint">{title}</h4>
      <ul className="flex flex-col gap-1">
        {tickets.map(({ id, subject, lastMessageAt, channel, status }) => (
          <li key={id} className="min-w-0 [overflow-wrap:anywhere]">
            <Link href={ticketHref(id)}><bdi>{subject || t('tickets.no_subject')}</bdi></Link> <span className="text-12 whitespace-nowrap text-ink-faint">{format.date(lastMessageAt)} · {t(channelText(channel))} · {t(statusText(status))}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

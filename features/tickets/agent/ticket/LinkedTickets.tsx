import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Merge } from 'lucide-react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { Link } from '../../../../ui/components/Link.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import type { LinkView, TicketView } from '../../core/contract.ts';
import { askAgain, keepApart, linkSettled, mergeTicket, ticketChanged, unmerge } from '../changes.ts';
import { useDesk, useMay } from '../desk.tsx';
import { customerName } from '../labels.ts';
import { ticketLinks } from '../queries.ts';
import { type TicketsText, useTicketsText } from '../text.ts';

/** More would leave no room for the talk; the rest follows when these are decided. */
const SHOWN = 2;

/** Tickets that may belong together with this one: joined with one click, never by themselves. */
export function LinkedTickets({ ticket }: { ticket: TicketView }) {
  const { data: links } = useQuery(ticketLinks(ticket.id));
  const isOver = ticket.deletedAt !== null || ticket.mergedInto !== null;
  const open = isOver ? [] : (links?.items ?? []).filter((link) => link.isOpen);
  return open.slice(0, SHOWN).map((link) => <OpenLink key={`${ticket.id} ${link.ticket.id}`} ticket={ticket} link={link} />);
}

function OpenLink({ ticket, link }: { ticket: TicketView; link: LinkView }) {
  const t = useTicketsText();
  const mayChange = useMay('tickets.change');
  const { ticketHref } = useDesk();
  const { join, separate } = useSettling(ticket, link);
  const other = <Link href={ticketHref(link.ticket.id)}><span dir="ltr">#{link.ticket.number}</span></Link>;
  // A closed ticket takes nothing more in.
  const mayJoin = (link.side === 'earlier' ? link.ticket.status : ticket.status) !== 'closed';
  return (
    <Banner shape="edge" tone={link.reason === 'follows' ? 'info' : 'warning'}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-3">
        <p className="min-w-48 flex-1">
          {t(`tickets.link.${link.side}.${link.reason}` as TicketsText, { who: isolated(link.address || customerName(link.ticket.customer, t('tickets.nobody'))) })} {other}
        </p>
        {mayChange && (
          <div className="-my-1 flex flex-wrap gap-2">
            {mayJoin && <Button size="small" icon={Merge} isPending={join.isPending} onPress={() => join.mutate()}>{t('tickets.link.join')}</Button>}
            <Button size="small" tone="quiet" isPending={separate.isPending} onPress={() => separate.mutate()}>{t('tickets.link.apart')}</Button>
          </div>
        )}
      </div>
    </Banner>
  );
}

/** The later ticket goes into the earlier one, or both stay; either can be undone. */
function useSettling(ticket: TicketView, { side, ticket: other }: LinkView) {
  const t = useTicketsText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const { followTicket } = useDesk();
  const [later, earlier] = side === 'earlier' ? [ticket, other] : [other, ticket];
  const changed = () => {
    for (const { id } of [later, earlier]) {
      ticketChanged(cache, id);
      linkSettled(cache, id);
    }
  };
  const failed = (error: Error) => { toast({ tone: 'failed', text: errorText(error) }); };
  const undo = (takeBack: () => Promise<void>) => ({
    label: t('tickets.undo'),
    onAction: () => void takeBack().then(() => { changed(); followTicket(earlier.id, ticket.id); }, failed),
  });
  const join = useMutation({
    mutationFn: () => mergeTicket(later.id, earlier.id),
    onError: failed,
    onSuccess: ({ id }) => {
      changed();
      toast({ text: t('tickets.link.joined', { number: String(earlier.number) }), forMs: 15_000, action: undo(() => unmerge(id)) });
      followTicket(ticket.id, earlier.id);
    },
  });
  const separate = useMutation({
    mutationFn: () => keepApart(later.id, earlier.id),
    onError: failed,
    onSuccess: () => {
      changed();
      toast({ text: t('tickets.link.kept_apart', { number: String(other.number) }), forMs: 15_000, action: undo(() => askAgain(later.id, earlier.id)) });
    },
  });
  return { join, separate };
}

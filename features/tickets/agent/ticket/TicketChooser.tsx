import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useFormat } from '../../../../platform/browser/format.ts';
import { classes } from '../../../../ui/classes.ts';
import { SearchField } from '../../../../ui/components/SearchField.tsx';
import type { TicketView } from '../../core/contract.ts';
import { customerName, statusText } from '../labels.ts';
import { customerTickets, ticketSearch } from '../queries.ts';
import { useStops } from '../search/use-stops.ts';
import { useTicketsText } from '../text.ts';

/** Another ticket: first those of the same person, any other by number or words. */
export function TicketChooser({ ticket, chosen, onChoose }: { ticket: TicketView; chosen: TicketView | null; onChoose: (ticket: TicketView) => void }) {
  const t = useTicketsText();
  const box = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const { data: same } = useQuery(customerTickets(ticket.customer.id));
  const { data: found, isFetching } = useQuery(ticketSearch(text));
  const candidates = ((text.trim() === '' ? same : found)?.items ?? []).filter((one) => one.id !== ticket.id && !one.mergedInto && !one.deletedAt);
  const { place, onBoxKey, onKey } = useStops(box, { query: text.trim(), text, askAtOnce: () => undefined });
  return (
    <>
      <div role="presentation" onKeyDown={onBoxKey}>
        <SearchField label={t('tickets.merge.search')} value={text} onChange={setText} autoFocus inputRef={box} />
      </div>
      <div ref={place} role="presentation" onKeyDown={onKey}>
        <ul aria-label={t('tickets.merge.candidates')} aria-busy={isFetching} className="max-h-72 min-h-24 overflow-auto rounded-control border border-hairline">
          {candidates.length === 0 && <li className="px-3 py-6 text-center text-13 text-ink-faint">{t(text.trim() === '' ? 'tickets.merge.none' : 'tickets.search.none')}</li>}
          {candidates.map((one) => (
            <li key={one.id} className="border-b border-hairline last:border-0">
              <Candidate ticket={one} isChosen={one.id === chosen?.id} onChoose={() => onChoose(one)} />
            </li>
          ))}
        </ul>
      </div>
    </>
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

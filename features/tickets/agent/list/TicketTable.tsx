import type { CSSProperties, ReactNode } from 'react';
import { type Format, useFormat } from '../../../../platform/browser/format.ts';
import { localeOf, useLanguage } from '../../../../platform/browser/i18n.ts';
import { classes } from '../../../../ui/classes.ts';
import { RelativeTime } from '../../../../ui/components/RelativeTime.tsx';
import { languageName } from '../../../conditions/core/describe.ts';
import { type Column, COLUMN_LABELS } from '../../core/columns.ts';
import type { TicketView } from '../../core/contract.ts';
import { useDesk } from '../desk.tsx';
import { FlagMark, KeyAccountMark } from '../FlagMarks.tsx';
import { channelText, customerName, kindText, priorityText, statusText } from '../labels.ts';
import { RowLooking } from '../Looking.tsx';
import type { ListColumn } from '../slots.ts';
import { type TicketsText, useTicketsText } from '../text.ts';
import { Age, Marks, type TicketRowProps, Urgency, Woken } from './TicketRow.tsx';

export const TABLE_ROW_HEIGHT = 40;

type TableProps = { columns: readonly ListColumn[] };

const NARROW: ReadonlySet<string> = new Set<Column>(['number', 'priority', 'channel', 'language', 'lastMessageAt', 'createdAt', 'updatedAt']);
const TIMES: ReadonlySet<string> = new Set<Column>(['waitingSince', 'lastMessageAt', 'createdAt', 'updatedAt']);
const idOf = (column: ListColumn): string => (typeof column === 'string' ? column : column.id);

/** Who and about what keep the most room; every column has its own, and cuts what is longer. */
const places = (columns: readonly ListColumn[]): CSSProperties =>
  ({ gridTemplateColumns: ['minmax(0,2fr)', 'minmax(0,4fr)', ...columns.map((column) => (NARROW.has(idOf(column)) ? 'minmax(0,0.9fr)' : 'minmax(0,1.3fr)'))].join(' ') });

const line = (isSelecting: boolean): string => classes('grid items-center gap-x-4 border-b border-hairline pe-4', isSelecting ? 'ps-12' : 'ps-5');

/** What stands in which column. Rows say it themselves to those who do not see it. */
export function TableHead({ columns, isSelecting }: TableProps & { isSelecting: boolean }) {
  const t = useTicketsText();
  return (
    <div style={places(columns)} className={classes(line(isSelecting), 'h-8 text-12 text-ink-faint')}>
      {[t('tickets.customer'), t('tickets.subject'), ...columns.map((column) => labelOf(column, t))].map((label, index) => <span key={index} className="truncate" title={label}>{label}</span>)}
    </div>
  );
}

/** A ticket on one line: who, about what, and what its view wants to be seen of it. */
export function TableRow({ ticket, columns, isChosen, isSelected = null, now }: TicketRowProps & TableProps) {
  const t = useTicketsText();
  return (
    <div style={places(columns)} className={classes(line(isSelected !== null), 'relative h-10 text-13', (isSelected ?? isChosen) ? 'bg-accent-tint' : 'hover:bg-hover')}>
      <Marks isSelected={isSelected} isUnread={ticket.unread} />
      <span className="flex min-w-0 items-center gap-2">
        <span dir="auto" className={classes('min-w-0 truncate text-14 text-ink', ticket.unread && 'font-semibold')}>{customerName(ticket.customer, t('tickets.nobody'))}</span>
        <Woken ticket={ticket} />
        <RowLooking ticketId={ticket.id} />
        <KeyAccountMark company={ticket.company} />
        <FlagMark flags={ticket.customer.flags} />
      </span>
      <span className="flex min-w-0 items-center gap-2">
        <span dir="auto" className="min-w-0 flex-1 truncate">
          <span className={ticket.unread ? 'font-medium text-ink' : 'text-ink-soft'}>{ticket.subject || t('tickets.no_subject')}</span>
          <span className="text-ink-faint"> · {ticket.snippet}</span>
        </span>
        {!columns.includes('priority') && <Urgency priority={ticket.priority} />}
        {!columns.some((column) => TIMES.has(idOf(column))) && <Age ticket={ticket} now={now} />}
      </span>
      {columns.map((column) => (
        <span key={idOf(column)} className="min-w-0 truncate text-ink-soft"><Cell column={column} ticket={ticket} now={now} /></span>
      ))}
    </div>
  );
}

const labelOf = (column: ListColumn, t: (id: TicketsText) => string): string => (typeof column === 'string' ? t(COLUMN_LABELS[column]) : column.label);

function Cell({ column, ticket, now }: { column: ListColumn; ticket: TicketView; now: Date }) {
  const t = useTicketsText();
  const format = useFormat();
  const language = useLanguage();
  const { promise: PromiseMark } = useDesk();
  if (column === 'waitingSince') return ticket.waitingSince && <Age ticket={ticket} now={now} />;
  const shown = column === 'due' && PromiseMark ? ticket.dueAt && <PromiseMark ticket={ticket} place="row" />
    : typeof column === 'string' ? CELLS[column](ticket, { t, format, now, nameOf: (code) => languageName(code, localeOf(language)) })
    : words(column.text(ticket));
  return shown ? <><span className="sr-only">{labelOf(column, t)}: </span>{shown}</> : null;
}

type Said = { readonly t: ReturnType<typeof useTicketsText>; readonly format: Format; readonly now: Date; readonly nameOf: (language: string) => string };

/** What people wrote runs in its own direction, and can be read whole. */
const words = (text: string | null | undefined): ReactNode => (text ? <span dir="auto" title={text}>{text}</span> : null);
const moment = (at: string | null, { format, now }: Said): ReactNode => at && <RelativeTime at={at} inFull={format.inFull(at)}>{format.brief(at, now)}</RelativeTime>;

const CELLS: Record<Column, (ticket: TicketView, said: Said) => ReactNode> = {
  number: ({ number }) => <span dir="ltr" className="tabular-nums">#{number}</span>,
  status: ({ status }, { t }) => t(statusText(status)),
  priority: ({ priority }, { t }) => t(priorityText(priority)),
  kind: ({ kind }, { t }) => t(kindText(kind)),
  channel: ({ channel }, { t }) => t(channelText(channel)),
  assignee: ({ assignee }) => words(assignee?.name),
  team: ({ team }) => words(team?.name),
  company: ({ company }) => words(company?.name),
  tags: ({ tags }) => words(tags.join(', ')),
  brand: ({ brand }) => words(brand?.name),
  office: ({ office }) => words(office?.name),
  language: ({ language }, { nameOf }) => language && nameOf(language),
  waitingSince: ({ waitingSince }, said) => moment(waitingSince, said),
  due: ({ dueAt }, said) => moment(dueAt, said),
  lastMessageAt: ({ lastMessageAt }, said) => moment(lastMessageAt, said),
  createdAt: ({ createdAt }, said) => moment(createdAt, said),
  updatedAt: ({ updatedAt }, said) => moment(updatedAt, said),
};

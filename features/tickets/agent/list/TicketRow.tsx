import { AlarmClock, ArrowUp, ChevronsUp, MessagesSquare } from 'lucide-react';
import { memo } from 'react';
import { type Format, useFormat } from '../../../../platform/browser/format.ts';
import { classes } from '../../../../ui/classes.ts';
import { Avatar } from '../../../../ui/components/Avatar.tsx';
import { RelativeTime } from '../../../../ui/components/RelativeTime.tsx';
import { RowMark } from '../../../../ui/components/RowMark.tsx';
import type { TicketView } from '../../core/contract.ts';
import { fromFound } from '../../core/words.ts';
import { useDesk } from '../desk.tsx';
import { FlagMark, KeyAccountMark } from '../FlagMarks.tsx';
import { Found } from '../Found.tsx';
import { CHANNEL_ICONS, channelText, customerName, priorityText } from '../labels.ts';
import { RowLooking } from '../Looking.tsx';
import { useTicketsText } from '../text.ts';

export const ROW_HEIGHT = 60;

export type TicketRowProps = { ticket: TicketView; isChosen: boolean; /** Null while nobody selects several. */ isSelected?: boolean | null; now: Date; /** Words of a search, to be seen in what was found. */ query?: string };

/** Who, about what, the last words; how it came and how long it waits. Drawn anew only when something of it is another: whoever steps through a list changes two of its rows. */
export const TicketRow = memo(function TicketRow({ ticket, isChosen, isSelected = null, now, query = '' }: TicketRowProps) {
  const t = useTicketsText();
  const name = customerName(ticket.customer, t('tickets.nobody'));
  return (
    <div
      className={classes(
        'relative flex h-15 flex-col justify-center gap-0.5 border-b border-hairline pe-3',
        isSelected === null ? 'ps-5' : 'ps-12',
        (isSelected ?? isChosen) ? 'bg-accent-tint' : 'hover:bg-hover',
      )}
    >
      <Marks isSelected={isSelected} isUnread={ticket.unread} />
      <div className="flex items-center gap-2">
        <span className="flex min-w-0 flex-1">
          <span dir="auto" className={classes('truncate text-14 text-ink', ticket.unread && 'font-semibold')}><Found text={name} query={query} /></span>
        </span>
        <Woken ticket={ticket} />
        <RowLooking ticketId={ticket.id} />
        <KeyAccountMark company={ticket.company} />
        <FlagMark flags={ticket.customer.flags} />
        <Urgency priority={ticket.priority} />
        <ChannelMark channel={ticket.channel} />
        <Age ticket={ticket} now={now} />
      </div>
      <div className="flex items-center gap-2 text-13">
        <span className="flex min-w-0 flex-1">
          <span dir="auto" className="truncate">
            <span className={ticket.unread ? 'font-medium text-ink' : 'text-ink-soft'}>
              <Found text={ticket.subject || t('tickets.no_subject')} query={query} />
            </span>
            <span className="text-ink-faint"> · <Found text={fromFound(ticket.snippet, query)} query={query} /></span>
          </span>
        </span>
        {ticket.asideId !== undefined && <InAside />}
        <Promised ticket={ticket} />
        {ticket.assignee && (
          <span title={ticket.assignee.name}>
            <Avatar id={ticket.assignee.id} name={ticket.assignee.name} size="small" />
            <span className="sr-only">{t('tickets.assigned_to', { name: ticket.assignee.name })}</span>
          </span>
        )}
      </div>
    </div>
  );
});

const Promised = ({ ticket }: { ticket: TicketView }) => {
  const { promise: PromiseMark } = useDesk();
  return PromiseMark && <PromiseMark ticket={ticket} place="row" />;
};

/** What was sought stands in what was written to and by a third party, which the customer never sees. */
const InAside = () => {
  const t = useTicketsText();
  return (
    <span title={t('tickets.search.in_aside')} className="shrink-0 text-note-ink">
      <MessagesSquare aria-hidden size={14} strokeWidth={1.75} />
      <span className="sr-only">{t('tickets.search.in_aside')}</span>
    </span>
  );
};

/** What stands before the words: whether it was read, and whether it is among those selected. */
export const Marks = ({ isSelected, isUnread }: { isSelected: boolean | null; isUnread: boolean }) => {
  const t = useTicketsText();
  return (
    <>
      {isSelected !== null && <span className="absolute inset-y-0 start-5 flex items-center"><RowMark isSelected={isSelected} /></span>}
      {isUnread && <span className="absolute start-2 top-[1.15rem] size-1.5 rounded-full bg-accent"><span className="sr-only">{t('tickets.unread')}</span></span>}
    </>
  );
};

/** It came back from being set aside, and nobody here has looked since. */
export const Woken = ({ ticket: { wokenAt, readAt, unread } }: { ticket: TicketView }) => {
  const t = useTicketsText();
  if (wokenAt === null || !unread || (readAt !== null && readAt >= wokenAt)) return null;
  return (
    <span title={t('tickets.woken')} className="text-accent-ink">
      <AlarmClock aria-hidden size={14} strokeWidth={2} />
      <span className="sr-only">{t('tickets.woken')}</span>
    </span>
  );
};

export const Urgency = ({ priority }: { priority: TicketView['priority'] }) => {
  const t = useTicketsText();
  if (priority !== 'high' && priority !== 'urgent') return null;
  const Icon = priority === 'urgent' ? ChevronsUp : ArrowUp;
  return (
    <span title={t(priorityText(priority))} className={priority === 'urgent' ? 'text-danger-ink' : 'text-ink-soft'}>
      <Icon aria-hidden size={14} strokeWidth={2} />
      <span className="sr-only">{t(priorityText(priority))}</span>
    </span>
  );
};

const ChannelMark = ({ channel }: { channel: TicketView['channel'] }) => {
  const t = useTicketsText();
  const Icon = CHANNEL_ICONS[channel];
  return (
    <span title={t(channelText(channel))} className="text-ink-faint">
      <Icon aria-hidden size={13} strokeWidth={1.75} />
      <span className="sr-only">{t(channelText(channel))}</span>
    </span>
  );
};

/** How long the customer waits, plainly; or else when the last words were said, quietly. */
export const Age = ({ ticket, now }: { ticket: TicketView; now: Date }) => {
  const t = useTicketsText();
  const format = useFormat();
  const { at, text, waits } = ageOf(ticket, now, format);
  return (
    <span className={classes('shrink-0 text-12', waits ? 'font-medium text-ink' : 'text-ink-faint')}>
      {waits && <span className="sr-only">{t('tickets.waits')} </span>}
      <RelativeTime at={at} inFull={waits ? t('tickets.waits_since', { moment: format.inFull(at) }) : format.inFull(at)}>{text}</RelativeTime>
    </span>
  );
};

const ageOf = ({ waitingSince, lastMessageAt }: TicketView, now: Date, format: Format) =>
  waitingSince
    ? { at: waitingSince, text: format.age(waitingSince, now), waits: true }
    : { at: lastMessageAt, text: format.brief(lastMessageAt, now), waits: false };

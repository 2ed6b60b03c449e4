import { useFormat } from '../../../../platform/browser/format.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { useNow } from '../../../../platform/browser/use-now.ts';
import { Link } from '../../../../ui/components/Link.tsx';
import { RelativeTime } from '../../../../ui/components/RelativeTime.tsx';
import type { MeanwhileTicket } from '../../core/meanwhile.ts';
import { useNotificationText } from '../text.ts';

/** A ticket, whose it is, what is pressing about it, and a line for each thing that happened. */
export function AwayTicket({ row: { ticket, happenings, more }, myId, href }: { row: MeanwhileTicket; myId: string; href: string }) {
  const t = useNotificationText();
  const { number, subject, customer } = ticket;
  return (
    <li className="flex flex-col gap-1.5 px-4 py-3">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
        <Link href={href} className="min-w-0 text-14 font-medium [overflow-wrap:anywhere]"><bdi dir="ltr" className="tabular-nums">#{number}</bdi> <bdi>{subject || t('notifications.away.no_subject')}</bdi></Link>
        <span className="text-13 text-ink-soft"><bdi>{customer.name}</bdi></span>
        <Whose ticket={ticket} myId={myId} />
      </div>
      <Pressing ticket={ticket} myId={myId} />
      <ul className="flex flex-col gap-0.5 text-13 text-ink-soft">
        {happenings.map((one) => <Happened key={`${one.kind} ${one.at}`} one={one} />)}
        {more > 0 && <li className="text-ink-faint">{t('notifications.away.more', { count: more })}</li>}
      </ul>
    </li>
  );
}

const isDone = ({ status }: MeanwhileTicket['ticket']): boolean => status === 'resolved' || status === 'closed';

function Whose({ ticket, myId }: { ticket: MeanwhileTicket['ticket']; myId: string }) {
  const t = useNotificationText();
  const { assignee } = ticket;
  const words = isDone(ticket) ? t('notifications.away.done') : !assignee ? t('notifications.away.nobodys') : assignee.id === myId ? t('notifications.away.yours') : t('notifications.away.with', { name: isolated(assignee.name) });
  return <span className="text-12 text-ink-faint">{words}</span>;
}

/** Of what is one's own: what is late, or who waits. */
function Pressing({ ticket, myId }: { ticket: MeanwhileTicket['ticket']; myId: string }) {
  const t = useNotificationText();
  const format = useFormat();
  const now = useNow(60_000);
  const { assignee, dueAt, waitingSince } = ticket;
  if (assignee?.id !== myId || isDone(ticket)) return null;
  if (dueAt !== null && Date.parse(dueAt) <= now.getTime()) return <p className="text-13 font-medium text-danger-ink">{t('notifications.away.late', { at: format.dateTime(dueAt) })}</p>;
  return waitingSince === null ? null : <p className="text-13 font-medium">{t('notifications.away.waits', { at: format.dateTime(waitingSince) })}</p>;
}

function Happened({ one: { kind, by, to, number, text, count, at } }: { one: MeanwhileTicket['happenings'][number] }) {
  const t = useNotificationText();
  const format = useFormat();
  const now = useNow(60_000);
  const said = (value: string | null) => (value === null || value === '' ? 'none' : isolated(value));
  const words = t(`notifications.away.line.${kind}`, { by: said(by), to: said(to), text: said(text), number: isolated(`#${number ?? ''}`) });
  return (
    <li className="flex items-baseline gap-3">
      <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{words}{count > 1 && <> · {t('notifications.away.times', { count })}</>}</span>
      <span className="shrink-0 text-12 text-ink-faint"><RelativeTime at={at} inFull={format.inFull(at)}>{format.brief(at, now)}</RelativeTime></span>
    </li>
  );
}

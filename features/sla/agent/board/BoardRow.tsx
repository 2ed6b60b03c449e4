import { useMemo } from 'react';
import { useFormat } from '../../../../platform/browser/format.ts';
import { useT } from '../../../../platform/browser/i18n.ts';
import { useTicking } from '../../../../platform/browser/ticking.ts';
import { Avatar } from '../../../../ui/components/Avatar.tsx';
import { FlagMark } from '../../../../ui/components/FlagMark.tsx';
import { Link } from '../../../../ui/components/Link.tsx';
import { isGrave } from '../../../customers/core/flags.ts';
import type { BoardItem } from '../../core/contract.ts';
import { Countdown, LookBadge } from '../Countdown.tsx';
import { ofUrgent, type Promised } from '../standing.ts';
import { useSlaText } from '../text.ts';
import { usePromiseWords } from '../words.ts';

/** A ticket, who has it, and what was promised when. */
export function BoardRow({ ticket, clock, href }: BoardItem & { href: string }) {
  const t = useSlaText();
  const say = useT();
  const format = useFormat();
  const { assignee, team, number, subject, customer } = ticket;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_9rem_18rem] max-roomy:grid-cols-[minmax(0,1fr)_8rem_11rem] items-center gap-x-4 gap-y-1 border-b border-hairline px-3.5 py-2.5 last:border-0 max-wide:grid-cols-1">
      <div className="min-w-0">
        <Link href={href} className="flex min-w-0 gap-1.5"><span dir="ltr" className="tabular-nums">#{number}</span> <bdi className="min-w-0 truncate">{subject || t('sla.board.no_subject')}</bdi></Link>
        <p className="flex min-w-0 gap-1 text-13 text-ink-faint"><bdi className="min-w-0 truncate">{customer.name || customer.email}</bdi>{customer.flags.length > 0 && <FlagMark words={format.list(customer.flags.map((flag) => say(`tickets.field.flag.${flag}`)))} isGrave={isGrave(customer.flags)} />}{team && <> · <bdi className="min-w-0 truncate">{team.name}</bdi></>}</p>
      </div>
      <p className="flex min-w-0 items-center gap-2 text-13 text-ink-soft">
        {assignee ? <><Avatar id={assignee.id} name={assignee.name} size="small" /><bdi className="truncate">{assignee.name}</bdi></> : t('sla.board.unassigned')}
      </p>
      <Due item={{ ticket, clock }} />
    </li>
  );
}

function Due({ item: { ticket, clock } }: { item: BoardItem }) {
  const t = useSlaText();
  const words = usePromiseWords();
  const promised = useMemo(() => (clock ? ofUrgent(clock) : ofOther(ticket.dueAt)), [clock, ticket.dueAt]);
  const dueAt = promised.dueAt;
  const due = useTicking((now) => (dueAt === null ? null : words.due(clock?.metric ?? null, dueAt, now)));
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5 text-13 max-wide:mt-0.5">
      <LookBadge promised={promised} />
      <span className="text-ink-soft">{due ?? (clock && t(`sla.metric.${clock.metric}`))}</span>
      <span className="basis-full text-12 text-ink-faint tabular-nums">
        <Countdown promised={promised} tell={words.inWords} />
        {!clock && <> · {t('sla.board.other')}</>}
      </span>
    </div>
  );
}

/** A colleague's word is due by the clock on the wall; an hour before, it matters now. */
const ofOther = (dueAt: string | null): Promised => ({ state: 'running', dueAt, workingTime: false, remainingSeconds: 0, soonSeconds: 3_600, counted: [], isCut: false, isOver: false });

import { useQuery } from '@tanstack/react-query';
import { CirclePause } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useFormat } from '../../../../platform/browser/format.ts';
import { localeOf, useLanguage } from '../../../../platform/browser/i18n.ts';
import { zoneName } from '../../../../platform/browser/time-zones.ts';
import { classes } from '../../../../ui/classes.ts';
import { workingTime } from '../../../calendars/core/working-time.ts';
import type { ClocksView, ClockView } from '../../core/contract.ts';
import { calendarsAll } from '../queries.ts';
import { useSlaText } from '../text.ts';
import { type Piece, piecesOf } from './pieces.ts';

/** More than this is told by its number alone. */
const SHOWN = 100;

type PiecesProps = { clock: ClockView; policy: ClocksView['policy'] };

/** Every stretch that was counted, those that will be, and where it stood still. */
export function Pieces({ clock, policy }: PiecesProps) {
  const t = useSlaText();
  const pieces = usePieces(clock, policy);
  if (pieces.length === 0) return <p className="text-13 text-ink-soft">{t('sla.explain.nothing')}</p>;
  // Hours of work are read from the clock on the wall where the work is done.
  const timeZone = clock.workingTime ? policy?.timeZone : undefined;
  return (
    <section className="flex flex-col gap-2">
      <h3 className="text-13 font-medium">{t('sla.explain.counted')}</h3>
      <ol className="flex flex-col rounded-control border border-hairline text-13">
        {pieces.slice(0, SHOWN).map((piece) => <PieceRow key={`${piece.kind} ${piece.from.toISOString()}`} piece={piece} inDays={!clock.workingTime} timeZone={timeZone} />)}
      </ol>
      {timeZone && <Elsewhere timeZone={timeZone} />}
      {(pieces.length > SHOWN || clock.explanationCut) && <p className="text-13 text-ink-faint">{t('sla.explain.more')}</p>}
    </section>
  );
}

function usePieces(clock: ClockView, policy: PiecesProps['policy']): readonly Piece[] {
  const hasHours = clock.workingTime && Boolean(policy?.calendarName);
  const { data: calendars } = useQuery({ ...calendarsAll, enabled: hasHours });
  const calendar = hasHours ? calendars?.items.find(({ id, isDefault }) => (policy?.calendarId ? id === policy.calendarId : isDefault)) : undefined;
  const [now] = useState(() => new Date());
  const pieces = useMemo(() => piecesOf({ ...clock, startedAt: clock.agreed?.since ?? clock.startedAt }, calendar ? workingTime(calendar) : null, now), [clock, calendar, now]);
  // Until the hours are known, a night would pass for a pause.
  return hasHours && !calendar ? pieces.filter(({ kind }) => kind !== 'stood_still') : pieces;
}

/** Says so where the clock on the reader's own wall shows another time. */
function Elsewhere({ timeZone }: { timeZone: string }) {
  const t = useSlaText();
  if (timeZone === Intl.DateTimeFormat().resolvedOptions().timeZone) return null;
  return <p className="text-13 text-ink-faint"><bdi>{t('sla.explain.clock_in', { zone: zoneName(timeZone) })}</bdi></p>;
}

function PieceRow({ piece: { kind, from, to, seconds }, inDays, timeZone }: { piece: Piece; inDays: boolean; timeZone: string | undefined }) {
  const t = useSlaText();
  const format = useFormat();
  const locale = localeOf(useLanguage());
  const range = useMemo(() => new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit', ...(timeZone && { timeZone }) }), [locale, timeZone]);
  const time = format.duration(seconds, 'short', inDays);
  const stood = kind === 'stood_still';
  return (
    <li className={classes('flex flex-wrap items-baseline justify-between gap-x-4 border-b border-hairline px-3 py-1.5 last:border-0', stood ? 'bg-sunken text-ink-soft' : kind === 'to_come' && 'text-ink-faint')}>
      <bdi>{range.formatRange(from, to)}</bdi>
      <span className="inline-flex items-center gap-1.5 tabular-nums">
        {stood && <CirclePause aria-hidden size={13} strokeWidth={1.75} />}
        {kind === 'counted' ? time : t(`sla.explain.piece.${kind}`, { time })}
      </span>
    </li>
  );
}

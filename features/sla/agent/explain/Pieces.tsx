import { useQuery } from '@tanstack/react-query';
import { CirclePause } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useFormat } from '../../../../platform/browser/format.ts';
import { localeOf, useLanguage } from '../../../../platform/browser/i18n.ts';
import { classes } from '../../../../ui/classes.ts';
import { workingTime } from '../../../calendars/core/working-time.ts';
import type { ClocksView, ClockView } from '../../core/contract.ts';
import { calendarOne } from '../queries.ts';
import { useSlaText } from '../text.ts';
import { type Piece, piecesOf } from './pieces.ts';

/** More than this is told by its number alone. */
const SHOWN = 100;

/** Every stretch that was counted, those that will be, and where it stood still. */
export function Pieces({ clock, policy }: { clock: ClockView; policy: ClocksView['policy'] }) {
  const t = useSlaText();
  const calendarId = clock.workingTime ? policy?.calendarId : null;
  const { data: calendar } = useQuery({ ...calendarOne(calendarId ?? ''), enabled: Boolean(calendarId) });
  const [now] = useState(() => new Date());
  const pieces = useMemo(() => piecesOf(clock, calendar ? workingTime(calendar) : null, now), [clock, calendar, now]);
  // Until the hours are known, a night would pass for a pause.
  const shown = calendarId && !calendar ? pieces.filter(({ kind }) => kind !== 'stood_still') : pieces;
  if (shown.length === 0) return <p className="text-13 text-ink-soft">{t('sla.explain.nothing')}</p>;
  return (
    <section className="flex flex-col gap-2">
      <h3 className="text-13 font-medium">{t('sla.explain.counted')}</h3>
      <ol className="flex flex-col rounded-control border border-hairline text-13">
        {shown.slice(0, SHOWN).map((piece) => <PieceRow key={`${piece.kind} ${piece.from.toISOString()}`} piece={piece} timeZone={policy?.timeZone} />)}
      </ol>
      {(shown.length > SHOWN || clock.explanationCut) && <p className="text-13 text-ink-faint">{t('sla.explain.more')}</p>}
    </section>
  );
}

function PieceRow({ piece: { kind, from, to, seconds }, timeZone }: { piece: Piece; timeZone: string | undefined }) {
  const t = useSlaText();
  const format = useFormat();
  const locale = localeOf(useLanguage());
  const range = useMemo(() => new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit', ...(timeZone && { timeZone }) }), [locale, timeZone]);
  const stood = kind === 'stood_still';
  return (
    <li className={classes('flex flex-wrap items-baseline justify-between gap-x-4 border-b border-hairline px-3 py-1.5 last:border-0', stood ? 'bg-sunken text-ink-soft' : kind === 'to_come' && 'text-ink-faint')}>
      <bdi>{range.formatRange(from, to)}</bdi>
      <span className="inline-flex items-center gap-1.5 tabular-nums">
        {stood && <CirclePause aria-hidden size={13} strokeWidth={1.75} />}
        {kind === 'counted' ? format.duration(seconds, 'short') : t(`sla.explain.piece.${kind}`, { time: format.duration(seconds, 'short') })}
      </span>
    </li>
  );
}

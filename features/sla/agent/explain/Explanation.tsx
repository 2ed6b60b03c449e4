import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { type Format, useFormat } from '../../../../platform/browser/format.ts';
import { useT } from '../../../../platform/browser/i18n.ts';
import { useTicking } from '../../../../platform/browser/ticking.ts';
import { zoneName } from '../../../../platform/browser/time-zones.ts';
import { STATUSES } from '../../../tickets/core/contract.ts';
import type { ClocksView, ClockView } from '../../core/contract.ts';
import { STATUS_EFFECTS } from '../../core/metrics.ts';
import { Countdown, LookBadge } from '../Countdown.tsx';
import { useConditionWords } from '../condition-words.ts';
import { usePolicyName } from '../policy-name.ts';
import { policyOne } from '../queries.ts';
import { goesOnAt, ofClock } from '../standing.ts';
import { useSlaText } from '../text.ts';
import { usePromiseWords } from '../words.ts';
import { Pieces } from './Pieces.tsx';

type Policy = NonNullable<ClocksView['policy']>;
type ExplanationProps = { clock: ClockView; policy: Policy | null };

export function Explanation({ clock, policy }: ExplanationProps) {
  const t = useSlaText();
  const format = useFormat();
  const words = usePromiseWords();
  const promised = useMemo(() => ofClock(clock), [clock]);
  const goesOn = useTicking((now) => goesOnAt(promised, now)?.toISOString() ?? null);
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col gap-1">
        <div className="flex flex-wrap items-center gap-2">
          <h3 className="font-semibold">{t(`sla.metric.${clock.metric}`)}</h3>
          <LookBadge promised={promised} />
        </div>
        {clock.dueAt && <p className="text-16"><bdi>{t('sla.due.plain', { when: format.inFull(clock.dueAt) })}</bdi></p>}
        {clock.endedAt === null && <p className="text-13 text-ink-soft tabular-nums"><Countdown promised={promised} tell={words.inWords} /></p>}
        {goesOn && <p className="text-13 text-ink-soft">{t('sla.goes_on', { when: format.inFull(goesOn) })}</p>}
      </div>
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-5 gap-y-2 text-13 max-wide:grid-cols-1 max-wide:gap-y-0.5">
        {policy && <Fact name={t('sla.explain.by')}><PolicyWords policy={policy} /></Fact>}
        <Fact name={t('sla.explain.what')}>{t(`sla.metric.${clock.metric}.what`)}</Fact>
        <Fact name={t(clock.agreed ? 'sla.explain.agreed' : 'sla.explain.target')}>{targetWords(clock, t, format)}</Fact>
        <Fact name={t('sla.explain.hours')}><HoursWords clock={clock} policy={policy} /></Fact>
        {!clock.agreed && <StandsStill clock={clock} />}
        <Fact name={t('sla.explain.since')}><bdi>{format.inFull(clock.startedAt)}</bdi></Fact>
        {clock.endedAt && <Fact name={t(clock.endedBy === 'reply' ? 'sla.explain.answered' : 'sla.explain.ended')}><bdi>{format.inFull(clock.endedAt)}</bdi></Fact>}
        <Fact name={t('sla.explain.counted_so_far')}>
          {t('sla.explain.of_target', { time: format.duration(clock.elapsedSeconds, 'short', !clock.workingTime), percent: format.percent(clock.percent / 100) })}
        </Fact>
      </dl>
      <Pieces clock={clock} policy={policy} />
    </div>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt className="text-ink-faint">{name}</dt>
    <dd className="min-w-0 [overflow-wrap:anywhere] max-wide:mb-2">{children}</dd>
  </>
);

const targetWords = ({ workingTime, targetSeconds }: ClockView, t: ReturnType<typeof useSlaText>, format: Format): string =>
  t(workingTime ? 'sla.explain.target.working' : 'sla.explain.target.calendar', { time: format.duration(targetSeconds, 'long', !workingTime) });

/** Which policy, and why this one: it is the first whose condition holds. */
function PolicyWords({ policy: { id, name, chosen } }: { policy: Policy }) {
  const t = useSlaText();
  const { data: policy } = useQuery(policyOne(id));
  const nameOf = usePolicyName();
  const inWords = useConditionWords();
  return (
    <>
      <span dir="auto" className="font-medium">{policy ? nameOf(policy) : name}</span>
      {chosen && <span className="block text-ink-soft">{t('sla.explain.chosen')}</span>}
      {policy && !chosen && <span className="block text-ink-soft">{policy.conditions ? t('sla.explain.because', { condition: inWords(policy.conditions) }) : t('sla.explain.every_ticket')}</span>}
    </>
  );
}

function HoursWords({ clock: { workingTime }, policy }: ExplanationProps) {
  const t = useSlaText();
  if (!workingTime || !policy?.calendarName) return t('sla.explain.every_hour');
  return <bdi>{t('sla.explain.calendar', { name: policy.calendarName, zone: zoneName(policy.timeZone) })}</bdi>;
}

/** The statuses in which this kind of promise stands still, and the one in which it does now. */
function StandsStill({ clock: { metric, pausedBy } }: { clock: ClockView }) {
  const t = useSlaText();
  const say = useT();
  const format = useFormat();
  const pausing = STATUSES.filter((status) => STATUS_EFFECTS[metric][status] === 'pauses');
  if (pausing.length === 0) return <Fact name={t('sla.explain.stands_still')}>{t('sla.explain.never')}</Fact>;
  return (
    <Fact name={t('sla.explain.stands_still')}>
      {format.list(pausing.map((status) => say(`tickets.status.${status}`)))}
      {pausedBy && <span className="block text-ink-soft">{t('sla.explain.paused_by', { status: say(`tickets.status.${pausedBy}`) })}</span>}
    </Fact>
  );
}

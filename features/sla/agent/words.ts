import { AlarmClock, CircleCheck, CirclePause, CircleX, type LucideIcon, Timer, TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import { type Format, useFormat } from '../../../platform/browser/format.ts';
import type { Translate } from '../../../platform/browser/i18n.ts';
import type { Tone } from '../../../ui/components/Badge.tsx';
import type { Metric } from '../core/metrics.ts';
import type { Look, Standing } from './standing.ts';
import { type SlaText, useSlaText } from './text.ts';

/** Each look has a sign of its own and a word; the colour only repeats them. */
export const LOOKS: Readonly<Record<Look, { icon: LucideIcon; ink: string; tone: Tone }>> = {
  running: { icon: Timer, ink: 'text-ink-faint', tone: 'neutral' },
  soon: { icon: AlarmClock, ink: 'font-medium text-ink', tone: 'accent' },
  paused: { icon: CirclePause, ink: 'text-ink-faint', tone: 'neutral' },
  late: { icon: TriangleAlert, ink: 'font-medium text-danger-ink', tone: 'danger' },
  kept: { icon: CircleCheck, ink: 'text-good-ink', tone: 'good' },
  broken: { icon: CircleX, ink: 'text-danger-ink', tone: 'danger' },
};

const DUE: Readonly<Record<Metric, SlaText>> = {
  first_reply: 'sla.due.answer_due', next_reply: 'sla.due.answer_due', periodic_update: 'sla.due.update_due', pausable_update: 'sla.due.update_due',
  requester_wait: 'sla.due.work_due', agent_work: 'sla.due.work_due', resolution: 'sla.due.solution_due', answer: 'sla.due.pick_up_due',
};

export type PromiseWords = {
  /** "Answer due Thu 14:20"; the metric is null for what another room promised. */
  due(metric: Metric | null, dueAt: string, now: Date): string;
  /** For a narrow place: "2h 10m", "3h late". */
  briefly(standing: Standing, isWorkingTime: boolean): string;
  /** "2 hr 10 min of working time left", "paused with 40 min left". */
  inWords(standing: Standing, isWorkingTime: boolean): string;
};

/** How promises are told. Whoever wants things to move little is told no seconds. */
export function usePromiseWords(): PromiseWords {
  const t = useSlaText();
  const format = useFormat();
  return useMemo(() => promiseWords(t, format, matchMedia('(prefers-reduced-motion: reduce)').matches), [t, format]);
}

function promiseWords(t: Translate<SlaText>, format: Format, isCalm: boolean): PromiseWords {
  const told = (seconds: number) => (isCalm ? Math.max(60, seconds) : seconds);
  return {
    due: (metric, dueAt, now) => t(metric ? DUE[metric] : 'sla.due.plain', { when: format.due(dueAt, now) }),
    briefly(standing, isWorkingTime) {
      if ('left' in standing) return format.duration(told(standing.left), 'narrow', !isWorkingTime);
      if ('by' in standing) return t('sla.late_by', { time: format.duration(roughly(told(standing.by)), 'narrow', true) });
      return t(`sla.look.${standing.look}`);
    },
    inWords(standing, isWorkingTime) {
      if ('by' in standing) return t('sla.late_by', { time: format.duration(told(standing.by), 'short', true) });
      if (!('left' in standing)) return t(`sla.look.${standing.look}`);
      const time = format.duration(told(standing.left), 'short', !isWorkingTime);
      if (standing.look === 'paused') return t('sla.left.paused', { time });
      return t(isWorkingTime ? 'sla.left.working' : 'sla.left.calendar', { time });
    },
  };
}

/** Of hours the minutes, and of days the hours, no longer matter once it is late. */
const roughly = (seconds: number): number => {
  const unit = [86_400, 3_600, 60].find((length) => seconds >= length) ?? 1;
  return Math.floor(seconds / unit) * unit;
};

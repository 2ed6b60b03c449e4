import { useFormat } from '../../../platform/browser/format.ts';
import type { Tone } from '../../../ui/components/Badge.tsx';
import type { CommitmentView } from '../core/contract.ts';
import { useCommitmentsText } from './text.ts';

export type Given = { readonly what: string; readonly kind: Exclude<CommitmentView['kind'], 'apology' | 'answer'>; readonly date: string; readonly time: string };

/** The zone of this browser: where the writer reads the clock. */
export const hereZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What was put into the fields, as the API takes it: a time is of the writer's clock, a day alone of the workspace's. */
export const dueOf = ({ date, time }: Pick<Given, 'date' | 'time'>) => (time === '' ? { date } : { date, time, timeZone: hereZone() });

/** How a promise stands, in words that leave no doubt. */
export function useCommitmentWords() {
  const t = useCommitmentsText();
  const format = useFormat();
  const dayOf = (date: string) => format.date(`${date}T12:00:00`);
  return {
    given: ({ date, time }: Pick<Given, 'date' | 'time'>): string => (time === '' ? t('commitments.by_day', { day: dayOf(date) }) : t('commitments.by_time', { day: dayOf(date), time: format.time(`${date}T${time}`) })),
    due: ({ dueAt, wholeDay }: Pick<CommitmentView, 'dueAt' | 'wholeDay'>): string => (wholeDay ? format.date(dueAt) : format.dateTime(dueAt)),
    /** "in 3 hours", "2 days late" is told by the tone and a word. */
    left: ({ dueAt }: Pick<CommitmentView, 'dueAt'>, now: Date): string => format.relative(dueAt, now),
    state(promise: CommitmentView, now: Date): { word: string; tone: Tone } {
      if (promise.state === 'broken' || (promise.endedAt === null && Date.parse(promise.dueAt) < now.getTime())) return { word: t('commitments.state.broken'), tone: 'danger' };
      if (promise.state === 'kept') return promise.inTime === true ? { word: t('commitments.state.kept'), tone: 'good' } : { word: t('commitments.state.kept_late'), tone: 'warning' };
      if (promise.state === 'due_soon') return { word: t('commitments.state.due_soon'), tone: 'warning' };
      return { word: t(`commitments.state.${promise.state}`), tone: 'neutral' };
    },
  };
}

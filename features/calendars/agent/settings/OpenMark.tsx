import { useMemo } from 'react';
import { useNow } from '../../../../platform/browser/use-now.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import type { CalendarView } from '../../core/contract.ts';
import { workingTime } from '../../core/working-time.ts';
import { useCalendarText } from '../text.ts';
import { useHoursWords } from '../words.ts';

/** Whether it is working time now, and if not, from when on. */
export function OpenMark({ calendar }: { calendar: CalendarView }) {
  const t = useCalendarText();
  const words = useHoursWords(calendar.timeZone);
  const now = useNow(30_000);
  // Its own days come last: they count where both are said of a date.
  const time = useMemo(() => workingTime({ ...calendar, holidays: [...calendar.publicDays, ...calendar.holidays] }), [calendar]);
  if (time.isOpen(now)) return <Badge tone="good">{t('calendars.open')}</Badge>;
  const opens = time.nextOpening(now);
  return <Badge>{opens ? t('calendars.opens', { when: words.soon(opens) }) : t('calendars.never_open')}</Badge>;
}

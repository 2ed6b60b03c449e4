import { useMemo } from 'react';
import { localeOf, useLanguage } from '../../../platform/browser/i18n.ts';
import type { Hours } from '../core/week.ts';
import { alikeDays, isAroundTheClock, WEEKDAYS, type Week, type Weekday } from '../core/week.ts';
import { useCalendarText } from './text.ts';

/** The first of January 2024 was a Monday. */
const dateOf = (day: Weekday): Date => new Date(Date.UTC(2024, 0, 1 + WEEKDAYS.indexOf(day)));

/** Days, hours and moments in words: moments as the clock on the wall of `timeZone` shows them. */
export function useHoursWords(timeZone: string) {
  const t = useCalendarText();
  const locale = localeOf(useLanguage());
  const formats = useMemo(() => ({
    long: new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }),
    short: new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }),
    list: new Intl.ListFormat(locale, { type: 'unit', style: 'short' }),
    moment: new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short', timeZone }),
    soon: new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit', timeZone }),
    date: new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }),
    unit: (unit: 'hour' | 'minute' | 'second') => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }),
  }), [locale, timeZone]);

  return {
    dayName: (day: Weekday): string => formats.long.format(dateOf(day)),
    /** Thursday 12 November 2026 at 10:14 */
    inFull: (at: string): string => formats.moment.format(new Date(at)),
    /** Thu 12 Nov, 10:14 */
    soon: (at: Date): string => formats.soon.format(at),
    /** Thursday 12 November */
    date: (date: string): string => formats.date.format(new Date(`${date}T12:00:00Z`)),
    /** Closed; until 12:00; 10:00–14:00 */
    dayHours({ hours, closedFrom }: { hours: readonly Hours[] | null; closedFrom: string | null }): string {
      if (hours) return hours.map(told).join(', ');
      return closedFrom === null ? t('calendars.closed') : t('calendars.closed_after', { time: closedFrom });
    },
    /** Thursday 12 November 2026 at 09:00–12:30 */
    interval: ({ from, to }: { from: string; to: string }): string => formats.moment.formatRange(new Date(from), new Date(to)),
    /** 3 hr 30 min */
    duration(seconds: number): string {
      const parts = [['hour', Math.floor(seconds / 3600)], ['minute', Math.floor(seconds / 60) % 60], ['second', Math.floor(seconds) % 60]] as const;
      const told = parts.filter(([, count]) => count > 0).map(([unit, count]) => formats.unit(unit).format(count));
      return told.length === 0 ? formats.unit('minute').format(0) : formats.list.format(told);
    },
    /** Mon–Fri 09:00–12:30, 13:30–17:00 · Sat 10:00–14:00 */
    week(week: Week): string {
      if (isAroundTheClock(week)) return t('calendars.around_the_clock');
      const groups = alikeDays(week);
      if (groups.length === 0) return t('calendars.never_open');
      return groups.map(({ first, last, hours }) => {
        const days = first === last ? formats.short.format(dateOf(first)) : `${formats.short.format(dateOf(first))}–${formats.short.format(dateOf(last))}`;
        return `${days} ${hours.map(told).join(', ')}`;
      }).join(' · ');
    },
  };
}

const told = ({ from, to }: Hours): string => `${from}\u2060–\u2060${to}`;

/** What countries are called here, by their ISO codes. */
export function useCountryName(): (code: string) => string {
  const locale = localeOf(useLanguage());
  return useMemo(() => {
    const names = new Intl.DisplayNames(locale, { type: 'region' });
    return (code: string): string => {
      try {
        return names.of(code) ?? code;
      } catch {
        return code;
      }
    };
  }, [locale]);
}

import { DATE_LOCALES, type Language } from '../../../kernel/languages.ts';

/** "5 March 2026", or "5 March 2026, 17:00" with the time, or "5 March 2026, 17:00 GMT+2" for readers who may live by another clock. */
export const dateIn = (language: Language, at: Date, timeZone: string, { withTime = false, withZone = false } = {}): string =>
  new Intl.DateTimeFormat(DATE_LOCALES[language], {
    timeZone, day: 'numeric', month: 'long', year: 'numeric', ...(withTime && { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }), ...(withZone && { timeZoneName: 'shortOffset' }),
  }).format(at);

/** What somebody waits for: "Thursday 5 March at 17:00", with the year when it is another one than now. */
export function dueIn(language: Language, at: Date, { timeZone, wholeDay, now }: { timeZone: string; wholeDay: boolean; now: Date }): string {
  const yearOf = (moment: Date): string => new Intl.DateTimeFormat('en', { timeZone, year: 'numeric' }).format(moment);
  return new Intl.DateTimeFormat(DATE_LOCALES[language], {
    timeZone, weekday: 'long', day: 'numeric', month: 'long', ...(yearOf(at) !== yearOf(now) && { year: 'numeric' }),
    ...(!wholeDay && { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  }).format(at);
}

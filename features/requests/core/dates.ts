import type { Language } from '../../../kernel/languages.ts';

const LOCALE: Readonly<Record<Language, string>> = { en: 'en-GB', bg: 'bg-BG', pl: 'pl-PL', ru: 'ru-RU', ar: 'ar-EG-u-nu-latn' };

/** "5 March 2026", or "5 March 2026, 17:00" with the time. */
export const dateIn = (language: Language, at: Date, timeZone: string, { withTime = false } = {}): string =>
  new Intl.DateTimeFormat(LOCALE[language], {
    timeZone, day: 'numeric', month: 'long', year: 'numeric', ...(withTime && { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  }).format(at);

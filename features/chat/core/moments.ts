import { DATE_LOCALES, type Language } from '../../../kernel/languages.ts';

/** The clock of whoever reads, null where nobody knows it, and the company's. */
export type Clocks = { readonly theirs: string | null; readonly ours: string };

const MOMENT = { weekday: 'long', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit' } as const;
const HOUR = { hour: 'numeric', minute: '2-digit', timeZoneName: 'short' } as const;

/** One time for one moment, as the panel writes it: by the reader's clock. Where the company's shows another, that is named once, beside it. */
export function momentInWords(from: Date, { theirs, ours }: Clocks, language: Language, to = from): string {
  const said = (timeZone: string, shape: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat(DATE_LOCALES[language], { ...shape, timeZone }).formatRange(from, to);
  if (theirs === null) return said(ours, { ...MOMENT, timeZoneName: 'short' });
  const words = said(theirs, MOMENT);
  return words === said(ours, MOMENT) ? words : `${words} (\u2068${said(ours, { ...HOUR, ...(isOtherDay(from, { theirs, ours }) && { weekday: 'long' }) })}\u2069)`;
}

const isOtherDay = (at: Date, { theirs, ours }: { theirs: string; ours: string }): boolean => {
  const day = (timeZone: string): string => new Intl.DateTimeFormat('en-CA', { timeZone }).format(at);
  return day(theirs) !== day(ours);
};

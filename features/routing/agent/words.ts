import { useMemo } from 'react';
import { localeOf, useLanguage, useT } from '../../../platform/browser/i18n.ts';

const UNITS = [['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1]] as const;
type Unit = (typeof UNITS)[number][0];

/** The two largest parts of a span: 2 hr 30 min, 45 sec. */
export function partsOf(seconds: number): { unit: Unit; count: number }[] {
  let rest = Math.max(0, Math.round(seconds));
  const parts: { unit: Unit; count: number }[] = [];
  for (const [unit, length] of UNITS) {
    const count = Math.floor(rest / length);
    rest -= count * length;
    if (count > 0) parts.push({ unit, count });
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.length > 0 ? parts : [{ unit: 'second', count: 0 }];
}

/** Spans of time as the language says them. */
export function useSpanWords() {
  const locale = localeOf(useLanguage());
  return useMemo(() => {
    const list = new Intl.ListFormat(locale, { type: 'unit', style: 'short' });
    const span = (unitDisplay: 'short' | 'long') => (seconds: number): string =>
      list.format(partsOf(seconds).map(({ unit, count }) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay }).format(count)));
    return {
      /** 2 hr 30 min */
      short: span('short'),
      /** 2 hours 30 minutes, to be read aloud. */
      long: span('long'),
    };
  }, [locale]);
}

/** What the channels are called, in the words of the room of tickets. */
export function useChannelName(): (channel: string) => string {
  const t = useT();
  return (channel) => t(`tickets.channel.${channel}`);
}

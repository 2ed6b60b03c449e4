import { momentOf, readingOf, stretchesOf } from '../../calendars/core/zone.ts';
import { minutesOf } from '../../calendars/core/week.ts';

/** How soon a mail follows: when nobody looks, every full hour, or once a day. */
export const PACES = ['soon', 'hourly', 'daily'] as const;
export type Pace = (typeof PACES)[number];

/** When somebody wants to be written to. Minutes of the day in their zone. */
export type Times = {
  readonly zone: string;
  readonly dailyAt: number;
  /** Between these there is no mail; over midnight when it ends before it begins. */
  readonly quiet: { readonly from: number; readonly to: number; /** Urgent ones come through. */ readonly urgent: boolean } | null;
};

/** How long somebody may take to see the bell before there is a mail. */
export const SOON_MS = 5 * 60_000;

/** Eight in the morning. */
export const USUAL_DAILY_AT = 480;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const DAY = 1440;

const minuteOf = (zone: string, at: Date): number => minutesOf(readingOf(zone, at).slice(11));
export const clockTime = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

const isQuietMinute = (minute: number, { from, to }: { from: number; to: number }): boolean =>
  from < to ? minute >= from && minute < to : minute >= from || minute < to;

export const isQuietAt = (time: string, { from, to }: { from: string; to: string }): boolean => isQuietMinute(minutesOf(time), { from: minutesOf(from), to: minutesOf(to) });

/** The end of the quiet hours that hold at that moment, or null. An hour that the clock shows twice is as quiet both times. */
export function quietUntil({ zone, quiet }: Times, at: Date): Date | null {
  if (quiet === null || !isQuietMinute(minuteOf(zone, at), quiet)) return null;
  for (const stretch of stretchesOf(zone, at.getTime(), at.getTime() + 2 * DAY_MS)) {
    const local = Math.floor((stretch.from + stretch.offset) / MINUTE_MS);
    const minute = local - Math.floor(local / DAY) * DAY;
    if (!isQuietMinute(minute, quiet)) return new Date(stretch.from);
    const ends = (local + ((quiet.to - minute + DAY) % DAY)) * MINUTE_MS - stretch.offset;
    if (ends < stretch.to) return new Date(ends);
  }
  return new Date(at.getTime() + DAY_MS);
}

/** When something may be mailed that is ready at that moment. */
export const outOfQuiet = (times: Times, ready: Date, urgent: boolean): Date => {
  if (urgent && (times.quiet?.urgent ?? false)) return ready;
  return quietUntil(times, ready) ?? ready;
};

function nextDaily({ zone, dailyAt }: Times, after: Date): Date {
  const today = Date.parse(`${readingOf(zone, after).slice(0, 10)}T00:00:00Z`);
  for (let day = 0; ; day++) {
    const at = momentOf(zone, `${new Date(today + day * DAY_MS).toISOString().slice(0, 10)}T${clockTime(dailyAt)}`);
    if (at > after) return at;
  }
}

/** The next moment of that pace after `after`, quiet hours heeded. */
export function mailMoment(pace: Pace, times: Times, { after, urgent }: { after: Date; urgent: boolean }): Date {
  const onTime = (): Date => {
    if (pace === 'soon') return new Date(after.getTime() + SOON_MS);
    if (pace === 'daily') return nextDaily(times, after);
    const minute = Math.floor(after.getTime() / MINUTE_MS) * MINUTE_MS;
    return new Date(minute + HOUR_MS - (minuteOf(times.zone, after) % 60) * MINUTE_MS);
  };
  return outOfQuiet(times, onTime(), urgent);
}

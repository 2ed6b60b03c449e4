export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** From one reading of the clock to another: `09:00` to `12:30`. The end may be `24:00`, and is not part of it. */
export type Hours = { readonly from: string; readonly to: string };
export type Week = { readonly [day in Weekday]?: readonly Hours[] | undefined };

/** Minutes since midnight, the end not included. */
export type Range = { readonly from: number; readonly to: number };

const DAY = 1440;

export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

export const inOrder = (ranges: readonly Range[]): Range[] => [...ranges].sort((a, b) => a.from - b.from);

/** The seven days, Monday first. What goes over midnight is cut in two there: the rest belongs to the next day. */
export function rangesOfWeek(week: Week): readonly (readonly Range[])[] {
  const days: Range[][] = WEEKDAYS.map(() => []);
  for (const [at, day] of WEEKDAYS.entries()) {
    for (const hours of week[day] ?? []) {
      const [from, to] = [minutesOf(hours.from), minutesOf(hours.to)];
      days[at]?.push({ from, to: from < to ? to : DAY });
      if (to < from && to > 0) days[(at + 1) % 7]?.push({ from: 0, to });
    }
  }
  return days.map(inOrder);
}

/** The days on which something is said twice. */
export function overlapsOf(week: Week): Set<Weekday> {
  const found = new Set<Weekday>();
  for (const [at, ranges] of rangesOfWeek(week).entries()) {
    const day = WEEKDAYS[at];
    if (day && ranges.some(({ from }, i) => from < (ranges[i - 1]?.to ?? 0))) found.add(day);
  }
  return found;
}

export const aroundTheClock: Week = Object.fromEntries(WEEKDAYS.map((day) => [day, [{ from: '00:00', to: '24:00' }]]));

/** Days in a row with the same hours, for telling a week in a line. Closed days are left out. */
export function alikeDays(week: Week): { first: Weekday; last: Weekday; hours: readonly Hours[] }[] {
  const groups: { first: Weekday; last: Weekday; hours: readonly Hours[] }[] = [];
  let before = '';
  for (const day of WEEKDAYS) {
    const hours = [...(week[day] ?? [])].sort((a, b) => a.from.localeCompare(b.from));
    const told = JSON.stringify(hours.map(({ from, to }) => [from, to]));
    const group = groups.at(-1);
    if (group && told === before) group.last = day;
    else if (hours.length > 0) groups.push({ first: day, last: day, hours });
    before = hours.length > 0 ? told : '';
  }
  return groups;
}

export const isAroundTheClock = (week: Week): boolean =>
  rangesOfWeek(week).every((ranges) => ranges[0]?.from === 0 && ranges.at(-1)?.to === DAY && ranges.every(({ from }, i) => i === 0 || from === ranges[i - 1]?.to));

/** A time as people type it (`9`, `9:5`, `0930`, `24`), or null when it is none. */
export function readTime(typed: string): string | null {
  const [, hour = '', minute = '0'] = /^(\d{1,2})(?:[:.\s]?(\d{1,2}))?$/.exec(typed.trim()) ?? [];
  if (hour === '' || Number(minute) > 59 || Number(hour) * 60 + Number(minute) > DAY) return null;
  return `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
}

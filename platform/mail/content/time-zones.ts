const DAY_MS = 86_400_000;
const DAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const MAX_RULES = 200;

/** `20260303T100000` as if it were in UTC. */
export function wallTime(value: string): number | null {
  const [, year, month, day, hour, minute] = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d))?/.exec(value) ?? [];
  return year === undefined ? null : Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour ?? 0), Number(minute ?? 0));
}

/**
 * How far a clock in that zone is ahead of UTC, in milliseconds, when it shows `wall`; null when nobody can tell. The
 * names of zones are anybody's: those of the world's table count, else what the file itself says, else what the name says.
 */
export function aheadOfUtc(wall: number, zone: string, lines: readonly string[]): number | null {
  const known = /(?:^|\/)([A-Z][A-Za-z]+(?:\/[A-Za-z_+-]+){1,2}|UTC|GMT)$/.exec(zone)?.[1];
  return (known === undefined ? null : byName(wall, known)) ?? byRules(wall, rulesOf(zone, lines)) ?? bySign(zone);
}

function byName(wall: number, zone: string): number | null {
  try {
    const clock = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' });
    const aheadAt = (instant: number): number => {
      const part = Object.fromEntries(clock.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
      return Date.UTC(part['year']!, part['month']! - 1, part['day']!, part['hour']!, part['minute']!) - instant;
    };
    return aheadAt(wall - aheadAt(wall));
  } catch {
    return null;
  }
}

/** `(UTC+02:00) Helsinki, Kyiv`. */
function bySign(zone: string): number | null {
  const [, sign, hours, minutes] = /\((?:UTC|GMT)([+-])(\d\d):?(\d\d)\)/.exec(zone) ?? [];
  return sign === undefined ? null : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

type Rule = { readonly ahead: number; readonly begin: number; readonly every: ReadonlyMap<string, string> | null };

/** What the block of a zone says about its winter and summer. */
function rulesOf(zone: string, lines: readonly string[]): Rule[] {
  const rules: Rule[] = [];
  let isOurs = false;
  let facts = new Map<string, string>();
  for (const line of lines) {
    const [, name, value] = /^([A-Z-]{3,20})(?:;[^:]{0,200})?:(.{0,300})$/i.exec(line.trim()) ?? [];
    if (name === undefined || value === undefined) continue;
    if (name === 'TZID') isOurs = value === zone;
    if (name === 'BEGIN') facts = new Map();
    else facts.set(name, value);
    const rule = isOurs && SEASON.test(line) && rules.length < MAX_RULES ? ruleOf(facts) : null;
    if (rule) rules.push(rule);
  }
  return rules;
}

const SEASON = /^END:(?:STANDARD|DAYLIGHT)\s*$/i;

function ruleOf(facts: ReadonlyMap<string, string>): Rule | null {
  const [, sign, hours, minutes] = /^([+-])(\d\d)(\d\d)/.exec(facts.get('TZOFFSETTO') ?? '') ?? [];
  const begin = wallTime(facts.get('DTSTART') ?? '');
  if (sign === undefined || begin === null) return null;
  const every = facts.get('RRULE');
  return {
    ahead: (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000, begin,
    every: every === undefined ? null : new Map(every.split(';').map((one) => one.split('=', 2) as [string, string])),
  };
}

/** The rule that has come into force last. */
function byRules(wall: number, rules: readonly Rule[]): number | null {
  const since = rules.map((rule) => lastOnset(wall, rule));
  const last = Math.max(...since);
  return (rules[since.indexOf(last)] ?? rules[0])?.ahead ?? null;
}

function lastOnset(wall: number, { begin, every }: Rule): number {
  if (every === null || every.get('FREQ') !== 'YEARLY') return begin <= wall ? begin : -Infinity;
  const until = wallTime(every.get('UNTIL') ?? '') ?? Infinity;
  const year = new Date(Math.min(wall, until)).getUTCFullYear();
  const onset = [year, year - 1].map((one) => onsetIn(one, begin, every)).find((at) => at <= wall && at <= until + DAY_MS);
  return onset === undefined || begin > wall ? -Infinity : Math.max(onset, begin);
}

/** `BYMONTH=3;BYDAY=-1SU`: the last Sunday of March, at the time of day of the first one. */
function onsetIn(year: number, begin: number, every: ReadonlyMap<string, string>): number {
  const first = new Date(begin);
  const month = Number(every.get('BYMONTH') ?? first.getUTCMonth() + 1) - 1;
  const timeOfDay = begin - Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), first.getUTCDate());
  const [, nth = '', day = ''] = /^([+-]?\d)?([A-Z]{2})/.exec(every.get('BYDAY') ?? '') ?? [];
  const weekday = DAYS.indexOf(day);
  if (weekday === -1) return Date.UTC(year, month, first.getUTCDate()) + timeOfDay;
  if (nth.startsWith('-')) return lastOf(year, month, weekday) + (1 + Number(nth)) * 7 * DAY_MS + timeOfDay;
  const from = Number.parseInt(every.get('BYMONTHDAY') ?? '1', 10) || 1;
  return firstOf(year, month, weekday, from) + (nth === '' ? 0 : Number(nth) - 1) * 7 * DAY_MS + timeOfDay;
}

function lastOf(year: number, month: number, weekday: number): number {
  const end = new Date(Date.UTC(year, month + 1, 0));
  return end.getTime() - ((end.getUTCDay() - weekday + 7) % 7) * DAY_MS;
}

function firstOf(year: number, month: number, weekday: number, from: number): number {
  const begin = new Date(Date.UTC(year, month, from));
  return begin.getTime() + ((weekday - begin.getUTCDay() + 7) % 7) * DAY_MS;
}

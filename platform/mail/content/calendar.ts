import { oneLine } from '../header.ts';
import { aheadOfUtc, wallTime } from './time-zones.ts';

/** What an invitation says, as one reads it aloud. `when` is in UTC, which the screen turns into its reader's time; as its writer put it where nobody can tell. */
export type Invitation = { readonly method: 'request' | 'reply' | 'cancel' | 'publish'; readonly summary: string; readonly when: string; readonly who: string; readonly where: string };

const MAX_LINES = 2_000;
const DAY_MS = 86_400_000;
const METHODS: Readonly<Record<string, Invitation['method']>> = { REQUEST: 'request', REPLY: 'reply', CANCEL: 'cancel', COUNTER: 'reply', REFRESH: 'reply' };

/** The first event of an iCalendar file; null when it has none. The method may stand at the part alone. */
export function readInvitation(text: string, declaredMethod = ''): Invitation | null {
  const lines = text.slice(0, 200_000).replace(/\r?\n[ \t]/g, '').split(/\r?\n/, MAX_LINES);
  const begin = lines.findIndex((line) => /^BEGIN:V(?:EVENT|TODO)$/i.test(line.trim()));
  if (begin === -1) return null;
  const end = lines.findIndex((line, i) => i > begin && /^END:V(?:EVENT|TODO)$/i.test(line.trim()));
  const event = withoutAlarms(lines.slice(begin + 1, end === -1 ? undefined : end));
  const method = METHODS[(valueOf(lines, 'METHOD').value || declaredMethod).toUpperCase()] ?? 'publish';
  const organiser = valueOf(event, 'ORGANIZER');
  return {
    method, summary: unescape(valueOf(event, 'SUMMARY').value), where: unescape(valueOf(event, 'LOCATION').value),
    when: whenOf(event, lines),
    who: oneLine(organiser.parameters['CN'] || organiser.value.replace(/^mailto:/i, ''), 200),
  };
}

function valueOf(lines: readonly string[], name: string): { value: string; parameters: Record<string, string> } {
  const line = lines.find((one) => new RegExp(`^${name}[;:]`, 'i').test(one));
  if (line === undefined) return { value: '', parameters: {} };
  let colon = line.indexOf(':');
  for (let quoted = false, i = 0; i < line.length; i++) {
    if (line[i] === '"') quoted = !quoted;
    else if (line[i] === ':' && !quoted) {
      colon = i;
      break;
    }
  }
  const parameters: Record<string, string> = {};
  for (const [, key, value] of line.slice(name.length, colon).matchAll(/;([A-Z-]{1,30})=("[^"]{0,300}"|[^;]{0,300})/gi)) parameters[key!.toUpperCase()] = value!.replace(/^"|"$/g, '');
  return { value: line.slice(colon + 1).trim(), parameters };
}

function withoutAlarms(event: readonly string[]): string[] {
  let depth = 0;
  return event.filter((line) => {
    if (/^BEGIN:/i.test(line)) depth += 1;
    if (!/^END:/i.test(line)) return depth === 0;
    depth -= 1;
    return false;
  });
}

type Moment = { readonly at: number; readonly zone: string; readonly isDay: boolean };

function whenOf(event: readonly string[], lines: readonly string[]): string {
  const start = momentOf(event, 'DTSTART', lines);
  if (start === null) return '';
  const length = lengthIn(valueOf(event, 'DURATION').value);
  const finish = momentOf(event, 'DTEND', lines) ?? momentOf(event, 'DUE', lines) ?? (length === null ? null : { ...start, at: start.at + length });
  if (finish === null || finish.at <= start.at) return oneLine(said(start), 200);
  // A whole day ends when the next one begins.
  const end = finish.isDay ? { ...finish, at: finish.at - DAY_MS } : finish;
  const isSameDay = said(end).slice(0, 10) === said(start).slice(0, 10);
  const rest = !isSameDay ? `–${said(end)}` : end.isDay ? '' : `–${said({ ...end, zone: '' }).slice(11)}`;
  return oneLine(said(start) + rest, 200);
}

/** `20260301T100000` with its zone as a moment in UTC; where the zone tells nobody anything, as it stands. */
function momentOf(event: readonly string[], name: string, lines: readonly string[]): Moment | null {
  const { value, parameters } = valueOf(event, name);
  const wall = wallTime(value);
  if (wall === null || Number.isNaN(wall)) return null;
  if (!value.includes('T')) return { at: wall, zone: '', isDay: true };
  if (/Z$/i.test(value)) return { at: wall, zone: 'UTC', isDay: false };
  const zone = parameters['TZID'] ?? '';
  const ahead = zone === '' ? null : aheadOfUtc(wall, zone, lines);
  return ahead === null ? { at: wall, zone, isDay: false } : { at: wall - ahead, zone: 'UTC', isDay: false };
}

const said = ({ at, zone, isDay }: Moment): string => {
  const iso = new Date(at).toISOString();
  return isDay ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 16)}${zone === '' ? '' : ` (${zone})`}`;
};

/** `PT1H30M`, `P2D`, `P1W`. */
function lengthIn(duration: string): number | null {
  const [all, weeks, days, hours, minutes] = /^\+?P(?:(\d{1,3})W)?(?:(\d{1,3})D)?(?:T(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:\d{1,5}S)?)?$/.exec(duration) ?? [];
  return all === undefined ? null : (Number(weeks ?? 0) * 7 + Number(days ?? 0)) * DAY_MS + (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
}

const unescape = (value: string): string => oneLine(value.replace(/\\n/gi, ' ').replace(/\\([,;\\])/g, '$1'), 200);

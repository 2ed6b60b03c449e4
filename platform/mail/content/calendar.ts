import { oneLine } from '../header.ts';

/** What an invitation says, as one reads it aloud. `when` is as its writer put it: nobody knows the reader's time zone here. */
export type Invitation = { readonly method: 'request' | 'reply' | 'cancel' | 'publish'; readonly summary: string; readonly when: string; readonly who: string; readonly where: string };

const MAX_LINES = 2_000;
const METHODS: Readonly<Record<string, Invitation['method']>> = { REQUEST: 'request', REPLY: 'reply', CANCEL: 'cancel', COUNTER: 'reply', REFRESH: 'reply' };

/** The first event of an iCalendar file; null when it has none. */
export function readInvitation(text: string): Invitation | null {
  const lines = text.slice(0, 200_000).replace(/\r?\n[ \t]/g, '').split(/\r?\n/, MAX_LINES);
  const begin = lines.findIndex((line) => /^BEGIN:V(?:EVENT|TODO)$/i.test(line.trim()));
  if (begin === -1) return null;
  const end = lines.findIndex((line, i) => i > begin && /^END:V(?:EVENT|TODO)$/i.test(line.trim()));
  const event = lines.slice(begin + 1, end === -1 ? undefined : end);
  const method = METHODS[valueOf(lines, 'METHOD').value.toUpperCase()] ?? 'publish';
  const start = timeOf(event, 'DTSTART');
  const finish = timeOf(event, 'DTEND');
  const organiser = valueOf(event, 'ORGANIZER');
  const sameDay = finish.slice(0, 10) === start.slice(0, 10);
  return {
    method, summary: unescape(valueOf(event, 'SUMMARY').value), where: unescape(valueOf(event, 'LOCATION').value),
    when: [start, sameDay ? finish.slice(11).replace(/ \(.*$/, '') : finish].filter(Boolean).join('–'),
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

/** `20260301T100000Z` as `2026-03-01 10:00 (UTC)`. */
function timeOf(event: readonly string[], name: string): string {
  const { value, parameters } = valueOf(event, name);
  const match = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d{0,2}(Z?))?/.exec(value);
  if (!match) return '';
  const [, year, month, day, hour, minute, utc] = match;
  const zone = utc === 'Z' ? ' (UTC)' : parameters['TZID'] ? ` (${parameters['TZID']})` : '';
  return oneLine(`${year}-${month}-${day}${hour === undefined ? '' : ` ${hour}:${minute}${zone}`}`, 100);
}

const unescape = (value: string): string => oneLine(value.replace(/\\n/gi, ' ').replace(/\\([,;\\])/g, '$1'), 200);

import { expect, test } from 'vitest';
import { readInvitation } from './calendar.ts';

const OUTLOOK = `BEGIN:VTIMEZONE
TZID:FLE Standard Time
BEGIN:STANDARD
DTSTART:16010101T040000
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE`;
const NEW_YORK = `BEGIN:VTIMEZONE
TZID:Eastern Standard Time
BEGIN:STANDARD
DTSTART:16010101T020000
TZOFFSETTO:-0500
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETTO:-0400
RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE`;
const when = (event: string, zones = ''): string | undefined =>
  readInvitation(`BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\n${zones.replaceAll('\n', '\r\n')}\r\nBEGIN:VEVENT\r\n${event.replaceAll('\n', '\r\n')}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`)?.when;

test.each([
  ['a zone of the table, in winter', 'DTSTART;TZID=Europe/Sofia:20260303T100000\nDTEND;TZID=Europe/Sofia:20260303T113000', '', '2026-03-03 08:00 (UTC)–09:30'],
  ['the same in summer', 'DTSTART;TZID=Europe/Sofia:20260703T100000\nDTEND;TZID=Europe/Sofia:20260703T113000', '', '2026-07-03 07:00 (UTC)–08:30'],
  ['a zone of the table behind a prefix', 'DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Warsaw:20260703T100000', '', '2026-07-03 08:00 (UTC)'],
  ['a name of Windows, in winter', 'DTSTART;TZID=FLE Standard Time:20260303T100000\nDTEND;TZID=FLE Standard Time:20260303T110000', OUTLOOK, '2026-03-03 08:00 (UTC)–09:00'],
  ['a name of Windows, in summer', 'DTSTART;TZID="FLE Standard Time":20260703T100000', OUTLOOK, '2026-07-03 07:00 (UTC)'],
  ['the day before summer begins', 'DTSTART;TZID=FLE Standard Time:20260328T100000', OUTLOOK, '2026-03-28 08:00 (UTC)'],
  ['the day after it has begun', 'DTSTART;TZID=FLE Standard Time:20260330T100000', OUTLOOK, '2026-03-30 07:00 (UTC)'],
  ['America, between its change and ours', 'DTSTART;TZID=Eastern Standard Time:20260310T100000', NEW_YORK, '2026-03-10 14:00 (UTC)'],
  ['America, January', 'DTSTART;TZID=Eastern Standard Time:20260110T100000', NEW_YORK, '2026-01-10 15:00 (UTC)'],
  ['a name that says it', 'DTSTART;TZID="(UTC+02:00) Helsinki, Kyiv, Sofia":20260303T100000', '', '2026-03-03 08:00 (UTC)'],
  ['a name that says nothing', 'DTSTART;TZID=Customized Time Zone:20260303T100000\nDTEND;TZID=Customized Time Zone:20260303T110000', '', '2026-03-03 10:00 (Customized Time Zone)–11:00'],
  ['UTC', 'DTSTART:20260303T230000Z\nDTEND:20260304T010000Z', '', '2026-03-03 23:00 (UTC)–2026-03-04 01:00 (UTC)'],
  ['no zone at all', 'DTSTART:20260303T100000\nDURATION:PT1H30M', '', '2026-03-03 10:00–11:30'],
  ['a whole day', 'DTSTART;VALUE=DATE:20260303\nDTEND;VALUE=DATE:20260304', '', '2026-03-03'],
  ['three days', 'DTSTART;VALUE=DATE:20260303\nDTEND;VALUE=DATE:20260306', '', '2026-03-03–2026-03-05'],
  ['a start that is none', 'DTSTART:tomorrow', '', ''],
])('when it is can be read: %s', (_what, event, zones, expected) => {
  expect(when(event, zones)).toBe(expected);
});

test('an alarm inside an invitation is not the invitation', () => {
  expect(readInvitation('BEGIN:VCALENDAR\nBEGIN:VEVENT\nBEGIN:VALARM\nSUMMARY:Alarm\nTRIGGER:-PT15M\nEND:VALARM\nSUMMARY:Visit\nDTSTART:20260303T100000Z\nEND:VEVENT\nEND:VCALENDAR')).toMatchObject({ summary: 'Visit', when: '2026-03-03 10:00 (UTC)' });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdingFor, type Place } from '../../calendars/core/places.ts';
import { workingTime, type WorkingTime } from '../../calendars/core/working-time.ts';
import { ALWAYS, type Condition, type Node } from '../../conditions/core/condition.ts';
import { momentOf } from '../../conditions/core/plan.ts';
import { toPredicate } from '../../conditions/core/predicate.ts';
import { TICKET_FIELDS } from '../../tickets/core/fields.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import { RULE_FIELDS, type RuleRecord } from './fields.ts';
import { atHours, byOwnHours, keptBy } from './hours.ts';

const NOW = new Date('2026-03-04T10:00:00Z');
const [OFFICES, TEAMS, MAILBOXES, CHANNELS, CALENDARS] = [['p1', 'p2', 'p3'], ['t1', 't2', 't3'], ['m1', 'm2'], ['email', 'phone'], ['c1', 'c2', 'c3']] as const;
const open = (from: string, to: string): WorkingTime => workingTime({ timeZone: 'UTC', week: { mon: [{ from, to }], tue: [{ from, to }], wed: [{ from, to }] }, holidays: [], closures: [] });
const TIMES: Readonly<Record<string, WorkingTime>> = { none: open('00:00', '24:00'), c1: open('09:00', '12:00'), c2: open('11:00', '18:00'), c3: workingTime({ timeZone: 'UTC', week: {}, holidays: [], closures: [] }) };
const timeOf = (calendarId: string | null): WorkingTime => TIMES[calendarId ?? 'none']!;

const place: fc.Arbitrary<Place> = fc.record({
  id: fc.constantFrom(...OFFICES), name: fc.constant(null), kind: fc.constantFrom('team_channel', 'team', 'office', 'brand', 'channel'), channel: fc.constantFrom(...CHANNELS),
  calendarId: fc.constantFrom(...CALENDARS), teamIds: fc.subarray([...TEAMS]), mailboxIds: fc.subarray([...MAILBOXES]), widgetIds: fc.constant([]), hasPages: fc.constant(false), host: fc.constant(null),
}).map((one) => (one.kind === 'office' && one.channel === 'phone' ? { ...one, calendarId: null } : one));
const someTime = fc.integer({ min: -5 * 1440, max: 10 }).map((minutes) => new Date(NOW.getTime() + minutes * 60_000));
const ticket = fc.record({
  teamId: fc.option(fc.constantFrom(...TEAMS), { nil: null }), mailboxId: fc.option(fc.constantFrom(...MAILBOXES), { nil: null }), channel: fc.constantFrom(...CHANNELS),
  officeId: fc.option(fc.constantFrom(...OFFICES), { nil: null }), brandId: fc.option(fc.constantFrom(...OFFICES), { nil: null }),
  createdAt: someTime, waitingSince: fc.option(someTime, { nil: null }),
}).map((given) => given as unknown as TicketState);
const leaf: fc.Arbitrary<Node> = fc.oneof(
  fc.record({ field: fc.constant('insideHours'), operator: fc.constantFrom('is', 'is_not'), value: fc.boolean() }),
  fc.record({ field: fc.constantFrom('createdAt', 'waitingSince'), operator: fc.constantFrom('working_older_than', 'older_than'), value: fc.record({ amount: fc.integer({ min: 1, max: 12 }), unit: fc.constantFrom('hours') }) }),
);
const condition: fc.Arbitrary<Condition> = fc.tuple(fc.constantFrom('all', 'any', 'none'), fc.array(fc.oneof(leaf, fc.record({ none: fc.array(leaf, { minLength: 1, maxLength: 2 }) })), { minLength: 1, maxLength: 3 }))
  .map(([join, parts]) => ({ version: 1, [join]: parts }) as unknown as Condition);
const asked = (node: Node): Condition => ({ version: 1, all: [node] });

test('a list finds the tickets that a rule would hold for, each by its own hours', () => {
  fc.assert(fc.property(fc.array(place, { maxLength: 6 }), ticket, condition, (places, one, asks) => {
    const time = timeOf(holdingFor(places, one).calendarId);
    const byRule = toPredicate(asks, RULE_FIELDS, momentOf(NOW, time))({ ...one, insideHours: time.isOpen(NOW) } as RuleRecord, null);
    const byList = toPredicate(asked(byOwnHours(places, (calendarId) => atHours(asks, NOW, timeOf(calendarId)))), TICKET_FIELDS, { now: NOW })(one, null);
    expect(byList).toBe(byRule);
  }), { numRuns: 1_000 });
});

test('every ticket keeps the hours of one calendar: none is looked at twice, none is left out', () => {
  fc.assert(fc.property(fc.array(place, { maxLength: 6 }), ticket, (places, one) => {
    const keepers = [null, ...CALENDARS].filter((id) => toPredicate(asked(keptBy(places, id)), TICKET_FIELDS, { now: NOW })(one, null));
    expect(keepers).toEqual([holdingFor(places, one).calendarId]);
  }), { numRuns: 1_000 });
});

test('without places there is one list for all', () => {
  expect(byOwnHours([], () => ALWAYS)).toBe(ALWAYS);
});

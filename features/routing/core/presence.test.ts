import { expect, test } from 'vitest';
import { effectiveOf, USUAL_SETTINGS, type Presence } from './presence.ts';

const machine = new Date('2026-03-02T12:00:00Z');
const ago = (seconds: number) => new Date(machine.getTime() - seconds * 1000);
const online: Presence = { state: 'online', since: ago(3600), actedAt: ago(10), seenAt: ago(5), missedOffers: false };
const effective = (given: Partial<Presence>, absentSince: Date | null = null) => effectiveOf({ ...online, ...given }, { settings: USUAL_SETTINGS, machine, absentSince });

test.each([
  ['what they chose', {}, null, { state: 'online', because: null }],
  ['a connection that is gone for less than the grace', { seenAt: ago(60) }, null, { state: 'online', because: null }],
  ['a connection that is gone', { seenAt: ago(61) }, null, { state: 'offline', because: 'connection_lost' }],
  ['somebody who works without a browser', { seenAt: null }, null, { state: 'online', because: null }],
  ['a closed laptop, hands off', { actedAt: ago(1801) }, null, { state: 'away', because: 'idle' }],
  ['away and idle', { state: 'away', actedAt: ago(1801) }, null, { state: 'away', because: null }],
  ['a planned absence', {}, ago(600), { state: 'offline', because: 'absent' }],
  ['somebody who came back from it', { since: ago(300) }, ago(600), { state: 'online', because: null }],
  ['offers left to pass', { state: 'away', missedOffers: true }, null, { state: 'away', because: 'missed_offers' }],
] as const)('%s', (_name, given, absentSince, expected) => {
  expect(effective(given, absentSince)).toEqual(expected);
});

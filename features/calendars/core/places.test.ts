import { expect, test } from 'vitest';
import { clashOf, holdingFor, type Place } from './places.ts';

const place = (kind: Place['kind'], more: Partial<Place> = {}): Place => ({ id: kind, kind, name: null, channel: null, calendarId: `hours of ${kind}`, teamIds: [], mailboxIds: [], widgetIds: [], hasPages: false, host: null, ...more });
const places = [
  place('channel', { channel: 'chat' }), place('brand', { name: 'Shop', mailboxIds: ['shop'] }), place('office', { name: 'Sofia', teamIds: ['returns', 'claims'] }),
  place('team', { teamIds: ['returns'] }), place('team_channel', { teamIds: ['returns'], channel: 'chat' }),
];

test.each([
  [{ teamId: 'returns', channel: 'chat', mailboxId: 'shop' }, 'team_channel'], [{ teamId: 'returns', channel: 'email', mailboxId: 'shop' }, 'team'],
  [{ teamId: 'claims', channel: 'chat', mailboxId: 'shop' }, 'office'], [{ teamId: 'other', channel: 'chat', mailboxId: 'shop' }, 'brand'],
  [{ teamId: null, channel: 'chat', mailboxId: null }, 'channel'], [{ teamId: null, channel: 'chat', officeId: 'office' }, 'office'], [{ teamId: 'claims', channel: 'chat', officeId: 'another', brandId: 'brand' }, 'brand'],
  [{ channel: 'email', mailboxId: 'shop', brandId: 'another' }, 'workspace'], [{ teamId: null, channel: 'email', mailboxId: null }, 'workspace'], [{}, 'workspace'],
])('of %o the hours are set by its %s', (subject, by) => {
  expect(holdingFor(places, subject)).toMatchObject({ by, calendarId: by === 'workspace' ? null : `hours of ${by}` });
});

test('there is one answer: nothing has two calendars of one kind', () => {
  expect(clashOf(places, place('team', { teamIds: ['claims', 'returns'] }))?.id).toBe('team');
  expect(clashOf(places, place('channel', { channel: 'chat' }))?.id).toBe('channel');
  expect(clashOf(places, place('brand', { mailboxIds: ['other'], hasPages: true }))).toBeUndefined();
  expect(clashOf([place('brand', { widgetIds: ['w'] })], place('brand', { widgetIds: ['w'] }))?.id).toBe('brand');
  expect(clashOf(places, place('team_channel', { teamIds: ['returns'], channel: 'email' }))).toBeUndefined();
});

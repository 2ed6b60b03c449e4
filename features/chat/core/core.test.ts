import fc from 'fast-check';
import { expect, test } from 'vitest';
import { callTimes } from './calls.ts';
import { begun, next, returned, said, taken } from './course.ts';
import { fileTypeOf } from './file-type.ts';
import { inkOn } from './ink.ts';
import { median } from './median.ts';
import { dueProactive, type Looking } from './proactive.ts';
import { treeOf } from './tree.ts';
import type { Proactive } from './visitor-contract.ts';
import { inWords, openingInWords } from './words.ts';

const at = (minutes: number) => new Date(Date.UTC(2026, 2, 2, 9, 0) + minutes * 60_000);
const manners = { idleMinutes: 5, closeMinutes: 3 };

test('whoever waits hears of it after one minute and again after three more, and then no more', () => {
  const first = next(begun(false, at(0)), manners, at(1))!;
  expect([next(begun(false, at(0)), manners, at(0.9)), first.act, first.course.nextAt]).toEqual([null, 'waiting_longer', at(4)]);
  const second = next(first.course, manners, at(4))!;
  expect([second.act, second.course.nextAt, next(second.course, manners, at(60))]).toEqual(['leave_address', null, null]);
});

test('a message for later hurries nobody and is never closed', () => {
  const message = begun(true, at(0));
  expect([message.nextAt, said(taken(message, at(1)), manners, at(1)).nextAt]).toEqual([null, null]);
});

test('after our word the visitor is asked and the chat then closed; handed back, the wait begins anew', () => {
  const asked = next(said(taken(begun(false, at(0)), at(0)), manners, at(10)), manners, at(15))!;
  expect([asked.act, asked.course.nextAt]).toEqual(['still_there', at(18)]);
  expect(next(asked.course, manners, at(18))).toMatchObject({ act: 'end', course: { state: 'ended', nextAt: null } });
  expect(returned(asked.course, at(20))).toMatchObject({ state: 'waiting', step: 'waiting', nextAt: at(21) });
});

const MESSAGE: Proactive = { id: 'a', isOn: true, text: { en: 'Need help?' }, pageContains: ['/kettles'], afterSeconds: 20, attributes: [{ key: 'plan', is: 'pro' }], everyHours: 24, choices: [] };
const look = (given: Partial<Looking>): Looking => ({ url: 'https://shop.example/Kettles/1', onPageSince: 0, now: 20_000, attributes: { plan: 'pro' }, shownAt: {}, isChatting: false, doNotDisturb: false, ...given });

test.each([
  ['when all conditions hold', {}, 'a', null],
  ['not before its time', { now: 19_000 }, null, 20_000],
  ['not on another page', { url: 'https://shop.example/cups' }, null, null],
  ['not to somebody else', { attributes: { plan: 'free' } }, null, null],
  ['not during a chat', { isChatting: true }, null, null],
  ['not to who wants none', { doNotDisturb: true }, null, null],
  ['not twice in its time', { shownAt: { a: 0 }, now: 3_600_000 }, null, 86_400_000],
  ['not on the heels of another', { shownAt: { b: 0 }, now: 60_000 }, null, 600_000],
] as const)('a message by itself is shown %s', (_name, given, shown, again) => {
  const { show, lookAgainAt } = dueProactive([MESSAGE], look(given));
  expect([show?.id ?? null, lookAgainAt]).toEqual([shown, again]);
});

test('a text becomes paragraphs with links, and nothing else is ever made of it', () => {
  expect(treeOf('See (https://a.example/x?y=1), or\nwrite to maria@shop.example.')).toEqual([
    [{ text: 'See (' }, { text: 'https://a.example/x?y=1', href: 'https://a.example/x?y=1' }, { text: '), or' }],
    [{ text: 'write to ' }, { text: 'maria@shop.example', href: 'mailto:maria@shop.example' }, { text: '.' }],
  ]);
  expect(treeOf('javascript:alert(1) <b>x</b> data:text/html,x').flat().some(({ href }) => href !== undefined)).toBe(false);
  expect(treeOf('a.'.repeat(50_000)).flat().length).toBeGreaterThan(0);
});

test('a file is what its bytes say, and programs are none', () => {
  const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47]);
  expect([fileTypeOf('x.html', png), fileTypeOf('x', Uint8Array.from([0x4d, 0x5a, 0x90])), fileTypeOf('x.scr.', png), fileTypeOf('notes.txt', Buffer.from('здравей'))]).toEqual(['image/png', null, null, 'text/plain']);
});

test('a usual time is said only where it is known', () => {
  expect([median([60, 60, 60, 60]), median([60, 10, 30, 20, 1000]), median([1, 2, 3, 4, 5, 6])]).toEqual([null, 30, 4]);
});

test('notices are said in the language of the visitor, with what stands in them', () => {
  expect(inWords('joined', { name: 'Ana' }, 'en')).toBe('Ana is here for you now.');
  expect(inWords('sent_by_mail', { address: 'a@b.example' }, 'ar')).toContain('a@b.example');
  const at = new Date('2026-03-03T07:00:00Z');
  const said = (theirs: string | null, language: 'en' | 'ar' = 'en') => openingInWords(at, { theirs, ours: 'Europe/Sofia' }, language).replaceAll(/[\u2068\u2069]/g, '');
  expect(openingInWords(null, { theirs: null, ours: 'Europe/Sofia' }, 'pl')).toBe('tak szybko, jak to możliwe');
  // One time for one moment: by the visitor's clock, and the company's beside it only where it shows another.
  expect(said(null)).toMatch(/^from Tuesday 3 March at 0?9:00 (?:GMT\+2|EET)$/);
  expect(said('Europe/Athens')).toMatch(/^from Tuesday 3 March at 0?9:00$/);
  expect(said('Europe/London')).toMatch(/^from Tuesday 3 March at 0?7:00 \(0?9:00 (?:GMT\+2|EET)\)$/);
  expect(said('America/Los_Angeles')).toMatch(/^from Monday 2 March at 23:00 \(Tuesday(?: at|,)? 0?9:00 (?:GMT\+2|EET)\)$/);
  expect(said('Africa/Cairo', 'ar')).not.toMatch(/GMT|غرينتش/);
});

test('words on any colour of a company can be read', () => {
  const light = (hex: string): number => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i]!, 0);
  fc.assert(fc.property(fc.integer({ min: 0, max: 0xffffff }), (number) => {
    const colour = `#${number.toString(16).padStart(6, '0')}`;
    const ink = inkOn(colour) === '#fff' ? 1 : 0;
    const [a, b] = [light(colour), ink].sort((x, y) => y - x) as [number, number];
    expect((a + 0.05) / (b + 0.05)).toBeGreaterThanOrEqual(4.5);
  }));
});

test('every time that was shown for a call can be chosen, the last of them too', () => {
  const always = { isOpen: () => true, nextOpening: (from: Date) => from, between: (from: Date, to: Date) => ({ seconds: (to.getTime() - from.getTime()) / 1_000 }) };
  const startsOf = (now: Date, options?: { isChosen: boolean }) => callTimes(always, now, options).map(({ from }) => from);
  // The next window begins at ten: too near to be shown from 9:40 on.
  const shown = startsOf(at(40));
  expect([shown.length, shown[0]]).toEqual([20, at(180)]);
  expect(startsOf(at(40), { isChosen: true })).toEqual([at(60), ...shown]);
  expect(startsOf(at(0), { isChosen: true })).toEqual(startsOf(at(0)));
});

import { afterEach, expect, test } from 'vitest';
import { saveOwnKeys } from '../../../../platform/browser/own-keys.ts';
import { ALL_KEYS, clashOf } from './all-keys.ts';

afterEach(() => saveOwnKeys({ isOff: false, keys: {} }));
const SCREENS = import.meta.glob<string>(['../../../../{apps/agent,features,ui}/**/*.tsx', '!**/*.test.tsx'], { query: '?raw', import: 'default', eager: true });
const WORDS = import.meta.glob<object>(['../../messages/en.json', '../../../../features/*/messages/en.json'], { import: 'default', eager: true });
const move = (keys: Record<string, string | null>): void => saveOwnKeys({ isOff: false, keys });
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => `Key${letter}`);

test('every key of every screen is known, with words in the catalogues', () => {
  const said = new Set<string>();
  for (const text of Object.values(SCREENS)) {
    for (const [, code, rest] of text.matchAll(/code: '((?:Key|Digit)\w)'([^}]*)/g)) if (!/\b(?:mod|shift): true/.test(rest!)) said.add(code!);
  }
  expect([...new Set(ALL_KEYS.map(({ code }) => code))].toSorted()).toEqual([...said].toSorted());
  const texts = Object.assign({}, ...Object.values(WORDS)) as object;
  expect(ALL_KEYS.filter(({ label }) => !(label in texts))).toEqual([]);
});

test.each(ALL_KEYS.map(({ code, label, scope }) => ({ code, label, scope })))('no other key of the same screens comes where $label is ($scope)', ({ code, scope }) => {
  const others = ALL_KEYS.filter((one) => one.code !== code && (one.scope === scope || one.scope === 'everywhere' || scope === 'everywhere'));
  expect(others.map((one) => clashOf(one.code, code)?.code)).toEqual(others.map(() => code));
});

test('a place that was left is free, the one that was taken is not, and screens that never meet share', () => {
  expect(LETTERS.filter((place) => clashOf('KeyG', place) === null)).toEqual(['KeyD', 'KeyG', 'KeyL', 'KeyO', 'KeyU', 'KeyV', 'KeyW', 'KeyZ']);
  move({ KeyR: 'KeyZ' });
  expect([clashOf('KeyN', 'KeyR'), clashOf('KeyN', 'KeyZ')?.label]).toEqual([null, 'tickets.reply']);
  // Letting out of quarantine goes along with replying: both are R.
  expect([clashOf('KeyD', 'KeyZ')?.label, clashOf('KeyD', 'KeyG')]).toEqual(['quarantine.release', null]);
  move({ KeyR: 'KeyZ', KeyN: 'KeyR' });
  expect(clashOf('KeyR', 'KeyR')?.label, 'back where it was').toBe('tickets.note');
  move({ KeyY: null });
  expect(clashOf('KeyG', 'KeyY'), 'what is off takes no place').toBeNull();
});

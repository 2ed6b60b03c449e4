import { afterEach, expect, test } from 'vitest';
import { saveOwnKeys } from '../../../../platform/browser/own-keys.ts';
import { everySentence } from '../../../../testing/screen.tsx';
import { ALL_KEYS, clashOf } from './all-keys.ts';

afterEach(() => saveOwnKeys({ isOff: false, keys: {} }));
const SOURCES = import.meta.glob<string>(['../**/*.tsx', '../../../../features/*/agent/**/*.tsx', '../../../../ui/**/*.tsx', '!../../../../**/*.test.tsx'], { eager: true, query: '?raw', import: 'default' });
const move = (keys: Record<string, string | null>): void => saveOwnKeys({ isOff: false, keys });
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => `Key${letter}`);

test('every key of every screen is known, with words in the catalogues', () => {
  const said = new Set<string>();
  for (const source of Object.values(SOURCES)) {
    for (const [, code, rest] of source.matchAll(/code: '((?:Key|Digit)\w)'([^}]*)/g)) if (!/\b(?:mod|shift): true/.test(rest!)) said.add(code!);
  }
  expect([...new Set(ALL_KEYS.map(({ code }) => code))].toSorted()).toEqual([...said].toSorted());
  expect(ALL_KEYS.filter(({ label }) => !(label in everySentence('en')))).toEqual([]);
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

import { expect, test } from 'vitest';
import { compare } from './translations.ts';

const all = (message: string) => ({ en: { a: message }, bg: { a: message }, pl: { a: message }, ru: { a: message }, ar: { a: message } });

test('the same sentence with the same blanks in every language is in order', () => {
  expect(compare('room', { ...all('{name}: {n}'), bg: { a: '{n} от {name}' } })).toEqual([]);
});

test('a missing, empty, broken or untranslated sentence is named', () => {
  expect(compare('room', { ...all('Good morning'), bg: {}, pl: { a: ' ' }, ru: { a: '{n, plural' }, ar: { a: 'صباح الخير' } })).toEqual([
    'room/bg.json: "a" is missing',
    'room/pl.json: "a" is empty',
    expect.stringMatching(/^room\/ru\.json: "a" cannot be read/),
  ]);
  expect(compare('room', { ...all('Good morning'), bg: { a: 'Добро утро' }, pl: { a: 'Dzień dobry' }, ru: { a: 'Доброе утро' } }))
    .toEqual(['room/ar.json: "a" is still English']);
});

test('a sentence with other blanks is named', () => {
  expect(compare('room', { ...all('{name}'), pl: { a: '{nazwa}' } })).toEqual(['room/pl.json: "a" has the blanks {nazwa} where English has {name}']);
});

test('a plural must have the forms of its own language, not those of English', () => {
  const english = '{n, plural, one {# day} other {# days}}';
  const slavic = '{n, plural, one {#} few {#} many {#} other {#}}';
  const arabic = '{n, plural, zero {#} one {#} two {#} few {#} many {#} other {#}}';
  expect(compare('room', { en: { a: english }, bg: { a: english }, pl: { a: slavic }, ru: { a: slavic }, ar: { a: arabic } })).toEqual([]);
  expect(compare('room', { en: { a: english }, bg: { a: slavic }, pl: { a: slavic }, ru: { a: '{n, plural, one {#} few {#} other {#}}' }, ar: { a: arabic } })).toEqual([
    'room/bg.json: "a" has a plural "few" of {n} that the language does not know',
    'room/bg.json: "a" has a plural "many" of {n} that the language does not know',
    'room/ru.json: "a" lacks the plural "many" of {n}',
  ]);
});

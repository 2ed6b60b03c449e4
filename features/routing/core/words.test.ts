import { expect, test } from 'vitest';
import { LANGUAGES } from '../../../kernel/languages.ts';
import { readReasons, type Reason } from './reasons.ts';
import { durationInWords, inWords, rangeInWords } from './words.ts';

const names = (id: string) => ({ ana: 'Ana', refunds: 'Refunds' })[id];

test('a reason is a sentence, in every language', () => {
  const reason: Reason = { code: 'nobody_able', values: { present: 3, skills: ['refunds', 'gone'] } };
  expect(inWords(reason, 'en', names)).toBe('Nobody who is online has what it asks for: Refunds and … (online: 3).');
  for (const language of LANGUAGES) expect(inWords(reason, language, names)).toContain('Refunds');
  expect(inWords({ code: 'turn', values: { waitedSeconds: 7_500, headStartSeconds: 0 } }, 'en', names)).toBe('It was next: it had waited for 2 hours 5 minutes.');
  expect(inWords({ code: 'turn', values: { waitedSeconds: 40, headStartSeconds: 3_600 } }, 'en', names)).toBe('It was next: it had waited for 40 seconds, and urgency gave it a head start of 1 hour.');
});

test('durations have two units at most', () => {
  expect([0, 59, 90, 3_600, 90_061].map((seconds) => durationInWords(seconds, 'en'))).toEqual(['0 seconds', '59 seconds', '1 minute', '1 hour', '1 day 1 hour']);
  expect(rangeInWords(60, 1_200, 'bg')).toBe('от 1 минута до 20 минути');
});

test('what another version stored is left out', () => {
  expect(readReasons([{ code: 'constructor', values: {} }, { code: 'refused', values: { count: 'x' } }, { code: 'refused', values: { count: 2 } }, null])).toEqual([{ code: 'refused', values: { count: 2 } }]);
});

import { expect, test } from 'vitest';
import { LANGUAGES } from '../../../kernel/languages.ts';
import { readReasons, REASON_CODES, type Reason } from './reasons.ts';
import { durationInWords, inWords, rangeInWords } from './words.ts';

const names = (id: string) => ({ ana: 'Ana', refunds: 'Refunds' })[id];

test('a reason is a sentence, in every language', () => {
  const reason: Reason = { code: 'nobody_able', values: { present: 3, skills: ['refunds', 'gone'] } };
  expect(inWords(reason, 'en', names)).toBe('Nobody who is online has what it asks for: Refunds and … (online: 3).');
  for (const language of LANGUAGES) expect(inWords(reason, language, names)).toContain('Refunds');
  expect(inWords({ code: 'turn', values: { waitedSeconds: 7_500, headStartSeconds: 0 } }, 'en', names)).toBe('It was next: it had waited for 2 hours 5 minutes.');
  expect(inWords({ code: 'turn', values: { waitedSeconds: 40, headStartSeconds: 3_600 } }, 'en', names)).toBe('It was next: it had waited for 40 seconds, and urgency gave it a head start of 1 hour.');
});

/** Whatever a reason of any code may carry. */
const ALL = {
  person: 'ana', skills: ['refunds'], teams: ['refunds'], waitedSeconds: 300, headStartSeconds: 3_600, idleSeconds: 60, inSeconds: 120, count: 2, free: 3, present: 4, people: 5, percent: 30, channel: 'email',
};

test.each(LANGUAGES)('every reason has words of its own in %s', (language) => {
  const said = REASON_CODES.map((code) => {
    const [reason] = readReasons([{ code, values: ALL }]);
    return reason ? inWords(reason, language, names) : expect.unreachable(code);
  });
  for (const [i, sentence] of said.entries()) {
    expect(sentence, REASON_CODES[i]).toMatch(/^\p{L}.*[.)]$/su);
    expect(sentence, REASON_CODES[i]).not.toMatch(/undefined|NaN|null|\$\{|…/);
    if (language !== 'en') expect(sentence, REASON_CODES[i]).not.toBe(inWords(readReasons([{ code: REASON_CODES[i], values: ALL }])[0]!, 'en', names));
  }
  expect(new Set(said).size).toBe(said.length);
});

test('durations have two units at most', () => {
  expect([0, 59, 90, 3_600, 90_061].map((seconds) => durationInWords(seconds, 'en'))).toEqual(['0 seconds', '59 seconds', '1 minute', '1 hour', '1 day 1 hour']);
  expect(rangeInWords(60, 1_200, 'bg')).toBe('от 1 минута до 20 минути');
});

test('what another version stored is left out', () => {
  expect(readReasons([{ code: 'constructor', values: {} }, { code: 'refused', values: { count: 'x' } }, { code: 'refused', values: { count: 2 } }, null])).toEqual([{ code: 'refused', values: { count: 2 } }]);
});

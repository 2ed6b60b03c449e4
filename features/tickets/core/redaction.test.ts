import { describe, expect, test } from 'vitest';
import { BLACKED, secretsIn, seekerOf, strike } from './redaction.ts';

const found = (text: string) => secretsIn(text).map((one) => one.text);
const after = (text: string, ...passages: string[]) => strike(text, seekerOf(passages));

describe('what looks like a secret', () => {
  test.each([
    ['my card is 4111111111111111.', ['4111111111111111']],
    ['4111 1111 1111 1111 and 5500-0000-0000-0004', ['4111 1111 1111 1111', '5500-0000-0000-0004']],
    ['order 12345 4111 1111 1111 1111 of today', ['4111 1111 1111 1111']],
    ['٤١١١ ١١١١ ١١١١ ١١١١', ['٤١١١ ١١١١ ١١١١ ١١١١']],
    ['371449635398431', ['371449635398431']],
    ['IBAN: PL61 1090 1014 0000 0712 1981 2874', ['PL61 1090 1014 0000 0712 1981 2874']],
    ['BG80BNBG96611020345678', ['BG80BNBG96611020345678']],
  ])('%s', (text, expected) => { expect(found(text)).toEqual(expected); });

  test.each(['4111 1111 1111 1112', 'tracking 1234567890123456', '+48 601 234 567', '2026-03-02 09:00:00 12:00', 'PL61 1090 1014 0000 0712 1981 2875'])('%s is none', (text) => {
    expect(found(text)).toEqual([]);
  });

  test('a long text of digits is looked through without delay', () => {
    expect(found('1 '.repeat(100_000))).toEqual([]);
  });
});

describe('taking out', () => {
  test('a number goes in whichever digits and groups it stands', () => {
    for (const text of ['4111111111111111', '4111-1111 1111.1111', '٤١١١١١١١١١١١١١١١', '4111\u00a01111\n1111 1111']) {
      expect(after(`a ${text} b`, '4111 1111 1111 1111')).toBe(`a ${BLACKED} b`);
    }
  });

  test('words go whatever their case and spacing, and signs mean themselves', () => {
    expect(after('Passport  No. AB (12)', 'passport no. ab (12)')).toBe(BLACKED);
    expect(after('No1 12', 'No. 12')).toBe('No1 12');
    expect(after('ID ab1234567', 'AB 1234567')).toBe(`ID ${BLACKED}`);
  });

  test('what is too short to mean one thing takes nothing out', () => { expect(after('a b c', 'b')).toBe('a b c'); });
});

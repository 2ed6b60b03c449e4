import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OPERATORS, parseQuery, typedAt, withPart, written } from './query.ts';

const read = (typed: string) => {
  const { sought, terms } = parseQuery(typed);
  return { sought: sought.map(({ text, isPhrase, isNot }) => `${isNot ? 'not ' : ''}${isPhrase ? `«${text}»` : text}`), terms: terms.map(({ operator, value, isNot }) => `${isNot ? 'not ' : ''}${operator}=${value}`) };
};

test('words, phrases, operators and what must not be there', () => {
  expect(read('broken kettle from:maria@example.org -refund "out of stock" -"no reply" tag:"very important" STATUS:open -kind:complaint #1042')).toEqual({
    sought: ['broken', 'kettle', 'not refund', '«out of stock»', 'not «no reply»'],
    terms: ['from=maria@example.org', 'tag=very important', 'status=open', 'not kind=complaint', 'number=1042'],
  });
});

test('what is no operator is a word: addresses, times, unknown keys, an operator without a value, a lonely minus', () => {
  expect(read('http://shop.test 10:30 colour:red from: - well-known #abc')).toEqual({ sought: ['http://shop.test', '10:30', 'colour:red', 'from:', '-', 'well-known', '#abc'], terms: [] });
});

test('quotes of our languages, and one that does not end', () => {
  expect(read('„счупен чайник“ «старый чайник» ”dzień dobry” team:„Връщане и замяна“ "left open')).toEqual({
    sought: ['«счупен чайник»', '«старый чайник»', '«dzień dobry»', '«left open»'], terms: ['team=Връщане и замяна'],
  });
});

const value = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).map((text) => text.replace(/["“”„«»\s]/gu, ' ').replace(/\s+/gu, ' ').trim()).filter((text) => text !== '');

test('what is written for an operator is read as that operator and that value, in any order and company', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom(...OPERATORS), value, fc.boolean()), { minLength: 1, maxLength: 6 }), (parts) => {
    const typed = parts.map(([operator, one, isNot]) => `${isNot ? '-' : ''}${written(operator, one)}`).join(' ');
    expect(parseQuery(typed).terms.map(({ operator, value: one, isNot }) => [operator, one, isNot])).toEqual(parts);
    expect(parseQuery(typed).sought).toEqual([]);
  }));
});

test('any input is read: every part lies in it, in order, none over another, and nothing throws', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (typed) => {
    const { sought, terms } = parseQuery(typed);
    const parts = [...sought, ...terms].toSorted((a, b) => a.from - b.from);
    for (const [n, part] of parts.entries()) {
      expect(part.from).toBeGreaterThanOrEqual(parts[n - 1]?.to ?? 0);
      expect(part.to).toBeGreaterThan(part.from);
      expect(part.to).toBeLessThanOrEqual(typed.length);
    }
    expect(parts.every((part) => !/^\s/u.test(typed.slice(part.from, part.to)))).toBe(true);
  }));
});

test('a query of thousands of quotes and minuses is read at once, and no more than a few parts of it', () => {
  const { sought, terms } = parseQuery('-"a" '.repeat(200_000));
  expect(sought.length + terms.length).toBeLessThanOrEqual(32);
});

test('what is being typed can be completed in its place', () => {
  expect(typedAt('kettle sta', 10)).toEqual({ operator: null, beginning: 'sta', from: 7, to: 10 });
  expect(typedAt('kettle status: red', 14)).toEqual({ operator: 'status', beginning: '', from: 7, to: 14 });
  expect(typedAt('kettle status:op red', 16)).toEqual({ operator: 'status', beginning: 'op', from: 7, to: 16 });
  expect(typedAt('kettle ', 7)).toBeNull();
  expect(withPart('kettle sta red', { from: 7, to: 10 }, written('team', 'Returns & refunds'))).toBe('kettle team:"Returns & refunds" red');
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdsPhrase, passageOf } from './passages.ts';

const marked = (text: string, words: string): string[] => {
  const passage = passageOf(text, words)!;
  return passage.marks.map(([from, to]) => passage.text.slice(from, to));
};

test('the place is shown where most of the words stand together', () => {
  const text = `A kettle. ${'Nothing here. '.repeat(40)}The kettles arrived broken yesterday. ${'Nothing there. '.repeat(40)}`;
  const passage = passageOf(text, 'broken kettle')!;

  expect(passage.text).toContain('The kettles arrived broken yesterday.');
  expect(passage.text).toMatch(/^….*…$/u);
  expect(marked(text, 'broken kettle')).toEqual(['kettles', 'broken']);
});

test('words in other languages, and a text that holds none of them, from its beginning', () => {
  expect(marked('Чайникът пристигна счупен', 'чайник счупен')).toEqual(['Чайникът', 'счупен']);
  expect(passageOf('Hello there', 'kettle')).toEqual({ text: 'Hello there', marks: [] });
  expect(passageOf(' \n ', 'kettle')).toBeNull();
});

test('marks lie within the passage, in order, whatever the text; the passage is short and whole', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 2_000 }), fc.string({ unit: 'grapheme', maxLength: 30 }), (text, words) => {
    const passage = passageOf(text, words);
    if (!passage) return;
    expect(passage.text.length).toBeLessThanOrEqual(190);
    let end = 0;
    for (const [from, to] of passage.marks) {
      expect(from).toBeGreaterThanOrEqual(end);
      expect(to).toBeGreaterThan(from);
      end = to;
    }
    expect(end).toBeLessThanOrEqual(passage.text.length);
  }));
});

test('a phrase stands word by word, whatever is between them', () => {
  expect(holdsPhrase('The lid is, sadly,\nout of  stock.', 'Out of stock')).toBe(true);
  expect(holdsPhrase('out of our stock', 'out of stock')).toBe(false);
  expect(holdsPhrase('shout of stockings', 'out of stock')).toBe(false);
});

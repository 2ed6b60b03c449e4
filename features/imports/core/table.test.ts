import { expect, test } from 'vitest';
import { rowAt, separatorOf } from './table.ts';

const rowsOf = (text: string, separator = ',') => {
  const rows: (readonly string[])[] = [];
  for (let row = rowAt(text, separator, 0); row; row = rowAt(text, separator, row.next)) rows.push(row.cells);
  return rows;
};

test('cells in quotes hold separators, quotes and lines; empty lines are none', () => {
  expect(rowsOf('a,b,c\r\n"1,5","say ""hi""","two\nlines"\r\n\r\n,,\r\nlast')).toEqual([['a', 'b', 'c'], ['1,5', 'say "hi"', 'two\nlines'], ['', '', ''], ['last']]);
});

test('a quote that nobody closes ends with the file, and not never', () => {
  expect(rowsOf('a,"b\nc,d')).toEqual([['a', 'b\nc,d']]);
});

test.each([['a;b;c\n1,5;2;3', ';'], ['a\tb\n1\t2', '\t'], ['a,b\n"x;y;z",2', ','], ['a|b\n1|2', '|'], ['only one column\nx', ',']])('of %j the separator is %j', (text, separator) => {
  expect(separatorOf(text)).toBe(separator);
});

import { expect, test } from 'vitest';
import { fileType, TAKEN_ENDINGS } from './file-types.ts';

const bytes = (text: string, ...before: number[]): Uint8Array => new Uint8Array([...before, ...new TextEncoder().encode(text)]);

test('what a file is, its bytes say', () => {
  expect(fileType(bytes('PNG\r\n\x1a\n', 0x89), 'photo.PNG')).toBe('image/png');
  expect(fileType(bytes('%PDF-1.7'), 'bill.pdf')).toBe('application/pdf');
  expect(fileType(bytes('Здравейте'), 'words.txt')).toBe('text/plain');
  expect(fileType(bytes('a,b\n1,2'), 'table.csv')).toBe('text/csv');
  expect(TAKEN_ENDINGS).toContain('.docx');
});

test.each([
  ['a page under the name of a picture', '<html><script>', 'photo.png'], ['a drawing', '<svg xmlns="x">', 'a.svg'], ['a page as text', ' <!doctype html>', 'a.txt'],
  ['a script as text', '#!/bin/sh', 'run.txt'], ['a program', 'MZ\x90', 'setup.exe'], ['a program as a document', 'MZ\x90', 'bill.pdf'], ['a picture with two endings', '\x89PNG', 'photo.png.html'],
  ['nothing at all', '', 'photo.jpg'], ['no ending', '%PDF-', 'bill'],
])('%s is not taken', (_what, text, name) => {
  expect(fileType(bytes(text), name)).toBeNull();
});

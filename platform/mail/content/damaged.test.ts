import { expect, test } from 'vitest';
import { parseMessage } from '../parse-message.ts';
import type { ParsedMail } from '../parsed.ts';

async function read(raw: string | Buffer): Promise<ParsedMail> {
  const result = await parseMessage(Buffer.isBuffer(raw) ? raw : Buffer.from(raw.replace(/\r?\n/g, '\r\n')));
  if ('error' in result) throw new Error(result.error);
  return result.mail;
}

const MIXED = 'Content-Type: multipart/mixed; boundary=B\n';
const WORDS = '--B\nContent-Type: text/plain\n\nhello\n';
const FILE = '--B\nContent-Type: image/png; name=a.png\nContent-Transfer-Encoding: base64\n\naGVsbG8gd29ybGQK\n';
const HELLO = { text: 'hello', attachments: [{ name: 'a.png', bytes: { length: 12 } }] };
const inner = (border: string, more = ''): string => `Content-Type: multipart/alternative; boundary=${border}\n\n--${border}\nContent-Type: text/plain\n\nhello\n--${border}\nContent-Type: text/html\n\n<p>hello</p>\n${more}`;

test.each<[string, string, object]>([
  ['no closing border', `${MIXED}\n${WORDS}${FILE}`, HELLO],
  ['the last border cut off', `${MIXED}\n${WORDS}${FILE}--`, HELLO],
  ['the last border glued to the words', `${MIXED}\n--B\n\nhello--B--`, { text: 'hello' }],
  ['inner parts ended by the outer border', `Content-Type: multipart/mixed; boundary=B\n\n--B\n${inner('I')}${FILE}--B--\n`, HELLO],
  ['an inner border that begins like the outer', `Content-Type: multipart/mixed; boundary=B\n\n--B\n${inner('B1', '--B1--\n')}${FILE}--B--\n`, HELLO],
  ['an outer border that begins like the inner', `Content-Type: multipart/mixed; boundary=BX\n\n--BX\n${inner('B', '--B--\n')}${FILE.replace('--B', '--BX')}--BX--\n`, HELLO],
  ['one border inside and outside', `${MIXED}\n--B\n${inner('B', '--B--\n')}${FILE}--B--\n`, HELLO],
  ['a stray border of parts that were ended too early', `Content-Type: multipart/mixed; boundary=O\n\n--O\n${MIXED}\n--O\nContent-Type: text/plain\n\nhello\n${FILE}--B--\n--O--\n`, HELLO],
  ['a stray border and nothing behind it', 'Content-Type: multipart/mixed; boundary=ab\n\n--ab\nContent-Type: multipart/mixed; boundary=a\n\n--ab\nContent-Type: text/plain\n\n--a\n\n', { text: '', attachments: [] }],
  ['no blank line before the first border', `${MIXED}${WORDS}${FILE}--B--\n`, HELLO],
  ['no blank line before the first inner border', `Content-Type: multipart/mixed; boundary=B\n\n--B\n${inner('I', '--I--\n').replace('\n\n', '\n')}${FILE}--B--\n`, HELLO],
  ['a part without a blank line', `${MIXED}\n--B\nContent-Type: text/plain\nhello\n${FILE}--B--\n`, HELLO],
  ['a file without a blank line', `${MIXED}\n${WORDS}${FILE.replace('\n\n', '\n')}--B--\n`, HELLO],
  ['a blank line of spaces', `${MIXED}\n--B\nContent-Type: text/plain\n \nhello\n${FILE}--B--\n`, HELLO],
  ['doubled borders', `${MIXED}\n--B\n${WORDS}--B\n${FILE}--B--\n`, HELLO],
  ['spaces behind borders', `${MIXED}\n${WORDS.replace('--B', '--B  ')}${FILE}--B-- \n`, HELLO],
  ['a boundary in pieces (RFC 2231)', `Content-Type: multipart/mixed; boundary*0="B"; boundary*1="C"\n\n${`${WORDS}${FILE}--B--\n`.replaceAll('--B', '--BC')}`, HELLO],
  ['everything in base64', `${MIXED}Content-Transfer-Encoding: base64\n\n${Buffer.from(`${WORDS}${FILE}--B--\n`).toString('base64')}\n`, HELLO],
  ['a type without its semicolon', 'Content-Type: text/html charset=utf-8\n\n<p>hello</p>\n', { text: 'hello', attachments: [] }],
  ['a type with a comma', 'Content-Type: text/plain, charset=koi8-r\n\nhello\n', { text: 'hello', attachments: [] }],
  ['a type of three', 'Content-Type: text/html/plain\n\n<p>hello</p>\n', { text: 'hello', attachments: [] }],
  ['alternatives without a semicolon', `Content-Type: multipart/alternative boundary=I\n${inner('I', '--I--\n').split('\n').slice(1).join('\n')}`, { text: 'hello', attachments: [] }],
  ['plain words that are called base64', 'Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nHello where is it\nthank you\n', { text: 'Hello where is it\nthank you' }],
  ['base64 with rubbish in it', 'Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\naGVs!!bG8g*\nd29y bGQ=\n', { text: 'hello world' }],
  ['a plain footer below base64', 'Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\naGVsbG8gd29ybGQ=\n\n_______\nList mailing list\n', { body: 'hello world\n\n_______\nList mailing list' }],
])('a damaged message is read as people mean it: %s', async (_what, raw, expected) => {
  expect(await read(raw)).toMatchObject(expected);
});

test('a border of another message is words', async () => {
  expect((await read(`${MIXED}\n--B\nContent-Type: text/plain\n\nhello\n--other\n--B--\n`)).text).toBe('hello\n--other');
});

const D = Buffer.from('д');
const word = (bytes: Buffer, charset = 'utf-8'): string => `=?${charset}?B?${bytes.toString('base64')}?=`;

test('encoded words that cut a character in two are read together; others stay what they are', async () => {
  const subject = async (...words: string[]): Promise<string> => (await read(`From: a@b.example\nSubject: ${words.join('\n ')}\n\nx\n`)).subject;
  expect(await subject(word(Buffer.concat([Buffer.from('Го'), D.subarray(0, 1)])), word(D.subarray(1)))).toBe('Год');
  expect(await subject(word(Buffer.from([0xc4]), 'gb2312'), word(Buffer.from([0xe3]), 'gb2312'))).toBe('你');
  expect(await subject(word(D.subarray(0, 1)), 'and', word(Buffer.from('Год')))).toBe('\ufffd and Год');
});

test.each([
  ['Smith, Ann <ann@b.example>', { name: 'Smith, Ann', address: 'ann@b.example' }],
  ['Ann <<ann@b.example>>', { name: 'Ann', address: 'ann@b.example' }],
  ['Ann <@r.example,@s.example:ann@b.example>', { name: 'Ann', address: 'ann@b.example' }],
  ['<mailto:ann@b.example>', { name: '', address: 'ann@b.example' }],
  ['Ann <ann@b.example>, Bob <bob@b.example>', { name: 'Ann', address: 'ann@b.example' }],
  ['ann@home via Shop <shop@b.example>', { name: 'ann@home via Shop', address: 'shop@b.example' }],
])('who wrote it is found in a field that is not as it should be: %s', async (field, author) => {
  expect((await read(`From: ${field}\nSubject: x\n\nhello\n`)).from).toEqual(author);
});

test.each([
  ['Tue, 3 Mar 2026 10.00.00 +0200', '08'], ['Tue Mar 03 10:00:00 EET 2026', '08'], ['Tue, 3 Mar 2026 10:00:00 CEST', '08'], ['Tue, 3 Mar 2026 10:00:00 MSK', '07'],
  ['Tue, 3 Mar 2026 10:00:00 +0200 "EET"', '08'], ['Tue, 3 Mar 2026 10:00:00 +02:00', '08'], ['Tue, 3 Mar 2026 10:00:00 EST', '15'], ['Tue, 3 Mar 2026 10:00:00 XYZ', '10'], ['3 March 2026, 10:00 JST', '01'],
])('a date is read however it is written: %s', async (field, hour) => {
  expect((await read(`From: a@b.example\nDate: ${field}\n\nhello\n`)).date).toBe(`2026-03-03T${hour}:00:00.000Z`);
});

test('what stands before the head does not hide it; words that only look like one stay words', async () => {
  for (const before of ['\ufeff', '\r\n', '\n\n']) {
    expect(await read(Buffer.from(`${before}From: a@b.example\nSubject: x\n\nhello\n`)), JSON.stringify(before)).toMatchObject({ from: { address: 'a@b.example' }, subject: 'x', text: 'hello' });
  }
  expect((await read('\nNote: bring it\n')).text).toBe('Note: bring it');
});

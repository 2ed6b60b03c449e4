import { expect, test } from 'vitest';
import { foundPieces, fromFound, linkPieces } from './words.ts';

const links = (text: string) => linkPieces(text).filter((piece) => piece.href).map(({ href }) => href);
const found = (text: string, query: string) => foundPieces(text, query).filter((piece) => piece.found).map((piece) => piece.text);

test('addresses become links, without the punctuation around them', () => {
  expect(links('See https://example.org/a?b=1.')).toEqual(['https://example.org/a?b=1']);
  expect(links('(www.example.org/wiki/Kettle_(tea)), thanks')).toEqual(['https://www.example.org/wiki/Kettle_(tea)']);
  expect(links('Пишете на maria@example.bg!')).toEqual(['mailto:maria@example.bg']);
});

test('nothing else becomes a link', () => {
  expect(links('javascript:alert(1) data:text/html,x file:///etc/passwd')).toEqual([]);
  expect(links('https://')).toEqual([]);
});

test('a phone number stays in one piece, whatever the direction around it', () => {
  const numbers = (text: string) => linkPieces(text).filter((piece) => piece.ltr).map((piece) => piece.text);
  expect(numbers('وهاتفي +966 50 123 4567.')).toEqual(['+966 50 123 4567']);
  expect(numbers('Call (02) 981-22-33 or 4471')).toEqual(['(02) 981-22-33']);
});

test('no character is lost on the way', () => {
  for (const text of ['', 'a', 'x https://a.b, y@z.de', 'مرحبا www.example.com.']) {
    expect(linkPieces(text).map((piece) => piece.text).join('')).toBe(text);
    expect(foundPieces(text, 'a example').map((piece) => piece.text).join('')).toBe(text);
  }
});

test('the words of a search are marked in their other forms too', () => {
  expect(found('Two kettles, one kettle', 'Kettle')).toEqual(['kettles', 'kettle']);
  expect(found('Чайника го няма', 'чайник')).toEqual(['Чайника']);
  expect(found('order ٣٤٥', '345')).toEqual(['٣٤٥']);
  expect(found('a cattle truck', 'cat')).toEqual(['cattle']);
  expect(found('nothing here', '')).toEqual([]);
});

test('a row shows what was found: a long beginning makes room for it, and nothing behind it is lost', () => {
  expect(fromFound('Proszę o nowy czajnik. Order 4717', 'order')).toBe('…czajnik. Order 4717');
  expect(fromFound('My order is late', 'order')).toBe('My order is late');
  expect(fromFound('Proszę o nowy czajnik.', 'order')).toBe('Proszę o nowy czajnik.');
  expect(fromFound('السلام عليكم، وصلت الغلاية مكسورة', 'الغلاية')).toBe('…وصلت الغلاية مكسورة');
  expect(fromFound('Order 4711 and order 4712', '')).toBe('Order 4711 and order 4712');
});

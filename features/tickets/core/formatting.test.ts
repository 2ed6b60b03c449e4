import { expect, test } from 'vitest';
import { saysMoreThanText } from './formatting.ts';

test.each([
  '<p>Hello <b>Ann</b>, see <a href="https://x.example" style="color:#0563c1">this</a>.</p><p>Bye</p>',
  '<div style="color: rgb(34, 34, 34); font-family: Calibri; background-color: #fff">Hello</div><ul><li>one</li></ul>',
  '<font color="#000000">Hello</font><blockquote style="border-left: 1px solid #0857A6">Is it well?</blockquote>',
  '<style>a:link { color: #0563c1 }</style><p>Hello</p>', '<p>Hello</p><img src="https://x.example/seen" width="1" height="1">', '<table><tr><td>Hello</td></tr></table>', '',
])('nothing is lost when it is read as text: %s', (html) => {
  expect(saysMoreThanText(html)).toBe(false);
});

test.each([
  '<p>See <img alt="" data-blocked="remote"></p>', '<p>See <img src="cid:photo" alt=""></p>', '<table><tr><td>Kettle</td><td>2</td></tr></table>', '<p style="color:#c00">Wrong</p>', '<span style="background: yellow">This one</span>',
  '<font color="red">Wrong</font>', '<p>Not <s>two</s> one</p>', '<p style="color: rgb(192, 0, 0)">Wrong</p>',
])('the page says more: %s', (html) => {
  expect(saysMoreThanText(html)).toBe(true);
});

test('a megabyte of anything is looked at once', () => {
  for (const part of ['<a ', '<img ', 'color:', '<td', 'x', '<font color=']) expect(typeof saysMoreThanText(part.repeat(1_000_000 / part.length))).toBe('boolean');
});

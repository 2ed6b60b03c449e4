import { expect, test } from 'vitest';
import { strikeHtml } from './strike.ts';

const struck = (html: string) => strikeHtml(html, (text) => [...text.matchAll(/4111[\s\u00a0]?1111/g)].map((match) => [match.index, match.index + match[0].length]), 'X');

test.each([
  ['<p>card 4111 1111!</p>', '<p>card X!</p>'],
  ['41<b>11</b> <i>1111</i>', 'X<b></b><i></i>'],
  ['4111&nbsp;11&#49;1 &amp; on', 'X &amp; on'],
  ['<a title="41111111" href="/x">y</a>', '<a title="X" href="/x">y</a>'],
  ['<!-- 4111 1111 -->a < b', '<!-- X -->a < b'],
  ['<p>4110</p>', '<p>4110</p>'],
])('%s', (html, expected) => { expect(struck(html)).toBe(expected); });

test('tags that never end do not hold it up', () => { expect(struck('<a'.repeat(300_000))).toBe('<a'.repeat(300_000)); });

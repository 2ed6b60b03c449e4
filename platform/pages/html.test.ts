import { expect, test } from 'vitest';
import { attributes, html, raw } from './html.ts';

const EVIL = `"><script>alert('x')</script>&`;

test('what somebody wrote is text, between tags and in attributes', () => {
  expect(html`<p title="${EVIL}">${EVIL}</p>`.text).toBe(
    '<p title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;">&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;</p>');
});

test('pieces nest, lists follow each other, and nothing is nothing', () => {
  const rows = ['<a>', 'b'].map((one) => html`<li>${one}</li>`);
  expect(html`<ul>${rows}</ul>${null}${undefined}${false}${true}${0}${raw('<b>clean</b>')}`.text).toBe('<ul><li>&lt;a&gt;</li><li>b</li></ul>0<b>clean</b>');
});

test.each([
  'javascript:alert(1)', 'JaVaScRiPt:alert(1)', ' javascript:alert(1)', 'java\nscript:alert(1)', '\u0001javascript:alert(1)', 'data:text/html,x', 'vbscript:x', '//evil.test',
  '/\\evil.test', '/\t/evil.test', 'blob:x', 'x:y',
])('an address that could run a script or lead astray leads nowhere: %j', (address) => {
  expect(html`<a href="${address}">x</a><form action='${address}'></form>`.text).toBe('<a href="#">x</a><form action=\'#\'></form>');
  expect(html`<img ${attributes({ src: address })}>`.text).toBe('<img src="#">');
});

test('addresses of our own and of the web are kept, and escaped', () => {
  expect(html`<a href="${'/help/en?q="a"&b'}">x</a><a href="${'https://shop.test/?a=1&b'}">y</a><a href="${'#top'}">z</a>`.text)
    .toBe('<a href="/help/en?q=&quot;a&quot;&amp;b">x</a><a href="https://shop.test/?a=1&amp;b">y</a><a href="#top">z</a>');
});

test('attributes come and go', () => {
  expect(html`<input ${attributes({ name: 'q', value: EVIL, required: true, disabled: false, id: null })}>`.text)
    .toBe('<input name="q" value="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;" required>');
  expect(() => attributes({ onclick: 'x' })).toThrow(/no attribute/);
  expect(() => attributes({ 'a b': 'x' })).toThrow(/no attribute/);
});

test('where a value would not be safe the template throws', () => {
  expect(() => html`<p class=${'x'}>`).toThrow(/Quote/);
  expect(() => html`<${'p'}>`).toThrow(/Quote/);
  expect(() => html`<p ${'onclick=x'}>`).toThrow(/attributes/);
  expect(() => html`<p onclick="${'x'}">`).toThrow(/onclick/);
  expect(() => html`<p style="${'x'}">`).toThrow(/style/);
  expect(() => html`<script>${'x'}</script>`).toThrow(/<script>/);
  expect(() => html`<style>${'x'}</style>`).toThrow(/<style>/);
  expect(() => html`<!-- ${'x'} -->`).toThrow();
  expect(() => html`<p title="${html`<b>`}">`).toThrow(/attribute is text/);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapeHtml } from './escape.ts';
import { sanitiseMail } from './sanitise.ts';
import { textOfHtml } from './reading.ts';
import { htmlOfText } from './text.ts';
import { safeLink } from './url.ts';

const blocked = { image: () => null };
const clean = (html: string) => sanitiseMail(html, blocked).html;

test('mail keeps its looks', () => {
  const html = '<table width="600" bgcolor="#ffffff" cellpadding="4"><tr><td align="right" style="color:#333;padding:4px 8px;font-family:\'Arial\'"><b>Hi</b></td></tr></table>';
  expect(clean(html)).toBe(html);
  expect(clean('<div dir="rtl" lang="ar">مرحبا</div>')).toBe('<div dir="rtl" lang="ar">مرحبا</div>');
  expect(clean('<style>.a{color:red} @media (max-width:600px){.a{width:100%}}</style><p class="a">x</p>'))
    .toBe('<style>.a{color:red}@media (max-width:600px){.a{width:100%}}</style><p class="a">x</p>');
});

test.each([
  ['scripts', '<script>alert(1)</script><p onclick="alert(1)">x</p>', '<p>x</p>'],
  ['nested to survive one pass', '<scr<script>x</script>ipt>alert(1)</scr</script>ipt>', 'xipt&gt;alert(1)ipt&gt;'],
  ['forms', '<form action="https://e.example"><input name="a"><button>Go</button></form>', 'Go'],
  ['frames and fetchers', '<iframe src="//e.example"></iframe><object data="x"></object><embed src="x"><link rel="stylesheet" href="//e.example"><meta http-equiv="refresh" content="0;url=//e.example"><base href="//e.example">', ''],
  ['foreign content', '<svg onload="alert(1)"><a xlink:href="javascript:alert(1)"><text>x</text></a></svg><math><mi>y</mi></math>', '<a>x</a>y'],
  ['unread text', '<title>t</title><textarea>u</textarea><noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>z', null],
  ['script links', '<a href="java&#0000115;cript:alert(1)">a</a><a href="jav\tascript:alert(1)">b</a><a href="data:text/html,x">c</a><a href=" vbscript:x">d</a>', '<a>a</a><a>b</a><a>c</a><a>d</a>'],
  ['links that deceive', '<a href="https://bank.example@evil.example/">a</a>', '<a>a</a>'],
])('removes %s', (_, html, expected) => {
  const result = clean(html);
  if (expected !== null) expect(result).toBe(expected);
  expect(result).not.toMatch(/<(?:script|iframe|object|embed|link|meta|base|form|input|svg|math|style)|\son\w+\s*=|javascript:/iu);
});

test.each([
  'background:url(https://e.example/x)', 'width:expression(alert(1))', 'position:fixed', 'behavior:url(x)', '-moz-binding:url(x)',
  'background:u\\72l(https://e.example)', 'color:red;}body{background:url(x)', 'font-family:"</style><script>"', 'width:attr(title px)', 'color:var(--x)',
])('styles lose what could fetch or hide: %s', (style) => {
  expect(clean(`<p style='${style}'>x</p>`)).not.toMatch(/url|expression|fixed|behavior|binding|\\|script|attr\(|var\(|\}/iu);
  expect(clean(`<style>p{${style}}</style><p>x</p>`)).not.toMatch(/url|expression|fixed|behavior|binding|\\|script|attr\(|var\(/iu);
});

test('style sheets lose imports, fonts and what is not plain', () => {
  const html = '<style><!-- @import "https://e.example/a.css"; @font-face{font-family:x;src:url(x)} p{color:red} @media (prefers-color-scheme:dark){p{color:white}} a[href^="\\"]{color:blue} --></style>x';
  expect(clean(html)).toBe('<style>p{color:red}</style>x');
});

test('pictures: ours by their content id, those of the web only when allowed, pixels never', () => {
  const html = '<img src="cid:logo@x"><img src="https://w.example/a.png" alt="A"><img src="//w.example/p.gif" width="1" height="1"><img src="data:image/svg+xml;base64,AAAA"><img src="data:image/png;base64,AAAA" srcset="https://w.example/b.png 2x">';
  const seen: unknown[] = [];
  const mail = sanitiseMail(html, { image: (image) => (seen.push(image), 'cid' in image ? '/inline/1' : null) });
  expect(seen).toEqual([{ cid: 'logo@x' }, { url: 'https://w.example/a.png' }, { url: 'https://w.example/p.gif' }]);
  expect(mail.remoteImages).toBe(2);
  expect(mail.html).toBe('<img src="/inline/1" /><img alt="A" data-blocked="remote" /><img data-blocked="missing" /><img src="data:image/png;base64,AAAA" />');
});

test('links leave in a window of their own and tell nobody whence', () => {
  expect(clean('<a href="https://shop.example/?a=1&b=2" target="_top" onclick="x">s</a>'))
    .toBe('<a href="https://shop.example/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer nofollow">s</a>');
  expect(safeLink('www.shop.example')).toBe('https://www.shop.example/');
  for (const url of ['javascript:1', 'file:///etc/passwd', 'ftp://x', '/admin', '#top', '//x', 'https:', 'blob:x', '', 'x'.repeat(5_000)]) expect(safeLink(url), url).toBeNull();
});

test('nothing is too deep, too long or too broken', () => {
  for (const html of ['<div>'.repeat(100_000), '<b>x'.repeat(50_000), '<table><tr><td>'.repeat(30_000), '<'.repeat(200_000), '<style>'.repeat(50_000), `<p style="${'('.repeat(200_000)}">`, '<a '.repeat(50_000)]) {
    expect(clean(html)).not.toContain('<script');
  }
  expect(clean(`${'<div>'.repeat(5_000)}still here`)).toContain('still here');
  expect(sanitiseMail('x'.repeat(2_000_001), blocked).cut).toBe(true);
});

/** A paragraph within one, which was apart from it by an element that is gone now, stands beside it once it is read anew; then nothing moves. */
test('whatever comes in, only what is allowed goes out, also of what is read of that, and then again the same', () => {
  const piece = fc.oneof(fc.string(), fc.constantFrom('<', '>', '"', "'", '</', '<a href=', '<img src=', '<style>', '</style>', '<!--', '-->', '<svg>', '<p ', 'onerror=', '=', '&lt;script&gt;', '<![CDATA[', '<noscript>', '\0'));
  fc.assert(fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
    const once = clean(pieces.join(''));
    const twice = clean(once);
    for (const html of [once, twice]) expect(html).not.toMatch(/<(?:script|svg|noscript|iframe)|<[^>]*\son\w+=/iu);
    expect(clean(twice)).toBe(twice);
  }), { examples: [[['<p ', '<svg>', '<svg>', '<p ', '</style>']]] });
});

test('text of HTML', () => {
  const html = '<style>p{}</style><h1>Order</h1><p>Hello&nbsp;<b>Maria</b>,<br>see <a href="https://shop.example/o/1">your order</a> or <a href="https://shop.example/">https://shop.example</a></p><ul><li>one<li>two</ul><table><tr><td>A</td><td>B</td></tr><tr><td>C</td><td>D</td></tr></table>';
  expect(textOfHtml(html)).toBe('Order\n\nHello Maria,\nsee your order (https://shop.example/o/1) or https://shop.example\n\n * one\n * two\n\nA B\nC D');
});

test('text as HTML reads the same, with its addresses as links', () => {
  expect(htmlOfText('<b> & "q"\nmail a@b.example, see https://x.example/y?a=1&b=2.')).toBe(
    '&lt;b&gt; &amp; &quot;q&quot;<br>\nmail <a href="mailto:a@b.example" target="_blank" rel="noopener noreferrer nofollow">a@b.example</a>, ' +
    'see <a href="https://x.example/y?a=1&amp;b=2" target="_blank" rel="noopener noreferrer nofollow">https://x.example/y?a=1&amp;b=2</a>.');
  expect(escapeHtml(`<>&"'`)).toBe('&lt;&gt;&amp;&quot;&#39;');
});

import { expect, test } from 'vitest';
import { furnishArticle, sanitiseArticle } from './article.ts';

const PICTURE = `/help/pictures/${'a'.repeat(64)}`;

test('an article keeps its text, lists, tables, code and own pictures', () => {
  const html = `<h2>Steps</h2><ol><li>One</li></ol><table><tbody><tr><th>A</th><td colspan="2">B</td></tr></tbody></table><pre><code>x &lt; y</code></pre><img src="${PICTURE}" alt="A kettle" />`;
  expect(sanitiseArticle(html)).toBe(html);
});

test.each([
  ['<script>alert(1)</script>a', 'a'], ['<p style="color:red" class="x" onclick="x()">a</p>', '<p>a</p>'], ['<img src="https://evil.test/p.png">', ''], ['<img src="data:image/png;base64,AA">', ''],
  ['<a href="javascript:alert(1)">a</a>', '<a>a</a>'], ['<a href="//evil.test">a</a>', '<a>a</a>'], ['<iframe src="https://x.test"></iframe>', ''], ['<h1>a</h1>', '<h2>a</h2>'],
  ['<svg><script>alert(1)</script></svg>', ''], ['<form action="/x"><input></form>', ''], [`<img src="${PICTURE}?x" onerror="x">`, ''], ['<a href="/help/en">a</a>', '<a href="/help/en">a</a>'],
])('what could do harm, or look like it, is left out: %s', (given, left) => {
  expect(sanitiseArticle(given)).toBe(left);
});

test('headings can be pointed at, a video is a card that leads to it', () => {
  const { html, headings } = furnishArticle(sanitiseArticle('<h2>First <em>step</em></h2><p><a href="https://www.youtube.com/watch?v=abcdefghijk&amp;t=1">How to</a></p><p><a href="https://shop.test/">Shop</a></p>'), (site) => `on ${site}`);
  expect(headings).toEqual([{ id: 'part-1', text: 'First step' }]);
  expect(html).toContain('<h2 id="part-1">');
  expect(html).toContain('<a class="video" href="https://www.youtube.com/watch?v=abcdefghijk&amp;t=1"');
  expect(html).toContain('on youtube.com');
  expect(html).toContain('<a rel="noopener" href="https://shop.test/">Shop</a>');
});

test.each([
  ['https://www.youtube.com/watch?v=abc_DEF-123&amp;t=1', 'https://www.youtube-nocookie.com/embed/abc_DEF-123?autoplay=1'], ['https://youtu.be/abc_DEF-123', 'https://www.youtube-nocookie.com/embed/abc_DEF-123?autoplay=1'],
  ['https://m.youtube.com/shorts/abc_DEF-123', 'https://www.youtube-nocookie.com/embed/abc_DEF-123?autoplay=1'], ['https://vimeo.com/76979871', 'https://player.vimeo.com/video/76979871?autoplay=1&amp;dnt=1'],
  ['https://player.vimeo.com/video/76979871', 'https://player.vimeo.com/video/76979871?autoplay=1&amp;dnt=1'],
])('a video knows its player, at an address that keeps nothing of its readers: %s', (href, player) => {
  const { html, hasVideo } = furnishArticle(sanitiseArticle(`<p><a href="${href}">A "kettle" &lt;film&gt;</a></p>`), () => 'there');
  expect(hasVideo).toBe(true);
  expect(html).toContain(`data-player="${player}" data-title="A &quot;kettle&quot; &lt;film&gt;"`);
});

test.each(['http://youtube.com/watch?v=abcdefghijk', 'https://youtube.com.evil.test/watch?v=abcdefghijk', 'https://evil.test/youtube.com/watch?v=abcdefghijk', 'https://youtu.be/../evil', 'https://youtube.com/watch?v=%22onload%3D', 'https://vimeo.com/about', 'https://player.vimeo.com/video/1234/../../evil'])(
  'what is no video of theirs has no player: %s', (href) => {
    expect(furnishArticle(sanitiseArticle(`<p><a href="${href}">Film</a></p>`), () => 'there')).toMatchObject({ hasVideo: false, html: expect.not.stringContaining('data-player') as string });
  },
);

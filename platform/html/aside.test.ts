import { expect, test } from 'vitest';
import { pictureOf, sanitiseAside } from './aside.ts';
import { sanitiseMail } from './sanitise.ts';

const pictures = { inline: new Map([['logo', '/api/v1/files/signed']]), remote: true };

test('what is cleaned aside is what is cleaned here, pictures included', async () => {
  const html = `<p onclick="x()">Hello</p><img src="cid:logo"><img src="https://pictures.example/a.png"><img src="http://plain.example/a.png"><script>1</script>${'<p>long</p>'.repeat(6_000)}`;
  const clean = await sanitiseAside(html, pictures);
  expect(clean).toBe(sanitiseMail(html, { image: pictureOf(pictures) }).html);
  expect(clean).toContain('src="/api/v1/files/signed"');
  expect(clean).toContain('src="https://pictures.example/a.png"');
  expect(clean).not.toMatch(/plain\.example|script|onclick/);
  expect(await sanitiseAside(html, { inline: new Map(), remote: false })).not.toMatch(/signed|pictures\.example/);
});

test('mails made to be slow leave the main thread to others', async () => {
  let turns = 0;
  const ticking = setInterval(() => { turns += 1; }, 1);
  const cleaned = await Promise.all(['<li>', '<p>', '<', '<a href="x">'].map((piece) => sanitiseAside(piece.repeat(400_000), pictures)));
  clearInterval(ticking);
  expect(cleaned.every((html) => typeof html === 'string')).toBe(true);
  // Cleaned on the main thread there would be one turn for each mail at the most.
  expect(turns).toBeGreaterThan(cleaned.length * 5);
});

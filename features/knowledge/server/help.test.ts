import { expect, test } from 'vitest';
import { helpDesk } from '../../../testing/help-desk.ts';
import { testApp } from '../../../testing/test-app.ts';

test('an article is written, made readable, found and read, in its language and with its translation', async () => {
  const app = await testApp();
  const desk = helpDesk(app);
  const category = await desk.good('POST', '/article-categories', { texts: { en: { name: 'Returns', description: 'Sending things back' }, ar: { name: 'الإرجاع' } } });
  const article = await desk.write({ title: 'How to return a kettle', summary: 'Within 30 days', html: '<h1>Steps</h1><p>Pack it.</p><script>alert(1)</script>', categoryId: category.id });
  expect(article).toMatchObject({ number: 1, shown: 'now', paths: { en: '/help/en/articles/1-how-to-return-a-kettle' } });
  await desk.good('PUT', `/articles/${article.id}/texts/ar`, { title: 'كيف تُرجع غلاية', summary: '', html: '<p>غلّفها.</p>', live: true });

  const page = await desk.read('/help/en/articles/1-how-to-return-a-kettle');
  expect(page.status).toBe(200);
  expect(page.body).toContain('<h1>How to return a kettle</h1>');
  expect(page.body).toContain('<h2 id="part-1">Steps</h2><p>Pack it.</p>');
  expect(page.body).not.toMatch(/<script|alert\(1\)/);
  expect(page.body).toContain(`<link rel="alternate" hreflang="ar" href="http://desk.test/help/ar/articles/1-${encodeURIComponent('كيف-تُرجع-غلاية')}">`);
  expect(page.body).toContain('<meta property="og:description" content="Within 30 days">');
  expect((await desk.read('/help/en/articles/1-old-title')).headers['location']).toBe('/help/en/articles/1-how-to-return-a-kettle');
  expect((await desk.read('/help/en/articles/1-how-to-return-a-kettle', { headers: { 'if-none-match': String(page.headers['etag']) } })).status).toBe(304);
  const arabic = await desk.read('/help/ar/articles/1');
  expect((await desk.read(String(arabic.headers['location']))).body).toContain('<html lang="ar" dir="rtl">');
  expect((await desk.read('/help/pl/articles/1-x')).body).toContain('Tego artykułu nie ma jeszcze w Twoim języku');

  expect((await desk.read('/help/en')).body).toContain('href="/help/en/articles/1-how-to-return-a-kettle"');
  expect((await desk.read(`/help/ar/categories/${category.id}`)).body).toContain('<h1>الإرجاع</h1>');
  expect((await desk.read('/help/en/feed.xml')).body).toContain('<title>How to return a kettle</title>');
  expect((await desk.read('/help/ar/sitemap.xml')).body).toContain('http://desk.test/help/ar/articles/1-');
  expect((await desk.read('/help', { headers: { 'accept-language': 'bg' } })).headers['location']).toBe('/help/bg');
  expect((await desk.read('/robots.txt')).body).toContain('Sitemap: http://desk.test/help/sitemap.xml');
  expect([await desk.finds('returning kettles'), await desk.finds('غلايات', 'ar')]).toEqual([['How to return a kettle'], ['كيف تُرجع غلاية']]);
});

test('search knows stems of five languages, misspelt words, words of one meaning and half-written ones, and puts the title first', async () => {
  const app = await testApp();
  const desk = helpDesk(app);
  await desk.write({ title: 'Delivery times', html: '<p>A parcel takes two days. Refunds are elsewhere.</p>' });
  await desk.write({ title: 'Refunds', html: '<p>Money comes back in a week.</p>' });
  await desk.write({ language: 'bg', title: 'Връщане на поръчка', html: '<p>Как да върнете.</p>' });
  await desk.write({ language: 'pl', title: 'Zwrot zamówienia', html: '<p>Jak zwrócić towar.</p>' });
  await desk.write({ language: 'ru', title: 'Возврат заказа', html: '<p>Как вернуть.</p>' });

  expect(await desk.finds('how do I get a refund?')).toEqual(['Refunds', 'Delivery times']);
  expect(await desk.finds('deliveri')).toEqual(['Delivery times']);
  expect(await desk.finds('delivrey')).toEqual(['Delivery times']);
  expect(await desk.finds('поръчките', 'bg')).toEqual(['Връщане на поръчка']);
  expect(await desk.finds('zamowien', 'pl')).toEqual(['Zwrot zamówienia']);
  expect(await desk.finds('заказами', 'ru')).toEqual(['Возврат заказа']);
  expect(await desk.finds('shipping')).toEqual([]);
  await desk.good('POST', '/article-synonyms', { language: 'en', words: ['shipping', 'delivery', 'sending out'] });
  expect(await desk.finds('shipping times')).toEqual(['Delivery times']);
  expect(await desk.finds('sending out')).toEqual(['Delivery times']);
  expect(await desk.finds(`' | !! & <-> :*`)).toEqual([]);
});

test('what was looked for in vain is shown with its tickets, and nothing of who looked', async () => {
  const app = await testApp();
  const desk = helpDesk(app);
  await desk.write({ title: 'Opening hours' });
  for (const q of ['Gift cards', 'gift cards', 'gift cards maria@example.org order 1234567', 'opening hours']) await desk.finds(q);
  const { items, searched, failed } = await desk.good('GET', '/knowledge/gaps');
  expect(items).toMatchObject([{ language: 'en', words: 'gift cards', searched: 2, failed: 2 }, { words: 'gift cards order', failed: 1 }]);
  expect({ searched, failed }).toEqual({ searched: 4, failed: 3 });

  const customer = await desk.good('POST', '/customers', { name: 'Maria', email: 'maria@example.org' });
  const ticket = await desk.good('POST', '/tickets', { customerId: customer.id, subject: 'Gift cards?', channel: 'email', text: 'Do you have them?' });
  const token = app.knowledge.searchToken('en', 'gift cards')!;
  await app.db.work(app.owner.workspaceId, (tx) => app.knowledge.ticketAfter(tx, app.owner.workspaceId, token, ticket.id));
  await app.db.work(app.owner.workspaceId, (tx) => app.knowledge.ticketAfter(tx, app.owner.workspaceId, `${token}x`, ticket.id));
  expect((await desk.good('GET', '/knowledge/gaps')).items[0]).toMatchObject({ ticketCount: 1, tickets: [{ id: ticket.id, subject: 'Gift cards?' }] });

  await desk.good('POST', '/knowledge/gaps/closures', { language: 'en', words: 'gift cards' });
  expect((await desk.good('GET', '/knowledge/gaps')).items.map((gap: { words: string }) => gap.words)).toEqual(['gift cards order']);
  app.pass(10);
  await desk.finds('gift cards');
  expect((await desk.good('GET', '/knowledge/gaps')).items).toHaveLength(2);
});

test('one visitor has one opinion of an article, with a reason, and can change it', async () => {
  const app = await testApp();
  const desk = helpDesk(app);
  const article = await desk.write({ title: 'Opening hours' });
  const vote = (form: Record<string, string>, cookie = '') => desk.read('/help/en/articles/1-opening-hours/opinions', { method: 'POST', form, headers: cookie === '' ? {} : { cookie } });
  const counts = async () => { const { helped, notHelped } = await desk.good('GET', `/articles/${article.id}`); return [helped, notHelped]; };

  const first = await vote({ helped: 'yes' });
  expect([first.status, first.headers['location']]).toEqual([303, '/help/en/articles/1-opening-hours?thanks']);
  const cookie = String(first.headers['set-cookie']).split(';')[0]!;
  await vote({ helped: 'yes' }, cookie);
  expect(await counts()).toEqual([1, 0]);
  expect((await vote({ helped: 'no' }, cookie)).body).toContain('<legend>Choose what fits best.</legend>');
  expect((await vote({ helped: 'no', note: 'a note' }, cookie)).body).toContain('role="alert"');
  await vote({ helped: 'no', reason: 'wrong', note: 'We close at six.' }, cookie);
  expect(await counts()).toEqual([0, 1]);
  expect((await desk.good('GET', `/articles/${article.id}/votes`)).items).toMatchObject([{ helped: false, reason: 'wrong', note: 'We close at six.' }]);
  await vote({ helped: 'yes' }, `${cookie}forged`);
  expect(await counts()).toEqual([1, 1]);
  expect((await vote({ helped: 'maybe' })).status).toBe(400);
  expect((await desk.read('/help/en/articles/1/opinions', { method: 'POST', form: { helped: 'yes' }, headers: { origin: 'http://evil.test' } })).status).toBe(403);
});

test('one network cannot flood an article with opinions, however many addresses it has', async () => {
  const app = await testApp();
  const desk = helpDesk(app);
  const article = await desk.write({ title: 'Opening hours' });
  const answers = [];
  for (let i = 0; i < 62; i += 1) answers.push((await desk.read('/help/en/articles/1/opinions', { method: 'POST', form: { helped: 'yes' }, address: `2001:db8::${i + 1}` })).status);
  expect(answers.slice(58)).toEqual([303, 303, 429, 429]);
  expect((await desk.good('GET', `/articles/${article.id}`)).helped).toBe(60);
});

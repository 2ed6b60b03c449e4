import { expect, test } from 'vitest';
import { helpDesk } from '../../../testing/help-desk.ts';
import { plainBrowser, signInByMail } from '../../../testing/plain-browser.ts';
import { testApp } from '../../../testing/test-app.ts';

const titles = (list: { items: readonly { title: string }[] }): string[] => list.items.map(({ title }) => title);

test('every version says what it changed, and an earlier one comes back as the newest without being shown', async () => {
  const app = await testApp();
  const desk = helpDesk(app);
  const { id } = await desk.write({ title: 'Returns', html: '<p>You have 30 days.</p><p>Keep the box.</p>' });
  await desk.good('PUT', `/articles/${id}/texts/en`, { title: 'Returns', html: '<p>You have 14 days.</p><p>Keep the box.</p>', base: 1, live: true });
  const { body: late } = await app.owner.request('PUT', `/articles/${id}/texts/en`, { title: 'Returns', html: '<p>Mine</p>', base: 1 });
  expect(late.code).toBe('article.changed');
  const { changes } = await desk.good('GET', `/articles/${id}/versions/en/2`);
  const said = (kind: string) => changes.filter((one: { kind: string }) => one.kind === kind).map(({ text }: { text: string }) => text).join('|');
  expect([said('removed'), said('added')]).toEqual([expect.stringContaining('30'), expect.stringContaining('14')]);
  expect(said('same')).toContain('Keep the box.');

  await desk.good('POST', `/articles/${id}/restorations`, { language: 'en', version: 1 });
  expect((await desk.good('GET', `/articles/${id}/versions/en`)).items).toMatchObject([{ version: 3, restoredFrom: 1, isLive: false }, { version: 2, isLive: true }, { version: 1, isLive: false }]);
  expect((await desk.read('/help/en/articles/1-returns')).body).toContain('You have 14 days.');
  await desk.good('PUT', `/articles/${id}/texts/en`, { title: 'Returns', html: (await desk.good('GET', `/articles/${id}`)).words.en.html, base: 3, live: true });
  expect((await desk.read('/help/en/articles/1-returns')).body).toContain('You have 30 days.');
});

test('a translation is stale from the moment that its source says something else, and not by a correction of a comma', async () => {
  const app = await testApp();
  const desk = helpDesk(app);
  const { id } = await desk.write({ title: 'Returns', html: '<p>30 days</p>' });
  await desk.good('PUT', `/articles/${id}/texts/pl`, { title: 'Zwroty', html: '<p>30 dni</p>', live: true });
  const stale = async (): Promise<string[]> => titles(await desk.good('GET', '/articles?stale=true'));
  await desk.good('PUT', `/articles/${id}/texts/en`, { title: 'Returns', html: '<p>30 days.</p>', live: true, minor: true });
  expect(await stale()).toEqual([]);
  await desk.good('PUT', `/articles/${id}/texts/en`, { title: 'Returns', html: '<p>14 days.</p>', live: true });
  expect(await stale()).toEqual(['Returns']);
  await desk.good('PUT', `/articles/${id}/texts/pl`, { title: 'Zwroty', html: '<p>14 dni</p>', live: true });
  expect(await stale()).toEqual([]);
});

test('what nobody has looked through in time is listed, is left out of search where that is the rule, and comes back when somebody has', async () => {
  const app = await testApp();
  const desk = helpDesk(app);
  const { id } = await desk.write({ title: 'Kettle prices', reviewEveryDays: 30 });
  await desk.write({ title: 'Kettle colours' });
  const overdue = async (): Promise<string[]> => titles(await desk.good('GET', '/articles?overdue=true'));
  expect([await overdue(), (await desk.finds('kettle')).toSorted()]).toEqual([[], ['Kettle colours', 'Kettle prices']]);
  app.pass(31 * 24 * 60);
  expect([await overdue(), (await desk.finds('kettle')).length]).toEqual([['Kettle prices'], 2]);
  await desk.good('PUT', '/knowledge/settings', { hideOverdueDays: 7 });
  expect((await desk.finds('kettle')).length).toBe(2);
  app.pass(7 * 24 * 60);
  expect(await desk.finds('kettle')).toEqual(['Kettle colours']);
  // Out of search alone: its address stays good, and whoever works here finds it.
  expect((await desk.read('/help/en/articles/1-kettle-prices')).status).toBe(200);
  expect(titles(await desk.good('GET', '/articles?q=kettle+prices'))).toContain('Kettle prices');
  await desk.good('POST', `/articles/${id}/reviews`);
  expect([await overdue(), (await desk.finds('kettle')).length]).toEqual([[], 2]);
});

test('what is for customers is read by who has proven that they are one, what is internal by nobody outside', async () => {
  const app = await testApp();
  const desk = helpDesk(app);
  await desk.write({ title: 'Dealer kettle prices', state: 'customers_only' });
  await desk.write({ title: 'Kettle margins', state: 'internal' });
  const stranger = plainBrowser(app);
  expect((await stranger.open('/help/en/articles/1-dealer-kettle-prices')).status).toBe(404);

  await desk.good('POST', '/customers', { name: 'Maria', email: 'maria@example.org' });
  const maria = plainBrowser(app);
  await signInByMail(maria, app, app.owner.workspaceId, 'maria@example.org');
  expect((await maria.open('/help/en/articles/1-dealer-kettle-prices')).status).toBe(200);
  expect((await maria.open('/help/en/articles/2-kettle-margins')).status).toBe(404);
  await maria.open('/help/search?q=kettle&lang=en');
  expect(maria.words()).toContain('Dealer kettle prices');
  expect(maria.words()).not.toContain('margins');
});

test('an article for some countries says so, and is found where it holds', async () => {
  const app = await testApp();
  const desk = helpDesk(app);
  await desk.write({ title: 'Kettle tax', countries: ['BG', 'PL'] });
  await desk.write({ title: 'Kettle care' });
  expect((await desk.read('/help/en/articles/1-kettle-tax')).body).toMatch(/This applies in: [^<]*Bulgaria[^<]*Poland/);
  const from = async (country: string): Promise<string> => (await desk.read(`/help/search?q=kettle&lang=en&country=${country}`)).body;
  expect(await from('BG')).toContain('Kettle tax');
  expect(await from('SA')).not.toContain('Kettle tax');
  expect(await from('SA')).toContain('Kettle care');
  expect((await app.owner.request('PATCH', `/articles/${(await desk.good('GET', '/articles')).items[0].id}`, { countries: ['Bulgaria'] })).status).toBe(400);
});

test('words of one meaning find each other in every language, by any of their forms', async () => {
  const app = await testApp();
  const desk = helpDesk(app);
  const cases = [
    { language: 'bg', title: 'Доставка на поръчки', words: ['доставка', 'изпращане'], asks: 'изпращането' },
    { language: 'pl', title: 'Dostawa zamówień', words: ['dostawa', 'wysyłka'], asks: 'wysyłki' },
    { language: 'ru', title: 'Доставка заказов', words: ['доставка', 'отправка'], asks: 'отправку' },
    { language: 'ar', title: 'توصيل الطلبات', words: ['توصيل', 'شحن'], asks: 'الشحن' },
  ] as const;
  for (const { language, title } of cases) await desk.write({ language, title });
  for (const { language, asks } of cases) expect(await desk.finds(asks, language), language).toEqual([]);
  for (const { language, words } of cases) await desk.good('POST', '/article-synonyms', { language, words: [...words] });
  for (const { language, title, asks } of cases) expect(await desk.finds(asks, language), language).toEqual([title]);
});

test('an article goes into a reply as a link or as its words, in the customer\'s language, and never when they may not read it', async () => {
  const app = await testApp();
  const desk = helpDesk(app);
  const { id } = await desk.write({ title: 'Returns', html: '<p>You have 30 days.</p>' });
  await desk.good('PUT', `/articles/${id}/texts/pl`, { title: 'Zwroty', html: '<p>Masz 30 dni.</p>', live: true });
  const secret = await desk.write({ title: 'Margins', state: 'internal' });
  const customer = await desk.good('POST', '/customers', { name: 'Maria', email: 'maria@example.org' });
  const ticket = await desk.good('POST', '/tickets', { customerId: customer.id, subject: 'Zwrot', channel: 'email', text: 'Jak mogę zwrócić czajnik? Proszę o pomoc.' });
  await desk.good('PATCH', `/tickets/${ticket.id}`, { language: 'pl' });
  const use = (article: string, as: 'link' | 'text') => app.owner.request('POST', `/articles/${article}/uses`, { ticketId: ticket.id, as });
  expect((await use(id, 'link')).body).toEqual({ language: 'pl', html: '<p><a href="http://desk.test/help/pl/articles/1-zwroty">Zwroty</a></p>' });
  const { body: words } = await use(id, 'text');
  expect(words.html).toContain('<p>Masz 30 dni.</p>');
  expect((await desk.good('POST', `/tickets/${ticket.id}/replies`, { channel: 'email', html: words.html })).html).toContain('http://desk.test/help/pl/articles/1-zwroty');
  expect((await desk.good('GET', `/articles/${id}`)).used).toBe(2);
  expect((await use(secret.id, 'text')).body.code).toBe('article.not_for_customers');
});

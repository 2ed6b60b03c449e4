import { expect, test } from 'vitest';
import { helpDesk } from '../../../testing/help-desk.ts';
import { plainBrowser, signInByMail } from '../../../testing/plain-browser.ts';
import { testApp } from '../../../testing/test-app.ts';

const PROXY = '203.0.113.7';
type Reader = { cookie?: string; told?: string; address?: string };

async function twoCountries() {
  const app = await testApp({ settings: { trustedProxies: [PROXY], countryHeader: 'CF-IPCountry' } });
  const desk = helpDesk(app);
  const category = await desk.good('POST', '/article-categories', { texts: { en: { name: 'Prices', description: '' } } });
  for (const [title, countries] of [['Kettle tax', ['BG']], ['Kettle customs', ['PL']], ['Kettle care', []]] as const) await desk.write({ title, countries: [...countries], categoryId: category.id });
  const page = (path: string, { cookie, told, address = '192.0.2.1' }: Reader = {}) => desk.read(path, { address, headers: { ...(cookie !== undefined && { cookie }), ...(told !== undefined && { 'cf-ipcountry': told }) } });
  const seen = async (path: string, reader?: Reader): Promise<string[]> => {
    const { body } = await page(path, reader);
    return ['Kettle tax', 'Kettle customs', 'Kettle care'].filter((title) => body.includes(`>${title}</a>`));
  };
  return { app, desk, category: category.id as string, page, seen };
}

test('readers pick their country without a script: what holds elsewhere is left out of lists and search, and everything is there for whoever has not picked', async () => {
  const { desk, category, page, seen } = await twoCountries();
  const lists = ['/help/en', `/help/en/categories/${category}`, '/help/search?q=kettle&lang=en'];
  for (const path of lists) expect(await seen(path), path).toEqual(['Kettle tax', 'Kettle customs', 'Kettle care']);
  // Where each holds stands beside it.
  expect((await page('/help/en')).body).toMatch(/Kettle tax<\/a> <span class="mark">Bulgaria/);
  const pick = (country: string, back = '/help/en') => desk.read('/help/country', { method: 'POST', form: { country, back } });
  const picked = await pick('BG', '/help/search?q=kettle&lang=en');
  expect([picked.status, picked.headers.location]).toEqual([303, '/help/search?q=kettle&lang=en']);
  const cookie = String(picked.headers['set-cookie']);
  expect(cookie).toMatch(/^rapport-country=BG; Path=\/help; Max-Age=\d+; HttpOnly; SameSite=Lax$/);
  const reader = { cookie: 'rapport-country=BG' };
  for (const path of lists) expect(await seen(path, reader), path).toEqual(['Kettle tax', 'Kettle care']);
  expect((await page('/help/en', reader)).body).toMatch(/<option value="BG" selected>Bulgaria<\/option>/);
  for (const path of lists) expect(await seen(path, { cookie: `rapport-country=${/=(\w+)/.exec(String((await pick('ZZ')).headers['set-cookie']))![1]}` }), path).toEqual(['Kettle care']);
  expect(String((await pick('')).headers['set-cookie'])).toContain('Max-Age=0');

  // Whoever has its address reads it all the same, and where it holds.
  const foreign = await page('/help/en/articles/2-kettle-customs', reader);
  expect([foreign.status, /notice warn"[^>]*>This applies in: Poland/.test(foreign.body)]).toEqual([200, true]);
  expect((await page('/help/en/articles/2-kettle-customs')).body).not.toMatch(/notice warn"[^>]*>This applies in/);
  // It leads nowhere but to the help centre.
  for (const back of ['https://evil.example', '//evil.example', '/help//evil.example', '/help/../api', '/requests', '/help/en\r\nx: y']) expect((await pick('BG', back)).headers.location, back).toBe('/help');
  expect((await desk.read('/help/country', { method: 'POST', form: { country: 'BG', back: '/help' }, headers: { origin: 'https://evil.example' } })).status).toBe(403);
});

test('a proxy of ours says from where somebody comes, and nobody else; what a reader picked counts more', async () => {
  const { seen } = await twoCountries();
  expect(await seen('/help/en', { told: 'PL', address: PROXY })).toEqual(['Kettle customs', 'Kettle care']);
  expect(await seen('/help/en', { told: 'PL' })).toHaveLength(3);
  for (const told of ['XX', 'T1', 'Poland', 'PL, BG']) expect(await seen('/help/en', { told, address: PROXY }), told).toHaveLength(3);
  expect(await seen('/help/en', { told: 'PL', address: PROXY, cookie: 'rapport-country=BG' })).toEqual(['Kettle tax', 'Kettle care']);
  expect(await seen('/help/en', { told: 'PL', address: PROXY, cookie: 'rapport-country=all' })).toHaveLength(3);
  expect(await seen('/help/en', { cookie: 'rapport-country=<script>' })).toHaveLength(3);
});

test('no cache mixes readers of two countries, and search engines find the articles of all', async () => {
  const { page } = await twoCountries();
  for (const path of ['/help/en', '/help/en/articles/1-kettle-tax']) {
    const [all, bulgarian, polish] = [await page(path), await page(path, { cookie: 'rapport-country=BG' }), await page(path, { told: 'PL', address: PROXY })];
    expect(new Set([all, bulgarian, polish].map(({ headers }) => headers.etag)).size, path).toBe(3);
    expect([all, bulgarian, polish].map(({ headers }) => headers['cache-control'])).toEqual(['public, no-cache', 'private, no-cache', 'private, no-cache']);
    for (const { headers } of [all, bulgarian, polish]) expect(String(headers.vary).split(', ')).toEqual(expect.arrayContaining(['cookie', 'cf-ipcountry', 'x-forwarded-host']));
  }
  for (const path of ['/help/en/sitemap.xml', '/help/en/feed.xml']) {
    const [one, other] = [(await page(path)).body, (await page(path, { cookie: 'rapport-country=BG', told: 'PL', address: PROXY })).body];
    expect(other, path).toBe(one);
    for (const slug of ['1-kettle-tax', '2-kettle-customs', '3-kettle-care']) expect(one, path).toContain(slug);
  }
});

test('where no article names a country nobody is asked for theirs', async () => {
  const app = await testApp();
  const desk = helpDesk(app);
  await desk.write({ title: 'Kettle care' });
  expect((await desk.read('/help/en')).body).not.toContain('help-country');
});

test('what only customers may read names no country to a visitor', async () => {
  const desk = helpDesk(await testApp());
  await desk.write({ title: 'Kettle tax', countries: ['BG'] });
  await desk.write({ title: 'Dealers abroad', countries: ['PL'], state: 'customers_only' });
  const { body } = await desk.read('/help/en');
  expect([body.includes('value="BG"'), body.includes('value="PL"')]).toEqual([true, false]);
});

test('of a customer who is signed in their record says it, unless they pick another one', async () => {
  const { app, desk } = await twoCountries();
  await desk.good('POST', '/fields', { subject: 'customer', key: 'country', type: 'text', names: { en: 'Country' } });
  const customer = await desk.good('POST', '/customers', { name: 'Maria', email: 'maria@example.org' });
  await desk.good('PATCH', `/customers/${customer.id}`, { fields: { country: 'pl' } });
  const maria = plainBrowser(app);
  await signInByMail(maria, app, app.owner.workspaceId, 'maria@example.org');
  const seen = async () => { await maria.open('/help/en'); return ['Kettle tax', 'Kettle customs', 'Kettle care'].filter((title) => maria.words().includes(title)); };
  expect(await seen()).toEqual(['Kettle customs', 'Kettle care']);
  await maria.send('/help/country', { country: 'BG', back: '/help/en' });
  expect(await seen()).toEqual(['Kettle tax', 'Kettle care']);
  await maria.send('/help/country', { country: '', back: '/help/en' });
  expect(await seen()).toHaveLength(3);
});

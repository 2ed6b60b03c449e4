import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { helpWords } from '../features/knowledge/server/pages/words.ts';
import { sharedBrowser } from '../testing/browser.ts';
import { openTab, wordsOf } from './browsing.ts';
import { axeFaults } from './faults.ts';
import { openHouse, type House, type Person } from './house.ts';

/** With `HELP_PICTURES=folder` every page that is looked at is painted too. */
const PICTURES = process.env['HELP_PICTURES'] ?? '';

let browser: Browser;
let house: House;
beforeAll(async () => { [browser, house] = await Promise.all([sharedBrowser(), openHouse()]); });
afterAll(() => house.close());

async function faultsOn(page: Page, name: string): Promise<string[]> {
  if (PICTURES !== '') await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
  return axeFaults(page, name);
}

/** Something to read, in two languages. */
async function written(owner: Person): Promise<void> {
  const { knowledge } = house.app;
  const texts = { en: { name: 'Returns', description: 'Sending things back' }, ar: { name: 'الإرجاع', description: 'إعادة المنتجات' } };
  const { id: categoryId } = await knowledge.createCategory(owner.actor, { texts });
  const article = await knowledge.createArticle(owner.actor, {
    language: 'en', title: 'How to return a kettle', summary: 'Within 30 days, free of charge.', keywords: '', state: 'public', categoryId,
    html: '<h2>Pack it</h2><p>Use any <strong>box</strong>.</p><h2>Send it</h2><ol><li>Print the label.</li><li>Hand it over.</li></ol><h2>Wait</h2><table><tr><th>Country</th><th>Days</th></tr><tr><td>Bulgaria</td><td>3</td></tr></table><pre><code>RMA-2026</code></pre><p><a href="https://www.youtube.com/watch?v=abcdefghijk">Watch how it is packed</a></p>',
  });
  await knowledge.writeText(owner.actor, article.id, 'ar', {
    title: 'كيف تُرجع غلاية', summary: 'خلال 30 يومًا مجانًا.', keywords: '', html: '<h2>غلّفها</h2><p>أي <strong>صندوق</strong> يكفي.</p>', live: true, minor: false, translates: true,
  });
}

test('on a phone and without scripts, a customer reads help in Arabic, looks for more in vain, and the desk sees the gap', { timeout: 120_000 }, async () => {
  const owner = await house.founded();
  await written(owner);
  const t = helpWords('ar');
  const plain = await browser.newContext({ baseURL: house.url, javaScriptEnabled: false, locale: 'ar', viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
  const page = await plain.newPage();
  await page.goto('/help');
  expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
  await page.getByRole('link', { name: 'كيف تُرجع غلاية' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'كيف تُرجع غلاية' }).waitFor();
  await page.getByRole('button', { name: t('help.helped.no') }).click();
  await page.getByLabel(t('help.reason.incomplete')).check();
  await page.getByRole('button', { name: t('help.helped.send') }).click();
  await page.getByRole('heading', { level: 1, name: t('help.helped.noted') }).waitFor();
  for (const words of ['غلايات', 'بطاقة هدية']) {
    await page.goto('/help/ar');
    await page.getByRole('searchbox').fill(words);
    await page.getByRole('button', { name: t('help.search.verb') }).click();
    await page.getByRole('status').waitFor();
  }
  await page.getByText(t('help.search.none', { words: 'بطاقة هدية' })).waitFor();
  expect(await page.getByRole('link', { name: t('help.ask') }).getAttribute('href')).toContain('/requests/new');
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  await plain.close();

  const w = wordsOf('en');
  const { page: desk, trouble } = await openTab(browser, house, { as: owner, path: '/articles/gaps' });
  await desk.getByText('بطاقة هدية').waitFor();
  const faults = await faultsOn(desk, 'desk-gaps');
  await desk.getByRole('button', { name: w('knowledge.gaps.write').replace('{words}', 'بطاقة هدية') }).click();
  await desk.getByRole('textbox', { name: w('knowledge.body'), exact: true }).waitFor();
  faults.push(...await faultsOn(desk, 'desk-article'));
  await desk.getByRole('tab', { name: w('knowledge.tab.facts') }).click();
  await desk.getByRole('button', { name: w('knowledge.who') }).waitFor();
  faults.push(...await faultsOn(desk, 'desk-facts'));
  await desk.goto('/articles/figures');
  await desk.getByRole('button', { name: w('knowledge.figures.notHelped') }).click();
  await desk.locator('th[aria-sort=descending]').filter({ hasText: w('knowledge.figures.notHelped') }).waitFor();
  await desk.getByRole('link', { name: 'How to return a kettle' }).waitFor();
  faults.push(...await faultsOn(desk, 'desk-figures'));
  await desk.getByRole('link', { name: 'How to return a kettle' }).click();
  await desk.getByRole('tab', { name: w('knowledge.tab.readers') }).click();
  await desk.getByText(w('knowledge.figures.tickets'), { exact: true }).waitFor();
  faults.push(...await faultsOn(desk, 'desk-readers'));
  await desk.goto('/settings/help');
  await desk.getByText('Returns').first().waitFor();
  faults.push(...await faultsOn(desk, 'desk-settings'));
  expect(trouble).toEqual([]);

  const looking = await browser.newContext({ baseURL: house.url, locale: 'en', viewport: { width: 1280, height: 900 } });
  const public_ = await looking.newPage();
  for (const [name, path, width, scheme] of [
    ['home-en', '/help/en', 1280, 'light'], ['article-en', '/help/en/articles/1-how-to-return-a-kettle', 1280, 'light'], ['article-ar', '/help/ar/articles/1', 390, 'dark'], ['home-ar', '/help/ar', 390, 'dark'],
    ['search-en', '/help/search?q=kettle&lang=en', 390, 'light'], ['none-en', '/help/search?q=gift+card&lang=en', 1280, 'dark'], ['missing-pl', '/help/pl/articles/99', 390, 'light'],
  ] as const) {
    await public_.setViewportSize({ width, height: 900 });
    await public_.emulateMedia({ colorScheme: scheme });
    await public_.goto(path);
    faults.push(...await faultsOn(public_, name));
  }
  await looking.close();
  expect(faults).toEqual([]);
});

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sharedBrowser } from '../testing/browser.ts';
import { openHouse, type House } from './house.ts';
import { firstVisit, headOf, smallTargets } from './visits.ts';

const MOST_BYTES = 50 * 1024;
/** What the look says of fingers. */
const TOUCH = 44;
const TEXT = /^(?:H1|H2|P|LI|A|SPAN|DIV|LABEL|TD|DT|DD)$/;

let browser: Browser;
let house: House;
beforeAll(async () => { [browser, house] = await Promise.all([sharedBrowser(), openHouse()]); });
afterAll(() => house.close());

/** Somebody new: no cache, no cookie, nothing known of them. */
async function stranger<T>({ width, language, scripts = true }: { width: number; language: string; scripts?: boolean }, look: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ baseURL: house.url, locale: language, javaScriptEnabled: scripts, hasTouch: width < 500, isMobile: width < 500, viewport: { width, height: 844 } });
  try {
    return await look(await context.newPage());
  } finally {
    await context.close();
  }
}

const long = Array.from({ length: 40 }, (_, n) => `<h2>Step ${n + 1}</h2><p>Take the kettle, its lid and its cord, and put them into the box in which they came. Any other box of the size will do as well.</p>`).join('');

async function written(): Promise<void> {
  const owner = await house.founded();
  const { knowledge } = house.app;
  const { id: categoryId } = await knowledge.createCategory(owner.actor, { texts: { en: { name: 'Returns', description: 'Sending things back' }, ar: { name: 'الإرجاع', description: 'إعادة المنتجات' } } });
  const { id } = await knowledge.createArticle(owner.actor, { language: 'en', title: 'How to return a kettle', summary: 'Within 30 days, free of charge.', keywords: '', state: 'public', categoryId, html: long });
  await knowledge.writeText(owner.actor, id, 'ar', { title: 'كيف تُرجع غلاية', summary: 'خلال 30 يومًا مجانًا.', keywords: '', html: '<h2>غلّفها</h2><p>أي صندوق يكفي.</p>', live: true, minor: false, translates: true });
}

test('a first visit is small, does not jump, asks nobody else for anything, and can be pressed with a finger', { timeout: 120_000 }, async () => {
  await written();
  const small: string[] = [];
  const ARTICLE = '/help/en/articles/1-how-to-return-a-kettle';
  for (const [path, language] of [
    ['/help/en', 'en'], [ARTICLE, 'en'], ['/help/ar', 'ar'], ['/help/search?q=kettle&lang=en', 'en'], ['/help/search?q=gift+card&lang=en', 'en'], ['/requests/sign-in', 'en'], ['/requests/new', 'ar'], ['/status', 'en'],
  ] as const) {
    for (const width of [390, 1280]) {
      await stranger({ width, language }, async (page) => {
        const { bytes, shift, largest, hosts } = await firstVisit(page, path);
        const said = `${path} at ${width}`;
        expect(bytes, said).toBeGreaterThan(1_000);
        expect(bytes, said).toBeLessThanOrEqual(MOST_BYTES);
        expect(shift, said).toBeLessThan(0.001);
        expect(largest, said).toMatch(TEXT);
        expect(hosts, said).toEqual([new URL(house.url).host]);
        expect(await page.evaluate('document.documentElement.scrollWidth'), said).toBeLessThanOrEqual(width);
        if (width === 390) small.push(...(await smallTargets(page, TOUCH)).map((one) => `${path}: ${one}`));
        expect(await page.evaluate('document.fonts.size'), said).toBe(0);
      });
    }
  }
  expect(small).toEqual([]);
});

test('search engines and those who share a page are told what it is, in each of its languages', { timeout: 60_000 }, async () => {
  const { url } = house;
  const arabic = `${url}/help/ar/articles/1-${encodeURIComponent('كيف-تُرجع-غلاية')}`;
  await stranger({ width: 1280, language: 'en' }, async (page) => {
    await page.goto('/help/en/articles/1-how-to-return-a-kettle');
    const english = `${url}/help/en/articles/1-how-to-return-a-kettle`;
    expect(await headOf(page)).toMatchObject({
      lang: 'en', dir: 'ltr', canonical: english, 'hreflang en': english, 'hreflang ar': arabic, description: 'Within 30 days, free of charge.',
      'og:title': 'How to return a kettle', 'og:description': 'Within 30 days, free of charge.', 'og:url': english, viewport: expect.stringContaining('width=device-width') as string,
    });
    expect(await page.locator('h1').count()).toBe(1);
    const { status, headers } = await page.goto('/help/en/articles/1-how-to-return-a-kettle').then((response) => ({ status: response!.status(), headers: response!.headers() }));
    expect([status, headers['etag'] !== undefined, headers['x-content-type-options'], headers['set-cookie']]).toEqual([200, true, 'nosniff', undefined]);
    expect(headers['cache-control']).toMatch(/no-cache|max-age/);
    const sheet = await page.evaluate(`document.querySelector('link[rel=stylesheet]').href`) as string;
    expect((await page.request.get(sheet)).headers()['cache-control']).toContain('immutable');
    await page.goto(arabic);
    expect(await headOf(page)).toMatchObject({ lang: 'ar', dir: 'rtl', canonical: arabic, 'og:title': 'كيف تُرجع غلاية' });
    // What is only for whoever asked for it is nothing to search engines.
    await page.goto('/requests/sign-in');
    expect((await headOf(page))['robots']).toContain('noindex');
  });
});

test('help is searched and a request begun by the keyboard alone, and without scripts', { timeout: 60_000 }, async () => {
  await stranger({ width: 1280, language: 'en', scripts: false }, async (page) => {
    await page.goto('/help/en');
    // The first stop leads past the head of the page.
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').getAttribute('href')).toMatch(/^#/);
    const reach = async (wanted: string): Promise<void> => {
      for (let n = 0; n < 40; n++) {
        if (await page.locator(`:focus:is(${wanted})`).count() === 1) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`the keyboard does not come to ${wanted}`);
    };
    await reach('input[type=search]');
    await page.keyboard.type('kettle');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/help/search**');
    await reach('a[href*="/articles/1-"]');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'How to return a kettle' }).waitFor();
    await page.goto('/requests/new/question');
    for (const [field, words] of [['input[type=email]', 'mia@example.org'], ['input[name=subject]', 'Does the lid fit?'], ['textarea', 'I have the kettle of last year.']] as const) {
      await reach(field);
      await page.keyboard.type(words);
    }
    await reach('button[type=submit], button:not([type])');
    await page.keyboard.press('Enter');
    // It stands beside the article that may answer it; a second press sends it.
    await page.getByText('How to return a kettle').or(page.getByText(/received|Thank/i)).first().waitFor();
  });
});

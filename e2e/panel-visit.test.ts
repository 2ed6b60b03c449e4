import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sharedBrowser } from '../testing/browser.ts';
import { wordsOf } from './browsing.ts';
import { openHouse, type House } from './house.ts';
import { openShop, type Shop } from './shop.ts';
import { firstVisit, smallTargets } from './visits.ts';

const MOST_BYTES = 35 * 1024;
/** What the look says of fingers. */
const TOUCH = 44;
const TEXT = /^(?:H1|P|SPAN|DIV|LABEL|LEGEND|BUTTON)$/;
const t = wordsOf('en');

let browser: Browser;
let house: House;
let shop: Shop;
let widgetId = '';
beforeAll(async () => {
  [browser, house] = await Promise.all([sharedBrowser(), openHouse()]);
  shop = await openShop(house.url, () => widgetId, 'en');
  const owner = await house.founded();
  const { id } = await house.app.chat.createWidget(owner.actor, { name: 'Kettle & Cup', sites: [shop.origin] });
  widgetId = id;
  await house.app.chat.changeWidget(owner.actor, id, { offersCalls: true, choices: [{ en: 'Where is my order?' }] });
  await house.app.knowledge.createArticle(owner.actor, { language: 'en', title: 'How to return a kettle', summary: '', keywords: '', html: '<p>Pack it.</p>', state: 'public' });
});
afterAll(async () => {
  shop.close();
  await house.close();
});

/** Somebody new: no cache, no cookie, nothing known of them. */
async function stranger<T>(width: number, look: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ baseURL: house.url, locale: 'en', hasTouch: width < 500, isMobile: width < 500, viewport: { width, height: 844 } });
  try {
    return await look(await context.newPage());
  } finally {
    await context.close();
  }
}

test('a shop\'s page pays for a button alone until the chat is opened: it does not jump, and says what it has to say as soon', { timeout: 60_000 }, async () => {
  for (const width of [390, 1280]) {
    await stranger(width, async (page) => {
      const asked: string[] = [];
      page.on('request', (request) => { if (request.url().startsWith(house.url)) asked.push(new URL(request.url()).pathname); });
      const { bytes, shift, largest } = await firstVisit(page, shop.origin);
      expect([largest, shift]).toEqual(['H1', 0]);
      // One script that waits for the page, and how it looks once the page is there.
      expect(asked).toEqual(['/widget.js', `/api/v1/visitor/widgets/${widgetId}`]);
      expect(await page.evaluate('performance.getEntriesByType("resource").find((one) => one.name.includes("/visitor/widgets/")).startTime >= performance.getEntriesByType("navigation")[0].loadEventStart')).toBe(true);
      expect(bytes).toBeLessThan(10 * 1024);
      expect(page.frames()).toHaveLength(1);
      expect(await page.evaluate('performance.getEntriesByType("resource").filter((one) => one.renderBlockingStatus === "blocking").map((one) => new URL(one.name).pathname)')).toEqual(['/shop.css', '/open.js']);
    });
  }
});

test('the panel comes with 35 KB in all, shows words first, asks nobody else, and can be pressed with a finger', { timeout: 60_000 }, async () => {
  const small: string[] = [];
  for (const width of [390, 1280]) {
    await stranger(width, async (page) => {
      const { bytes, shift, largest, hosts } = await firstVisit(page, `/widget/panel?widget=${widgetId}&lang=en`);
      await page.getByRole('button', { name: t('panel.find_go') }).waitFor();
      expect(bytes).toBeGreaterThan(10 * 1024);
      // In its language, with how things stand and the articles to begin with.
      expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
      expect(largest).toMatch(TEXT);
      expect(shift).toBeLessThan(0.1);
      expect(hosts).toEqual([new URL(house.url).host]);
      expect(await page.evaluate('document.fonts.size')).toBe(0);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      if (width > 390) return;
      const look = async (name: string): Promise<void> => { small.push(...(await smallTargets(page, TOUCH)).map((one) => `${name}: ${one}`)); };
      await look('at first');
      await page.getByLabel(t('panel.write')).fill('The lid is broken: how do I return a kettle?');
      await page.getByRole('link', { name: 'How to return a kettle' }).last().waitFor();
      await page.evaluate(DROP);
      await page.getByRole('button', { name: t('panel.remove_file').replace('{name}', 'list.csv') }).waitFor();
      await look('writing');
      await page.getByLabel(t('panel.write')).press('Enter');
      await page.getByText(t('panel.sent')).waitFor();
      await page.getByRole('button', { name: t('panel.end'), exact: true }).tap();
      await look('said');
      await page.getByRole('button', { name: t('panel.go_on') }).tap();
      await page.getByRole('button', { name: t('panel.call'), exact: true }).tap();
      await page.getByLabel(t('panel.call_phone')).waitFor();
      await look('asking for a call');
    });
  }
  expect(small).toEqual([]);
});

/** As somebody lets go of a file above the chat. */
const DROP = `{ const files = new DataTransfer(); files.items.add(new File(['a,b'], 'list.csv', { type: 'text/csv' })); document.querySelector('main').dispatchEvent(new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true })); }`;

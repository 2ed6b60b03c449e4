import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Language } from '../kernel/languages.ts';
import { sharedBrowser } from '../testing/browser.ts';
import { hasFocus, openTab, wordsOf } from './browsing.ts';
import { axeFaults } from './faults.ts';
import { openHouse, type House } from './house.ts';
import { leaveWindow } from './windows.ts';

/* The editor of conditions as it stands among the components, where whoever designs looks at it. */
let browser: Browser;
let house: House;
beforeAll(async () => {
  [browser, house] = await Promise.all([sharedBrowser(), openHouse()]);
});
afterAll(async () => {
  await house.close();
});

const editorOf = (page: Page) => page.getByRole('group', { name: 'Conditions', exact: true });

test.each<[language: Language, dark: boolean, width: number]>([['en', false, 1440], ['ar', true, 390]])('the editor in %s has no fault that axe finds', async (language, dark, width) => {
  const { page, trouble } = await openTab(browser, house, { language, dark, width, path: '/_kit' });
  await editorOf(page).waitFor();
  await editorOf(page).evaluate((node) => { (node as unknown as { id: string }).id = 'editor'; });
  expect(await axeFaults(page, `the editor in ${language}`, '#editor')).toEqual([]);
  const { scrolls } = await page.evaluate(`({ scrolls: document.documentElement.scrollWidth > innerWidth })`) as { scrolls: boolean };
  expect(scrolls).toBe(false);
  expect(trouble).toEqual([]);
  const folder = process.env['PICTURES_IN'];
  if (folder) await editorOf(page).screenshot({ path: `${folder}/conditions-${language}-${width}.png` });
  await leaveWindow(page);
});

test('a condition is built without the mouse', async () => {
  const t = wordsOf('en');
  const { page } = await openTab(browser, house, { path: '/_kit' });
  const add = editorOf(page).getByRole('button', { name: t('conditions.add'), exact: true }).last();
  await add.focus();
  await page.keyboard.press('Enter');
  const row = editorOf(page).getByRole('group', { name: 'Condition 4', exact: true });
  const [field, comparison, value] = [0, 1, 2].map((n) => row.getByRole('button').nth(n));
  const atHand = (place: Locator | undefined) => expect.poll(() => hasFocus(place!)).toBe(true);
  const choose = async (place: Locator | undefined, name: string) => {
    await atHand(place);
    await page.keyboard.press('Enter');
    const option = page.getByRole('option', { name, exact: true });
    await option.waitFor();
    await page.keyboard.type(name.slice(0, 3));
    await atHand(option);
    await page.keyboard.press('Enter');
    await atHand(place);
  };
  await choose(field, 'Priority');
  await page.keyboard.press('Tab');
  await atHand(comparison);
  await page.keyboard.press('Tab');
  await choose(value, 'Urgent');
  await page.getByText(/and Priority is Urgent/).waitFor();
  await page.keyboard.press('Tab');
  await atHand(editorOf(page).getByRole('button', { name: 'Remove condition 4', exact: true }));
  await page.keyboard.press('Enter');
  await atHand(add);
  await leaveWindow(page);
});

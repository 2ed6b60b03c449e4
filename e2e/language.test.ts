import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openTab, wordsOf } from './browsing.ts';
import { sharedHouse } from './shared-house.ts';

const [en, ar] = [wordsOf('en'), wordsOf('ar')];
const shared = sharedHouse();

/** The little of the browser's world that is asked for here; tests have no DOM types. */
type World = { document: { documentElement: { lang: string; dir: string }; querySelector(what: string): unknown }; MutationObserver: new (heard: () => void) => { observe(node: unknown, what: object): void }; languages: string[] };

/** In which languages the places of the app are drawn, from the first moment on. */
const watchLanguages = (page: Page) => page.addInitScript(() => {
  const { document, MutationObserver, ...world } = globalThis as unknown as World;
  world.languages = (globalThis as unknown as World).languages = [];
  new MutationObserver(() => {
    const { lang } = document.documentElement;
    if (document.querySelector('#app nav') && world.languages.at(-1) !== lang) world.languages.push(lang);
  }).observe(document, { subtree: true, childList: true, attributes: true });
});

test('the page speaks the browser’s language, then that of who signed in, from the first moment, and theirs still when they have left', async () => {
  const { browser, house, owner } = shared();
  const newcomer = (await openTab(browser, house, { language: 'ar', path: '/' })).page;
  await newcomer.getByRole('button', { name: ar('people.sign_in.verb'), exact: true }).waitFor();

  const karim = await house.colleagueOf(owner, { name: 'Karim Haddad', language: 'ar' });
  const { page } = await openTab(browser, house, { as: karim, language: 'en' });
  await watchLanguages(page);
  await page.goto(`${house.url}/inbox/mine`);
  await page.getByRole('navigation').first().waitFor();
  expect(await page.evaluate(() => (globalThis as unknown as World).languages)).toEqual(['ar']);
  expect(await page.evaluate(() => (globalThis as unknown as World).document.documentElement.dir)).toBe('rtl');
  await page.getByRole('button', { name: ar('app.account_of').replace('{name}', karim.name) }).click();
  await page.getByRole('menuitem', { name: ar('app.sign_out'), exact: true }).click();
  await page.getByRole('button', { name: ar('people.sign_in.verb'), exact: true }).waitFor();
  expect(await page.getByRole('button', { name: en('people.sign_in.verb'), exact: true }).count()).toBe(0);
});

import { expect, test } from 'vitest';
import type { Language } from '../kernel/languages.ts';
import { requestWords } from '../features/requests/server/pages/words.ts';
import { openTab } from './browsing.ts';
import { axeFaults } from './faults.ts';
import { sharedHouse } from './shared-house.ts';
import { smallTargets } from './visits.ts';
import { leaveWindow } from './windows.ts';

const TOUCH = 44;
const TITLES = { en: 'How to return a kettle', ar: 'كيف تُرجع غلاية' } as const;
type Look = { readonly language: Language & keyof typeof TITLES; readonly dark: boolean; readonly width: number };
const LOOKS: readonly Look[] = [{ language: 'ar', dark: true, width: 390 }, { language: 'en', dark: false, width: 390 }, { language: 'en', dark: true, width: 1280 }];
const shared = sharedHouse();

test('axe finds nothing in a video that plays by a press, in what is suggested while somebody writes, and in the choice of a country', { timeout: 120_000 }, async () => {
  const { browser, house, owner } = shared();
  const { knowledge } = house.app;
  const html = '<p>Pack it.</p><p><a href="https://www.youtube.com/watch?v=abcdefghijk">Watch how it is packed</a></p>';
  const { id, number } = await knowledge.createArticle(owner.actor, { language: 'en', title: TITLES.en, summary: 'Within 30 days.', keywords: '', html, state: 'public', countries: ['BG', 'PL'] });
  await knowledge.writeText(owner.actor, id, 'ar', { title: TITLES.ar, summary: 'خلال 30 يومًا.', keywords: '', html, live: true, minor: false, translates: true });
  const faults: string[] = [];
  for (const { language, dark, width } of LOOKS) {
    const say = requestWords(language);
    const { page, trouble } = await openTab(browser, house, { language, dark, width, height: 844 });
    const asked: string[] = [];
    await page.route(({ protocol }) => protocol === 'https:', (route) => { asked.push(new URL(route.request().url()).host); return route.fulfill({ contentType: 'text/html', body: '<!doctype html><html lang="en"><title>Player</title><main><h1>Player</h1></main></html>' }); });
    const look = async (name: string): Promise<void> => {
      faults.push(...await axeFaults(page, `${language} ${name}`), ...(width < 500 ? await smallTargets(page, TOUCH) : []).map((one) => `${language} ${name}: ${one}`));
      expect(await page.evaluate('document.documentElement.scrollWidth'), name).toBeLessThanOrEqual(width);
    };
    await page.goto(`/help/${language}`);
    await page.getByRole('combobox').selectOption('BG');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForLoadState();
    await look('a country that was picked');
    expect(await page.getByRole('combobox').inputValue()).toBe('BG');

    await page.goto(`/help/${language}/articles/${number}`);
    expect(asked).toEqual([]);
    await look('a card of a video');
    await page.locator('a[data-player]').press('Enter');
    await page.frameLocator('iframe.player').getByRole('heading').waitFor();
    expect(asked).toEqual(['www.youtube-nocookie.com']);
    await look('a video that plays');

    await page.goto('/requests/new/question');
    await page.getByLabel(say('requests.new.subject')).fill(TITLES[language]);
    await page.getByRole('link', { name: TITLES[language] }).waitFor();
    await look('what may answer');
    faults.push(...trouble.filter((one) => !one.includes('https://www.youtube-nocookie.com')));
    await leaveWindow(page);
  }
  expect(faults).toEqual([]);
});

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import { isLanguage, type Language } from '../kernel/languages.ts';
import { launchBrowser } from '../testing/browser.ts';
import { openTab, wordsOf } from './browsing.ts';
import { furnish, type Furnished } from './furnished.ts';
import { openHouse, type House, type Person } from './house.ts';
import { doorsOf, screensOf } from './screens.ts';
import type { State } from './states.ts';
import { settled, visit } from './visiting.ts';
import { leaveWindow } from './windows.ts';

// Runs only when `tools/pictures.ts --every` asks for it: a picture of every screen in every state, for eyes to judge.
const FOLDER = process.env['PICTURES_IN'] ?? '';
type Look = { readonly name: string; readonly language: Language; readonly dark: boolean; readonly width: number };
const LOOKS = (process.env['PICTURES_LOOKS'] ?? 'en-light-1440').split(',').map(lookOf);
const PHONE = 720;
/** Only screens with this in their names. */
const PART = process.env['PICTURES_OF'] ?? '';
const wanted = (states: readonly State[]): readonly State[] => states.filter(({ name }) => name.includes(PART));

let browser: Browser;
let house: House;
let desk: Furnished;
let bare: House;
let newcomer: Person;
beforeAll(async () => {
  [browser, house] = await Promise.all([launchBrowser(), openHouse()]);
  // One after the other: houses that open at once would choose the same port.
  bare = await openHouse();
  desk = await furnish(house);
  newcomer = await bare.founded();
}, 120_000);
afterAll(async () => {
  await house.close();
  await bare.close();
  await browser.close();
});

/** `ar-dark-390` */
function lookOf(name: string): Look {
  const [language = '', colour, width] = name.split('-');
  if (!isLanguage(language)) throw new Error(`${name} is no look; one is en-light-1440`);
  return { name, language, dark: colour === 'dark', width: Number(width) };
}

type Shooting = { readonly page: Page; readonly look: Look; readonly taken: string[] };

async function shoot({ page, look, taken }: Shooting, name: string): Promise<void> {
  // A busy machine draws late: what is open must also have been painted.
  await page.evaluate('document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))))');
  const path = join(FOLDER, look.name, `${String(taken.length).padStart(2, '0')} ${name.replaceAll(/[^\w,]+/g, ' ')}.png`);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  taken.push(path);
}

async function allStates(look: Look, states: readonly State[], taken: string[], as?: Person): Promise<void> {
  const { page } = await openTab(browser, house, { ...look, path: '/forgotten', ...(as && { as }) });
  await page.route('**/api/v1/setup/check', (route) => route.fulfill({ status: 204 }));
  for (const state of states) {
    await visit(page, wordsOf(look.language), state);
    await settled(page);
    await shoot({ page, look, taken }, state.name);
  }
  await leaveWindow(page);
}

const WHO = /\/api\/v1\/(?:me|setup|socket.*)$/;
const CONDITIONS: Record<string, (route: Route) => unknown> = {
  loading: () => undefined,
  failing: (route) => route.fulfill({ status: 500, contentType: 'application/problem+json', body: '{"status":500,"code":"internal"}' }),
};

/** Every plain screen while the server is slow, broken, out of reach, and while there is nothing yet. */
async function inTrouble(look: Look, taken: string[]): Promise<void> {
  const plain = wanted(screensOf(desk)).filter(({ open, name }) => !open && !/empty|no such/.test(name));
  const as = look.language === 'ar' ? desk.arabic : desk.owner;
  for (const [condition, answer] of Object.entries(CONDITIONS)) {
    const { page } = await openTab(browser, house, { ...look, as });
    await page.route((url) => url.pathname.startsWith('/api/') && !WHO.test(url.pathname), answer);
    for (const { name, path } of plain) {
      await page.goto(path);
      await page.locator(condition === 'loading' ? 'main [role=status] .animate-pulse, main form' : 'main [role=alert], main form').first().waitFor({ timeout: 10_000 }).catch(() => undefined);
      await shoot({ page, look, taken }, `${name}, ${condition}`);
    }
    await leaveWindow(page);
  }
  await offline(look, plain, taken, as);
  await nothingYet(look, plain, taken);
}

async function offline(look: Look, plain: readonly State[], taken: string[], as: Person): Promise<void> {
  const t = wordsOf(look.language);
  const { page } = await openTab(browser, house, { ...look, as, path: '/forgotten' });
  for (const state of plain) {
    await page.context().setOffline(false);
    await visit(page, t, state);
    await settled(page);
    await page.context().setOffline(true);
    await page.getByText(t('app.offline')).waitFor();
    await shoot({ page, look, taken }, `${state.name}, offline`);
  }
  await leaveWindow(page);
}

async function nothingYet(look: Look, plain: readonly State[], taken: string[]): Promise<void> {
  await bare.app.people.changeMe(newcomer.actor, { language: look.language });
  const { page } = await openTab(browser, bare, { ...look, as: newcomer, path: '/forgotten' });
  for (const { name, path } of plain.filter(({ name }) => !/ticket|one mail/.test(name))) {
    await page.goto(path);
    await page.locator('main :is(h1, h2):visible').first().waitFor();
    await settled(page);
    await shoot({ page, look, taken }, `${name}, nothing yet`);
  }
  await leaveWindow(page);
}

/** Many pictures on one, so that a hundred screens are looked at in minutes. */
async function contactSheets(look: Look, taken: readonly string[]): Promise<void> {
  const [columns, perSheet] = look.width > PHONE ? [3, 9] : [7, 14];
  const page = await browser.newPage({ viewport: { width: 1800, height: 1000 } });
  for (let from = 0; from < taken.length; from += perSheet) {
    const cells = taken.slice(from, from + perSheet).map((path) =>
      `<figure><img src="data:image/png;base64,${readFileSync(path).toString('base64')}"><figcaption>${path.split('/').at(-1)}</figcaption></figure>`);
    await page.setContent(`<style>body{margin:8px;display:grid;grid-template-columns:repeat(${columns},1fr);gap:8px;font:14px sans-serif;background:#888}figure{margin:0}img{width:100%;display:block}</style>${cells.join('')}`);
    await page.screenshot({ path: join(FOLDER, `${look.name} ${String(from / perSheet).padStart(2, '0')}.png`), fullPage: true });
  }
  await page.close();
}

test.each(LOOKS)('$name', { timeout: 900_000 }, async (look) => {
  mkdirSync(join(FOLDER, look.name), { recursive: true });
  const taken: string[] = [];
  const as = look.language === 'ar' ? desk.arabic : desk.owner;
  await house.app.people.changeMe(as.actor, { language: look.language });
  try {
    await allStates(look, wanted(doorsOf(desk)), taken);
    await allStates(look, wanted(screensOf(desk)), taken, as);
    await inTrouble(look, taken);
  } finally {
    await contactSheets(look, taken);
  }
  writeFileSync(join(FOLDER, `${look.name}.html`), taken.map((path) => `<h2>${path.split('/').at(-1)}</h2><img src="${path.slice(FOLDER.length + 1)}">`).join('\n'));
});

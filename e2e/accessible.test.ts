import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LANGUAGES, type Language } from '../kernel/languages.ts';
import { sharedBrowser } from '../testing/browser.ts';
import { hasFocus, letterOf, openTab, wordsOf } from './browsing.ts';
import { axeFaults } from './faults.ts';
import { furnish, type Furnished } from './furnished.ts';
import { openHouse, type House, type Person } from './house.ts';
import { doorsOf, screensOf } from './screens.ts';
import type { State } from './states.ts';
import { troublesOf } from './troubles.ts';
import { settled, visit } from './visiting.ts';
import { leaveWindow } from './windows.ts';

type Side = { language: Language; width: number; height?: number };
/** Between them both directions and both widths, each in both colours. So high that nothing is cut where it scrolls: what is cut passes for too small. */
const SIDES: readonly Side[] = [{ language: 'en', width: 1440 }, { language: 'ar', width: 390, height: 2_400 }];
/** Of both sides and both colours, by turns. */
const LOOKS = [{ side: 0, dark: false }, { side: 1, dark: true }, { side: 0, dark: true }, { side: 1, dark: false }] as const;

let browser: Browser;
let house: House;
let desk: Furnished;
beforeAll(async () => {
  [browser, house] = await Promise.all([sharedBrowser(), openHouse()]);
  desk = await furnish(house);
}, 300_000);
afterAll(async () => {
  await house.close();
});

/** Whatever floats above a page, which is not there for anybody until it is gone; the page itself was looked at without it. */
const FLOATING = '[role=dialog], [role=alertdialog], [role=menu], [data-trigger=ComboBox]';

async function faultsOf(page: Page, name: string): Promise<string[]> {
  await settled(page);
  return axeFaults(page, name, await page.locator(FLOATING).count() > 0 ? FLOATING : undefined);
}

/** All are made of the same parts, so each screen is looked at in one look, by turns, with whatever opens on it (`EVERY_LOOK=1`: in all). `AXE_OF` names a part. */
function lookedAt(states: readonly State[], side: Side, dark: boolean): State[] {
  const screens = [...new Set(states.map(({ path }) => path))];
  const isTurn = ({ path, everyLook }: State): boolean => {
    const turn = LOOKS[screens.indexOf(path) % LOOKS.length]!;
    return turn.dark === dark && (everyLook || SIDES[turn.side] === side);
  };
  return states.filter(({ name }) => new RegExp(process.env['AXE_OF'] ?? '').test(name)).filter((state) => process.env['EVERY_LOOK'] === '1' || isTurn(state));
}

async function faultsOfAll(states: readonly State[], side: Side, as?: Person): Promise<string[]> {
  const t = wordsOf(side.language);
  const { page, trouble } = await openTab(browser, house, { ...side, path: '/forgotten', ...(as && { as }) });
  // A set-up that is open needs an empty house; this one only says that it is.
  await page.route('**/api/v1/setup/check', (route) => route.fulfill({ status: 204 }));
  const faults: string[] = [];
  for (const dark of [false, true]) {
    await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
    for (const state of lookedAt(states, side, dark)) {
      const name = `${side.language}, ${dark ? 'dark' : 'light'}: ${state.name}`;
      faults.push(...await visit(page, t, state).then(() => faultsOf(page, name)).catch((error: unknown) => [`${name}: ${String(error)}`]));
    }
  }
  await leaveWindow(page);
  return [...new Set([...faults, ...trouble])];
}

test('no screen has a fault that axe finds, in either direction, colour and width', { timeout: 600_000 }, async () => {
  const faults = await Promise.all(SIDES.map((side) => faultsOfAll(screensOf(desk), side, side.language === 'ar' ? desk.arabic : desk.owner)));
  expect(faults.flat()).toEqual([]);
});

test('nor while its answers are on their way, do not come or hold nothing, and when the network is gone', async () => {
  const faults = await Promise.all(SIDES.map(async (side) => {
    const t = wordsOf(side.language);
    const { page } = await openTab(browser, house, { ...side, path: '/forgotten', as: side.language === 'ar' ? desk.arabic : desk.owner });
    const found: string[] = [];
    for (const [index, { name, show }] of troublesOf(desk).entries()) {
      const { side: turn, dark } = LOOKS[index % LOOKS.length]!;
      if (SIDES[turn] !== side) continue;
      await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
      found.push(...await show(page, t).then(() => axeFaults(page, `${side.language}: ${name}`)).catch((error: unknown) => [`${side.language}: ${name}: ${String(error)}`]));
    }
    await leaveWindow(page);
    return found;
  }));
  expect(faults.flat()).toEqual([]);
});

test('nor have the doors', async () => {
  const faults = await Promise.all(SIDES.map((side) => faultsOfAll(doorsOf(desk), side)));
  expect(faults.flat()).toEqual([]);
});

/** What has no room for all of its words; those that are only read aloud have none. */
const CUT = `[...document.querySelectorAll('nav *')].filter((node) => node.childElementCount === 0 && node.clientWidth > 1 && node.scrollWidth > node.clientWidth).map((node) => node.textContent)`;

test('the places of the smallest phone have their whole names in every language, and the rest is one key away', async () => {
  const { page, trouble } = await openTab(browser, house, { as: desk.arabic, width: 320, height: 2_400 });
  const faults: string[] = [];
  for (const language of LANGUAGES) {
    const t = wordsOf(language);
    await house.app.people.changeMe(desk.arabic.actor, { language });
    await page.goto('/inbox/active');
    const places = page.getByRole('navigation', { name: t('app.places') });
    await places.getByRole('link', { name: t('app.inbox') }).waitFor();
    faults.push(...await page.evaluate(CUT) as string[]);
    await places.getByRole('button', { name: t('app.more') }).press('Enter');
    await page.getByRole('menuitem', { name: t('app.chats') }).waitFor();
    if (language === 'ar') faults.push(...await faultsOf(page, 'more places'));
    await page.keyboard.press('Enter');
    await page.waitForURL('**/chats');
    await page.getByRole('heading', { level: 1 }).waitFor();
  }
  expect([...faults, ...trouble]).toEqual([]);
  await leaveWindow(page);
});

/** A key as the system reports it under another layout: the same place, another sign. */
async function pressUnder(page: Page, code: string, sign: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const stroke = { code, key: sign, text: sign, windowsVirtualKeyCode: code.charCodeAt(code.length - 1) };
  await session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...stroke });
  await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...stroke });
  await session.detach();
}

test('shortcuts work by where a key sits, on Cyrillic and Arabic keyboards', async () => {
  const t = wordsOf('en');
  const { page } = await openTab(browser, house, { as: desk.owner, path: `/inbox/active/${desk.ticketId}` });
  await page.getByRole('log').getByText(desk.noteText).waitFor();
  await pressUnder(page, 'KeyR', 'к');
  await letterOf(page, t('tickets.write.reply')).waitFor();
  await page.getByRole('button', { name: t('tickets.composer.close') }).click();
  await pressUnder(page, 'KeyN', 'ى');
  await letterOf(page, t('tickets.write.note')).waitFor();
  await leaveWindow(page);
});

test('a whole ticket is handled without the mouse', async () => {
  const t = wordsOf('en');
  await house.mail({ from: { name: 'Olga Ivanova', address: 'olga@example.org' }, subject: 'Opening a tin', text: 'Which way round does the opener go?' });
  const { page, trouble } = await openTab(browser, house, { as: desk.ivan, path: '/inbox/unassigned' });
  await page.getByRole('option').filter({ hasText: 'Opening a tin' }).waitFor();
  // The one that waits longest comes first; the rest of the unassigned wait their turn.
  for (let taken = ''; taken !== 'Opening a tin';) {
    const before = page.url();
    await page.keyboard.press('g');
    await expect.poll(() => page.url(), { timeout: 10_000 }).not.toBe(before);
    await page.getByRole('button', { name: `${t('tickets.assignee')}: ${t('tickets.me')}` }).waitFor();
    taken = await page.getByRole('heading', { level: 1 }).innerText();
  }
  await page.keyboard.press('r');
  const letter = letterOf(page, t('tickets.write.reply'));
  await expect.poll(() => hasFocus(letter), { timeout: 10_000 }).toBe(true);
  await page.keyboard.type('The handle points up.');
  const otherWays = page.getByRole('button', { name: t('tickets.send.other') });
  await stepTo(page, 'Tab', otherWays);
  await page.keyboard.press('Enter');
  await stepTo(page, 'ArrowDown', page.getByRole('menuitemradio', { name: t('tickets.send.resolved') }));
  await page.keyboard.press('Enter');
  await page.getByRole('log').getByText('The handle points up.').waitFor();
  await page.getByRole('button', { name: `${t('tickets.status')}: ${t('tickets.status.resolved')}` }).waitFor();
  expect(trouble).toEqual([]);
  await leaveWindow(page);
});

/** Presses the key until the focus is there, as a person does. */
async function stepTo(page: Page, stroke: string, goal: Locator): Promise<void> {
  await goal.waitFor();
  for (let steps = 0; !(await hasFocus(goal)); steps += 1) {
    if (steps > 30) throw new Error(`${stroke} does not lead there`);
    await page.keyboard.press(stroke);
  }
}

import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Language } from '../kernel/languages.ts';
import { launchBrowser } from '../testing/browser.ts';
import { goTo, hasFocus, letterOf, openTab, wordsOf, type Words } from './browsing.ts';
import { furnish, type Furnished } from './furnished.ts';
import { openHouse, type House } from './house.ts';

/** Between them: both directions, both colours, both widths. */
const LOOKS: readonly { language: Language; dark: boolean; width: number }[] = [
  { language: 'en', dark: false, width: 1440 }, { language: 'ar', dark: true, width: 390 },
];
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let browser: Browser;
let house: House;
let desk: Furnished;
beforeAll(async () => {
  [browser, house] = await Promise.all([launchBrowser(), openHouse()]);
  desk = await furnish(house);
});
afterAll(async () => {
  await browser.close();
  await house.close();
});

/** About a whole page; while a dialog is open the rest of the page is not there for anybody who asks. */
const OF_A_PAGE = ['landmark-one-main', 'page-has-heading-one'];

async function faultsOf(page: Page, screen: string): Promise<string[]> {
  await expect.poll(() => page.locator('[aria-busy=true], [data-entering], [data-exiting]').count(), { timeout: 10_000 }).toBe(0);
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).withTags(RULES)
    .disableRules(await page.getByRole('dialog').or(page.getByRole('alertdialog')).count() > 0 ? OF_A_PAGE : []).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${screen}: ${id}: ${node.target.join(' ')}: ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`));
}

type Screen = { name: string; path: string; shown: (page: Page, t: Words) => Locator };

const heading = (id: string) => (page: Page, t: Words) => page.getByRole('heading', { level: 1, name: t(id), exact: true });
const screens = (): readonly Screen[] => [
  { name: 'inbox, empty', path: '/inbox/mine', shown: (page, t) => page.getByText(t('tickets.empty.mine')) },
  { name: 'inbox', path: '/inbox/active', shown: (page) => page.getByRole('option').nth(3) },
  { name: 'ticket', path: `/inbox/active/${desk.ticketId}`, shown: (page) => page.getByRole('log').getByText(desk.noteText) },
  { name: 'deleted ticket', path: `/inbox/deleted/${desk.deletedId}`, shown: (page, t) => page.getByText(t('tickets.is_deleted')) },
  { name: 'no such ticket', path: '/inbox/active/01900000-0000-7000-8000-000000000000', shown: (page, t) => page.getByRole('heading', { level: 1, name: t('problem.not_found') }) },
  { name: 'new ticket', path: '/new', shown: (page, t) => letterOf(page, t('tickets.write.reply')) },
  { name: 'search, empty', path: '/search', shown: (page, t) => page.getByText(t('tickets.search.start')) },
  { name: 'search', path: '/search?q=kettle', shown: (page) => page.getByRole('option').first() },
  { name: 'outbox', path: '/outbox', shown: (page) => page.getByRole('option').first() },
  { name: 'today', path: '/today', shown: (page, t) => page.getByText(t('reports.load')) },
  ...['profile', 'devices', 'tokens', 'workspace', 'people', 'teams', 'mailboxes', 'replies'].map((name) => (
    { name: `settings, ${name}`, path: `/settings/${name}`, shown: heading(`app.settings.${name}`) })),
];

type Opening = { name: string; path: string; open: (page: Page, t: Words) => Promise<void>; shown?: (page: Page, t: Words) => Locator };

const press = (id: string) => async (page: Page, t: Words) => page.getByRole('button', { name: t(id), exact: true }).first().click();
const key = (code: string) => async (page: Page) => page.keyboard.press(code);
const onTicket = (name: string, open: Opening['open'], shown?: Opening['shown']): Opening =>
  ({ name, path: `/inbox/active/${desk.ticketId}`, open, ...(shown && { shown }) });

/** What opens above or beside a screen: composers, menus, dialogs. */
const openings = (): readonly Opening[] => [
  onTicket('composer', key('r'), (page, t) => letterOf(page, t('tickets.write.reply'))),
  onTicket('note', key('n'), (page, t) => letterOf(page, t('tickets.write.note'))),
  onTicket('assignees', key('a'), (page) => page.getByRole('menu')),
  onTicket('shortcuts', key('?')),
  onTicket('merging', async (page, t) => { await press('tickets.menu')(page, t); await page.getByRole('menuitem', { name: t('tickets.merge'), exact: true }).click(); }),
  onTicket('deleting', async (page, t) => { await press('tickets.menu')(page, t); await page.getByRole('menuitem', { name: t('tickets.delete'), exact: true }).click(); }, (page) => page.getByRole('alertdialog')),
  { name: 'inviting', path: '/settings/people', open: press('people.invite') },
  { name: 'new team', path: '/settings/teams', open: press('people.teams.new') },
  { name: 'new token', path: '/settings/tokens', open: press('people.tokens.new') },
  { name: 'new mailbox', path: '/settings/mailboxes', open: press('email.mailboxes.new') },
  { name: 'new saved reply', path: '/settings/replies', open: press('macros.new') },
];

/** Menus float in a dialog of their own until they are gone. */
const dialog = (page: Page): Locator => page.locator('section[role=dialog]');

test.each(LOOKS)('no screen has a fault that axe finds ($language, dark $dark, $width wide)', { timeout: 180_000 }, async (look) => {
  const t = wordsOf(look.language);
  const as = look.language === 'ar' ? desk.arabic : desk.owner;
  const { page, trouble } = await openTab(browser, house, { ...look, as });
  const faults: string[] = [];
  await page.goto('/inbox');
  await page.getByRole('navigation', { name: t('app.places') }).waitFor();
  for (const { name, path, shown } of screens()) {
    await goTo(page, path);
    await shown(page, t).first().waitFor();
    faults.push(...await faultsOf(page, name));
  }
  for (const { name, path, open, shown = dialog } of openings()) {
    await page.goto(path);
    await screens().find((screen) => screen.path === path)!.shown(page, t).first().waitFor();
    await open(page, t);
    await shown(page, t).waitFor();
    faults.push(...await faultsOf(page, name));
  }
  expect([...new Set(faults)]).toEqual([]);
  expect(trouble).toEqual([]);
  await page.context().close();
});

test.each(LOOKS)('nor the doors ($language, dark $dark, $width wide)', async (look) => {
  const t = wordsOf(look.language);
  const { page } = await openTab(browser, house, look);
  const doors: readonly Screen[] = [
    { name: 'sign-in', path: '/', shown: heading('people.sign_in.title') },
    { name: 'forgotten', path: '/forgotten', shown: heading('people.forgotten.title') },
    { name: 'bad invitation', path: '/invitation?token=x', shown: (at, words) => at.getByText(words('people.link_bad')) },
    { name: 'set-up without a link', path: '/setup', shown: heading('workspace.setup.title') },
    { name: 'set-up', path: '/setup?token=a', shown: heading('workspace.setup.title') },
  ];
  // A set-up that is open needs an empty house; this one only says that it is.
  await page.route('**/api/v1/setup/check', (route) => route.fulfill({ status: 204 }));
  const faults: string[] = [];
  for (const { name, path, shown } of doors) {
    await page.goto(path);
    await shown(page, t).first().waitFor();
    faults.push(...await faultsOf(page, name));
  }
  expect(faults).toEqual([]);
  await page.context().close();
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
  await page.context().close();
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
  await stepTo(page, 'ArrowDown', page.getByRole('menuitem', { name: t('tickets.send.resolved') }));
  await page.keyboard.press('Enter');
  await page.getByRole('log').getByText('The handle points up.').waitFor();
  await page.getByRole('button', { name: `${t('tickets.status')}: ${t('tickets.status.resolved')}` }).waitFor();
  expect(trouble).toEqual([]);
  await page.context().close();
});

/** Presses the key until the focus is there, as a person does. */
async function stepTo(page: Page, stroke: string, goal: Locator): Promise<void> {
  await goal.waitFor();
  for (let steps = 0; !(await hasFocus(goal)); steps += 1) {
    if (steps > 30) throw new Error(`${stroke} does not lead there`);
    await page.keyboard.press(stroke);
  }
}

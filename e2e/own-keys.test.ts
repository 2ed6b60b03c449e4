import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { letterOf, openTab, wordsOf } from './browsing.ts';
import { sharedHouse } from './shared-house.ts';
import { leaveWindow } from './windows.ts';

const t = wordsOf('en');
const shared = sharedHouse();
const said = (id: string, values: Readonly<Record<string, string>>): string => Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), t(id));

/** A key by its place, typing what it types where somebody writes Russian. */
async function pressRussian(page: Page, code: string, typed: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const key = { key: typed, code, windowsVirtualKeyCode: code.charCodeAt(3) };
  await session.send('Input.dispatchKeyEvent', { type: 'keyDown', text: typed, ...key });
  await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
}

const change = (page: Page, what: string, key: string) => page.getByRole('button', { name: said('app.keys.change', { what, key }), exact: true });
const sheet = (page: Page) => page.getByRole('dialog', { name: t('app.shortcuts') });

async function closeSheet(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await sheet(page).waitFor({ state: 'detached' });
}

async function atTicket(subject: string) {
  const { browser, house, owner } = shared();
  await house.mail({ from: { name: 'Anna Nowak', address: 'anna@example.org' }, subject, text: 'It is about keys.' });
  const [ticket] = (await house.app.tickets.list(owner.actor, { status: 'all', sort: 'created', limit: 1 })).items;
  const tab = await openTab(browser, house, { as: owner, path: `/inbox/active/${ticket!.id}` });
  await tab.page.getByRole('log').getByText('It is about keys.').waitFor();
  return tab;
}

test('a key is given another place by its keyboard, a clash is refused with a sentence, and the list shows what one has made of it, on Russian keys too', async () => {
  const { page, trouble } = await atTicket('Other keys');
  await page.keyboard.press('Shift+Slash');
  await change(page, t('tickets.reply'), 'R').press('Enter');
  await page.getByText(t('app.keys.press')).waitFor();
  await page.keyboard.press('KeyN');
  await sheet(page).getByText(said('app.keys.taken', { what: t('tickets.note') })).waitFor();
  // Still asked: another one is free.
  await pressRussian(page, 'KeyZ', 'я');
  await change(page, t('tickets.reply'), 'Z').waitFor();
  await closeSheet(page);

  await page.keyboard.press('KeyR');
  await pressRussian(page, 'KeyZ', 'я');
  const letter = letterOf(page, t('tickets.write.reply'));
  await letter.and(page.locator(':focus')).waitFor();
  expect(await letter.innerText()).toBe('\n');
  await page.keyboard.press('Escape');

  // It is kept, and a single one can be off.
  await page.reload();
  await page.getByRole('log').getByText('It is about keys.').waitFor();
  await page.keyboard.press('Shift+Slash');
  await change(page, t('tickets.reply'), 'Z').press('Enter');
  await page.keyboard.press('Backspace');
  await change(page, t('tickets.reply'), t('app.keys.off')).waitFor();
  await closeSheet(page);
  await page.keyboard.press('KeyZ');
  await page.keyboard.press('KeyR');
  await page.keyboard.press('KeyN');
  await letterOf(page, t('tickets.write.note')).and(page.locator(':focus')).waitFor();
  expect(trouble).toEqual([]);
  await leaveWindow(page);
});

test('every place is gone to by its key, from a ticket too; the key can be another, on Russian keys too', async () => {
  const { page, trouble } = await atTicket('Going places');
  const at = (path: string) => page.waitForURL((url) => url.pathname === path || url.pathname.startsWith(`${path}/`));
  for (const [key, path] of [['Digit9', '/customers'], ['Digit0', '/settings'], ['Shift+Digit1', '/companies'], ['Digit6', '/commitments'], ['Digit1', '/inbox']] as const) {
    await page.keyboard.press(key);
    await at(path);
  }
  await page.keyboard.press('Shift+Slash');
  await change(page, t('app.customers'), '9').press('Enter');
  await page.keyboard.press('KeyR');
  await sheet(page).getByText(said('app.keys.taken', { what: t('tickets.reply') })).waitFor();
  await page.keyboard.press('KeyZ');
  await change(page, t('app.customers'), 'Z').waitFor();
  await closeSheet(page);
  await pressRussian(page, 'KeyZ', 'я');
  await at('/customers');
  expect(trouble).toEqual([]);
  await leaveWindow(page);
});

test('letters that are pressed alone can be switched off altogether; everything is found by its name all the same', async () => {
  const { page, trouble } = await atTicket('No letters');
  await page.keyboard.press('Shift+Slash');
  const alone = sheet(page).getByRole('switch', { name: t('app.keys.alone') });
  await alone.press('Space');
  await expect.poll(() => alone.isChecked()).toBe(false);
  await closeSheet(page);
  for (const key of ['KeyR', 'KeyI', 'KeyE', 'Slash', 'Shift+Slash']) await page.keyboard.press(key);
  await page.keyboard.press('Control+KeyK');
  await page.keyboard.type(t('tickets.note'));
  await page.getByRole('option', { selected: true }).filter({ hasText: t('tickets.note') }).waitFor();
  // Nothing was opened or changed by the letters before.
  expect(await sheet(page).count()).toBe(0);
  await page.keyboard.press('Enter');
  await letterOf(page, t('tickets.write.note')).and(page.locator(':focus')).waitFor();
  await page.getByRole('button', { name: `${t('tickets.status')}: ${t('tickets.status.new')}` }).waitFor();

  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+KeyK');
  await page.keyboard.type(t('app.shortcuts'));
  await page.getByRole('option', { selected: true }).filter({ hasText: t('app.shortcuts') }).waitFor();
  await page.keyboard.press('Enter');
  await sheet(page).getByRole('switch', { name: t('app.keys.alone') }).press('Space');
  await closeSheet(page);
  await page.keyboard.press('KeyN');
  await letterOf(page, t('tickets.write.note')).and(page.locator(':focus')).waitFor();
  expect(trouble).toEqual([]);
  await leaveWindow(page);
});

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { byName, letterOf, openTab, wordsOf } from './browsing.ts';
import { keysOn } from './keys.ts';
import { sharedHouse } from './shared-house.ts';
import { leaveWindow } from './windows.ts';

const t = wordsOf('en');
const shared = sharedHouse();

/** What the keys type where somebody writes Russian: they lie where they always did. */
const RUSSIAN: Readonly<Record<string, string>> = { KeyJ: 'о', KeyI: 'ш', KeyR: 'к', KeyT: 'е', KeyE: 'у' };

type Press = (code: string) => Promise<void>;

async function keysOf(page: Page, layout: 'Latin' | 'Russian'): Promise<Press> {
  if (layout === 'Latin') return (code) => page.keyboard.press(code);
  const session = await page.context().newCDPSession(page);
  return async (code) => {
    const key = { key: RUSSIAN[code]!, code, windowsVirtualKeyCode: code.charCodeAt(3) };
    await session.send('Input.dispatchKeyEvent', { type: 'keyDown', text: key.key, ...key });
    await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
  };
}

test.each(['Latin', 'Russian'] as const)('a ticket is handled from the list to the next one by the keyboard alone, on %s keys', async (layout) => {
  const { browser, house, owner } = shared();
  await house.app.macros.create(owner.actor, { name: `Thanks on ${layout} keys`, variants: { en: 'Thank you for writing, {{customer.first_name}}.' } });
  const subjects = ['first', 'second'].map((which) => `The ${which} kettle, ${layout}`);
  for (const subject of subjects) await house.mail({ from: { name: 'Anna Nowak', address: 'anna@example.org' }, subject, text: `It is about ${subject}.` });
  const { page, trouble } = await openTab(browser, house, { as: owner, path: '/inbox/mine' });
  const press = await keysOf(page, layout);
  await page.getByText(t('tickets.empty.mine')).or(page.getByRole('option').first()).waitFor();

  // The list, by its name.
  await byName(page, t('app.palette.box'), t('tickets.view.unassigned'));
  await page.getByRole('option').filter({ hasText: subjects[1]! }).waitFor();

  // Nobody waits for the box: a letter that it missed would be a key of the list, which resolves what lies there.
  await page.keyboard.press('/');
  await page.keyboard.type('kettle zebra');
  const box = page.getByRole('searchbox', { name: t('tickets.search.box') });
  await expect.poll(() => box.inputValue()).toBe('kettle zebra');
  await page.goBack();
  await page.getByRole('option').filter({ hasText: subjects[1]! }).waitFor();

  await press('KeyJ');
  await page.getByRole('log').getByText(`It is about ${subjects[0]}.`).waitFor();
  await press('KeyI');
  await page.getByRole('button', { name: `${t('tickets.assignee')}: ${t('tickets.me')}` }).waitFor();

  await press('KeyR');
  const letter = letterOf(page, t('tickets.write.reply'));
  await letter.and(page.locator(':focus')).waitFor();
  await page.keyboard.press('/');
  await page.getByRole('searchbox', { name: t('macros.find') }).and(page.locator(':focus')).waitFor();
  // Nobody waits for the list here either.
  await page.keyboard.type(`Thanks on ${layout}`);
  await page.keyboard.press('Enter');
  await expect.poll(() => letter.innerText()).toContain('Thank you for writing, Anna.');
  await letter.and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' It leaves today.');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('log').getByRole('article').filter({ hasText: 'Thank you for writing, Anna. It leaves today.' }).waitFor();

  await press('KeyT');
  await page.getByRole('textbox', { name: t('tickets.tags.add') }).and(page.locator(':focus')).waitFor();
  await page.keyboard.type('kettles');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: `${t('tickets.tags')}: kettles` }).waitFor();

  await byName(page, t('app.palette.box'), t('tickets.snooze.customer'));
  await page.getByRole('button', { name: t('tickets.snooze'), exact: true }).waitFor({ state: 'detached' });
  await press('KeyE');
  await page.getByRole('button', { name: `${t('tickets.status')}: ${t('tickets.status.resolved')}` }).waitFor();

  await press('KeyJ');
  await page.getByRole('log').getByText(`It is about ${subjects[1]}.`).waitFor();
  await page.getByRole('heading', { level: 1, name: subjects[1]!, exact: true }).waitFor();
  await press('KeyI');
  await page.getByRole('button', { name: `${t('tickets.assignee')}: ${t('tickets.me')}` }).waitFor();
  expect(trouble).toEqual([]);
  await leaveWindow(page);
});

test('a key pressed while the box of tags is being put away opens its menu, with the focus in it', async () => {
  const { browser, house, owner } = shared();
  await house.mail({ from: { name: 'Anna Nowak', address: 'anna@example.org' }, subject: 'Tags', text: 'It is about tags.' });
  const [ticket] = (await house.app.tickets.list(owner.actor, { status: 'all', sort: 'created', limit: 1 })).items;
  const { page, trouble } = await openTab(browser, house, { as: owner, path: `/inbox/active/${ticket!.id}` });
  await page.getByRole('log').getByText('It is about tags.').waitFor();
  for (const [code, menu] of [['KeyS', 'tickets.snooze'], ['KeyA', 'tickets.assignee'], ['KeyS', 'tickets.snooze'], ['KeyA', 'tickets.assignee']] as const) {
    await page.keyboard.press('KeyT');
    await page.getByRole('textbox', { name: t('tickets.tags.add') }).and(page.locator(':focus')).waitFor();
    // Nobody waits for the box to be gone.
    await Promise.all([page.keyboard.press('Escape'), page.keyboard.press(code)]);
    const opened = page.getByRole('menu', { name: t(menu) });
    await opened.and(page.locator(':focus')).or(opened.locator(':focus')).waitFor();
    await page.keyboard.press('Escape');
    await opened.waitFor({ state: 'detached' });
  }
  expect(trouble).toEqual([]);
  await leaveWindow(page);
});

test('whoever has nothing of their own yet is led by keys to what waits for somebody', async () => {
  const { browser, house, owner } = shared();
  await house.mail({ from: { name: 'Anna Nowak', address: 'anna@example.org' }, subject: 'For anybody', text: 'It waits.' });
  const newcomer = await house.colleagueOf(owner, { name: 'Nina New' });
  const { page, trouble } = await openTab(browser, house, { as: newcomer, path: '/inbox/mine' });
  const { press, reach } = keysOn(page);
  await press(page.getByRole('link', { name: t('tickets.empty.mine.action') }));
  await page.getByRole('option').filter({ hasText: 'For anybody' }).waitFor();
  await reach(page.getByRole('listbox', { name: t('tickets.view.unassigned') }));
  await page.keyboard.press('Enter');
  await page.getByRole('log').waitFor();
  expect(trouble).toEqual([]);
  await leaveWindow(page);
});

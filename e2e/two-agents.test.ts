import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { letterOf, openTab, wordsOf } from './browsing.ts';
import { sharedHouse } from './shared-house.ts';
import { leaveWindow } from './windows.ts';

const t = wordsOf('en');
const SUBJECT = 'Where is my order?';
const THROWN_OUT_WITHIN_MS = 5_000;

const shared = sharedHouse();

/** Two agents in two browsers, a fresh ticket open in both. */
async function twoAgents() {
  const { browser, house, owner } = shared();
  const [ivan, elena] = [await house.colleagueOf(owner, { name: 'Ivan Petrov' }), await house.colleagueOf(owner, { name: 'Elena Ivanova' })];
  await house.mail({ from: { name: 'Anna Nowak', address: 'anna@example.org' }, subject: SUBJECT, text: 'I ordered a blue teapot two weeks ago. Where is it?' });
  const [ticket] = (await house.app.tickets.list(owner.actor, { status: 'all', sort: 'created', limit: 1 })).items;
  const path = `/inbox/active/${ticket!.id}`;
  const [his, hers] = [await openTab(browser, house, { as: ivan, path }), await openTab(browser, house, { as: elena, path })];
  for (const { page } of [his, hers]) {
    await page.getByRole('heading', { level: 1, name: SUBJECT }).waitFor();
    await page.getByRole('log').getByText('blue teapot').waitFor();
  }
  onTestFinished(async () => { await Promise.all([his, hers].map(({ page }) => leaveWindow(page))); });
  return { house, owner, ivan, elena, his, hers, ticketId: ticket!.id };
}

const fact = (page: Page, label: string, value: string) => page.getByRole('button', { name: `${t(label)}: ${t(value)}`, exact: true });

/** Names stand between signs that keep their direction. */
const naming = (id: string, name: string): RegExp => new RegExp(t(id).replace(/\{names?\}/, `.?${name}.?`));

async function write(page: Page, key: 'r' | 'n', words: string): Promise<void> {
  await page.keyboard.press(key);
  const letter = letterOf(page, t(key === 'r' ? 'tickets.write.reply' : 'tickets.write.note'));
  await letter.fill(words);
  await letter.press('Control+Enter');
}

test('what one agent does, the other sees without asking', async () => {
  const { his, hers, ivan } = await twoAgents();

  await his.page.keyboard.press('i');
  await hers.page.getByRole('button', { name: `${t('tickets.assignee')}: ${ivan.name}` }).waitFor();

  await hers.page.getByRole('button', { name: new RegExp(`^${t('tickets.status')}:`) }).click();
  await hers.page.getByRole('menuitemradio', { name: t('tickets.status.waiting_third_party') }).click();
  await fact(his.page, 'tickets.status', 'tickets.status.waiting_third_party').waitFor();

  await write(his.page, 'n', 'The warehouse has found it.');
  await hers.page.getByRole('log').getByRole('article').filter({ hasText: 'The warehouse has found it.' }).getByText(t('tickets.entry.internal')).waitFor();

  await write(hers.page, 'r', 'Your teapot was found and leaves today.');
  await his.page.getByRole('log').getByText('Your teapot was found and leaves today.').waitFor();

  expect([...his.trouble, ...hers.trouble]).toEqual([]);
});

test('a browser that was offline, and one that the server cut, show what they missed', async () => {
  const { house, owner, his, hers, ticketId } = await twoAgents();
  await hers.page.context().setOffline(true);
  await hers.page.getByText(t('app.offline')).waitFor();
  await write(his.page, 'n', 'Said while she was away.');
  await his.page.getByRole('log').getByText('Said while she was away.').waitFor();
  await hers.page.context().setOffline(false);
  await hers.page.getByRole('log').getByText('Said while she was away.').waitFor();

  house.cutLines();
  await house.app.tickets.change(owner.actor, ticketId, { priority: 'urgent' });
  await fact(hers.page, 'tickets.priority', 'tickets.priority.urgent').waitFor();
});

test('whoever is deactivated is out of an open tab within five seconds', async () => {
  const { house, owner, elena, his, hers } = await twoAgents();
  const out = hers.page.getByRole('dialog').getByText(t('people.sign_in.again_why')).waitFor({ timeout: THROWN_OUT_WITHIN_MS });
  await house.app.people.deactivate(owner.actor, elena.id);
  await out;
  await hers.page.reload();
  await hers.page.getByRole('heading', { name: t('people.sign_in.title') }).waitFor();
  expect(await hers.page.getByText(SUBJECT).count()).toBe(0);
  expect(await his.page.getByRole('heading', { level: 1, name: SUBJECT }).isVisible()).toBe(true);
});

test('one begins an answer and shares it, the other writes on; of what both changed at once nothing is lost, and the record says who wrote', async () => {
  const { house, owner, his, hers, ivan, ticketId } = await twoAgents();
  await his.page.keyboard.press('r');
  const letter = (page: Page) => letterOf(page, t('tickets.write.reply'));
  await letter(his.page).fill('Dear Anna,');
  await his.page.getByRole('button', { name: t('tickets.shared.share') }).click();
  await his.page.getByRole('menuitem', { name: t('tickets.shared.with_all') }).click();
  await his.page.getByText(t('tickets.shared.shared')).waitFor();

  const row = hers.page.getByRole('list', { name: t('tickets.shared.list') }).getByRole('listitem');
  await row.filter({ hasText: 'Dear Anna,' }).getByText(ivan.name, { exact: false }).waitFor();
  await row.getByRole('button', { name: t('tickets.shared.open_of').replace('{name}', ivan.name) }).click();
  await expect.poll(() => letter(hers.page).innerText()).toContain('Dear Anna,');
  await letter(hers.page).press('Control+End');
  await letter(hers.page).pressSequentially(' it leaves today.');
  // Who only looks on sees it grow.
  await expect.poll(() => letter(his.page).innerText()).toContain('it leaves today.');

  // Both write on the same words, one of them out of reach of the server.
  await his.page.context().setOffline(true);
  await his.page.getByText(t('app.offline')).waitFor();
  await letter(his.page).press('Control+End');
  await letter(his.page).pressSequentially(' His words.');
  await letter(hers.page).press('Control+End');
  await letter(hers.page).pressSequentially(' Her words.');
  await expect.poll(async () => (await house.app.tickets.sharedDrafts(owner.actor, ticketId))[0]!.body.html).toContain('Her words.');
  await his.page.context().setOffline(false);
  const conflict = his.page.getByRole('alert').filter({ hasText: 'Her words.' });
  await conflict.getByRole('button', { name: t('tickets.shared.join') }).click();
  await expect.poll(() => letter(his.page).innerText()).toMatch(/His words[^]*Her words/);
  await conflict.waitFor({ state: 'detached' });

  await letter(his.page).press('Control+Enter');
  const sent = hers.page.getByRole('log').getByRole('article').filter({ hasText: 'His words.' });
  await sent.filter({ hasText: 'Her words.' }).getByText(naming('tickets.entry.written_by', 'Elena Ivanova')).waitFor();
  await hers.page.getByText(naming('tickets.shared.ended.sent', ivan.name)).waitFor();
  expect([...his.trouble, ...hers.trouble].filter((one) => !/ERR_INTERNET_DISCONNECTED|409 \(Conflict\)/.test(one))).toEqual([]);
});

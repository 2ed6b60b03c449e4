import type { Browser } from 'playwright-core';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { sharedBrowser } from '../testing/browser.ts';
import { openTab, wordsOf } from './browsing.ts';
import { openHouse } from './house.ts';

let browser: Browser;
beforeAll(async () => { browser = await sharedBrowser(); });

const WAVE = 60;

test('a wave of spam is cleared in one go and taken back, and the one mail of a customer in it is let through by keyboard', async () => {
  const t = wordsOf('en');
  const house = await openHouse();
  onTestFinished(() => house.close());
  const owner = await house.founded();
  await house.app.email.spam.addSender(owner.actor, 'block', { sender: 'casino.example', reason: '' });
  const letters = Array.from({ length: WAVE }, (_, n) => ({ from: `winner${n}@casino.example`, subject: `You have won, number ${n}`, text: `Come and get it, number ${n}.` }));
  for (let n = 0; n < WAVE; n += 10) await Promise.all(letters.slice(n, n + 10).map((letter) => house.mail(letter)));
  const { page, trouble } = await openTab(browser, house, { as: owner, path: '/quarantine' });

  const list = page.getByRole('listbox', { name: t('quarantine.title') });
  await list.getByRole('option').first().waitFor();
  const rail = page.getByRole('navigation', { name: t('app.places') });
  await rail.getByRole('link', { name: `${WAVE} messages wait` }).waitFor();

  await page.getByRole('button', { name: t('quarantine.select_all') }).click();
  await page.getByRole('button', { name: t('quarantine.discard_all') }).click();
  await page.getByText(`${WAVE} messages are discarded.`).waitFor();
  await page.getByText(t('quarantine.empty')).waitFor();
  await page.getByRole('button', { name: t('quarantine.undo') }).click();
  await page.getByText(`${WAVE} messages wait again.`).waitFor();
  await rail.getByRole('link', { name: `${WAVE} messages wait` }).waitFor();

  await page.getByRole('searchbox', { name: t('quarantine.search') }).fill('winner7@casino.example');
  await expect.poll(() => list.getByRole('option').count(), { timeout: 10_000 }).toBe(1);
  await list.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByText('Come and get it, number 7.').waitFor();
  await page.getByText(t('quarantine.why.blocked_sender')).waitFor();
  await page.keyboard.press('r');
  await page.getByText('1 message is released.').waitFor();
  await house.undoIsOver();
  await expect.poll(async () => (await house.app.tickets.list(owner.actor, { status: 'all', sort: 'created', limit: 10 })).items.map(({ subject }) => subject), { timeout: 20_000 })
    .toEqual(['You have won, number 7']);
  await rail.getByRole('link', { name: `${WAVE - 1} messages wait` }).waitFor();
  expect(trouble).toEqual([]);
});

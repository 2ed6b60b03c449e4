import { expect, test } from 'vitest';
import type { Language } from '../kernel/languages.ts';
import { letterOf, openTab, wordsOf } from './browsing.ts';
import { sharedHouse } from './shared-house.ts';

const shared = sharedHouse();

test.each<[Language, number]>([['ar', 390], ['en', 1440]])('what was done is told without covering what is pressed next (%s, %i px)', async (language, width) => {
  const t = wordsOf(language);
  const { browser, house, owner } = shared();
  const ivan = await house.colleagueOf(owner, { name: 'Ivan Petrov', language });
  const subject = `The lid, ${language} ${width}`;
  await house.mail({ from: { name: 'Anna Nowak', address: 'anna@example.org' }, subject, text: 'The lid does not close.' });
  const ticket = (await house.app.tickets.list(owner.actor, { status: 'all', sort: 'created', limit: 1 })).items[0]!;
  const { page, trouble } = await openTab(browser, house, { as: ivan, language, width, height: 844, path: `/inbox/active/${ticket.id}` });
  await page.getByRole('log').getByText('The lid does not close.').waitFor();
  await page.keyboard.press('r');
  await letterOf(page, t('tickets.write.reply')).fill('A new lid leaves today.');
  await page.getByRole('button', { name: t('tickets.shared.share'), exact: true }).click();
  await page.getByRole('menuitem', { name: t('tickets.shared.with_all'), exact: true }).click();
  const told = page.getByRole('alertdialog').filter({ hasText: t('tickets.shared.shared') });
  await told.waitFor();
  const boxes = async () => Promise.all([told, page.getByRole('region', { name: t('tickets.composer') })].map(async (place) => (await place.boundingBox())!));
  await expect.poll(async () => {
    const [notice, composer] = await boxes();
    return notice!.y + notice!.height <= composer!.y || notice!.x + notice!.width <= composer!.x || composer!.x + composer!.width <= notice!.x;
  }).toBe(true);
  expect((await boxes())[0]!.y, 'in sight').toBeGreaterThanOrEqual(0);
  await page.getByRole('button', { name: t('tickets.send.waiting_customer') }).click({ timeout: 5_000 });
  await page.getByRole('log').getByText('A new lid leaves today.').waitFor();
  expect(trouble).toEqual([]);
});

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openTab, wordsOf } from './browsing.ts';
import { keysOn } from './keys.ts';
import { sharedHouse } from './shared-house.ts';
import { leaveWindow } from './windows.ts';

const t = wordsOf('en');
const shared = sharedHouse();

const activeRow = (page: Page) => page.evaluate(`document.getElementById(document.activeElement?.getAttribute('aria-activedescendant') ?? '')?.textContent ?? null`) as Promise<string | null>;
/** That the row is seen as the one on which keys act, not only told to those who hear. */
const isOutlined = (page: Page) => page.evaluate(`getComputedStyle(document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))).outlineStyle === 'solid'`) as Promise<boolean>;

async function filled(): Promise<void> {
  const { house, owner } = shared();
  await house.app.knowledge.createArticle(owner.actor, { language: 'en', title: 'Why teapots drip', summary: '', keywords: '', html: '<p>Teapots drip.</p>', state: 'public' });
  for (const subject of ['First teapot', 'Second teapot']) await house.mail({ from: { name: 'Tea Teapot', address: 'tea@example.org' }, subject, text: `It is about the ${subject.toLowerCase()}.` });
}

test('arrows lead from the box through articles, people and tickets that were found, and back; Enter opens each', { timeout: 90_000 }, async () => {
  const { browser, house, owner } = shared();
  await filled();
  const { page, trouble } = await openTab(browser, house, { as: owner, path: '/search' });
  const { stands } = keysOn(page);
  const box = page.getByRole('searchbox', { name: t('tickets.search.box') });
  const found = page.getByRole('listbox', { name: t('tickets.search.results') });
  await stands(box);

  await page.keyboard.type('teapot');
  await page.getByRole('link', { name: 'Why teapots drip' }).waitFor();
  await page.getByRole('button', { name: 'Tea Teapot' }).waitFor();
  await found.getByRole('option').nth(1).waitFor();
  await page.keyboard.press('ArrowDown');
  await stands(page.getByRole('link', { name: 'Why teapots drip' }));
  await page.keyboard.press('ArrowDown');
  await stands(page.getByRole('button', { name: 'Tea Teapot' }));
  await page.keyboard.press('ArrowDown');
  await stands(found);
  expect(await activeRow(page)).toContain('Second teapot');
  expect(await isOutlined(page)).toBe(true);
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => activeRow(page)).toContain('First teapot');
  await page.keyboard.press('Enter');
  await page.getByRole('log').getByText('It is about the first teapot.').waitFor();

  for (const press of ['ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp']) await page.keyboard.press(press);
  await stands(box);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByRole('region', { name: t('customers.found') }).getByRole('button').getAttribute('aria-pressed')).toBe('true');
  expect(trouble).toEqual([]);
  await leaveWindow(page);
});

test('Tab leads from the box to a row that is seen, and whoever is faster than the answer is led to it once it is there', { timeout: 90_000 }, async () => {
  const { browser, house, owner } = shared();
  await house.mail({ from: { name: 'Boris', address: 'boris@example.org' }, subject: 'A samovar', text: 'It leaks.' });
  const { page, trouble } = await openTab(browser, house, { as: owner, path: '/search' });
  const { reach, stands } = keysOn(page);
  const found = page.getByRole('listbox', { name: t('tickets.search.results') });
  await stands(page.getByRole('searchbox'));
  // Nobody waits for the list.
  await page.keyboard.type('samovar');
  await page.keyboard.press('ArrowDown');
  await stands(found);
  expect(await activeRow(page)).toContain('A samovar');
  await page.keyboard.press('/');
  await stands(page.getByRole('searchbox'));
  await reach(found);
  expect(await isOutlined(page)).toBe(true);
  await page.keyboard.press('Enter');
  await page.getByRole('log').getByText('It leaks.').waitFor();
  await page.keyboard.press('/');
  await stands(page.getByRole('searchbox'));
  await page.keyboard.press('Control+KeyK');
  await page.getByRole('combobox', { name: t('app.palette.box') }).waitFor();
  expect(trouble).toEqual([]);
  await leaveWindow(page);
});

test('a row says that what was sought stands in a side conversation, and Enter opens the ticket with it', { timeout: 90_000 }, async () => {
  const { browser, house, owner } = shared();
  await house.mail({ from: { name: 'Clara', address: 'clara@example.org' }, subject: 'A parcel', text: 'Where is it?' });
  const [ticket] = (await house.app.tickets.list(owner.actor, { status: 'all', sort: 'created', limit: 1 })).items;
  const written = await fetch(`${house.url}/api/v1/tickets/${ticket!.id}/asides`, {
    method: 'POST', headers: { authorization: `Bearer ${owner.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ to: ['driver@courier.example'], subject: 'Which van?', text: 'It may lie in the warehouse at Zirndorf.' }),
  });
  expect(written.status).toBe(201);
  const { page, trouble } = await openTab(browser, house, { as: owner, path: '/search?q=zirndorf' });
  const row = page.getByRole('option').filter({ hasText: 'A parcel' });
  await row.getByText(t('tickets.search.in_aside')).waitFor();
  await keysOn(page).reach(page.getByRole('listbox', { name: t('tickets.search.results') }));
  await page.keyboard.press('Enter');
  await page.getByText('It may lie in the warehouse at Zirndorf.').waitFor();
  expect(trouble).toEqual([]);
  await leaveWindow(page);
});

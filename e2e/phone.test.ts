import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { letterOf, openTab, wordsOf } from './browsing.ts';
import { sharedHouse } from './shared-house.ts';
import { leaveWindow } from './windows.ts';

const t = wordsOf('en');
const SUBJECT = 'The lid of my kettle';

const shared = sharedHouse();

/** The little of the browser's world that is asked for here; tests have no DOM types. */
type World = { navigator: { serviceWorker: { register(path: string): Promise<unknown>; ready: Promise<unknown> } }; caches: { keys(): Promise<string[]> } };

/** As the app itself does a moment after it was opened: waits until it is kept. */
const keepApp = (page: Page) => page.evaluate(async () => {
  const { navigator, caches } = globalThis as unknown as World;
  await navigator.serviceWorker.register('/sw.js');
  await navigator.serviceWorker.ready;
  return caches.keys();
});

test('on a phone: read, take, note a call and answer; what is sent without a network goes when it is back, after a reload too', async () => {
  const { browser, house, owner } = shared();
  await house.mail({ from: { name: 'Anna Nowak', address: 'anna@example.org' }, subject: SUBJECT, text: 'The lid does not close.' });
  const [ticket] = (await house.app.tickets.list(owner.actor, { status: 'all', sort: 'created', limit: 1 })).items;
  const path = `/inbox/active/${ticket!.id}`;
  const { page } = await openTab(browser, house, { as: owner, width: 390, height: 844, path, keeps: true });
  await page.getByRole('log').getByText('The lid does not close.').waitFor();
  await page.keyboard.press('i');
  await page.getByRole('button', { name: `${t('tickets.assignee')}: ${t('tickets.me')}` }).waitFor();
  await page.keyboard.press('n');
  await page.getByRole('button', { name: t('tickets.mode.more') }).click();
  await page.getByRole('menuitem', { name: t('tickets.mode.call') }).click();
  const call = letterOf(page, t('tickets.write.call'));
  await call.fill('She will send a picture.');
  await call.press('Control+Enter');
  await page.getByRole('log').getByText('She will send a picture.').waitFor();

  expect((await keepApp(page)).filter((name) => name.startsWith('shell-'))).toHaveLength(1);
  const manifest = await (await page.request.get(`${house.url}/manifest.webmanifest`)).json() as { start_url: string; display: string; icons: { src: string; sizes: string; purpose: string }[] };
  expect(manifest).toMatchObject({ start_url: '/inbox/mine', display: 'standalone' });
  expect(manifest.icons.filter(({ sizes }) => sizes === '512x512').map(({ purpose }) => purpose)).toEqual(['any', 'maskable']);
  for (const { src } of manifest.icons) expect((await page.request.get(`${house.url}${src}`)).headers()['content-type'], src).toMatch(/^image\/(?:png|svg)/);

  await page.keyboard.press('r');
  const reply = letterOf(page, t('tickets.write.reply'));
  await reply.waitFor();
  await page.context().setOffline(true);
  await page.getByText(t('app.offline')).waitFor();
  expect(await page.getByRole('log').getByText('The lid does not close.').isVisible(), 'what is on screen can be read').toBe(true);
  await reply.fill('A new lid leaves today.');
  await reply.press('Control+Enter');
  await page.getByText(t('tickets.waiting.here')).waitFor();
  expect((await house.app.tickets.entries(owner.actor, ticket!.id, { limit: 50 })).items.some(({ text }) => text.includes('A new lid'))).toBe(false);

  // The app opens without a network, and what waits outlives the page.
  await page.reload();
  await page.getByRole('button', { name: t('ui.try_again') }).waitFor();
  await page.context().setOffline(false);
  await page.goto(path);
  await page.getByRole('log').getByText('A new lid leaves today.').waitFor();
  await page.getByText(t('tickets.waiting.here')).waitFor({ state: 'detached' });
  expect((await house.app.tickets.entries(owner.actor, ticket!.id, { limit: 50 })).items.filter(({ text }) => text.includes('A new lid')), 'once').toHaveLength(1);
  await leaveWindow(page);
});

import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { letterOf, openTab, wordsOf } from './browsing.ts';
import { sharedHouse } from './shared-house.ts';
import { settled } from './visiting.ts';
import { leaveWindow } from './windows.ts';

const t = wordsOf('en');
const [LID, HANDLE] = ['The lid of my kettle', 'A cup without a handle'];
const NUMBER = '+359881234567';

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

/** What a finger has trouble with, of what is in sight: what lies beyond the edge or below what stands there, has a notice upon it and can't be scrolled from below it, or is hit by less than 24 px either way (WCAG 2.5.8). */
const TROUBLE = `(() => {
  const { scrollWidth, scrollHeight } = document.documentElement;
  const said = [...scrollWidth > innerWidth ? ['beyond the edge'] : [], ...scrollHeight > innerHeight ? ['below the places'] : []];
  for (const one of document.querySelectorAll('button, a, input:not([type=hidden]), select:not([tabindex="-1"]), textarea, [role=option], [role=menuitem]')) {
    const { left, top, width, height } = one.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    const hit = (dx, dy) => { const over = document.elementFromPoint(x + dx, y + dy); return over && (one.contains(over) || over.closest('label')?.contains(one) || over.closest('[data-notices]')); };
    const name = one.ariaLabel || one.textContent || one.outerHTML.slice(0, 80);
    const isScrolled = (at) => at && (getComputedStyle(at).overflowY === 'auto' || isScrolled(at.parentElement));
    if (document.elementFromPoint(x, y)?.closest('[data-notices]') && !one.closest('[data-notices]') && !isScrolled(one.parentElement)) said.push('covered: ' + name);
    if (hit(0, 0) && Math.min(width, height) < 24 && ![[0, -11], [0, 11], [-11, 0], [11, 0]].every(([dx, dy]) => hit(dx, dy))) said.push('small: ' + name + ' ' + Math.round(width) + 'x' + Math.round(height));
  }
  return said;
})()`;

test('a day by finger on a phone: read, take, answer, set aside, note a call and call up; what is sent without a network goes when it is back, after a reload too', async () => {
  const { browser, house, owner } = shared();
  await house.app.macros.create(owner.actor, { name: 'Thanks', variants: { en: 'Thank you for writing, {{customer.first_name}}.' } });
  for (const subject of [LID, HANDLE]) await house.mail({ from: { name: 'Anna Nowak', address: 'anna@example.org' }, subject, text: `It is about this: ${subject}.` });
  const { items: [anna] } = await house.app.customers.list(owner.actor, { q: 'anna@example.org', limit: 1 });
  await house.app.customers.addIdentity(owner.actor, anna!.id, { phone: NUMBER });
  const handle = (await house.app.tickets.list(owner.actor, { status: 'all', sort: 'created', limit: 2 })).items.find(({ subject }) => subject === HANDLE)!;
  const { page } = await openTab(browser, house, { as: owner, width: 390, height: 844, path: '/inbox/unassigned', keeps: true });
  const trouble: string[] = [];
  const look = async (place: string) => {
    await settled(page);
    trouble.push(...(await page.evaluate(TROUBLE) as string[]).map((one) => `${place}: ${one}`));
  };
  const button = (id: string) => page.getByRole('button', { name: t(id).split('{')[0]! });
  const log = page.getByRole('log');
  const open = async (subject: string) => {
    await page.getByRole('option').filter({ hasText: subject }).tap();
    await log.getByText(`It is about this: ${subject}.`).waitFor();
  };
  await page.getByRole('option').filter({ hasText: LID }).waitFor();
  await look('list');
  await open(LID);
  await look('ticket');
  await page.getByRole('button', { name: new RegExp(`^${t('tickets.assignee')}: `) }).tap();
  await page.getByRole('menuitemradio', { name: new RegExp(`^${t('tickets.me')}`) }).tap();
  await page.getByRole('button', { name: `${t('tickets.assignee')}: ${t('tickets.me')}` }).waitFor();

  await button('tickets.reply_to').tap();
  const reply = letterOf(page, t('tickets.write.reply'));
  await reply.waitFor();
  await button('macros.insert').tap();
  await look('saved replies');
  await page.getByRole('button', { name: /Thanks/ }).first().tap();
  await expect.poll(() => reply.innerText()).toContain('Thank you for writing, Anna.');
  await look('composer');
  // A small phone with its keyboard up (WCAG 1.4.10 asks for as much).
  await page.setViewportSize({ width: 320, height: 480 });
  await look('composer above the keyboard');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: t('tickets.send.waiting_customer'), exact: true }).tap();
  await log.getByText('Thank you for writing, Anna.').waitFor();
  await look('sent');

  const setAside = async (how: Locator) => {
    await page.getByRole('button', { name: t('tickets.snooze'), exact: true }).tap();
    await how.tap();
  };
  await setAside(page.getByRole('menuitem', { name: t('tickets.snooze.time') }));
  const dialog = page.locator('section[role=dialog]').filter({ has: page.getByRole('button', { name: t('ui.close'), exact: true }) });
  await look('until another time');
  const [notice, question] = [await page.locator('[data-notices]').boundingBox(), await dialog.boundingBox()];
  expect(notice!.y + notice!.height, 'what rises from below is not covered by what is told').toBeLessThanOrEqual(question!.y);
  await dialog.getByRole('button', { name: t('ui.close'), exact: true }).tap();
  await setAside(page.getByRole('menuitem').first());
  await page.getByText(t('tickets.snooze.done')).waitFor();
  expect(await page.locator('[data-notices] [role=alertdialog]:visible').count(), 'one notice at a time, though the other still counts').toBe(1);
  await look('set aside');

  await page.getByRole('button', { name: t('tickets.back'), exact: true }).tap();
  await open(HANDLE);
  await page.getByRole('button', { name: t('tickets.note'), exact: true }).tap();
  await page.getByRole('button', { name: t('tickets.mode.more') }).tap();
  await page.getByRole('menuitem', { name: t('tickets.mode.call') }).tap();
  const call = letterOf(page, t('tickets.write.call'));
  await call.fill('She will send a picture.');
  await page.getByRole('button', { name: t('tickets.send.call'), exact: true }).tap();
  await log.getByText('She will send a picture.').waitFor();
  await page.getByRole('button', { name: t('tickets.customer'), exact: true }).tap();
  const number = page.getByRole('link', { name: new RegExp(`^${t('customers.reach.call').split('{')[0]!}`) });
  await number.waitFor();
  await look('customer');
  expect(await number.getAttribute('href')).toBe(`tel:${NUMBER}`);
  await page.getByRole('button', { name: t('customers.back'), exact: true }).tap();
  expect(trouble).toEqual([]);

  expect((await keepApp(page)).filter((name) => name.startsWith('shell-'))).toHaveLength(1);
  const manifest = await (await page.request.get(`${house.url}/manifest.webmanifest`)).json() as { start_url: string; display: string; icons: { src: string; sizes: string; purpose: string }[] };
  expect(manifest).toMatchObject({ start_url: '/inbox/mine', display: 'standalone' });
  expect(manifest.icons.filter(({ sizes }) => sizes === '512x512').map(({ purpose }) => purpose)).toEqual(['any', 'maskable']);
  for (const { src } of manifest.icons) expect((await page.request.get(`${house.url}${src}`)).headers()['content-type'], src).toMatch(/^image\/(?:png|svg)/);

  await button('tickets.reply_to').tap();
  await reply.waitFor();
  await page.context().setOffline(true);
  await page.getByText(t('app.offline')).waitFor();
  expect(await log.getByText(HANDLE).isVisible(), 'what is on screen can be read').toBe(true);
  await reply.fill('A new handle leaves today.');
  await page.getByRole('button', { name: t('tickets.send.waiting_customer'), exact: true }).tap();
  await page.getByText(t('tickets.waiting.here')).waitFor();
  const sent = async () => (await house.app.tickets.entries(owner.actor, handle.id, { limit: 50 })).items.filter(({ text }) => text.includes('A new handle'));
  expect(await sent()).toEqual([]);

  // The app opens without a network, and what waits outlives the page.
  await page.reload();
  await page.getByRole('button', { name: t('ui.try_again') }).waitFor();
  await page.context().setOffline(false);
  await page.goto(`/inbox/active/${handle.id}`);
  await log.getByText('A new handle leaves today.').waitFor();
  await page.getByText(t('tickets.waiting.here')).waitFor({ state: 'detached' });
  expect(await sent(), 'once').toHaveLength(1);
  await leaveWindow(page);
});

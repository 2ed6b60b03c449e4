import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openTab, wordsOf } from './browsing.ts';
import { sharedHouse } from './shared-house.ts';
import { keysOn } from './keys.ts';
import { leaveWindow } from './windows.ts';

const t = wordsOf('en');
const shared = sharedHouse();

/** A loudspeaker that counts what it is given. */
const LOUDSPEAKER = `window.__notes = 0;
window.AudioContext = class { state = 'running'; currentTime = 0; destination = {}; };
window.GainNode = class { gain = { linearRampToValueAtTime() {}, exponentialRampToValueAtTime() {} }; connect(next) { return next; } };
window.OscillatorNode = class { connect(next) { return next; } start() { window.__notes += 1; } stop() {} };`;
/** As if the window lay behind others, or not any more. */
const BEHIND = `Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' })`;
const BEFORE = 'delete document.visibilityState';

/** Somebody who sits in front of the chat and has written, and the column in which their agent has it. */
async function visitor(widgetId: string, agent: { id: string }, desk: Page, words: string) {
  const { browser, house, owner } = shared();
  const { page } = await openTab(browser, house, { width: 400, height: 800, path: `/widget/panel?widget=${widgetId}&lang=en` });
  await page.getByLabel(t('panel.write')).fill(words);
  await page.getByLabel(t('panel.write')).press('Enter');
  await page.getByText(t('panel.sent')).waitFor();
  const { items } = await house.app.tickets.list(owner.actor, { status: 'all', limit: 20, sort: 'created' });
  const { id, number } = items.find(({ subject }) => subject.includes(words))!;
  await house.app.tickets.change(owner.actor, id, { assigneeId: agent.id });
  const column = desk.getByRole('region', { name: t('chat.guest').replace('{number}', String(number)) });
  await column.getByRole('log').getByText(words).waitFor();
  const own = page.getByRole('log');
  return { id, page, log: own, column, line: column.getByRole('textbox', { name: t('chat.write') }), waits: column.getByText(t('chat.unanswered'), { exact: true }) };
}

test('an agent talks in two chats side by side by keys: each answer goes where it was written, with a saved reply, and nothing moves below the hands', { timeout: 90_000 }, async () => {
  const { browser, house, owner } = shared();
  const ivan = await house.colleagueOf(owner, { name: 'Ivan Petrov' });
  await house.app.macros.create(owner.actor, { name: 'Broken lid', variants: { en: 'We are sorry. A new lid is on its way.' } });
  const { id: widgetId } = await house.app.chat.createWidget(owner.actor, { name: 'Kettle & Cup', sites: [] });
  const { page, trouble } = await openTab(browser, house, { as: ivan, path: '/chats' });
  await page.getByText(t('chat.none')).waitFor();
  const keys = keysOn(page);
  await page.evaluate(LOUDSPEAKER);
  await page.getByRole('button', { name: new RegExp(`^${t('routing.presence.of').split('{')[0]}`) }).click();
  await page.getByText(t('routing.sound')).click();
  await expect.poll(() => page.evaluate('window.__notes')).toBe(2);
  await page.keyboard.press('Escape');
  const mia = await visitor(widgetId, ivan, page, 'Where is my parcel?');
  const omar = await visitor(widgetId, ivan, page, 'The lid is broken.');
  for (const one of [mia, omar]) await one.waits.waitFor();
  // Seen in another window's row of tabs as well, and in the rail.
  await expect.poll(() => page.title()).toMatch(/^\(2\) /);
  await page.getByRole('navigation', { name: t('app.places') }).getByRole('link', { name: t('app.chats') }).getByText('2', { exact: true }).waitFor();

  await page.keyboard.press('Control+KeyJ');
  await keys.stands(mia.line);
  await page.keyboard.press('Control+KeyJ');
  await keys.stands(omar.line);
  await page.keyboard.type('Which');
  // What happens in the other one changes who waits longest: not where anything stands.
  await house.app.tickets.sendReply(owner.actor, mia.id, { channel: 'chat', text: 'It left on Monday.', attachmentIds: [] });
  await mia.waits.waitFor({ state: 'detached' });
  await keys.stands(omar.line);
  await expect.poll(() => page.title()).toMatch(/^\(1\) /);
  await page.keyboard.type(' lid is it?');
  await page.keyboard.press('Enter');
  await omar.log.getByText('Which lid is it?').waitFor();
  await omar.waits.waitFor({ state: 'detached' });

  // Who looks elsewhere hears it.
  await page.evaluate(BEHIND);
  await omar.page.getByLabel(t('panel.write')).fill('The glass one.');
  await omar.page.getByLabel(t('panel.write')).press('Enter');
  await omar.waits.waitFor();
  await expect.poll(() => page.evaluate('window.__notes')).toBe(4);
  await page.evaluate(BEFORE);
  await page.keyboard.press('/');
  await page.getByRole('searchbox', { name: t('macros.find') }).and(page.locator(':focus')).waitFor();
  await page.keyboard.type('Broken');
  await page.getByRole('list', { name: t('macros.saved_replies') }).getByText('Broken lid').waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => omar.line.inputValue()).toBe('We are sorry. A new lid is on its way.');
  await keys.stands(omar.line);

  // What is begun in one waits there.
  await page.keyboard.press('Control+KeyJ');
  await keys.stands(mia.line);
  await page.keyboard.type('It arrives today.');
  await page.keyboard.press('Enter');
  await mia.log.getByText('It arrives today.').waitFor();
  await page.keyboard.press('Control+KeyJ');
  await keys.stands(omar.line);
  await page.keyboard.press('Enter');
  await omar.log.getByText('A new lid is on its way.').waitFor();

  const said = async ({ log }: typeof mia): Promise<string[]> => log.locator('.text').allInnerTexts();
  expect(await said(mia)).toEqual(['Where is my parcel?', 'It left on Monday.', 'It arrives today.']);
  expect(await said(omar)).toEqual(['The lid is broken.', 'Which lid is it?', 'The glass one.', 'We are sorry. A new lid is on its way.']);
  // The keys of the whole app are there in the line as well.
  await page.keyboard.press('Control+KeyK');
  await page.getByRole('combobox', { name: t('app.palette.box') }).waitFor();
  expect(trouble).toEqual([]);
  await Promise.all([mia.page, omar.page, page].map(leaveWindow));
});

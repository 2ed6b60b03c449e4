import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requestWords } from '../features/requests/server/pages/words.ts';
import { sharedBrowser } from '../testing/browser.ts';
import { openTab, wordsOf } from './browsing.ts';
import { openHouse, type House, type Person } from './house.ts';
import { keysOn } from './keys.ts';
import { openShop, type Shop } from './shop.ts';
import { freshWindow, leaveWindow } from './windows.ts';

const t = wordsOf('en');
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

let browser: Browser;
let house: House;
let owner: Person;
let shop: Shop;
let widgetId = '';
beforeAll(async () => {
  [browser, house] = await Promise.all([sharedBrowser(), openHouse()]);
  owner = await house.founded();
  shop = await openShop(house.url, () => widgetId, 'en');
  const { id } = await house.app.chat.createWidget(owner.actor, { name: 'Kettle & Cup', sites: [shop.origin] });
  widgetId = id;
  await house.app.intake.put(owner.actor, 'claim', { active: true, questions: [
    { key: 'leaks', names: { en: 'Does it leak?' }, hints: {}, field: null, required: true, when: null, choices: [{ key: 'yes', names: { en: 'Yes' } }, { key: 'no', names: { en: 'No' } }] },
    { key: 'where', names: { en: 'Where does it leak?' }, hints: {}, field: null, required: true, choices: [], when: { version: 1, all: [{ field: 'fields.choice.leaks', operator: 'is', value: 'yes' }] } },
  ] });
  await house.app.chat.changeWidget(owner.actor, widgetId, { preChat: [{ key: 'name', type: 'text', label: { en: 'Your name' }, required: true, options: [] }], intakeKinds: ['question', 'claim'] });
});
afterAll(async () => {
  shop.close();
  await house.close();
});

test('a visitor opens the chat, answers what is asked first, writes, sends a file, ends it and says how it was, all by keys', { timeout: 90_000 }, async () => {
  const window = await freshWindow(browser, { url: house.url, language: 'en', touch: false, keeps: false });
  const page = await window.context().newPage();
  const [wrong, lid] = ['wrong.png', 'lid.png'];
  const wanted = [wrong, lid];
  page.on('filechooser', (chooser) => { void chooser.setFiles({ name: wanted.shift()!, mimeType: 'image/png', buffer: PIXEL }); });
  await page.goto(shop.origin);
  const keys = keysOn(page);
  const chat = page.frameLocator('iframe');
  const button = (id: string) => chat.getByRole('button', { name: t(id), exact: true });
  await keys.press(page.getByRole('button', { name: 'Open chat' }));

  // Each question has the focus when the one before is answered.
  await keys.stands(chat.getByLabel('Your name'));
  await page.keyboard.type('Mia');
  await page.keyboard.press('Enter');
  await keys.stands(chat.getByRole('radio', { name: t('panel.kind.question') }));
  await page.keyboard.press('ArrowDown');
  await chat.getByRole('radio', { name: t('panel.kind.claim'), checked: true }).waitFor();
  await page.keyboard.press('Enter');
  await keys.stands(chat.getByRole('radio', { name: 'Yes' }));
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await keys.stands(chat.getByLabel('Where does it leak?'));
  await page.keyboard.type('At the lid');
  await keys.press(button('panel.next'));
  const field = chat.getByLabel(t('panel.write'));
  await keys.stands(field);
  await page.keyboard.type('The kettle leaks.');
  await page.keyboard.press('Enter');
  await chat.getByText(t('panel.sent')).waitFor();

  // A file is taken along, and left out again, without the mouse.
  for (const name of [wrong, lid]) {
    await keys.press(button('panel.attach'));
    await chat.getByRole('button', { name: t('panel.remove_file').replace('{name}', name) }).waitFor();
  }
  await keys.reach(chat.getByRole('button', { name: t('panel.remove_file').replace('{name}', 'wrong.png') }), { back: true });
  await page.keyboard.press('Enter');
  await keys.stands(field);
  await keys.press(button('panel.emoji'));
  await keys.press(chat.getByRole('button', { name: '👍' }));
  await keys.stands(field);
  await page.keyboard.press('Enter');
  await chat.getByRole('log').getByAltText('lid.png').waitFor();
  expect(await chat.getByRole('log').getByAltText('wrong.png').count()).toBe(0);

  const { items: [ticket] } = await house.app.tickets.list(owner.actor, { limit: 1, sort: 'created' });
  await house.app.tickets.sendReply(owner.actor, ticket!.id, { channel: 'chat', text: 'A new lid is on its way.', attachmentIds: [] });
  // What comes in is read out as it comes, and only that.
  const log = chat.getByRole('log', { name: t('panel.log') });
  expect([await log.getAttribute('aria-live'), await log.getAttribute('aria-relevant')]).toEqual(['polite', 'additions']);
  await log.getByText('A new lid is on its way.').waitFor();

  await keys.reach(button('panel.end'), { back: true });
  await page.keyboard.press('Enter');
  // Beside others, it is asked once more; what goes on is the nearest.
  await keys.stands(button('panel.go_on'));
  await page.keyboard.press('Enter');
  await keys.stands(button('panel.end'));
  await page.keyboard.press('Enter');
  await keys.stands(button('panel.go_on'));
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  const stars = (score: number) => chat.getByRole('radio', { name: t('panel.rate_of').replace('{score}', String(score)) });
  await keys.stands(stars(1));
  for (let star = 1; star < 4; star++) await page.keyboard.press('ArrowRight');
  await stars(4).and(chat.locator(':checked')).waitFor({ state: 'attached' });
  await keys.write(chat.getByLabel(t('panel.rate_comment')), 'Quick.');
  await keys.press(button('panel.rate_send'));
  await chat.getByText(t('panel.rated').replace('{score}', '4')).waitFor();
  expect((await house.app.chat.chat(owner.actor, ticket!.id)).rating).toMatchObject({ score: 4, comment: 'Quick.' });

  await page.keyboard.press('Escape');
  await keys.stands(page.getByRole('button', { name: 'Open chat' }));
  await leaveWindow(window);
});

test('a customer comes in by a code, answers, says that it is solved, and opens it again, all by keys and without scripts', { timeout: 90_000 }, async () => {
  const say = requestWords('en');
  await house.mail({ from: { name: 'Mia Weber', address: 'mia@example.org' }, subject: 'Where is my order?', text: 'It should have come on Monday.' });
  const plain = await browser.newContext({ baseURL: house.url, javaScriptEnabled: false, locale: 'en', viewport: { width: 1280, height: 900 } });
  const page = await plain.newPage();
  const keys = keysOn(page);
  const button = (id: Parameters<typeof say>[0]) => page.getByRole('button', { name: say(id), exact: true });

  await page.goto('/requests');
  await keys.write(page.getByLabel(say('requests.sign_in.email')), 'mia@example.org');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: say('requests.code.title') }).waitFor();
  await expect.poll(() => house.relay.received.some(({ to, mail }) => to.includes('mia@example.org') && /\/requests\/in\//.test(mail.text!))).toBe(true);
  const letter = house.relay.received.findLast(({ to, mail }) => to.includes('mia@example.org') && /\/requests\/in\//.test(mail.text!))!;
  await keys.write(page.getByLabel(say('requests.code.label')), /\b\d{4} ?\d{4}\b/.exec(letter.mail.text!)![0]);
  await page.keyboard.press('Enter');

  await keys.press(page.getByRole('link', { name: 'Where is my order?' }));
  await page.getByText('It should have come on Monday.').waitFor();
  await keys.write(page.getByLabel(say('requests.answer.text')), 'Has it left?');
  await keys.press(button('requests.answer.send'));
  await page.getByRole('status').waitFor();
  await keys.press(button('requests.solve.button'));
  await page.getByText(say('requests.solve.done')).waitFor();
  await page.getByText(say('requests.standing.solved'), { exact: true }).waitFor();
  await keys.write(page.getByLabel(say('requests.answer.text')), 'It came broken.');
  await keys.press(button('requests.answer.reopen'));
  await page.getByRole('listitem').filter({ hasText: 'It came broken.' }).waitFor();
  expect(await page.getByText(say('requests.standing.solved'), { exact: true }).count()).toBe(0);
  const ticket = (await house.app.tickets.list(owner.actor, { status: 'all', limit: 20, sort: 'created' })).items.find(({ subject }) => subject === 'Where is my order?')!;
  expect(['open', 'new']).toContain(ticket.status);
  await keys.press(page.getByRole('button', { name: say('requests.out') }).or(page.getByRole('link', { name: say('requests.one.back') })).first());
  await plain.close();
});

test('who writes a request is led through its questions by keys, with what is missing said at its place', { timeout: 60_000 }, async () => {
  const say = requestWords('en');
  const { page } = await openTab(browser, house, { path: '/requests/new' });
  const keys = keysOn(page);
  await keys.press(page.getByRole('link', { name: say('requests.kind.claim') }));
  const send = page.getByRole('button', { name: say('requests.new.send'), exact: true });
  await keys.press(send);
  await page.getByRole('alert').waitFor();
  // From what is wrong to where it is mended.
  await keys.press(page.getByRole('alert').getByRole('link').first());
  await keys.stands(page.getByLabel(say('requests.new.email')));
  await page.keyboard.type('ivan@example.org');
  await keys.write(page.getByLabel(say('requests.new.subject')), 'The lid leaks');
  await keys.write(page.getByLabel(say('requests.new.text')), 'Since Monday.');
  await keys.reach(page.getByRole('radio', { name: 'Yes' }));
  await page.keyboard.press('Space');
  await keys.press(send);
  await keys.write(page.getByLabel('Where does it leak?'), 'At the rim');
  await keys.press(send);
  await page.getByRole('heading', { name: say('requests.received.title') }).waitFor();
  await leaveWindow(page);
});

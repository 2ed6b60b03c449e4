import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sharedBrowser } from '../testing/browser.ts';
import { hasFocus, openTab, wordsOf } from './browsing.ts';
import { axeFaults } from './faults.ts';
import { openHouse, type House, type Person } from './house.ts';
import { openShop, type Shop } from './shop.ts';
import { freshWindow, leaveWindow } from './windows.ts';

const LAYLA = 'layla@example.org';
/** With `CHAT_PICTURES=folder` the chat is painted at each step too. */
const PICTURES = process.env['CHAT_PICTURES'] ?? '';
const t = wordsOf('ar');

const SALE = {
  id: crypto.randomUUID(), isOn: true, text: { en: 'Questions about the sale?', ar: 'أسئلة عن التخفيضات؟' }, pageContains: ['/sale'], afterSeconds: 0, attributes: [], everyHours: 24,
  choices: [{ en: 'How long is it on?', ar: 'إلى متى؟' }],
};

let browser: Browser;
let house: House;
let shop: Shop;
let owner: Person;
let widgetId = '';
let eagerId = '';

beforeAll(async () => {
  [browser, house] = await Promise.all([sharedBrowser(), openHouse()]);
  owner = await house.founded();
  const widget = await house.app.chat.createWidget(owner.actor, { name: 'Kettle & Cup', sites: [] });
  widgetId = widget.id;
  eagerId = (await house.app.chat.createWidget(owner.actor, { name: 'Sale', sites: [] })).id;
  shop = await openShop(house.url, (path) => (path === '/sale' ? eagerId : widgetId));
  await house.app.chat.changeWidget(owner.actor, widgetId, { sites: [shop.origin] });
  await house.app.chat.changeWidget(owner.actor, eagerId, {
    sites: [shop.origin],
    proactive: [SALE],
  });
});
afterAll(async () => {
  shop.close();
  await house.close();
});

/** A page of a visitor's phone; the window is another's when it is left. */
async function phone(): Promise<{ context: BrowserContext; tab: () => Promise<Page>; leave: () => Promise<void> }> {
  const first = await freshWindow(browser, { url: house.url, language: 'ar', touch: true, keeps: false });
  const tab = async (): Promise<Page> => {
    const page = await first.context().newPage();
    await page.setViewportSize({ width: 390, height: 844 });
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
    return page;
  };
  return { context: first.context(), tab, leave: () => leaveWindow(first) };
}

async function opened(page: Page, name = 'فتح المحادثة'): Promise<FrameLocator> {
  await page.getByRole('button', { name, exact: true }).click();
  const chat = page.frameLocator('iframe');
  await chat.getByRole('log').waitFor();
  return chat;
}

async function painted(page: Page, name: string): Promise<void> {
  if (PICTURES === '') return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

test('a visitor in Arabic writes from a phone, loses the network, goes away, answers by mail and comes back: one ticket, one order, nothing twice', { timeout: 180_000 }, async () => {
  const { context, tab, leave } = await phone();
  const page = await tab();
  const trouble: string[] = [];
  page.on('pageerror', ({ message }) => trouble.push(message));
  page.on('console', (message) => { if (/Content Security Policy|Trusted/i.test(message.text())) trouble.push(message.text()); });
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(shop.origin);
  await page.getByRole('button', { name: 'فتح المحادثة' }).waitFor();
  // Until it is opened, a page pays for a button: one script, and how it looks.
  expect(asked.filter((url) => url.startsWith(house.url)).map((url) => new URL(url).pathname)).toEqual(['/widget.js', `/api/v1/visitor/widgets/${widgetId}`]);
  let chat = await opened(page);
  await expect.poll(() => hasFocus(chat.getByLabel(t('panel.write')))).toBe(true);
  await painted(page, 'greeting-ar');
  await chat.getByLabel(t('panel.write')).fill('الغلاية وصلت مكسورة');
  await chat.getByLabel(t('panel.write')).press('Enter');
  await chat.getByText(t('panel.sent')).waitFor();

  const { items: [ticket] } = await house.app.tickets.list(owner.actor, { limit: 1, sort: 'queue' });
  const desk = await openTab(browser, house, { as: owner, path: `/inbox/active/${ticket!.id}` });
  const answer = async (text: string): Promise<void> => {
    const line = desk.page.getByRole('textbox', { name: wordsOf('en')('chat.write') });
    await line.fill(text);
    await line.press('Enter');
    await desk.page.getByRole('log').getByText(text).waitFor();
  };
  await desk.page.getByRole('log').getByText('الغلاية وصلت مكسورة').waitFor();
  await chat.getByLabel(t('panel.address'), { exact: false }).fill(LAYLA);
  await chat.getByRole('button', { name: t('panel.address_save') }).click();
  await chat.getByRole('button', { name: t('panel.address_save') }).waitFor({ state: 'detached' });

  await context.setOffline(true);
  house.cutLines();
  await chat.getByText(t('panel.offline')).waitFor();
  await chat.getByLabel(t('panel.write')).fill('والغطاء مفقود');
  await chat.getByLabel(t('panel.write')).press('Enter');
  await chat.getByText(t('panel.kept')).waitFor();
  await answer('نعتذر! نرسل لك غلاية جديدة.');
  await context.setOffline(false);
  await chat.getByRole('log').getByText('نعتذر! نرسل لك غلاية جديدة.').waitFor();
  await chat.getByText(t('panel.kept')).waitFor({ state: 'detached' });
  await painted(page, 'talking-ar');
  expect(await axeFaults(page, 'on a site')).toEqual([]);
  await page.close();

  await expect.poll(async () => (await house.app.chat.chat(owner.actor, ticket!.id)).visitor.isHere).toBe(false);
  await answer('ستصل غدًا.');
  await house.passes(120_000);
  await expect.poll(async () => { await house.undoIsOver(); return house.relay.received.some(({ to, mail }) => to.includes(LAYLA) && mail.text!.includes('ستصل غدًا.')); }).toBe(true);
  const letter = house.relay.received.findLast(({ to, mail }) => to.includes(LAYLA) && mail.text!.includes('ستصل غدًا.'))!;
  await house.mail({ from: LAYLA, subject: `Re: ${letter.mail.subject!}`, text: 'شكرًا جزيلًا!', inReplyTo: letter.mail.messageId!, references: letter.mail.messageId! });

  const back = await tab();
  await back.goto(shop.origin);
  // Before anybody opens it, the button says that an answer waits.
  await back.getByRole('button', { name: 'فتح المحادثة (1)' }).waitFor();
  chat = await opened(back, 'فتح المحادثة (1)');
  await chat.getByText('شكرًا جزيلًا!').waitFor();
  expect(await chat.getByRole('log').locator('.text').allInnerTexts()).toEqual(['الغلاية وصلت مكسورة', 'نعتذر! نرسل لك غلاية جديدة.', 'والغطاء مفقود', 'ستصل غدًا.', 'شكرًا جزيلًا!']);
  expect((await house.app.tickets.list(owner.actor, { status: 'all', limit: 10, sort: 'queue' })).items).toHaveLength(1);
  await painted(back, 'back-ar');
  // The agent sees the same, in the same order, each once.
  for (const text of ['والغطاء مفقود', 'شكرًا جزيلًا!']) await desk.page.getByRole('log').getByText(text).waitFor();
  for (const text of ['الغلاية وصلت مكسورة', 'نعتذر! نرسل لك غلاية جديدة.', 'والغطاء مفقود', 'ستصل غدًا.', 'شكرًا جزيلًا!']) expect(await desk.page.getByRole('log').getByText(text, { exact: true }).count(), text).toBe(1);
  expect([...trouble, ...desk.trouble]).toEqual([]);
  await leaveWindow(desk.page);
  await leave();
});

test('a chat speaks first, politely: it is read out, takes no focus, and an answer is one press', async () => {
  const { tab, leave } = await phone();
  const page = await tab();
  await page.goto(`${shop.origin}/sale`);
  const bubble = page.getByRole('region', { name: 'رسالة منا' });
  await bubble.getByRole('status').getByText('أسئلة عن التخفيضات؟').waitFor();
  expect(await page.evaluate('document.activeElement === document.body')).toBe(true);
  expect(await axeFaults(page, 'a bubble')).toEqual([]);
  await painted(page, 'bubble-ar');
  await bubble.getByRole('button', { name: 'إلى متى؟' }).press('Enter');
  const chat = page.frameLocator('iframe');
  await chat.getByRole('log').getByText('إلى متى؟', { exact: true }).waitFor();
  await chat.getByText(t('panel.sent')).waitFor();
  expect(await bubble.count()).toBe(0);
  await painted(page, 'bubble-answered-ar');
  // What was left open is open on the next page too, where there is room, and leaves the focus where it is.
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.reload();
  await chat.getByRole('log').getByText('إلى متى؟', { exact: true }).waitFor();
  expect(await page.evaluate('document.activeElement === document.body')).toBe(true);
  expect(await hasFocus(chat.getByLabel(t('panel.write')))).toBe(false);
  await painted(page, 'left-open-ar');
  await leave();
});

type Look = { readonly language: 'en' | 'ar'; readonly dark: boolean; readonly width: number };
/** What nobody has written an article about. */
const VAIN = { en: 'gift card', ar: 'بطاقة هدية' } as const;
const LOOKS: readonly Look[] = [{ language: 'ar', dark: true, width: 390 }, { language: 'en', dark: false, width: 400 }];

test('axe finds nothing in any state of the panel, in either direction and colour', async () => {
  const shopWorks = await house.app.status.addComponent(owner.actor, { names: { en: 'Payments', ar: 'الدفع' } });
  await house.app.status.open(owner.actor, { kind: 'incident', titles: { en: 'Cards are refused', ar: 'البطاقات مرفوضة' }, impact: 'major', texts: { en: 'We look into it.', ar: 'نبحث في الأمر.' }, components: [{ id: shopWorks, state: 'partial_outage' }], ticketIds: [], tell: false, banner: true });
  await house.app.intake.put(owner.actor, 'claim', { active: true, questions: [
    { key: 'leaks', names: { en: 'Does it leak?', ar: 'هل يتسرّب؟' }, hints: { en: 'Look below it.', ar: 'انظر تحته.' }, field: null, required: true, when: null, choices: [{ key: 'yes', names: { en: 'Yes', ar: 'نعم' } }, { key: 'no', names: { en: 'No', ar: 'لا' } }] },
    { key: 'where', names: { en: 'Where does it leak?', ar: 'أين يتسرّب؟' }, hints: {}, field: null, required: false, choices: [], when: { version: 1, all: [{ field: 'fields.choice.leaks', operator: 'is', value: 'yes' }] } },
  ] });
  const asking = await house.app.chat.createWidget(owner.actor, { name: 'Returns', sites: [] });
  await house.app.chat.changeWidget(owner.actor, asking.id, { preChat: [
    { key: 'name', type: 'text', label: { en: 'Your name', ar: 'اسمك' }, required: false, options: [] },
    { key: 'topic', type: 'choice', label: { en: 'What is it about?', ar: 'ما الموضوع؟' }, required: true, options: [{ value: 'order', label: { en: 'An order', ar: 'طلب' } }, { value: 'other', label: { en: 'Something else', ar: 'شيء آخر' } }] },
  ], choices: [{ en: 'Where is my order?', ar: 'أين طلبي؟' }], offersCalls: true, intakeKinds: ['question', 'claim'], proactive: [{ ...SALE, pageContains: ['/nowhere'] }] });
  const { id } = await house.app.knowledge.createArticle(owner.actor, { language: 'en', title: 'How to return a kettle', summary: '', keywords: '', html: '<p>Pack it.</p>', state: 'public' });
  await house.app.knowledge.writeText(owner.actor, id, 'ar', { title: 'كيف تُرجع غلاية', summary: '', keywords: '', html: '<p>غلّفها.</p>', live: true, minor: false, translates: true });
  const faults = await Promise.all(LOOKS.map((look) => faultsOfPanel(look, asking.id)));
  expect(faults.flat()).toEqual([]);
  const { items } = await house.app.knowledge.gaps(owner.actor, { days: 30, limit: 50 });
  expect(items.map(({ words, tickets }) => [words, tickets.length])).toEqual(expect.arrayContaining(Object.values(VAIN).map((words) => [words, 1])));
});

/** As somebody lets go of a file above the chat. */
const DROP = `{ const files = new DataTransfer(); files.items.add(new File(['a,b'], 'list.csv', { type: 'text/csv' })); document.querySelector('main').dispatchEvent(new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true })); }`;

async function faultsOfPanel({ language, dark, width }: Look, askingId: string): Promise<string[]> {
  const say = wordsOf(language);
  const { page, trouble } = await openTab(browser, house, { language, dark, width, height: 844 });
  const faults: string[] = [];
  const look = async (name: string): Promise<void> => {
    faults.push(...await axeFaults(page, `${language}: ${name}`));
    await painted(page, `panel-${language}-${name.replaceAll(' ', '-')}`);
  };
  await page.goto(`/widget/panel?widget=${askingId}&lang=${language}`);
  await page.getByRole('button', { name: say('panel.start') }).waitFor();
  await look('questions');
  await page.getByRole('searchbox').fill(VAIN[language]);
  await page.getByRole('searchbox').press('Enter');
  await page.getByText(say('panel.find_none')).waitFor();
  await look('searched in vain');
  await page.getByRole('radio').first().check();
  const guest = `Guest in ${language}`;
  await page.getByLabel(/^(?:Your name|اسمك)/).fill(guest);
  await page.getByRole('button', { name: say('panel.start') }).press('Enter');
  await page.getByRole('radio', { name: say('panel.kind.claim') }).check();
  await look('what it is about');
  await page.getByRole('button', { name: say('panel.next') }).press('Enter');
  await page.locator('input[value=yes]').check();
  // A button that is pressed meanwhile waits for the questions.
  await page.getByRole('group', { name: say('panel.choices') }).getByRole('button').click();
  await look('question');
  await page.getByRole('button', { name: say('panel.next') }).press('Enter');
  await page.locator('textarea[name=answer]').waitFor();
  await look('next question');
  // Another page of the shop: nothing has to be said again, neither answers nor what waits for them.
  await page.reload();
  await page.locator('textarea[name=answer]').waitFor();
  await page.getByRole('button', { name: say('panel.next') }).press('Enter');
  await page.getByRole('log').locator('.visitor').first().waitFor();
  await page.locator('summary').click();
  await page.getByLabel(say('panel.write')).fill('https://shop.example/kettles\nمرحبا');
  await page.getByRole('button', { name: say('panel.emoji') }).click();
  await look('news and emoji');
  await page.keyboard.press('Escape');
  await page.locator('summary').click();
  await page.getByLabel(say('panel.write')).press('Enter');
  await page.getByText(say('panel.sent')).waitFor();
  await page.getByRole('button', { name: say('panel.quiet') }).click();
  await page.getByRole('button', { name: say('panel.quiet'), pressed: true }).waitFor();
  await look('waiting');
  await page.getByRole('button', { name: say('panel.call'), exact: true }).click();
  await page.getByLabel(say('panel.call_phone')).fill('+48 600 100 200');
  await page.getByLabel(say('panel.call_when')).locator('option').first().waitFor({ state: 'attached' });
  await look('asking for a call');
  await page.getByRole('button', { name: say('panel.call_send') }).click();
  await page.getByRole('log').getByText('+48 600 100 200').first().waitFor();
  await page.evaluate(DROP);
  await page.getByRole('button', { name: say('panel.remove_file').replace('{name}', 'list.csv') }).waitFor();
  await page.getByRole('button', { name: say('panel.end'), exact: true }).click();
  await look('a file and leaving');
  const { items } = await house.app.tickets.list(owner.actor, { limit: 20, sort: 'created' });
  // Theirs alone: what the other one hears after the end would open their chat again.
  const own = items.find(({ customer }) => customer?.name === guest)!;
  await house.app.tickets.sendReply(owner.actor, own.id, { channel: 'chat', text: 'See https://shop.example/returns', attachmentIds: [] });
  await page.getByRole('log').getByText('https://shop.example/returns').first().waitFor();
  await page.getByRole('button', { name: say('panel.end'), exact: true }).last().click();
  await page.getByRole('radio').nth(3).check({ force: true });
  await look('rating');
  await page.context().setOffline(true);
  await page.getByText(say('panel.offline')).waitFor();
  await look('offline');
  await page.context().setOffline(false);
  await leaveWindow(page);
  return [...faults, ...trouble.filter((one) => !/ERR_INTERNET_DISCONNECTED/.test(one))];
}

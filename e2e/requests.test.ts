import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Language } from '../kernel/languages.ts';
import { requestWords } from '../features/requests/server/pages/words.ts';
import { sharedBrowser } from '../testing/browser.ts';
import { axeFaults } from './faults.ts';
import { openHouse, type House, type Person } from './house.ts';

const LAYLA = 'layla@example.org';
/** With `REQUESTS_PICTURES=folder` every page that is looked at is painted too. */
const PICTURES = process.env['REQUESTS_PICTURES'] ?? '';

let browser: Browser;
let house: House;
beforeAll(async () => { [browser, house] = await Promise.all([sharedBrowser(), openHouse()]); });
afterAll(() => house.close());

const window = (language: Language, { scripts, width, dark }: { scripts: boolean; width: number; dark: boolean }): Promise<BrowserContext> => browser.newContext({
  baseURL: house.url, javaScriptEnabled: scripts, locale: language, viewport: { width, height: 900 }, colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce',
});

/** The path of the link in the latest mail to an address, of so many in all. */
async function latestLink(to: string, count: number): Promise<string> {
  const received = (await house.relay.got(count)).findLast((one) => one.to.includes(to))!;
  return new URL(/https?:\/\/[^\s"<>]+\/requests\/(?:in|confirm)\/[\w-]+/.exec(received.mail.text!)![0]).pathname;
}

/** Pages without script hold nothing that a checker could ask: a second window with the same cookies looks at them. */
async function faultsOn(looking: Page, paths: readonly string[], name: string): Promise<string[]> {
  const faults: string[] = [];
  for (const path of paths) {
    await looking.goto(path);
    faults.push(...await axeFaults(looking, `${name} ${path}`));
    if (PICTURES !== '') await looking.screenshot({ path: join(PICTURES, `${name}${path.replaceAll(/[^a-z0-9]+/gi, '-')}.png`), fullPage: true });
  }
  return faults;
}

/** More than people write in ten minutes. None of it is taken, so that it costs little. */
async function manyStrangersAtOnce({ actor }: Person): Promise<void> {
  const settings = await house.app.requests.settings(actor.workspaceId);
  await house.app.requests.changeSettings(actor, { ...settings, strangers: false });
  const given = { kind: 'question' as const, name: '', subject: 'x', text: 'x', website: '', language: 'en' as const, files: [] };
  await Promise.allSettled(Array.from({ length: 61 }, (_none, at) => house.app.requests.fileForStranger(actor.workspaceId, { ...given, email: `somebody${at}@example.org` }, { address: `203.0.113.${at}`, userAgent: '' })));
  await house.app.requests.changeSettings(actor, settings);
}

test('without scripts and on a phone, a customer finds their matter by a mail to their mailbox, answers, and writes anew', { timeout: 240_000 }, async () => {
  if (PICTURES !== '') mkdirSync(PICTURES, { recursive: true });
  const owner = await house.founded();
  await house.mail({ from: { name: 'ليلى منصور', address: LAYLA }, subject: 'أين طلبي؟', text: 'طلبت غلاية قبل أسبوعين ولم تصل بعد.' });
  const { items: [ticket] } = await house.app.tickets.list(owner.actor, { limit: 1, sort: 'queue' });
  await house.app.commitments.make(owner.actor, { ticketId: ticket!.id, kind: 'callback', what: 'نتصل بك', due: { date: '2027-01-15', time: '12:00' } });
  const shop = await house.app.status.addComponent(owner.actor, { names: { en: 'Shop', ar: 'المتجر' } });
  await house.app.status.open(owner.actor, {
    kind: 'incident', titles: { en: 'Cards are refused', ar: 'البطاقات مرفوضة' }, impact: 'major', texts: { en: 'We look into it.', ar: 'نبحث في الأمر.' }, components: [{ id: shop, state: 'partial_outage' }], ticketIds: [], banner: true, tell: true,
  });
  const t = requestWords('ar');
  const plain = await window('ar', { scripts: false, width: 390, dark: true });
  const page = await plain.newPage();

  const before = house.relay.received.length;
  await page.goto('/requests');
  expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
  await page.getByLabel(t('requests.sign_in.email')).fill(LAYLA);
  await page.getByRole('button', { name: t('requests.sign_in.send') }).click();
  await page.getByRole('heading', { name: t('requests.code.title') }).waitFor();
  const code = new URL(page.url());
  await page.goto(await latestLink(LAYLA, before + 1));
  await page.getByRole('button', { name: t('requests.in.title') }).click();

  await page.getByRole('link', { name: 'أين طلبي؟' }).click();
  await page.getByText('طلبت غلاية قبل أسبوعين').waitFor();
  await page.getByText('نتصل بك').waitFor();
  await page.getByLabel(t('requests.answer.text')).fill('هل من جديد؟');
  await page.getByLabel(t('requests.answer.files'), { exact: true }).setInputFiles({ name: 'صورة.png', mimeType: 'image/png', buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64') });
  await page.getByRole('button', { name: t('requests.answer.send'), exact: true }).click();
  await page.getByRole('status').waitFor();
  expect(await page.getByRole('listitem').filter({ hasText: 'هل من جديد؟' }).getByRole('link', { name: 'صورة.png' }).count()).toBe(1);
  const own = new URL(page.url()).pathname;

  await page.goto('/requests/new');
  await page.getByRole('link', { name: t('requests.kind.praise') }).click();
  await page.getByRole('button', { name: t('requests.new.send') }).click();
  // The form comes back and says what is missing.
  await page.getByRole('alert').waitFor();
  await page.getByLabel(t('requests.new.subject')).fill('شكرًا');
  await page.getByLabel(t('requests.new.text')).fill('خدمة رائعة');
  await page.getByRole('button', { name: t('requests.new.send') }).click();
  await page.getByText('خدمة رائعة').waitFor();

  const SIGNED_IN = ['/requests', own, '/requests/new/claim', '/requests/devices', '/requests/data', '/status'];
  const cookies = await plain.cookies();
  const arabic = await window('ar', { scripts: true, width: 390, dark: true });
  await arabic.addCookies(cookies);
  const english = await window('en', { scripts: true, width: 1280, dark: false });
  const faults = await faultsOn(await arabic.newPage(), SIGNED_IN, 'ar-dark-390');
  const outside = await english.newPage();
  faults.push(...await faultsOn(outside, ['/requests/sign-in', `${code.pathname}${code.search}`, '/requests/new', '/requests/new/claim', '/requests/received?number=1003', '/requests/nowhere', '/status', '/status/history', '/status/subscriptions'], 'en-light-1280'));
  // While strangers have to prove work, the browser does it beside the writing, and the form goes as always.
  await manyStrangersAtOnce(owner);
  const en = requestWords('en');
  await outside.goto('/requests/new/question');
  expect(await outside.locator('form[data-challenge]').count()).toBe(1);
  await outside.getByLabel(en('requests.new.email')).fill('mia@example.org');
  await outside.getByLabel(en('requests.new.subject')).fill('Does the lid fit?');
  await outside.getByLabel(en('requests.new.text')).fill('I have the kettle of last year.');
  await outside.getByRole('button', { name: en('requests.new.send') }).click();
  // Work takes as long as the machine lets it.
  await outside.getByRole('heading', { name: en('requests.received.title') }).waitFor({ timeout: 100_000 });
  expect((await house.app.tickets.list(owner.actor, { limit: 5, sort: 'created' })).items.map(({ subject }) => subject)).toContain('Does the lid fit?');
  if (PICTURES !== '') {
    await english.addCookies(cookies);
    await faultsOn(outside, SIGNED_IN, 'en-light-1280');
  }
  expect(faults).toEqual([]);
  await Promise.all([plain.close(), arabic.close(), english.close()]);
});

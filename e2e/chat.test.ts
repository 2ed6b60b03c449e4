import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sharedBrowser } from '../testing/browser.ts';
import { openHouse, type House, type Person } from './house.ts';
import { wordsOf } from './browsing.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const LAYLA = 'layla@example.org';
/** With `CHAT_PICTURES=folder` the chat is painted at each step too. */
const PICTURES = process.env['CHAT_PICTURES'] ?? '';
const t = wordsOf('ar');

let browser: Browser;
let house: House;
let shop: { origin: string; server: Server };
let owner: Person;
let widgetId = '';

/** A company's page on a site that is not ours, under a strict policy with what the manual tells to add, and a sheet that spoils everything it reaches. */
async function openShop(): Promise<typeof shop> {
  const server = createServer((request, reply) => {
    if (request.url === '/shop.css') {
      reply.writeHead(200, { 'content-type': 'text/css' }).end('* { all: unset !important; display: none !important; } html, body, main { display: block !important; }');
      return;
    }
    reply.writeHead(200, {
      'content-type': 'text/html; charset=utf-8', 'content-security-policy': `default-src 'self'; script-src 'self' ${house.url}; connect-src 'self' ${house.url}; frame-src ${house.url}; require-trusted-types-for 'script'; trusted-types 'none'`,
    }).end(`<!doctype html><html lang="ar" dir="rtl"><head><meta name="viewport" content="width=device-width, initial-scale=1"><title>Shop</title><link rel="stylesheet" href="/shop.css">
<script src="${house.url}/widget.js" data-widget="${widgetId}" defer></script></head><body><main>متجر</main></body></html>`);
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return { server, origin: `http://localhost:${(server.address() as AddressInfo).port}` };
}

beforeAll(async () => {
  [browser, house] = await Promise.all([sharedBrowser(), openHouse()]);
  owner = await house.founded();
  const widget = await house.app.chat.createWidget(owner.actor, { name: 'Kettle & Cup', sites: [] });
  widgetId = widget.id;
  shop = await openShop();
  await house.app.chat.changeWidget(owner.actor, widgetId, { sites: [shop.origin] });
});
afterAll(async () => {
  shop.server.close();
  shop.server.closeAllConnections();
  await house.close();
});

async function phone(): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: 'ar', viewport: { width: 390, height: 844 }, reducedMotion: 'reduce', hasTouch: true });
  context.setDefaultTimeout(20_000);
  // The launcher hides in a closed root, into which tests cannot look either.
  await context.addInitScript('{ const attach = Element.prototype.attachShadow; Element.prototype.attachShadow = function (init) { return attach.call(this, { ...init, mode: "open" }); }; }');
  return context;
}

async function opened(page: Page) {
  await page.getByRole('button', { name: 'فتح المحادثة' }).click();
  const chat = page.frameLocator('iframe');
  await chat.getByRole('log').waitFor();
  return chat;
}

async function painted(page: Page, name: string): Promise<void> {
  if (PICTURES === '') return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

const faults = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).withTags(RULES).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`));
};

test('a visitor in Arabic writes from a phone, loses the network, goes away, answers by mail and comes back: one ticket, one order, nothing twice', { timeout: 180_000 }, async () => {
  const context = await phone();
  const page = await context.newPage();
  const trouble: string[] = [];
  page.on('pageerror', ({ message }) => trouble.push(message));
  page.on('console', (message) => { if (/Content Security Policy|Trusted/i.test(message.text())) trouble.push(message.text()); });
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(shop.origin);
  await page.getByRole('button', { name: 'فتح المحادثة' }).waitFor();
  // Until it is opened, a page pays for a button.
  expect(asked.filter((url) => url.includes('/widget/'))).toEqual([]);
  let chat = await opened(page);
  await painted(page, 'greeting-ar');
  await chat.getByLabel(t('panel.write')).fill('الغلاية وصلت مكسورة');
  await chat.getByLabel(t('panel.write')).press('Enter');
  await chat.getByText(t('panel.sent')).waitFor();

  const { items: [ticket] } = await house.app.tickets.list(owner.actor, { limit: 1, sort: 'queue' });
  await chat.getByLabel(t('panel.address'), { exact: false }).fill(LAYLA);
  await chat.getByRole('button', { name: t('panel.address_save') }).click();
  await chat.getByRole('button', { name: t('panel.address_save') }).waitFor({ state: 'detached' });

  await context.setOffline(true);
  house.cutLines();
  await chat.getByText(t('panel.offline')).waitFor();
  await chat.getByLabel(t('panel.write')).fill('والغطاء مفقود');
  await chat.getByLabel(t('panel.write')).press('Enter');
  await chat.getByText(t('panel.kept')).waitFor();
  await house.app.tickets.sendReply(owner.actor, ticket!.id, { channel: 'chat', text: 'نعتذر! نرسل لك غلاية جديدة.', attachmentIds: [] });
  await context.setOffline(false);
  await chat.getByRole('log').getByText('نعتذر! نرسل لك غلاية جديدة.').waitFor();
  await chat.getByText(t('panel.kept')).waitFor({ state: 'detached' });
  await painted(page, 'talking-ar');
  expect(await faults(page)).toEqual([]);
  await page.close();

  await expect.poll(async () => (await house.app.chat.chat(owner.actor, ticket!.id)).visitor.isHere).toBe(false);
  await house.app.tickets.sendReply(owner.actor, ticket!.id, { channel: 'chat', text: 'ستصل غدًا.', attachmentIds: [] });
  await house.passes(120_000);
  await expect.poll(async () => { await house.undoIsOver(); return house.relay.received.some(({ to, mail }) => to.includes(LAYLA) && mail.text!.includes('ستصل غدًا.')); }).toBe(true);
  const letter = house.relay.received.findLast(({ to, mail }) => to.includes(LAYLA) && mail.text!.includes('ستصل غدًا.'))!;
  await house.mail({ from: LAYLA, subject: `Re: ${letter.mail.subject!}`, text: 'شكرًا جزيلًا!', inReplyTo: letter.mail.messageId!, references: letter.mail.messageId! });

  const back = await context.newPage();
  await back.goto(shop.origin);
  chat = await opened(back);
  await chat.getByText('شكرًا جزيلًا!').waitFor();
  expect(await chat.getByRole('log').locator('.text').allInnerTexts()).toEqual(['الغلاية وصلت مكسورة', 'نعتذر! نرسل لك غلاية جديدة.', 'والغطاء مفقود', 'ستصل غدًا.', 'شكرًا جزيلًا!']);
  expect((await house.app.tickets.list(owner.actor, { status: 'all', limit: 10, sort: 'queue' })).items).toHaveLength(1);
  await painted(back, 'back-ar');
  expect(trouble).toEqual([]);
  await context.close();
});

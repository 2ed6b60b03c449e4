import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { letterOf, openTab, wordsOf, type Tab } from './browsing.ts';
import { HOSTILE_HTML, HOSTILE_LINES } from './hostile-letters.ts';
import { MAILBOX } from './house.ts';
import { sharedHouse } from './shared-house.ts';
import { leaveWindow } from './windows.ts';

const t = wordsOf('en');
const FROM = 'mallory@evil.test';
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
/** What "Show images" allows: pictures by https, and nothing else. */
const A_PICTURE = /^request: image https:/;

const shared = sharedHouse();

/** A tab from which nothing leaves the machine, whatever asks for it. */
async function guardedTab(path: string): Promise<Tab> {
  const { browser, house, owner } = shared();
  const tab = await openTab(browser, house, { as: owner });
  await tab.page.context().route((url) => !url.href.startsWith(house.url), (route) =>
    route.request().resourceType() === 'image' ? route.fulfill({ body: PIXEL, contentType: 'image/png' }) : route.abort());
  await tab.page.goto(path);
  return tab;
}

/** A talk in which one person sends one hostile letter after the other. */
async function hostileTalk(letters: readonly [string, string][]): Promise<string> {
  const { house, owner } = shared();
  const first = await house.mail({ from: FROM, subject: 'A question', text: 'Do you read this?' });
  const [ticket] = (await house.app.tickets.list(owner.actor, { status: 'all', sort: 'created', limit: 1 })).items;
  await house.app.tickets.sendReply(owner.actor, ticket!.id, { channel: 'email', text: 'Yes.', attachmentIds: [] });
  await house.undoIsOver();
  const ours = (await house.relay.got(1))[0]!.mail.messageId!;
  for (const [name, html] of letters) {
    const line = HOSTILE_LINES[name.length % HOSTILE_LINES.length]!;
    await house.mail({
      from: { name: line, address: FROM }, subject: `Re: ${line}`, html: `<p style="color:#b00">letter: ${name}.</p>${html}`, inReplyTo: ours, references: [first.messageId, ours],
      attachments: [{ filename: `${line.replaceAll('/', '')}.html`, content: html, contentType: 'text/html' }],
    });
  }
  return ticket!.id;
}

/** Opens the formatted view of one letter and waits for its page to be drawn. */
async function format(page: Page, name: string): Promise<Locator> {
  const letter = page.getByRole('article').filter({ hasText: `letter: ${name}.` });
  const drawn = page.locator('[data-entry]').filter({ has: letter });
  const id = await drawn.getAttribute('data-entry');
  const place = page.locator(`[data-entry="${id}"]`);
  await place.getByRole('button', { name: t('tickets.entry.formatted') }).click();
  await place.frameLocator('iframe').getByText(`letter: ${name}.`).waitFor();
  return place;
}

test('the watch of these tests sees a script that runs and a request that leaves', async () => {
  const { page, trouble } = await guardedTab('/inbox/active');
  await page.goto('about:blank');
  await page.setContent(HOSTILE_HTML['handlers on pictures']! + HOSTILE_HTML['pictures that report']!);
  await expect.poll(() => trouble.join('\n')).toMatch(/dialog: 1[^]*|request: image https:\/\/evil\.test\/big\.png/);
  expect(trouble.some((line) => line.startsWith('dialog'))).toBe(true);
  await leaveWindow(page);
});

test('no letter runs a script or calls home, as text, formatted, or with its pictures', async () => {
  const letters = Object.entries(HOSTILE_HTML);
  const id = await hostileTalk(letters);
  const { page, trouble } = await guardedTab(`/inbox/all/${id}`);
  const talk = page.getByRole('log');
  await talk.getByText(`letter: ${letters.at(-1)![0]}.`).waitFor();

  const withPictures: Locator[] = [];
  for (const [name] of letters) {
    const place = await format(page, name);
    await place.locator('iframe').hover();
    if (await place.getByRole('button', { name: t('tickets.entry.show_images') }).count() > 0) withPictures.push(place);
  }
  expect(page.url()).toBe(`${shared().house.url}/inbox/all/${id}`);
  expect(trouble).toEqual([]);

  expect(withPictures.length).toBeGreaterThan(0);
  for (const place of withPictures) {
    const page2 = page.waitForResponse((response) => response.url().includes('images=1'));
    await place.getByRole('button', { name: t('tickets.entry.show_images') }).click();
    await page2;
  }
  await expect.poll(() => trouble.join('\n')).toContain('https://evil.test/big.png');
  expect(trouble.filter((line) => !A_PICTURE.test(line))).toEqual([]);
  await leaveWindow(page);
});

test('subjects, names and file names are words and nothing else, wherever they stand', async () => {
  for (const line of HOSTILE_LINES) {
    await shared().house.mail({
      from: { name: line, address: `p${HOSTILE_LINES.indexOf(line)}@evil.test` }, to: { name: line, address: MAILBOX }, subject: line, text: line,
      attachments: [{ filename: `${line.replaceAll('/', '')}.svg`, content: `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`, contentType: 'image/svg+xml' }],
    });
  }
  const { page, trouble } = await guardedTab('/inbox/unassigned');
  for (const line of HOSTILE_LINES) {
    await page.getByRole('option').filter({ hasText: line }).first().click();
    await page.getByRole('heading', { level: 1, name: line, exact: true }).waitFor();
    await page.getByRole('log').getByText(line, { exact: true }).first().waitFor();
    const file = page.getByRole('log').getByRole('link', { name: '.svg' }).first();
    const answer = await page.request.get((await file.getAttribute('href'))!);
    expect(answer.headers()['content-disposition']).toMatch(/^attachment/);
    expect(answer.headers()['content-security-policy']).toContain('sandbox');
    await page.keyboard.press('r');
    await letterOf(page, t('tickets.write.reply')).waitFor();
  }
  await page.goto(`/search?${new URLSearchParams({ q: 'script alert' })}`);
  await page.getByRole('option').first().waitFor();
  expect(trouble).toEqual([]);
  await leaveWindow(page);
});

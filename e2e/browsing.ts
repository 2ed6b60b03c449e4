import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, ConsoleMessage, Dialog, Locator, Page, Request } from 'playwright-core';
import { expect, onTestFailed } from 'vitest';
import type { Language } from '../kernel/languages.ts';
import type { House, Person } from './house.ts';
import { freshWindow, leaveWindow, untilLeft } from './windows.ts';

const HOUSE = join(import.meta.dirname, '..');
const ROOMS = globSync(['apps/agent/messages', 'apps/widget/messages', 'ui/messages', 'features/*/messages'], { cwd: HOUSE });

export type Words = (id: string) => string;

/** What the app says on its buttons, so that a journey reads the same in every language. */
export function wordsOf(language: Language): Words {
  const all = Object.assign({}, ...ROOMS.map((room) => JSON.parse(readFileSync(join(HOUSE, room, `${language}.json`), 'utf8')) as object)) as Record<string, string>;
  return (id) => all[id] ?? unknown(id);
}

function unknown(id: string): never {
  throw new Error(`The app has no sentence ${id}`);
}

export type Tab = { readonly page: Page; /** What must never happen while people work: errors, refusals of the content policy, requests to strangers. */ readonly trouble: string[] };

type TabOptions = { as?: Person; language?: Language; dark?: boolean; width?: number; height?: number; path?: string; keeps?: boolean };

/** One browser window of its own, signed in as `as` or as nobody. It is left when the house closes, if not before. */
export async function openTab(browser: Browser, house: House, { as, language = 'en', dark = false, width = 1440, height = 900, path, keeps = false }: TabOptions = {}): Promise<Tab> {
  const page = await freshWindow(browser, { url: house.url, language, touch: width < 500, keeps });
  house.beforeClose(() => leaveWindow(page));
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' });
  if (as) await page.context().addCookies([{ name: house.app.people.cookieNames.session, value: as.token, url: house.url, httpOnly: true, sameSite: 'Lax' }]);
  const trouble = watched(page, house.url);
  onTestFailed(async ({ task }) => {
    if (!page.isClosed()) await page.screenshot({ path: join(import.meta.dirname, '../.cache/journeys', `${task.name.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}-${as?.name ?? 'nobody'}.png`) });
    if (trouble.length > 0) process.stderr.write(`${trouble.join('\n')}\n`);
  });
  if (path !== undefined) await page.goto(path);
  return { page, trouble };
}

function watched(page: Page, home: string): string[] {
  const trouble: string[] = [];
  const onError = (error: Error): void => { trouble.push(`error: ${error.message}`); };
  const onWords = (message: ConsoleMessage): void => { if (message.type() === 'error' && !EXPECTED.test(message.text())) trouble.push(`console: ${message.text()}`); };
  const onDialog = (dialog: Dialog): void => { trouble.push(`dialog: ${dialog.message()}`); void dialog.dismiss(); };
  const onRequest = (request: Request): void => {
    const url = request.url();
    if (!url.startsWith(`${home}/`) && !/^(?:data|blob|about):/.test(url)) trouble.push(`request: ${request.resourceType()} ${url}`);
  };
  const context = page.context();
  page.on('pageerror', onError).on('console', onWords).on('dialog', onDialog);
  context.on('request', onRequest);
  untilLeft(page, () => {
    page.off('pageerror', onError).off('console', onWords).off('dialog', onDialog);
    context.off('request', onRequest);
  });
  return trouble;
}

/** The browser's own words about answers that the app asks for and handles: not signed in yet, a link that is used up. */
const EXPECTED = /^Failed to load resource: the server responded with a status of 40[134]/;

/** The few words of the browser's own world that journeys ask for; tests have no DOM types. */
type BrowserWorld = { getComputedStyle(node: unknown): { direction: string }; document: { activeElement: unknown }; history: History };
type History = { pushState(state: null, title: string, path: string): void };

export const directionDrawn = (place: Locator): Promise<string> => place.evaluate((node) => (globalThis as unknown as BrowserWorld).getComputedStyle(node).direction);
export const hasFocus = (place: Locator): Promise<boolean> => place.evaluate((node) => (globalThis as unknown as BrowserWorld).document.activeElement === node);

/** Does what is found by its name where everything is; nobody waits for the box, of which `box` is the name. */
export async function byName(page: Page, box: string, name: string): Promise<void> {
  // Nobody types the dots of what asks for more.
  const words = name.replace(/…$/u, '');
  await page.keyboard.press('Control+KeyK');
  await page.keyboard.type(words);
  await expect.poll(() => page.getByRole('combobox', { name: box }).inputValue()).toBe(words);
  await page.getByRole('option', { selected: true }).filter({ hasText: name }).waitFor();
  await page.keyboard.press('Enter');
}

/** The editor itself; until it is there a plain field of the same name takes the first words. */
export const letterOf = (page: Page, name: string): Locator => page.getByRole('textbox', { name, exact: true }).and(page.locator('[contenteditable=true]'));

/** As a link inside the app leads: without loading the page again. */
export const goTo = (page: Page, path: string): Promise<unknown> => page.evaluate((to) => { (globalThis as unknown as BrowserWorld).history.pushState(null, '', to); }, path);

import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

type Kind = { /** Where the house stands; what is opened there is found again in the browser's cache. */ readonly url: string; readonly language: string; readonly touch: boolean; /** Whether the app may keep itself in the browser: it fetches all of itself for that. */ readonly keeps: boolean };
type Window = { readonly browser: Browser; readonly page: Page; readonly kind: Kind; readonly seen: Set<() => void> };

/** A window that nobody has used costs as much as everything that most journeys do in it: those who are done leave theirs to those who come. */
const spare = new Map<Browser, Window[]>();
const used = new Map<Page, Window>();

/** A window with nothing of whoever had it before. */
export async function freshWindow(browser: Browser, kind: Kind): Promise<Page> {
  const shelf = spare.get(browser) ?? [];
  const at = shelf.findIndex(({ kind: other }) => other.url === kind.url && other.language === kind.language && other.touch === kind.touch && other.keeps === kind.keeps);
  const window = at === -1 ? await openWindow(browser, kind) : shelf.splice(at, 1)[0]!;
  used.set(window.page, window);
  return window.page;
}

async function openWindow(browser: Browser, kind: Kind): Promise<Window> {
  const options: BrowserContextOptions = { baseURL: kind.url, locale: kind.language, hasTouch: kind.touch, serviceWorkers: kind.keeps ? 'allow' : 'block' };
  const context = await browser.newContext(options);
  context.setDefaultTimeout(20_000);
  return { browser, page: await context.newPage(), kind, seen: new Set() };
}

/** What has to end when the window changes hands. */
export function untilLeft(page: Page, end: () => void): void {
  used.get(page)?.seen.add(end);
}

/** Nothing stays but what the browser has in its cache. The house must still be open; leaving twice is leaving once. */
export async function leaveWindow(page: Page): Promise<void> {
  const window = used.get(page);
  if (!window) return;
  used.delete(page);
  for (const end of window.seen) end();
  window.seen.clear();
  if (await emptied(window).then(() => true, () => false)) spare.set(window.browser, [...spare.get(window.browser) ?? [], window]);
  else await page.context().close();
}

/** Fails when the page is closed or does not answer any more. */
async function emptied({ page, kind }: Window): Promise<void> {
  const context = page.context();
  await context.setOffline(false);
  await Promise.all([context.unrouteAll(), page.unrouteAll(), ...context.pages().filter((other) => other !== page).map((other) => other.close())]);
  await page.goto('/healthz');
  await page.evaluate('sessionStorage.clear()');
  const session = await context.newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin: kind.url, storageTypes: 'cookies,local_storage,indexeddb,cache_storage,service_workers' });
  await session.detach();
  await context.clearCookies();
}

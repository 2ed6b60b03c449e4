import type { Page } from 'playwright-core';

/** What a first visit to a page was like, as the browser saw it. */
export type Visit = {
  /** Everything that came over the line: headers, page, styles, pictures. */
  readonly bytes: number;
  /** Layout shift, summed up; 0 is none. */
  readonly shift: number;
  /** The tag of the largest thing that was painted. */
  readonly largest: string;
  readonly hosts: readonly string[];
};

/** Runs in the page, before anything of it. */
const WATCHING = `
  window.__visit = { shift: 0, largest: '' };
  new PerformanceObserver((list) => { for (const one of list.getEntries()) if (!one.hadRecentInput) window.__visit.shift += one.value; }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => { window.__visit.largest = list.getEntries().at(-1)?.element?.tagName ?? ''; }).observe({ type: 'largest-contentful-paint', buffered: true });`;

/** With an empty cache, as whoever comes from a search engine. */
export async function firstVisit(page: Page, path: string): Promise<Visit> {
  const line = await page.context().newCDPSession(page);
  await line.send('Network.enable');
  await line.send('Network.clearBrowserCache');
  let bytes = 0;
  line.on('Network.loadingFinished', ({ encodedDataLength }) => { bytes += encodedDataLength; });
  const hosts = new Set<string>();
  const onRequest = (request: { url(): string }): void => { hosts.add(new URL(request.url()).host); };
  page.on('request', onRequest);
  await page.addInitScript(WATCHING);
  await page.goto(path, { waitUntil: 'networkidle' });
  // Two frames: what moves after the page was painted has moved by then.
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  // What was painted is told some time after it was seen.
  await page.waitForFunction('window.__visit.largest !== ""');
  const seen = await page.evaluate('window.__visit') as Pick<Visit, 'shift' | 'largest'>;
  page.off('request', onRequest);
  await line.detach();
  return { bytes, hosts: [...hosts], ...seen };
}

/** What can be pressed and is smaller than so many CSS pixels either way. Links inside a sentence are as high as its line. */
export const smallTargets = (page: Page, least: number): Promise<string[]> => page.evaluate(`[...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea, summary')].flatMap((one) => {
  const box = one.getBoundingClientRect();
  const isHidden = box.width === 0 || one.closest('[hidden]') || box.right < 0 || box.bottom < 0 || getComputedStyle(one).visibility === 'hidden' || box.width <= 1;
  const isInSentence = one.tagName === 'A' && getComputedStyle(one).display === 'inline' && one.closest('p, li, td') && one.closest('p, li, td').textContent.trim() !== one.textContent.trim();
  const label = one.closest('label')?.getBoundingClientRect();
  const height = Math.max(box.height, label?.height ?? 0), width = Math.max(box.width, label?.width ?? 0);
  return isHidden || isInSentence || (height >= ${least} && width >= ${least}) ? [] : [one.outerHTML.slice(0, 120) + ' ' + Math.round(width) + 'x' + Math.round(height)];
})`) as Promise<string[]>;

/** What the head of a page says, by name. */
export const headOf = (page: Page): Promise<Record<string, string>> => page.evaluate(`Object.fromEntries([
  ['title', document.title], ['lang', document.documentElement.lang], ['dir', document.documentElement.dir],
  ...[...document.querySelectorAll('meta[name], meta[property]')].map((one) => [one.getAttribute('name') ?? one.getAttribute('property'), one.content]),
  ...[...document.querySelectorAll('link[rel=canonical]')].map((one) => ['canonical', one.href]),
  ...[...document.querySelectorAll('link[rel=alternate][hreflang]')].map((one) => ['hreflang ' + one.hreflang, one.href]),
  ...[...document.querySelectorAll('link[rel=alternate][type]')].map((one) => [one.type, one.href]),
])`) as Promise<Record<string, string>>;

import { setTimeout as pause } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright-core';
import { launchBrowser } from '../testing/browser.ts';
import type { ServeAgents, ServingAgents } from './agents-server.ts';
import type { BenchOptions } from './bench.ts';
import { drawnTwice, scrollListTo, watchFrames, watchOpening, watchRows } from './browser-page.ts';
import { freePort } from './free-port.ts';
import { startChild } from './scale-client.ts';
import { prepare } from './scale-data.ts';

export const about = 'the agents\' app in Chromium, its processor slowed four times: the next ticket, typing, a list of 10,000 rows, memory after 500 tickets; WORDS: open type scroll heap';

const TICKETS = 12_000;
const SLOWER = 4;
/** How long an agent looks at a ticket at least, in which the next ones are fetched. */
const READS_MS = 1_500;
const OPENED = 40;
const OPENING_LIMIT_MS = 10_000;
const KEYS = 300;
/** Some ten letters a second: a fast typist. */
const KEY_MS = 100;
const LETTER = 'We are sorry that the kettle arrived with a crack. A new one leaves tomorrow, and you need not send the old one back. ';
const ROWS = 10_000;
const ROWS_LIMIT_MS = 180_000;
/** A fast finger on a wheel: seven screens a second. */
const WHEEL_PX = 120;
const WHEEL_MS = 16;
const WHEELS = 600;
const JUMPS = 60;
const FEW_OPENED = 50;
const MANY_OPENED = 500;
/** Twice the golden ratio's part: spread over the list, never near the jump before. */
const SPREAD = 0.618_033_988_75;

type Desk = { readonly page: Page; readonly cdp: CDPSession; readonly say: (line: string) => void };
type Part = (desk: Desk) => Promise<Record<string, number>>;

const PARTS: Readonly<Record<string, Part>> = { open: opening, type: typing, scroll: scrolling, heap: remembering };

export async function run({ quiet, words }: BenchOptions): Promise<Record<string, unknown>> {
  const say = (line: string) => { if (!quiet) console.log(line); };
  const chosen = Object.entries(PARTS).filter(([name]) => words.length === 0 || words.includes(name));
  return withDesk(say, async (openPage) => {
    const figures: Record<string, Record<string, number>> = {};
    for (const [name, part] of chosen) {
      const desk = await openPage();
      figures[name] = await part({ ...desk, say });
      await desk.page.context().close();
      if (!quiet) console.table({ [name]: figures[name] });
    }
    return figures;
  });
}

async function withDesk<T>(say: (line: string) => void, act: (openPage: () => Promise<Omit<Desk, 'say'>>) => Promise<T>): Promise<T> {
  const { server, dataDir, desk } = await prepare(TICKETS, say);
  const parts: (() => Promise<unknown>)[] = [() => server.stop()];
  try {
    const appAt = await freePort();
    const origin = `http://127.0.0.1:${appAt}`;
    const { appUrl, ownerUrl } = server;
    const child = await startChild<ServingAgents>(new URL('./agents-server.ts', import.meta.url), { appUrl, ownerUrl, dataDir, desk, origin, agents: 1, appAt } satisfies ServeAgents);
    parts.push(child.stop);
    const browser = await launchBrowser();
    parts.push(() => browser.close());
    const { cookie, tokens } = child.answer;
    return await act(async () => {
      const context = await browser.newContext({ baseURL: origin, viewport: { width: 1440, height: 900 }, locale: 'en', serviceWorkers: 'block', reducedMotion: 'reduce' });
      await context.addCookies([{ name: cookie, value: tokens[0]!, url: origin, httpOnly: true, sameSite: 'Lax' }]);
      const page = await context.newPage();
      return { page, cdp: await context.newCDPSession(page) };
    });
  } finally {
    for (const part of parts.toReversed()) await part();
  }
}

const slowed = ({ cdp }: Desk, rate: number) => cdp.send('Emulation.setCPUThrottlingRate', { rate });

async function watched<T>({ page }: Desk): Promise<T> {
  return await page.evaluate('watched') as T;
}

async function openList({ page }: Desk, view: string): Promise<void> {
  await page.goto(`/inbox/${view}`);
  await page.getByRole('option').first().waitFor();
}

/** From `j` to the words of the next ticket; null when they did not come. */
async function openNext(desk: Desk): Promise<number | null> {
  await desk.page.evaluate(watchOpening, OPENING_LIMIT_MS);
  await desk.page.keyboard.press('j');
  return watched<number | null>(desk);
}

async function opening(desk: Desk): Promise<Record<string, number>> {
  await openList(desk, 'active');
  await openNext(desk);
  await slowed(desk, SLOWER);
  const took: number[] = [];
  for (let i = 0; i < OPENED; i += 1) {
    await pause(READS_MS);
    took.push(await openNext(desk) ?? NaN);
  }
  return { ...shares(took), 'over 200': took.filter((ms) => !(ms <= 200)).length };
}

async function typing(desk: Desk): Promise<Record<string, number>> {
  await openList(desk, 'active');
  await openNext(desk);
  await desk.page.keyboard.press('r');
  const letter = desk.page.locator('[contenteditable=true]');
  await letter.waitFor();
  // What was typed in a measurement before is kept as a draft.
  await desk.page.keyboard.press('Control+A');
  await desk.page.keyboard.press('Backspace');
  await desk.page.keyboard.type(LETTER);
  await slowed(desk, SLOWER);
  await pause(READS_MS);
  await desk.page.evaluate(watchFrames);
  for (let i = 0; i < KEYS; i += 1) {
    await desk.page.keyboard.type(LETTER[i % LETTER.length]!);
    await pause(KEY_MS);
  }
  await desk.page.evaluate('stopWatching()');
  const frames = await watched<number[]>(desk);
  const words = await letter.textContent();
  return { ...shares(frames), 'over 50': frames.filter((ms) => ms > 50).length, 'letters typed': (words?.length ?? 0) - LETTER.length };
}

async function scrolling(desk: Desk): Promise<Record<string, number>> {
  await openList(desk, 'all');
  const began = performance.now();
  let rows = 0;
  while (rows < ROWS && performance.now() - began < ROWS_LIMIT_MS) {
    rows = await desk.page.evaluate(scrollListTo, 1);
    await desk.page.evaluate(drawnTwice);
  }
  const loadedMs = performance.now() - began;
  await desk.page.evaluate(scrollListTo, 0);
  await slowed(desk, SLOWER);
  await pause(READS_MS);
  const wheel = await rowsWhile(desk, () => turnWheel(desk));
  const jumps = await rowsWhile(desk, async () => {
    for (let i = 0; i < JUMPS; i += 1) {
      await desk.page.evaluate(scrollListTo, (i * SPREAD) % 1);
      await desk.page.evaluate(drawnTwice);
    }
  });
  return {
    rows, 'rows loaded in, ms': Math.round(loadedMs), 'frames of the wheel': wheel.drawn.length, 'bare frames': bare(wheel.drawn), 'bare when scrolled': bare(wheel.seen), 'most px': Math.max(...wheel.seen, ...wheel.drawn),
    'frames of jumps': jumps.drawn.length, 'bare after jumps': bare(jumps.drawn),
  };
}

const bare = (missing: readonly number[]): number => missing.filter((px) => px > 1).length;

async function turnWheel({ page }: Desk): Promise<void> {
  const box = await page.getByRole('listbox').boundingBox();
  await page.mouse.move(box!.x + box!.width / 2, box!.y + box!.height / 2);
  const began = performance.now();
  for (let i = 0; i < WHEELS; i += 1) {
    await page.mouse.wheel(0, i < WHEELS * 0.75 ? WHEEL_PX : -WHEEL_PX);
    const early = began + i * WHEEL_MS - performance.now();
    if (early > 0) await pause(early);
  }
}

async function rowsWhile(desk: Desk, act: () => Promise<void>): Promise<{ seen: number[]; drawn: number[] }> {
  await desk.page.evaluate(watchRows);
  await act();
  await desk.page.evaluate('stopWatching()');
  return watched(desk);
}

/** At full speed: memory does not depend on it. */
async function remembering(desk: Desk): Promise<Record<string, number>> {
  await openList(desk, 'active');
  const after = async (count: number, from: number) => {
    for (let i = from; i < count; i += 1) if (await openNext(desk) === null) throw new Error(`ticket ${i} did not open`);
    await pause(READS_MS);
    return used(desk);
  };
  const few = await after(FEW_OPENED, 0);
  const many = await after(MANY_OPENED, FEW_OPENED);
  return { [`MiB after ${FEW_OPENED}`]: few.mib, [`MiB after ${MANY_OPENED}`]: many.mib, ratio: round(many.mib / few.mib), 'nodes before': few.nodes, 'nodes after': many.nodes };
}

async function used({ cdp }: Desk): Promise<{ mib: number; nodes: number }> {
  for (let i = 0; i < 3; i += 1) await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  const { nodes } = await cdp.send('Memory.getDOMCounters');
  return { mib: round(usedSize / 2 ** 20), nodes };
}

function shares(took: readonly number[]): Record<string, number> {
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number) => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN);
  return { p50: at(0.5), p95: at(0.95), most: at(1), count: took.length };
}

const round = (n: number): number => Math.round(n * 100) / 100;

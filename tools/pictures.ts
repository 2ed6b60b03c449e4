// node tools/run.mjs --web tools/pictures.ts: fills a demo desk and takes the pictures of docs/images.
// node tools/run.mjs --web tools/pictures.ts --every [FOLDER] [en-light-1440,…] [quarantine]: every screen in every state (or those with this in their names), outside the repository.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser } from 'playwright-core';
import { startVitest } from 'vitest/node';
import { launchBrowser } from '../testing/browser.ts';

const ROOT = join(import.meta.dirname, '..');
const OWNER = { email: 'elena@demo.localhost', password: 'kettle cup saucer spoon' };
/** A talk worth showing: long enough to be one, short enough to be seen. */
const ENTRIES = { atLeast: 3, atMost: 5 };

type Ticket = { id: string; language: string | null };
type Entry = { type: string; direction: string };

/** Both directions, both colours, wide, phone and between. */
const LOOKS = 'en-light-1440,en-dark-1440,ar-light-1440,ar-dark-1440,en-light-390,ar-dark-390,bg-light-900,pl-dark-1100,ru-light-721';

if (process.argv[2] === '--every') {
  const [into = await mkdtemp(join(tmpdir(), 'rapport-screens-')), looks = LOOKS, part = ''] = process.argv.slice(3);
  console.log(into);
  Object.assign(process.env, { PICTURES_IN: into, PICTURES_LOOKS: looks, PICTURES_OF: part });
  const vitest = await startVitest('test', ['e2e/pictures.test.ts'], { run: true, watch: false });
  await vitest.close();
  process.exit();
}

const folder = await mkdtemp(join(tmpdir(), 'rapport-pictures-'));
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const server = spawn(process.execPath, [join(ROOT, 'apps/server/main.ts')], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: {
    ...process.env, PORT: String(port), RAPPORT_SMTP_PORT: String(await freePort()), RAPPORT_DATA: folder, RAPPORT_DEMO: '1',
    RAPPORT_OWNER_EMAIL: OWNER.email, RAPPORT_OWNER_PASSWORD: OWNER.password, RAPPORT_SMTP_URL: 'smtp://127.0.0.1:9',
  },
});
const gone = once(server, 'exit');

try {
  await ready();
  const browser = await launchBrowser();
  try {
    await mkdir(join(ROOT, 'docs/images'), { recursive: true });
    await inbox(browser);
  } finally {
    await browser.close();
  }
} finally {
  server.kill('SIGTERM');
  await gone;
  await rm(folder, { recursive: true, force: true });
}

async function inbox(browser: Browser): Promise<void> {
  const context = await browser.newContext({ baseURL: url, locale: 'en-GB', timezoneId: 'Europe/Sofia', viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  const signIn = await context.request.post('/api/v1/session', { data: OWNER });
  if (!signIn.ok()) throw new Error(`signing in failed: ${await signIn.text()}`);
  const ask = async <T>(path: string): Promise<T[]> => ((await (await context.request.get(`/api/v1${path}`)).json()) as { items: T[] }).items;

  let best: { id: string; score: number } | null = null;
  for (const { id, language } of await ask<Ticket>('/tickets?status=active&limit=60')) {
    const entries = language === 'en' ? (await ask<Entry>(`/tickets/${id}/entries`)).filter(({ type }) => type !== 'event') : [];
    if (entries.length < ENTRIES.atLeast || entries.length > ENTRIES.atMost) continue;
    const score = entries.length + (entries.some(({ type }) => type === 'note') ? 3 : 0) + (entries.some(({ direction }) => direction === 'out') ? 2 : 0);
    if (!best || score > best.score) best = { id, score };
  }
  if (!best) throw new Error('the demo desk has no talk to show');

  const page = await context.newPage();
  await page.goto(`/inbox/active/${best.id}`);
  await page.getByRole('log').getByRole('article').first().waitFor();
  await page.getByRole('option').nth(5).waitFor();
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
  await page.evaluate('document.fonts.ready.then(() => true)');
  await page.screenshot({ path: join(ROOT, 'docs/images/inbox.png'), animations: 'disabled', caret: 'hide' });
  console.log('docs/images/inbox.png');
}

/** The server says so itself, line by line; one that ends before is an error. */
async function ready(): Promise<void> {
  const lines = createInterface({ input: server.stdout });
  const said = (async () => { for await (const line of lines) if (line.includes('is ready')) return; throw new Error('the server ended early'); })();
  await said;
  server.stdout.resume();
}

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port: found } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return found;
}

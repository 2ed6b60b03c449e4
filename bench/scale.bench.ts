import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { compose } from '../apps/server/compose.ts';
import { createLogger } from '../apps/server/logger.ts';
import { startEmbedded, type Embedded } from '../platform/db/embedded/embedded.ts';
import { migrate } from '../platform/db/migrate.ts';
import type { BenchOptions } from './bench.ts';
import { generate, isGenerated, LONG, WORDS } from './scale-data.ts';

export const about = 'list, one ticket and search over the API at 10,000 and 100,000 tickets (--full: 1,000,000), beside the floor';

const ROOT = join(import.meta.dirname, '..');
const OWNER = { email: 'bench@desk.example', password: 'measure twice, cut once' };
const SECRET = 'a secret for measurements only, never for data of people';
const SAMPLES = 200;
const WARM = 20;
const READY_LIMIT_MS = 60_000;

type Timing = { p50: number; p95: number };
type Row = { what: string; p50: number; p95: number; floorP50: number | null; floorP95: number | null };

export async function run({ full, quiet }: BenchOptions): Promise<Record<string, unknown>> {
  const figures: Record<string, Row[]> = {};
  for (const size of full ? [10_000, 100_000, 1_000_000] : [10_000, 100_000]) {
    const say = (line: string) => { if (!quiet) console.log(line); };
    const folder = join(ROOT, '.cache/bench', `scale-${size}`);
    await mkdir(folder, { recursive: true });
    const server = await startEmbedded({ dataDir: folder, log: { info: () => undefined, warn: () => undefined, error: console.error } });
    let rows: Row[];
    try {
      await prepare(server, folder, size, say);
      rows = await measure(server, folder, size);
    } finally {
      await server.stop();
    }
    say(`\n${size.toLocaleString('en')} tickets, one client, milliseconds`);
    if (!quiet) console.table(Object.fromEntries(rows.map(({ what, ...numbers }) => [what, numbers])));
    figures[size] = rows;
  }
  return { milliseconds: figures };
}

/** The data of a size is made once and kept; remove `.cache/bench` to make it anew. */
async function prepare(server: Embedded, dataDir: string, size: number, say: (line: string) => void): Promise<void> {
  await migrate({ ownerUrl: server.ownerUrl, appLogin: decodeURIComponent(new URL(server.appUrl).username) });
  const superuserUrl = databaseOf(server.superuserUrl, server.ownerUrl);
  if (await isGenerated(superuserUrl)) return;
  say(`making ${size.toLocaleString('en')} tickets, once`);
  const now = () => new Date();
  const app = await compose({
    appUrl: server.appUrl, ownerUrl: server.ownerUrl, dataDir, publicUrl: 'http://127.0.0.1', secret: SECRET, relayUrl: null,
    mailbox: 'support@localhost', version: 'bench', smtp: { host: '127.0.0.1', port: 0 },
  }, { now, machineNow: now }, createLogger('silent'));
  await app.people.ensureOwner(OWNER);
  await app.stop();
  await generate(superuserUrl, size, say);
}

function databaseOf(superuserUrl: string, ownerUrl: string): string {
  const url = new URL(superuserUrl);
  url.pathname = new URL(ownerUrl).pathname;
  return url.href;
}

async function measure(database: Embedded, dataDir: string, size: number): Promise<Row[]> {
  const [port, smtpPort] = [await freePort(), await freePort()];
  const env = {
    ...process.env, PORT: String(port), RAPPORT_SMTP_PORT: String(smtpPort), RAPPORT_DATA: dataDir, RAPPORT_SECRET: SECRET,
    DATABASE_URL: database.appUrl, RAPPORT_DATABASE_OWNER_URL: database.ownerUrl, RAPPORT_SMTP_URL: '', RAPPORT_OWNER_EMAIL: '', RAPPORT_OWNER_PASSWORD: '', RAPPORT_DEMO: '',
  };
  const server = spawn(process.execPath, [join(ROOT, 'apps/server/main.ts')], { cwd: ROOT, env, stdio: ['ignore', 'ignore', 'inherit'] });
  try {
    const base = `http://127.0.0.1:${port}/api/v1`;
    await ready(server, port);
    const token = await signIn(base);
    const product = (path: string) => timed(() => get(`${base}${path}`, token));
    const ticket = await ticketIds(base, token, size);
    const search = (word: string) => product(`/tickets?limit=50&q=${word}`);
    const rows: [string, Timing][] = [
      ['list', await product('/tickets?limit=50')],
      ['list, one status', await product('/tickets?limit=50&status=waiting_customer')],
      ['list, all, newest first', await product('/tickets?limit=50&status=all&sort=created')],
      ['one ticket, 5 entries', await timed(() => open(base, token, ticket.short))],
      [`one ticket, ${LONG} entries`, await timed(() => open(base, token, ticket.long))],
      ['search, rare word', await search(WORDS.rare)],
      ['search, common word', await search(WORDS.common)],
      ['search, word in every second', await search(WORDS.ubiquitous)],
      ['search, two words', await search(`${WORDS.common}%20${WORDS.ubiquitous}`)],
      ['search, half a word', await search('therm')],
      ['search, no such word', await search('zzyzx')],
      ['customers, a common name', await product('/customers?limit=50&q=Maria')],
    ];
    const floor = await floorTimings(databaseOf(database.superuserUrl, database.ownerUrl), size);
    return rows.map(([what, { p50, p95 }]) => ({ what, p50, p95, floorP50: floor[what]?.p50 ?? null, floorP95: floor[what]?.p95 ?? null }));
  } finally {
    await ended(server);
  }
}

/** The floor reads the same rows from the same server, in a process of its own as the product does. */
async function floorTimings(url: string, size: number): Promise<Record<string, Timing>> {
  const floor = spawn(process.execPath, [join(import.meta.dirname, 'floor.ts'), url], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [line] = await once(floor.stdout, 'data') as [Buffer];
    const base = `http://127.0.0.1:${Number(line.toString())}`;
    const read = (path: string) => timed(() => get(`${base}${path}`, ''));
    return {
      list: await read('/list'),
      'one ticket, 5 entries': await read(`/ticket?${1001 + Math.floor(size / 2) + 1}`),
      [`one ticket, ${LONG} entries`]: await read(`/ticket?${1000 + Math.floor(size / 2000) * 1000}`),
      'search, rare word': await read(`/search?${WORDS.rare}`),
      'search, common word': await read(`/search?${WORDS.common}`),
      'search, word in every second': await read(`/search?${WORDS.ubiquitous}`),
    };
  } finally {
    await ended(floor);
  }
}

async function open(base: string, token: string, id: string): Promise<void> {
  await Promise.all([get(`${base}/tickets/${id}`, token), get(`${base}/tickets/${id}/entries?limit=50`, token)]);
}

async function ticketIds(base: string, token: string, size: number): Promise<{ short: string; long: string }> {
  const idOf = async (number: number): Promise<string> => {
    const { items } = await get(`${base}/tickets?limit=50&status=all&q=${number}`, token) as { items: { id: string; number: number }[] };
    const found = items.find((item) => item.number === number);
    if (!found) throw new Error(`ticket ${number} was not found`);
    return found.id;
  };
  const middle = 1000 + Math.floor(size / 2000) * 1000;
  return { short: await idOf(middle + 1), long: await idOf(middle) };
}

async function timed(work: () => Promise<unknown>): Promise<Timing> {
  for (let i = 0; i < WARM; i++) await work();
  const took: number[] = [];
  for (let i = 0; i < SAMPLES; i++) {
    const began = performance.now();
    await work();
    took.push(performance.now() - began);
  }
  took.sort((a, b) => a - b);
  const at = (share: number) => Math.round(took[Math.floor(took.length * share)]! * 100) / 100;
  return { p50: at(0.5), p95: at(0.95) };
}

async function get(url: string, token: string): Promise<unknown> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  const body: unknown = await response.json();
  if (!response.ok) throw new Error(`${url}: ${response.status} ${JSON.stringify(body)}`);
  return body;
}

async function signIn(base: string): Promise<string> {
  const response = await fetch(`${base}/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(OWNER) });
  if (response.status !== 201) throw new Error(`sign-in answered ${response.status}`);
  return ((await response.json()) as { token: string }).token;
}

async function ready(child: ChildProcess, port: number): Promise<void> {
  const began = performance.now();
  while (performance.now() - began < READY_LIMIT_MS) {
    if (await fetch(`http://127.0.0.1:${port}/healthz`).then((response) => response.ok, () => false)) return;
    if (child.exitCode !== null) break;
    await pause(50);
  }
  throw new Error('Rapport did not become ready');
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

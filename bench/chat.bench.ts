import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { WebSocket } from 'ws';
import { startEmbedded } from '../platform/db/embedded/embedded.ts';
import { migrate } from '../platform/db/migrate.ts';
import type { BenchOptions } from './bench.ts';
import type { Memory, ServeChat, ServingChat } from './chat-server.ts';
import { postmasterOf, processorSeconds } from './processor.ts';
import { startChild } from './scale-client.ts';

export const about = 'live chat: memory of an idle visitor beside a bare ws server, 100 messages a second to the other side with what each of them costs (after ten seconds that are not counted), and all visitors coming back at once (--full: 5,000 visitors, 50 agents)';

const SERVER = new URL('./chat-server.ts', import.meta.url);
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const PER_SECOND = 100;
/** Said before anything is counted: a server that began a moment ago still compiles what it runs, and first answers do more than others. */
const WARMING_SECONDS = 10;
const PATIENCE_MS = 60_000;

type Frame = { type: string; items?: { seq: number; text: string }[]; state?: { seq: number }; message?: { seq: number; text: string }; seq?: number; event?: { type: string; ticketId: string | null }; clientId?: string };
/** Of the server and of PostgreSQL until now: how long each had a processor, and how often was committed. */
type Spent = { readonly server: number; readonly postgres: number; readonly commits: number };
type Tab = { readonly socket: WebSocket; readonly secret: string; texts: string[]; readonly waiting: Map<string, (isGood: boolean) => void>; /** By what is said to them. */ readonly hears: Map<string, () => void> };

export async function run({ full, quiet }: BenchOptions): Promise<Record<string, unknown>> {
  const [visitors, agents, seconds] = full ? [5_000, 50, 30] : [1_000, 10, 10];
  const folder = await mkdtemp(join(tmpdir(), 'rapport-chat-'));
  await chmod(folder, 0o755);
  const server = await startEmbedded({ dataDir: join(folder, 'data'), log: silent });
  const parts: (() => Promise<unknown>)[] = [() => server.stop(), () => rm(folder, { recursive: true, force: true })];
  try {
    await migrate({ ownerUrl: server.ownerUrl, appLogin: new URL(server.appUrl).username });
    const owner = new pg.Pool({ connectionString: server.ownerUrl, max: 1 });
    parts.push(() => owner.end());
    const bare = await bareSockets(visitors);
    const { appUrl, ownerUrl } = server;
    const serve = { appUrl, ownerUrl, dataDir: folder, agents } satisfies ServeChat;
    const first = await startChild<ServingChat>(SERVER, serve);
    parts.push(first.stop);
    const widget = (await api<{ id: string }>(first.answer, 'POST', '/chat/widgets', { name: 'Shop' })).id;
    await api(first.answer, 'PUT', '/me/presence', { state: 'online' });
    const secrets = await inTurns(visitors, async () => (await api<{ secret: string }>(first.answer, 'POST', '/visitor/session', { widget })).secret);
    const before = await first.ask<Memory>({});
    const tabs = await inTurns(visitors, (i) => come(first.answer.port, secrets[i]!, null));
    await pause(2_000);
    const idleKib = Math.round(((await first.ask<Memory>({})).kib - before.kib) / visitors * 10) / 10;
    const desks = await inTurns(agents, (i) => watch({ ...first.answer, token: first.answer.agents[i]! }));
    const talk = await talking(tabs, desks, first.answer, { seconds, spent: await spending(owner, first.answer.pid) });
    for (const { socket } of [...tabs, ...desks]) socket.terminate();
    await first.stop();

    const again = await startChild<ServingChat>(SERVER, serve);
    parts.push(again.stop);
    const begun = performance.now();
    const back = await Promise.all(tabs.map(({ secret }) => comeBack(again.answer.port, secret)));
    await Promise.all(back.map((tab, i) => until(() => tab.texts.length >= tabs[i]!.texts.length)));
    const comingBackSeconds = Math.round((performance.now() - begun) / 100) / 10;
    const lost = back.filter((tab, i) => tab.texts.join('\n') !== tabs[i]!.texts.join('\n')).length;
    for (const { socket } of back) socket.terminate();
    const figures = { visitors, agents, bareKib: bare, idleKib, ratio: Math.round(idleKib / bare * 100) / 100, ...talk, comingBackSeconds, historiesThatDiffer: lost };
    if (!quiet) console.table(figures);
    return figures;
  } finally {
    for (const part of parts.toReversed()) await part().catch(() => undefined);
  }
}

async function bareSockets(count: number): Promise<number> {
  const child = await startChild<ServingChat>(SERVER, { bare: true } satisfies ServeChat);
  try {
    const before = await child.ask<Memory>({});
    const sockets = await inTurns(count, () => open(`ws://127.0.0.1:${child.answer.port}/`));
    await pause(2_000);
    const { kib } = await child.ask<Memory>({});
    for (const socket of sockets) socket.terminate();
    return Math.round((kib - before.kib) / count * 10) / 10;
  } finally {
    await child.stop();
  }
}

async function spending(owner: pg.Pool, server: number): Promise<() => Promise<Spent>> {
  const postmaster = await postmasterOf(owner);
  return async () => {
    const { rows: [database] } = await owner.query<{ commits: number }>('select xact_commit::float as commits from pg_stat_database where datname = current_database()');
    return { server: await processorSeconds([server]), postgres: await processorSeconds([postmaster]), commits: database!.commits };
  };
}

type Time = { readonly seconds: number; readonly spent: () => Promise<Spent> };

/** Half of what is said comes from visitors, half from the desk; measured from saying it to hearing of it at the other side. */
async function talking(tabs: readonly Tab[], desks: readonly Desk[], answer: ServingChat, { seconds, spent }: Time) {
  // So many that none of them says more than a person may.
  const talkers = tabs.slice(0, 100);
  const [warming, took]: [number[], number[]] = [[], []];
  await Promise.all(talkers.map((tab, i) => say(tab, `hello ${i}`)));
  const tickets = await api<{ items: { id: string; subject: string }[] }>(answer, 'GET', '/tickets?status=active&sort=created&limit=100');
  const ticketOf = (i: number) => tickets.items.find(({ subject }) => subject === `hello ${i}`)!.id;
  const exchange = async (n: number): Promise<void> => {
    const i = n % talkers.length;
    // Each agent has chats of their own.
    const [tab, desk] = [talkers[i]!, desks[i % desks.length]!];
    const ms = await (n % 2 === 0 ? fromVisitor(tab, desk, ticketOf(i), `${n}`) : fromDesk(desk.of, tab, ticketOf(i), `answer ${n}`));
    (n < WARMING_SECONDS * PER_SECOND ? warming : took).push(ms);
  };
  const said: Promise<unknown>[] = [];
  let before = await spent();
  for (let n = 0; n < (WARMING_SECONDS + seconds) * PER_SECOND; n++) {
    if (n === WARMING_SECONDS * PER_SECOND) before = await spent();
    // What goes wrong is told once all have been said: until then nobody listens, and it would end the measurement without a word.
    said.push(exchange(n).catch((error: unknown) => new Error(`message ${n} was lost`, { cause: error })));
    await pause(1_000 / PER_SECOND);
  }
  const lost = (await Promise.all(said)).filter((one) => one instanceof Error);
  if (lost.length > 0) throw new AggregateError(lost, `${lost.length} of ${said.length} messages never reached the other side`);
  const after = await spent();
  const at = (part: number, of = took) => tenths(of.toSorted((a, b) => a - b)[Math.min(of.length - 1, Math.floor(of.length * part))]!);
  const each = (what: keyof Spent) => (after[what] - before[what]) / took.length;
  return { messages: took.length, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), warmingP99Ms: at(0.99, warming), serverMs: tenths(each('server') * 1_000), postgresMs: tenths(each('postgres') * 1_000), commits: tenths(each('commits')), load: tenths(loadavg()[0]!) };
}

const tenths = (value: number): number => Math.round(value * 10) / 10;

type Desk = { /** Whose it is. */ of: ServingChat; socket: WebSocket; waiting: Map<string, (() => void)[]> };

async function fromVisitor(tab: Tab, desk: Desk, ticketId: string, text: string): Promise<number> {
  const begun = performance.now();
  const heard = new Promise<void>((resolve) => { desk.waiting.set(ticketId, [...desk.waiting.get(ticketId) ?? [], resolve]); });
  await Promise.all([say(tab, text), inTime(heard)]);
  return performance.now() - begun;
}

async function fromDesk(answer: ServingChat, tab: Tab, ticketId: string, text: string): Promise<number> {
  const begun = performance.now();
  const heard = new Promise<void>((resolve) => { tab.hears.set(text, resolve); });
  await Promise.all([api(answer, 'POST', `/tickets/${ticketId}/replies`, { channel: 'chat', text }), inTime(heard)]);
  return performance.now() - begun;
}

let names = 0;
function say(tab: Tab, text: string): Promise<void> {
  const clientId = `bench-${String(++names).padStart(8, '0')}`;
  return new Promise((resolve, reject) => {
    tab.waiting.set(clientId, (isGood) => {
      tab.waiting.delete(clientId);
      if (isGood) resolve();
      else reject(new Error('refused, or the socket was closed'));
    });
    tab.socket.send(JSON.stringify({ type: 'message', message: { clientId, text } }));
  });
}

async function come(port: number, secret: string, since: number | null): Promise<Tab> {
  const socket = await open(`ws://127.0.0.1:${port}/api/v1/visitor/socket`);
  const tab: Tab = { socket, secret, texts: [], waiting: new Map(), hears: new Map() };
  const ready = Promise.withResolvers<void>();
  socket.on('close', (code) => {
    ready.reject(new Error(`closed with ${code}`));
    for (const settle of tab.waiting.values()) settle(false);
  });
  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as Frame;
    if (frame.type === 'ready') ready.resolve();
    if (frame.clientId !== undefined) tab.waiting.get(frame.clientId)?.(frame.type === 'sent');
    const items = [...frame.items ?? [], ...(frame.message ? [frame.message] : [])];
    if (items.length === 0) return;
    for (const { text } of items) tab.hears.get(text)?.();
    // A tab's own words come with their answer; all have one order.
    const kept = [...tab.texts.map((text) => ({ seq: Number(text.split(' ', 1)[0]), text })), ...items.map(({ seq, text }) => ({ seq, text: `${seq} ${text}` }))];
    tab.texts = kept.toSorted((a, b) => a.seq - b.seq).map(({ text }) => text);
  });
  socket.send(JSON.stringify({ type: 'hello', secret, since }));
  await ready.promise;
  return tab;
}

const FIRST_PAUSE_MS = 500;

/** As the visitor's client does it: whoever finds the door full waits, and twice as long the next time. */
async function comeBack(port: number, secret: string): Promise<Tab> {
  const ends = performance.now() + PATIENCE_MS;
  for (let wait = FIRST_PAUSE_MS; ; wait *= 2) {
    try {
      return await come(port, secret, 0);
    } catch (error) {
      if (performance.now() > ends) throw error;
      await pause(wait * (0.5 + Math.random() / 2));
    }
  }
}

async function watch(answer: ServingChat): Promise<Desk> {
  const { ticket } = await api<{ ticket: string }>(answer, 'POST', '/socket-tickets');
  const socket = await open(`ws://127.0.0.1:${answer.port}/api/v1/socket`, 'http://127.0.0.1');
  const desk: Desk = { of: answer, socket, waiting: new Map() };
  socket.on('message', (data: Buffer) => {
    // Fifty desks in one process: what they need not read costs them nothing here.
    if (!data.includes('entry.added')) return;
    const { event } = JSON.parse(data.toString()) as Frame;
    if (event?.type === 'entry.added' && event.ticketId !== null) desk.waiting.get(event.ticketId)?.shift()?.();
  });
  socket.send(JSON.stringify({ type: 'hello', ticket, since: null }));
  return desk;
}

const open = (url: string, origin?: string): Promise<WebSocket> => new Promise((resolve, reject) => {
  const socket = new WebSocket(url, { perMessageDeflate: false, ...(origin !== undefined && { origin }) });
  socket.once('open', () => resolve(socket));
  socket.once('error', reject);
});

async function api<T>({ port, token }: ServingChat, method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
    method, headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) }, ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** Twenty at once. */
async function inTurns<T>(count: number, act: (i: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let i = 0; i < count; i += 20) results.push(...await Promise.all(Array.from({ length: Math.min(20, count - i) }, (_, n) => act(i + n))));
  return results;
}

/** In the time that somebody would wait. */
async function inTime(heard: Promise<void>): Promise<void> {
  const patience = new AbortController();
  await Promise.race([heard, pause(PATIENCE_MS, undefined, { signal: patience.signal }).then(() => { throw new Error('it was not heard of in time'); })]);
  patience.abort();
}

async function until(holds: () => boolean): Promise<void> {
  const ends = performance.now() + PATIENCE_MS;
  while (!holds()) {
    if (performance.now() > ends) throw new Error('it did not happen in time');
    await pause(2);
  }
}

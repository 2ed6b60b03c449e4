import { setTimeout as pause } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { createPool } from '../platform/db/db.ts';
import type { ServeAgents, ServingAgents } from './agents-server.ts';
import type { BenchOptions } from './bench.ts';
import { postmasterOf, processorSeconds } from './processor.ts';
import { plainClient, type PlainClient } from './plain-client.ts';
import { getter, json, startChild, type Get } from './scale-client.ts';
import { prepare } from './scale-data.ts';
import { rowsOf, type Row } from './scale-rows.ts';
import { openScreen } from './screen.ts';

export const about = 'fifty agents at work, ten requests a second each, one ticket changed each second and told to all: every kind of request, at 10,000 and 100,000 tickets (--full: 1,000,000); --rate=N requests a second of each, --sizes=N,…, --profile=FOLDER';

const AGENTS = 50;
const PER_SECOND = 10;
const SECONDS = 20;
/** Connections, caches and compiled code. */
const WARM_SECONDS = 5;
const SIZES = [10_000, 100_000];
const FULL = [10_000, 1_000_000];
/** Whoever has no answer by then gives up: so long after the last request was due. */
const PATIENCE_MS = 10_000;
/** So long after it, a change that a screen has not heard of counts as untold. */
const TOLD_LIMIT_MS = 3_000;
const ORIGIN = 'http://127.0.0.1';
/** As many as a browser opens to one host. */
const CONNECTIONS = 6;

/** How often agents ask for what, among a hundred requests: of the rows that `scale` measures one by one. */
const SHARES: Readonly<Record<string, number>> = {
  'list: active, the usual order': 12, 'list: mine': 12, 'list: unassigned': 8, 'list: my teams': 8, 'list: one status': 4, 'list: mine, done': 2, 'list: all, last changed': 2,
  counts: 12, 'ticket, 5 entries': 22, 'ticket, 50 entries': 3, 'list: of a customer': 5, 'customer, all entries': 2,
  'search: rare word': 2, 'search: common word (1 %)': 2, 'search: ubiquitous word (50 %)': 1, 'search: a number': 1, 'customers: a name': 2,
};

type Choices = { readonly sizes: readonly number[]; /** Requests a second of each agent. */ readonly rate: number; /** Where the server's profile is put. */ readonly profile: string | null };
type Times = { readonly p50: number; readonly p95: number; readonly p99: number; readonly count: number };
type Measured = { readonly rows: Record<string, Times>; readonly all: Times; readonly told: Times; readonly untold: number;
  /** Of those that were due, how many were answered each second until the last answer; how many were not answered at all, or refused. */
  readonly answeredEachSecond: number; readonly failed: number; readonly failures: readonly string[];
  /** Of a processor, for each request. */
  readonly serverMs: number; readonly postgresMs: number; readonly clientMs: number;
};

export async function run({ full, quiet, words }: BenchOptions): Promise<Record<string, unknown>> {
  const say = (line: string) => { if (!quiet) console.log(line); };
  const { sizes, rate, profile } = chosen(words, full ? FULL : SIZES);
  const measured = new Map<number, Measured>();
  for (const size of sizes) {
    const one = await measureAt(size, { sizes, rate, profile }, say);
    measured.set(size, one);
    say(`\n${size.toLocaleString('en')} tickets, ${rate * AGENTS} requests a second: milliseconds from the moment a request was due until its answer was whole`);
    if (!quiet) console.table({ ...one.rows, 'all of them': one.all, 'a change, until another screen has it': one.told });
    say(`${one.untold} times a screen was not told of a change; ${one.serverMs} + ${one.postgresMs} (PostgreSQL) + ${one.clientMs} (these clients) ms of processor for each request`);
    say(`${one.answeredEachSecond} answers a second; ${one.failed} requests failed ${one.failures.join('; ')}`);
  }
  const [few, ...more] = [...measured.values()];
  const ratio = more.map(({ all }) => Math.round((all.p95 / few!.all.p95) * 100) / 100).at(-1) ?? null;
  if (ratio !== null) say(`\nall requests, p95, as a multiple of that with ${sizes[0]!.toLocaleString('en')} tickets: ${ratio}`);
  return { rate: rate * AGENTS, measured: Object.fromEntries(measured), ratio };
}

function chosen(words: readonly string[], sizes: readonly number[]): Choices {
  const said = (name: string) => words.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);
  return { sizes: said('sizes')?.split(',').map(Number) ?? sizes, rate: Number(said('rate') ?? PER_SECOND), profile: said('profile') ?? null };
}

async function measureAt(size: number, { rate, profile }: Choices, say: (line: string) => void): Promise<Measured> {
  const { server, dataDir, desk, superuserUrl } = await prepare(size, say);
  const parts: (() => Promise<unknown>)[] = [() => server.stop()];
  try {
    const { appUrl, ownerUrl } = server;
    const owner = createPool(ownerUrl, 1);
    parts.push(() => owner.end());
    const child = await startChild<ServingAgents>(new URL('./agents-server.ts', import.meta.url), { appUrl, ownerUrl, dataDir, desk, origin: ORIGIN, agents: AGENTS } satisfies ServeAgents,
      profile === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`, '--cpu-prof-interval=500']);
    parts.push(child.stop);
    const { port, pid, tokens } = child.answer;
    const get = getter(port, tokens[0]!, CONNECTIONS);
    const rows = await rowsOf(get, superuserUrl, desk);
    const clients = tokens.map((token) => plainClient(port, token, CONNECTIONS));
    parts.push(async () => { for (const { hangUp } of clients) hangUp(); });
    const screens = await Promise.all(tokens.map((token) => screenOf(port, token)));
    parts.push(async () => { for (const { socket } of screens) socket.close(); });
    const tickets = await changeable(get, SECONDS + WARM_SECONDS);
    const office: Office = { clients, rate: rate * AGENTS, rows, screens, change: (n) => changeTicket(port, tokens[n % tokens.length]!, tickets[n]!, n) };
    await work(office, 0, WARM_SECONDS);
    const postmaster = await postmasterOf(owner);
    const spent = async () => ({ server: await processorSeconds([pid]), postgres: await processorSeconds([postmaster]), client: ownSeconds() });
    const before = await spent();
    const { took, told, untold, lasted, failures } = await work(office, WARM_SECONDS, SECONDS);
    const after = await spent();
    const all = [...took.values()].flat();
    const forEach = (of: keyof typeof before) => hundredths(((after[of] - before[of]) * 1000) / all.length);
    return {
      rows: Object.fromEntries([...took].map(([what, times]) => [what, timesOf(times)])), all: timesOf(all), told: timesOf(told), untold,
      answeredEachSecond: Math.round((all.length - failures.length) / (lasted / 1000)), failed: failures.length, failures: [...new Set(failures)].slice(0, 3),
      serverMs: forEach('server'), postgresMs: forEach('postgres'), clientMs: forEach('client'),
    };
  } finally {
    for (const part of parts.toReversed()) await part();
  }
}

function ownSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

type Screen = { readonly socket: WebSocket; /** When it heard of a change, by ticket. */ readonly heard: Map<string, number> };
type Office = { readonly clients: readonly PlainClient[]; /** Requests a second of all together. */ readonly rate: number; readonly rows: readonly Row[]; readonly screens: readonly Screen[]; /** Which ticket was changed. */ readonly change: (n: number) => Promise<string> };

async function screenOf(port: number, token: string): Promise<Screen> {
  const heard = new Map<string, number>();
  const socket = await openScreen(port, token, { origin: ORIGIN, heard(text) {
    if (!text.startsWith('{"type":"event"') || !text.includes('ticket.changed')) return;
    const { event: { type, ticketId } } = JSON.parse(text) as { event: { type: string; ticketId: string | null } };
    if (type === 'ticket.changed' && ticketId !== null && !heard.has(ticketId)) heard.set(ticketId, performance.now());
  } });
  return { socket, heard };
}

async function changeable(get: Get, count: number): Promise<string[]> {
  const { items } = await json<{ items: { id: string }[] }>(get, `/api/v1/tickets?limit=${count}`);
  return items.map(({ id }) => id);
}

/** To a subject that it did not have. */
async function changeTicket(port: number, token: string, id: string, n: number): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/tickets/${id}`, {
    method: 'PATCH', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify({ subject: `Changed ${n} at ${Date.now()}` }),
  });
  if (!response.ok) throw new Error(`a change was answered ${response.status}: ${await response.text()}`);
  return id;
}

type Ask = { readonly what: string; readonly path: string };

/** A hundred requests and more in a mixed order, again and again; of each kind the next visit every time. */
function asksOf(rows: readonly Row[]): (n: number) => Ask {
  const kinds = Object.entries(SHARES).flatMap(([what, share]) => {
    const row = rows.find((one) => one.what === what);
    if (!row) throw new Error(`scale measures no "${what}"`);
    return Array.from({ length: share }, (_, i) => row.visits[0]!.map((_path, part) => ({ row, part, i, share })));
  });
  // Neighbours in this order are of different kinds; a screen's two requests stay together.
  const mixed = kinds.map((visit, i) => ({ visit, at: (i * 37) % kinds.length })).toSorted((a, b) => a.at - b.at).flatMap(({ visit }) => visit);
  return (n) => {
    const { row, part, i, share } = mixed[n % mixed.length]!;
    const visit = row.visits[(Math.floor(n / mixed.length) * share + i) % row.visits.length]!;
    return { what: row.what, path: visit[part]! };
  };
}

type Worked = { readonly took: Map<string, number[]>; readonly told: number[]; readonly untold: number; readonly lasted: number; readonly failures: readonly string[] };

/**
 * Requests begin when they are due, whether those before them are answered or not, and their time counts from then: a
 * server that falls behind is not spared by clients that wait for it. What was not answered in the end counts as well.
 */
async function work({ clients, rate, rows, screens, change }: Office, from: number, seconds: number): Promise<Worked> {
  const asks = asksOf(rows);
  const took = new Map(Object.keys(SHARES).map((what): [string, number[]] => [what, []]));
  const told: number[] = [];
  const failures: string[] = [];
  let untold = 0;
  const began = performance.now();
  const ask = async (n: number): Promise<void> => {
    const due = began + (n * 1000) / rate;
    await untilDue(due);
    const { what, path } = asks(Math.round(from * rate) + n);
    const { status, body } = await clients[n % clients.length]!.get(path).catch((error: Error) => ({ status: 0, body: Buffer.from(error.message) }));
    took.get(what)!.push(performance.now() - due);
    if (status !== 200) failures.push(`${status === 0 ? 'no answer' : status}: ${body.toString().slice(0, 200)}`);
  };
  const changeOne = async (n: number): Promise<void> => {
    await untilDue(began + n * 1000 + 500);
    const at = performance.now();
    const id = await change(from + n);
    await pause(TOLD_LIMIT_MS);
    for (const { heard } of screens) {
      const when = heard.get(id);
      if (when === undefined) untold += 1;
      else told.push(when - at);
    }
  };
  const impatience = setTimeout(() => { for (const { hangUp } of clients) hangUp(); }, seconds * 1000 + PATIENCE_MS);
  const changes = Promise.all(Array.from({ length: seconds }, (_, n) => changeOne(n)));
  await Promise.all(Array.from({ length: Math.round(seconds * rate) }, (_, n) => ask(n)));
  const lasted = performance.now() - began;
  clearTimeout(impatience);
  await changes;
  return { took, told, untold, lasted, failures };
}

async function untilDue(due: number): Promise<void> {
  const early = due - performance.now();
  if (early > 0) await pause(early);
}

function timesOf(took: readonly number[]): Times {
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number) => hundredths(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), count: sorted.length };
}

const hundredths = (value: number): number => Math.round(value * 100) / 100;

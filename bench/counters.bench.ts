import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { WebSocket } from 'ws';
import type { App } from '../apps/server/compose.ts';
import type { BenchOptions } from './bench.ts';
import { withOwnApp } from './own-app.ts';
import { openScreen } from './screen.ts';

export const about = 'what one change of a ticket costs the numbers beside views that are in sight: 50 agents with 30 views each, beside 5 with 5';

const ORIGIN = 'http://desk.test';
/** Fewer than a number tells, so that each change makes one another for everybody. */
const TICKETS = 900;
const CHANGES = 30;
/** Of the views, so many ask for whoever looks: these are counted for each. */
const PERSONAL = 1 / 5;
/** Until the database has written down what idle connections read. */
const FLUSHED_MS = 12_000;

type Desk = { readonly workspaceId: string; readonly agents: string[]; readonly tickets: string[] };
type Size = { readonly agents: number; readonly views: number };

export async function run({ quiet }: BenchOptions): Promise<Record<string, unknown>> {
  const say = (line: string) => { if (!quiet) console.log(line); };
  return withOwnApp('counters', async (app) => {
    await app.signals.start();
    app.sequencer.start();
    await app.followers.start();
    await app.http.listen({ port: 0, host: '127.0.0.1' });
    const few = await measure(app, { agents: 5, views: 5 }, say);
    const many = await measure(app, { agents: 50, views: 30 }, say);
    const ratio = { 'rows of tickets read for one change': many.rowsPerChange / few.rowsPerChange };
    say(`  ${JSON.stringify(ratio)}`);
    return { few, many, ratio };
  }, { durable: false });
}

async function measure(app: App, size: Size, say: (line: string) => void) {
  const { agents, tickets } = await desk(app, size);
  const unseen = await changes(app, agents[0]!, tickets.slice(0, CHANGES), []);
  const readBefore = await rowsRead(app);
  const screens = await Promise.all(agents.map((agent) => screenOf(app, agent)));
  const whole = await spent(() => all(screens, screens.map(() => 0)));
  const readWhole = await rowsRead(app);
  const seen = await changes(app, agents[0]!, tickets.slice(CHANGES), screens);
  const read = await rowsRead(app) - readWhole;
  for (const { socket } of screens) socket.close();
  const numbers = seen - unseen;
  const figures = {
    ...size, 'counted whole, ms': round(whole), 'rows read to count whole': readWhole - readBefore,
    'processor ms of one change': round(unseen / CHANGES, 2), 'and of telling all their numbers': round(numbers / CHANGES, 2), 'of that for each agent': round(numbers / CHANGES / size.agents, 3),
    rowsPerChange: round(read / CHANGES, 2),
  };
  say(`  ${Object.entries(figures).map(([name, value]) => `${name} ${value}`).join('   ')}`);
  return figures;
}

/** What so many changes take of the processor, this process's, each until it is told on all screens. */
async function changes(app: App, agent: string, tickets: readonly string[], screens: readonly Screen[]): Promise<number> {
  const before = process.cpuUsage();
  for (let i = 0; i < CHANGES; i += 1) {
    const told = screens.map(({ frames }) => frames());
    // One fewer for everybody.
    await answered(app, 'PATCH', `/tickets/${tickets[i]!}`, agent, { status: 'resolved' });
    await heard(app);
    await all(screens, told);
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

type Screen = { readonly socket: WebSocket; /** How often it was told numbers. */ readonly frames: () => number };

async function screenOf(app: App, token: string): Promise<Screen> {
  const { port } = app.http.server.address() as AddressInfo;
  let frames = 0;
  const socket = await openScreen(port, token, { origin: ORIGIN, heard(text) { if (text.startsWith('{"type":"numbers"')) frames += 1; } });
  socket.send('{"type":"numbers","on":true}');
  return { socket, frames: () => frames };
}

/** Until each was told once more. */
async function all(screens: readonly Screen[], told: readonly number[]): Promise<void> {
  while (screens.some(({ frames }, i) => frames() <= told[i]!)) await pause(20);
}

async function desk(app: App, { agents, views }: Size): Promise<Desk> {
  const email = `owner-${agents}@desk.example`;
  const { workspaceId, personId } = await app.people.createWorkspace({ name: `${agents} agents`, owner: { email, name: 'Owner', password: null } });
  const session = async (id: string, address: string) => (await app.people.openSession(workspaceId, { id, email: address })).token;
  const owner = (await app.people.authenticate({ authorization: `Bearer ${await session(personId, email)}` }))!;
  const ids = [personId];
  const tokens = [await session(personId, email)];
  for (let i = 1; i < agents; i += 1) {
    const address = `agent-${agents}-${i}@desk.example`;
    const id = await app.people.addPerson(workspaceId, { email: address, name: `Agent ${i}`, role: 'agent', password: null, teamIds: [] });
    ids.push(id);
    tokens.push(await session(id, address));
  }
  for (let i = 0; i < views; i += 1) {
    const tagged = { field: 'tags', operator: 'has_any', value: [`t${i}`] };
    const own = { field: 'assignee', operator: 'is', value: 'me' };
    await app.views.create(owner, { name: `View ${i}`, sharedWith: 'everybody', conditions: { version: 1, all: i < views * PERSONAL ? [own] : [tagged] }, shelf: 'active', sort: 'queue', columns: [] });
  }
  const tickets: string[] = [];
  for (let i = 0; i < TICKETS; i += 1) {
    tickets.push(await app.tickets.create(owner, {
      subject: `A lamp ${i}`, channel: 'phone', direction: 'in', customer: { email: 'c@example.org' }, text: 'It flickers', attachmentIds: [], cc: [], assigneeId: ids[i % ids.length]!, tags: [`t${i % views}`],
    }));
  }
  await heard(app);
  return { workspaceId, agents: tokens, tickets };
}

async function answered(app: App, method: 'GET' | 'PATCH', path: string, token: string, payload?: object): Promise<void> {
  const { statusCode, body } = await app.http.inject({ method, url: `/api/v1${path}`, headers: { authorization: `Bearer ${token}` }, ...(payload && { payload }) });
  if (statusCode !== 200) throw new Error(`${method} ${path} was answered with ${statusCode}: ${body}`);
}

/** Until this process has heard all that was committed. */
async function heard(app: App): Promise<void> {
  for (;;) {
    const { rows: [log] } = await sql<{ last: number; open: number }>`select coalesce(max(position), 0) as last, count(*) filter (where position is null) as open from events`.execute(app.db.owner);
    if (Number(log!.open) === 0 && app.followers.tailPosition() >= Number(log!.last)) return;
    await pause(5);
  }
}

async function rowsRead(app: App): Promise<number> {
  await pause(FLUSHED_MS);
  const { rows } = await sql<{ n: number }>`select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) as n from pg_stat_user_tables where relname = 'tickets'`.execute(app.db.owner);
  return Number(rows[0]!.n);
}

async function spent(act: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await act();
  return performance.now() - began;
}

const round = (n: number, digits = 0): number => Number(n.toFixed(digits));

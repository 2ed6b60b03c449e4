import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { WebSocket } from 'ws';
import type { Stall, ServeMail, ServingMail } from './arrival-server.ts';
import type { BenchOptions } from './bench.ts';
import { BOMBS } from './bombs.ts';
import { learnToReceive, message } from './intake-mail.ts';
import { getter, startChild, timed, type Get, type Timing } from './scale-client.ts';
import { prepare } from './scale-data.ts';
import { openScreen } from './screen.ts';
import { converse, letter, type Letter } from './smtp-client.ts';

export const about = 'from the 250 to a browser\'s socket at 20 mails a second; lists while 100 a second come in; how long the event loop stands still while bombs are parsed (--full: at 100,000 tickets)';

const SIZE = 10_000;
const FULL = 100_000;
const ORIGIN = 'http://127.0.0.1';
const TO = 'support@desk.example';
const LANES = 4;
const LIST = '/api/v1/tickets?limit=50';
/** What came in is waited for this long. */
const PATIENCE_MS = 60_000;
/** For how long lists are asked for, idle and at 100 mails a second. */
const LIST_MS = 10_000;

type Desk = { smtpPort: number; get: Get; events: ReadonlyMap<string, number>; database: pg.Client; stall: () => Promise<Stall> };

export async function run({ full, quiet }: BenchOptions): Promise<Record<string, unknown>> {
  const say = (line: string) => { if (!quiet) console.log(line); };
  const { server, desk, superuserUrl } = await prepare(full ? FULL : SIZE, say, 'intake');
  const dataDir = await mkdtemp(join(tmpdir(), 'rapport-arrival-'));
  const database = new pg.Client({ connectionString: superuserUrl });
  const parts: (() => Promise<unknown>)[] = [() => server.stop(), () => rm(dataDir, { recursive: true, force: true }), () => database.end()];
  try {
    await database.connect();
    await learnToReceive(database, desk.workspaceId, TO);
    const { appUrl, ownerUrl } = server;
    const child = await startChild<ServingMail>(new URL('./arrival-server.ts', import.meta.url), { appUrl, ownerUrl, dataDir, desk, origin: ORIGIN } satisfies ServeMail);
    parts.push(child.stop);
    const { port, smtpPort, token } = child.answer;
    const browser = await listen(port, token);
    parts.push(async () => { browser.socket.close(); });
    return await measure({ smtpPort, get: getter(port, token), events: browser.events, database, stall: () => child.ask<Stall>({}) }, say, quiet);
  } finally {
    for (const part of parts.toReversed()) await part();
  }
}

async function measure(desk: Desk, say: (line: string) => void, quiet: boolean): Promise<Record<string, unknown>> {
  await sendAll(desk, letters(40), 20);
  const idle = await list(desk, LIST_MS);
  await desk.stall();
  const arrival = await arrivals(desk, await sendAll(desk, letters(300), 20));
  const calmStall = await desk.stall();
  const many = letters(LIST_MS / 10);
  const [busy] = await Promise.all([list(desk, LIST_MS), sendAll(desk, many, 100)]);
  await settled(desk);
  const busyStall = await desk.stall();
  const bombStalls: Record<string, Stall> = {};
  for (const [name, raw] of Object.entries(BOMBS)) {
    await sendAll(desk, [raw(), raw()].map(letter));
    await settled(desk);
    bombStalls[name] = await desk.stall();
  }
  const figures = { arrival, listIdle: idle, listBusy: busy, listRatioP95: Math.round((busy.p95 / idle.p95) * 100) / 100, calmStall, busyStall, bombStalls };
  say('milliseconds');
  if (!quiet) console.table({ 'arrival at 20 a second': arrival, 'list, idle': idle, 'list, 100 mails a second': busy });
  say(`list while mail comes in, p95: ${figures.listRatioP95} times idle`);
  say('\nthe event loop: for how long it stood still at most, and how long it worked at one go (milliseconds)');
  if (!quiet) console.table({ 'at 20 a second': calmStall, 'at 100 a second': busyStall, ...bombStalls });
  return figures;
}

/** A browser tab: when it heard of which new entry. */
async function listen(port: number, token: string): Promise<{ socket: WebSocket; events: Map<string, number> }> {
  const events = new Map<string, number>();
  const socket = await openScreen(port, token, { origin: ORIGIN, heard(text) {
    const frame = JSON.parse(text) as { event?: { type: string; subjectId: string | null } };
    if (frame.event?.type === 'entry.added' && frame.event.subjectId !== null) events.set(frame.event.subjectId, performance.now());
  } });
  return { socket, events };
}

/** When each message was acknowledged, by its ledger row. */
type Acknowledged = Map<string, number>;

const letters = (count: number): Letter[] => Array.from({ length: count }, (_, i) => letter(message(i, TO)));

async function sendAll({ smtpPort }: Desk, mails: readonly Letter[], perSecond = Infinity): Promise<Acknowledged> {
  const conversations = await Promise.all(Array.from({ length: LANES }, () => converse(smtpPort)));
  const acknowledged: Acknowledged = new Map();
  const began = performance.now();
  let next = 0;
  await Promise.all(conversations.map(async (conversation) => {
    while (next < mails.length) {
      const n = next++;
      const early = began + (n * 1000) / perSecond - performance.now();
      if (early > 0) await pause(early);
      const answer = await conversation.send(mails[n]!, { from: 'ann@example.org', to: TO });
      acknowledged.set(answer.split(' ').at(-1)!, performance.now());
    }
    conversation.close();
  }));
  return acknowledged;
}

async function settled({ database }: Desk): Promise<void> {
  const limit = performance.now() + PATIENCE_MS;
  while (performance.now() < limit) {
    const { rows } = await database.query<{ waits: boolean }>(`select exists(select from inbound_messages where state = 'received') as waits`);
    if (!rows[0]!.waits) return;
    await pause(50);
  }
}

async function arrivals(desk: Desk, acknowledged: Acknowledged): Promise<Timing> {
  await settled(desk);
  // The last events are on their way.
  await pause(1_000);
  const { rows } = await desk.database.query<{ id: string; entry: string }>(
    `select id, entry_id as entry from inbound_messages where id = any($1) and entry_id is not null`, [[...acknowledged.keys()]]);
  const took = rows.map(({ id, entry }) => (desk.events.get(entry) ?? Infinity) - acknowledged.get(id)!).sort((a, b) => a - b);
  const share = (of: number) => Math.round(took[Math.min(took.length - 1, Math.floor(took.length * of))]! * 100) / 100;
  return { p50: share(0.5), p95: share(0.95), p99: share(0.99), count: took.length };
}

async function list({ get }: Desk, forMs: number): Promise<Timing> {
  const [timing] = await timed([{ get, visits: [[LIST]] }], 1, { enough: Infinity, forMs });
  return timing!;
}

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, inject, onTestFinished } from 'vitest';
import { compose, type App } from '../apps/server/compose.ts';
import { createLogger } from '../apps/server/logger.ts';
import type { Settings } from '../apps/server/settings.ts';
import type { TestClock } from '../platform/clock/clock.ts';
import { clearing } from './clearing.ts';
import { copyOfTemplate, dropCopy } from './postgres.ts';
import { sharedParser } from './shared-parser.ts';
import { smtpSink } from './smtp-sink.ts';

/** What a test builds on. `relay`: mail goes out, to the ground's own sink. */
type Wanted = { readonly settings: Partial<Settings>; readonly clock?: TestClock | undefined; readonly relay?: boolean };
type Ground = Awaited<ReturnType<typeof breakGround>>;

/** Of one ground: what was deleted takes room in its tables, and plans are made for that. */
const MOST_TESTS = 40;
/** Each keeps its connections; a server that is somebody else's may have few. */
const MOST_IDLE = process.env['TEST_POSTGRES'] === undefined ? 3 : 1;
/** Calls after which a server is not what it was when it was built. */
const CHANGING = ['start', 'stop', 'listen', 'close', 'destroy'];
/** A setting that names what lives as long as one test. */
const PLACE_OF_A_TEST = /:\d{4,5}\b/;

/** Grounds that nobody uses, the latest first; the process keeps them from file to file, and they end with it. */
const idle: Ground[] = [];
/** Holds for the file that is being run. */
let ofFile: { idle: Ground | null } | null = null;
/** The test that is being run wants what nobody has had. */
let isApart = false;

/**
 * Called at the top of a test file: its tests use one server and one database, one after the other, each in a workspace of
 * its own that begins at the same moment; what the others did is still there. For tests to which it does not matter what lies
 * in other workspaces. What wants settings, a clock or a second server has its own as ever.
 */
export function oneAppForAll(): void {
  beforeAll(() => { ofFile = { idle: null }; });
  afterAll(async () => {
    const last = ofFile?.idle;
    ofFile = null;
    if (last) await leave(last);
  });
}

/** Called first in a test that needs a server and a database that nobody has used: it looks at plans, or at what a process remembers. */
export function ownApp(): void {
  isApart = true;
  onTestFinished(() => { isApart = false; });
}

async function breakGround({ settings, clock, relay = false }: Wanted, key: string | null = null) {
  const { appUrl, ownerUrl } = await copyOfTemplate();
  const dataDir = mkdtempSync(join(tmpdir(), `rapport-${inject('postgres').prefix}`));
  const sink = await smtpSink();
  const times = { business: new Date(), ahead: 0 };
  const machineNow = () => new Date(Date.now() + times.ahead);
  const complete: Settings = {
    appUrl, ownerUrl, dataDir, publicUrl: 'http://desk.test', secret: 'a secret for tests only', relayUrl: relay ? sink.url : null,
    mailbox: 'support@desk.test', version: 'test', smtp: { host: '127.0.0.1', port: 0 }, parser: sharedParser, ...settings,
  };
  /** A server process: the first, or another one on the same data. */
  const begin = (): Promise<App> => compose(
    complete, clock ? { now: clock.now, machineNow, test: clock } : { now: () => times.business, machineNow }, createLogger(process.env.TEST_LOG ?? 'silent'));
  const app = await begin();
  const { stop, knowledge: { stop: written } } = app;
  const database = clearing(ownerUrl);
  const state = { tests: 0, isChanged: false };
  watchChanges(app, () => { state.isChanged = true; });
  const isSpent = (): boolean => state.isChanged || sink.wasTold() || state.tests >= MOST_TESTS;

  return {
    app, key, times, machineNow, dataDir, begin, settings: complete, sink, state, isSpent,
    /** Leaves nothing of the test before; false: that cannot be. */
    async cleared(): Promise<boolean> {
      await app.people.settled();
      await app.email.settled();
      await written();
      if (!await database.clear()) return false;
      app.email.mailboxesChanged();
      sink.received.length = 0;
      for (const name of readdirSync(dataDir)) rmSync(join(dataDir, name), { recursive: true, force: true });
      return true;
    },
    async close(): Promise<void> {
      await stop();
      await sink.close();
      await database.close();
      rmSync(dataDir, { recursive: true, force: true });
      await dropCopy(ownerUrl);
    },
  };
}

/** A server that was started, stopped or opened by a test is none that another could take for new. */
function watchChanges(app: App, changed: () => void): void {
  const parts: object[] = [app, ...Object.values(app as Record<string, unknown>).filter((part) => typeof part === 'object' && part !== null) as object[]];
  for (const part of [...parts, app.email.sources, app.email.domains, app.webhooks.sender]) {
    for (const name of CHANGING) {
      const act: unknown = Reflect.get(part, name);
      if (typeof act !== 'function') continue;
      Reflect.set(part, name, (...given: unknown[]): unknown => { changed(); return Reflect.apply(act, part, given); });
    }
  }
}

/** For one test; when it has ended well, another may have it. */
export async function groundFor(wanted: Wanted): Promise<Ground> {
  const key = isApart || wanted.clock ? null : keyOf(wanted);
  const file = key === keyOf({ settings: {} }) ? ofFile : null;
  const ground = file?.idle ?? (key === null ? null : await fromIdle(key)) ?? await breakGround(wanted, key);
  if (file) file.idle = null;
  ground.state.tests += 1;
  onTestFinished(async ({ task }) => {
    if (task.result?.state !== 'pass') return ground.close();
    if (file?.idle !== null) return leave(ground);
    file.idle = ground;
  });
  return ground;
}

async function leave(ground: Ground): Promise<void> {
  if (ground.key === null || PLACE_OF_A_TEST.test(ground.key) || ground.isSpent()) return ground.close();
  idle.unshift(ground);
  if (idle.length > MOST_IDLE) await idle.pop()!.close();
}

async function fromIdle(key: string): Promise<Ground | null> {
  for (;;) {
    const at = idle.findIndex((one) => one.key === key);
    if (at === -1) return null;
    const [ground] = idle.splice(at, 1);
    if (await ground!.cleared().catch(() => false)) return ground!;
    await ground!.close();
  }
}

const numbers = new WeakMap<object, number>();
let numbered = 0;

/** The same for what is set alike. */
function keyOf({ settings, relay = false }: Wanted): string {
  return JSON.stringify([relay, Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1))], (_name, value: unknown) => {
    if (typeof value !== 'function') return value;
    if (!numbers.has(value)) numbers.set(value, numbered += 1);
    return `function ${numbers.get(value)}`;
  });
}

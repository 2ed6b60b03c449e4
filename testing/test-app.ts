import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { compose, type App } from '../apps/server/compose.ts';
import type { Settings } from '../apps/server/settings.ts';
import { createLogger } from '../apps/server/logger.ts';
import type { Actor, Role } from '../kernel/actor.ts';
import type { TestClock } from '../platform/clock/clock.ts';
import { copyOfTemplate, dropCopy } from './postgres.ts';
import { sharedParser } from './shared-parser.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Answer<T = any> = { status: number; body: T; headers: Record<string, unknown> }; // oxlint-disable-line typescript/no-explicit-any -- tests look into answers of any shape
export type Member = { id: string; workspaceId: string; email: string; token: string; actor: Actor; request: Request };
type Request = (method: Method, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;

const PASSWORD = 'correct horse battery staple';
let people = 0;

type Ground = Awaited<ReturnType<typeof breakGround>>;

/** Holds for the file that is being run. `idle`: left by a test that has ended; `apart`: the test that is being run wants none of it. */
let shared: { idle: Ground | null; apart: boolean } | null = null;

/**
 * Called at the top of a test file: its tests use one server and one database, one after the other, each in a workspace of
 * its own that begins at the same moment. For tests to which it does not matter what lies in other workspaces; what wants
 * settings, a clock or a second server has its own as ever.
 */
export function oneAppForAll(): void {
  beforeAll(() => { shared = { idle: null, apart: false }; });
  afterAll(async () => {
    const { idle } = shared!;
    shared = null;
    await idle?.close();
  });
}

/** Called first in a test that looks beyond its workspace: at clocks of the machine, what is told to nobody, or the whole of a table. */
export function ownApp(): void {
  const shelf = shared!;
  shelf.apart = true;
  onTestFinished(() => { shelf.apart = false; });
}

/** A database, and what runs on it until `close`. */
async function breakGround(settings: Partial<Settings>, clock: TestClock | undefined) {
  const { appUrl, ownerUrl } = await copyOfTemplate();
  const dataDir = mkdtempSync(join(tmpdir(), 'rapport-test-'));
  const times = { business: new Date(), ahead: 0 };
  const machineNow = () => new Date(Date.now() + times.ahead);
  const complete: Settings = {
    appUrl, ownerUrl, dataDir, publicUrl: 'http://desk.test', secret: 'a secret for tests only', relayUrl: null,
    mailbox: 'support@desk.test', version: 'test', smtp: { host: '127.0.0.1', port: 0 }, parser: sharedParser, ...settings,
  };
  /** A server process: the first, or another one on the same data. */
  const begin = (): Promise<App> => compose(
    complete, clock ? { now: clock.now, machineNow, test: clock } : { now: () => times.business, machineNow }, createLogger(process.env.TEST_LOG ?? 'silent'));
  const app = await begin();
  return {
    app, times, machineNow, dataDir, begin, settings: complete,
    async close(): Promise<void> {
      await app.stop();
      rmSync(dataDir, { recursive: true, force: true });
      await dropCopy(ownerUrl);
    },
  };
}

async function groundFor(settings: Partial<Settings>, clock: TestClock | undefined): Promise<Ground> {
  const shelf = clock || shared?.apart || Object.keys(settings).length > 0 ? null : shared;
  const ground = shelf?.idle ?? await breakGround(settings, clock);
  if (shelf) shelf.idle = null;
  onTestFinished(async ({ task }) => {
    if (shelf?.idle !== null || task.result?.state !== 'pass') return ground.close();
    shelf.idle = ground;
  });
  return ground;
}

/** The whole server on a database of its own, with two clocks that move only when told to. Everything is gone when the test ends. */
export async function testApp({ startsAt = '2026-03-02T09:00:00Z', settings = {}, owner = true, clock }: {
  startsAt?: string; settings?: Partial<Settings>; owner?: boolean;
  /** Business time is what this says, and can be set over the API. */
  clock?: TestClock;
} = {}) {
  const { app, times, machineNow, dataDir, begin, settings: complete } = await groundFor(settings, clock);
  Object.assign(times, { business: new Date(startsAt), ahead: 0 });

  async function call(token: string | null, method: Method, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await app.http.inject({
      method, url: path.startsWith('/api/') || path.startsWith('/healthz') ? path : `/api/v1${path}`,
      headers: { ...(token !== null && { authorization: `Bearer ${token}` }), ...headers },
      ...(body !== undefined && { payload: body as Buffer | object }),
    });
    const json = /json/.test(String(response.headers['content-type'] ?? ''));
    return { status: response.statusCode, body: json ? response.json() : response.body, headers: response.headers };
  }

  async function member(workspaceId: string, id: string, email: string): Promise<Member> {
    const { token } = await app.people.openSession(workspaceId, { id, email });
    const actor = await app.people.authenticate({ authorization: `Bearer ${token}` });
    if (!actor) throw new Error('a fresh session is not good');
    return { id, workspaceId, email, token, actor, request: (...given) => call(token, ...given) };
  }

  async function newWorkspace(name: string): Promise<Member> {
    const email = `owner${++people}@${name.toLowerCase()}.test`;
    const { workspaceId, personId } = await app.people.createWorkspace({ name, owner: { email, name: `${name} Owner`, password: null } });
    return member(workspaceId, personId, email);
  }

  return {
    ...app,
    settings: complete, dataDir, machineNow,
    /** What a restart brings up: it knows nothing but what was kept. */
    async beginAgain(): Promise<App> {
      const another = await begin();
      onTestFinished(() => another.stop());
      return another;
    },
    owner: owner ? await newWorkspace('Main') : (undefined as never),
    otherWorkspace: () => newWorkspace(`Other${people}`),
    password: PASSWORD,
    /** Somebody more in a workspace, signed in. `password` makes the (slow) hash that signing in with one needs. */
    async person(role: Role, { of, name = `Person ${people + 1}`, password = false, teamIds = [] }: { of: Member; name?: string; password?: boolean; teamIds?: string[] }): Promise<Member> {
      const email = `person${++people}@desk.test`;
      const id = await app.people.addPerson(of.workspaceId, { email, name, role, password: password ? PASSWORD : null, teamIds });
      return member(of.workspaceId, id, email);
    },
    /** Without signing in, or with whatever stands in the headers. */
    request: (...given: Parameters<Request>) => call(null, ...given),
    now: () => times.business,
    /** Turns the clock of business rules. */
    pass: (minutes: number) => { times.business = new Date(times.business.getTime() + minutes * 60_000); },
    /** Turns the machine's clock: leases, limits, undo windows. */
    passMachine: (seconds: number) => { times.ahead += seconds * 1000; },
  };
}

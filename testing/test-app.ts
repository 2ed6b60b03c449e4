import { onTestFinished } from 'vitest';
import type { App } from '../apps/server/compose.ts';
import type { Settings } from '../apps/server/settings.ts';
import type { Actor, Role } from '../kernel/actor.ts';
import type { TestClock } from '../platform/clock/clock.ts';
import { groundFor } from './grounds.ts';

export { oneAppForAll, ownApp } from './grounds.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Answer<T = any> = { status: number; body: T; headers: Record<string, unknown> }; // oxlint-disable-line typescript/no-explicit-any -- tests look into answers of any shape
export type Member = { id: string; workspaceId: string; email: string; token: string; actor: Actor; request: Request };
type Request = (method: Method, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;

const PASSWORD = 'correct horse battery staple';
let people = 0;

/** The whole server on a database of its own, with two clocks that move only when told to. Nothing of it is there for the next test. */
export async function testApp({ startsAt = '2026-03-02T09:00:00Z', settings = {}, owner = true, clock, relay = false }: {
  startsAt?: string; settings?: Partial<Settings>; owner?: boolean;
  /** Mail goes out, to the `sink`; else it waits. */
  relay?: boolean;
  /** Business time is what this says, and can be set over the API. */
  clock?: TestClock;
} = {}) {
  const { app, times, machineNow, dataDir, begin, sink, settings: complete } = await groundFor({ settings, clock, relay });
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
    settings: complete, dataDir, machineNow, sink,
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

import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import pino from 'pino';
import { onTestFinished } from 'vitest';
import { can } from '../features/people/core/permissions.ts';
import { createPasswords, type Passwords } from '../features/people/server/passwords.ts';
import { createPeople, type People } from '../features/people/server/people.ts';
import { PEOPLE_SECRETS } from '../features/people/server/sealed.ts';
import { accountRoutes } from '../features/people/server/routes.ts';
import { staffRoutes } from '../features/people/server/staff-routes.ts';
import { twoStepRoutes } from '../features/people/server/two-step-routes.ts';
import { createWorkspaces } from '../features/workspaces/server/workspaces.ts';
import { workspaceRoutes } from '../features/workspaces/server/routes.ts';
import type { Role } from '../kernel/actor.ts';
import { createVault } from '../platform/config/vault.ts';
import { createDatabase } from '../platform/db/db.ts';
import { createEvents } from '../platform/events/events.ts';
import { createHttp } from '../platform/http/server.ts';
import { createOutbox } from '../platform/mail/outbox.ts';
import { copyOfTemplate } from './postgres.ts';

export const PASSWORD = 'correct horse battery';

type Options = { relay?: boolean; /** False: there is one, and it says nothing. */ relayAnswers?: boolean; publicUrl?: string; passwords?: Passwords };
type Sent = { token?: string | undefined; cookie?: string | undefined; address?: string; headers?: Record<string, string> };

/** The two rooms of the ground floor behind real HTTP, on a database of their own. */
export async function peopleHouse(options: Options = {}) {
  const urls = await copyOfTemplate();
  const secret = randomBytes(32).toString('hex');
  let time = new Date('2027-03-01T09:00:00Z');
  let ahead = 0;
  const machineNow = () => new Date(Date.now() + ahead);
  const closing: (() => Promise<void>)[] = [];
  onTestFinished(async () => { for (const close of closing.reverse()) await close(); });

  /** One process; a second one is what a restart, or a second machine, would be. */
  async function start({ relay = true, relayAnswers = true, publicUrl = 'http://desk.test', passwords = createPasswords() }: Options = {}) {
    const db = createDatabase(urls);
    closing.push(() => db.destroy());
    const { emit } = createEvents({ onCommitted: () => undefined });
    const now = () => time;
    const outbox = createOutbox({ emit, relayConfigured: relay, now });
    const workspaces = createWorkspaces({ db, now, emit, publicUrl: 'http://desk.test', mayRead: (actor) => can(actor, 'workspace.read'), mayManage: (actor) => can(actor, 'workspace.manage') });
    const logger = pino({ level: 'silent' });
    const people: People = createPeople({
      db, now, machineNow, emit, outbox, relayAnswers: () => Promise.resolve(relayAnswers), workspaces, publicUrl, sender: 'support@desk.test', secret, vault: createVault([secret], PEOPLE_SECRETS), log: logger, passwords,
    });
    const http = await createHttp({
      db, authenticate: people.authenticate, publicUrl, version: '0', logger,
      routes: [workspaceRoutes(workspaces), accountRoutes(people), twoStepRoutes(people), staffRoutes(people)],
    });
    closing.push(async () => { await people.settled(); await http.close(); });
    return { db, people, workspaces, http };
  }

  const first = await start(options);

  async function request(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown, sent: Sent = {}, server = first) {
    const response = await server.http.inject({
      method, url: `/api/v1${path}`, remoteAddress: sent.address ?? '192.0.2.1',
      ...(body !== undefined && { payload: body as object }),
      headers: { ...sent.headers, ...(sent.token !== undefined && { authorization: `Bearer ${sent.token}` }), ...(sent.cookie !== undefined && { cookie: sent.cookie }) },
    });
    const cookies = [response.headers['set-cookie'] ?? []].flat().map((line) => line.split(';')[0] ?? '');
    return { status: response.statusCode, headers: response.headers, cookies, body: (response.payload === '' ? null : response.json()) as never };
  }

  /** A workspace with an owner who is signed in. */
  async function workspace(name = 'Blue Lamp') {
    const email = `owner@${name.toLowerCase().replaceAll(' ', '-')}.test`;
    const { workspaceId, personId } = await first.people.createWorkspace({ name, owner: { email, name: 'Olga Owner', password: PASSWORD } });
    const { token } = await first.people.openSession(workspaceId, { id: personId, email });
    return { workspaceId, owner: { id: personId, email, token } };
  }

  async function person(workspaceId: string, role: Role, { email = `${role}-${randomBytes(3).toString('hex')}@desk.test`, password = null as string | null } = {}) {
    const id = await first.people.addPerson(workspaceId, { email, name: `A ${role}`, role, password });
    const { token } = await first.people.openSession(workspaceId, { id, email });
    return { id, email, token };
  }

  return {
    ...first, request, workspace, person, start, machineNow,
    /** Turns the machine's clock, which authenticator apps go by. */
    passMachine: (seconds: number) => { ahead += seconds * 1000; },
    pass: (minutes: number) => { time = new Date(time.getTime() + minutes * 60_000); },
    async signIn(email: string, password = PASSWORD, sent: Sent = {}, server = first) {
      return request('POST', '/session', { email, password }, sent, server);
    },
    /** The text of the newest mail to an address, as it lies in the outbox. */
    async mailTo(email: string): Promise<{ subject: string; text: string; html: string; language: string } | null> {
      await first.people.settled();
      const row = await first.db.owner.selectFrom('outbox').select('content').where(sql<boolean>`${email} = any(envelope_to)`)
        .orderBy('created_at', 'desc').orderBy('id', 'desc').executeTakeFirst();
      return (row?.content ?? null) as never;
    },
    async tokenFrom(email: string): Promise<string> {
      return /token=([A-Za-z0-9_-]+)/.exec((await this.mailTo(email))?.text ?? '')?.[1] ?? '';
    },
    async events(type: string): Promise<{ subjectId: string | null; data: unknown }[]> {
      return first.db.owner.selectFrom('events').select(['subject_id as subjectId', 'data']).where('type', '=', type).orderBy('seq').execute();
    },
  };
}

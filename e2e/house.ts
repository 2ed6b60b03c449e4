import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { createTransport } from 'nodemailer';
import { serveAgentApp } from '../apps/server/agent-app.ts';
import { compose } from '../apps/server/compose.ts';
import { createLogger } from '../apps/server/logger.ts';
import { runRoles } from '../apps/server/roles.ts';
import { PROCESS_ROLES } from '../platform/config/config.ts';
import type { Actor, Role } from '../kernel/actor.ts';
import type { Language } from '../kernel/languages.ts';
import { freePort } from '../testing/free-port.ts';
import { copyOfTemplate } from '../testing/postgres.ts';
import { sharedParser } from '../testing/shared-parser.ts';
import { smtpSink } from '../testing/smtp-sink.ts';

export type House = Awaited<ReturnType<typeof openHouse>>;
export type Person = { readonly id: string; readonly name: string; readonly email: string; readonly token: string; readonly actor: Actor };

export const MAILBOX = 'support@shop.test';
let people = 0;

/** The real server on free ports, with a mail program that writes to it and a relay that takes what it sends. Passkeys need `localhost`. */
export async function openHouse({ host = '127.0.0.1' }: { host?: '127.0.0.1' | 'localhost' } = {}) {
  const database = await copyOfTemplate();
  const relay = await smtpSink();
  const port = await usualPort();
  const dataDir = mkdtempSync(join(tmpdir(), 'rapport-journey-'));
  const url = `http://${host}:${port}`;
  const log = createLogger(process.env['TEST_LOG'] ?? 'silent');
  let ahead = 0;
  let later = 0;
  const smtp = { host: '127.0.0.1', port: await freePort() };
  const app = await compose(
    { ...database, dataDir, publicUrl: url, secret: 'a secret for journeys only', relayUrl: relay.url, mailbox: MAILBOX, version: 'test', smtp, parser: sharedParser },
    { now: () => new Date(Date.now() + later), machineNow: () => new Date(Date.now() + ahead) }, log,
  );
  await serveAgentApp(app.http);
  const roles = await runRoles(app, { roles: [...PROCESS_ROLES], smtp }, log);
  const lines = new Set<Duplex>();
  const ends: (() => Promise<void>)[] = [];
  app.http.server.on('upgrade', (_request, line) => { lines.add(line); });
  await app.http.listen({ host: '127.0.0.1', port });
  roles.ready();
  const program = createTransport({ ...smtp, ignoreTLS: true });

  async function signedIn(workspaceId: string, id: string, email: string, name: string): Promise<Person> {
    const { token } = await app.people.openSession(workspaceId, { id, email });
    const actor = await app.people.authenticate({ authorization: `Bearer ${token}` });
    if (!actor) throw new Error('a fresh session is not good');
    return { id, name, email, token, actor };
  }

  return {
    app, url, relay, smtp,
    setupLink: () => app.workspaces.ensureSetupLink(url),

    /** A workspace and its owner, signed in, without the browser's part in it. */
    async founded({ name = 'Kettle & Cup', language = 'en' as Language } = {}): Promise<Person> {
      const owner = { email: 'owner@shop.test', name: 'Viktor Marinov', password: null };
      const { workspaceId, personId } = await app.people.createWorkspace({ name, owner, language });
      return signedIn(workspaceId, personId, owner.email, owner.name);
    },

    async colleagueOf({ actor }: Person, { name, role = 'agent', language = 'en', password = null }: { name: string; role?: Role; language?: Language; password?: string | null }): Promise<Person> {
      const email = `person${++people}@shop.test`;
      const id = await app.people.addPerson(actor.workspaceId, { email, name, role, password, language });
      return signedIn(actor.workspaceId, id, email, name);
    },

    /** As any mail program does it. Resolves when the server has answered 250, and has filed what it took. */
    async mail(message: Parameters<typeof program.sendMail>[0]): Promise<{ messageId: string }> {
      const { messageId } = await program.sendMail({ to: MAILBOX, ...message });
      await app.email.settled();
      return { messageId };
    },

    /** Turns the machine's clock past the moments in which a letter can be taken back, and lets the letters go. */
    async undoIsOver(): Promise<void> {
      ahead += 11_000;
      await app.sender.sendDue();
    },

    /** Turns the machine's clock, by which hands on the keyboard and open connections count. */
    sitsStill(milliseconds: number): void {
      ahead += milliseconds;
    },

    /** Turns the clock of business, and does what is due by then. */
    async passes(milliseconds: number): Promise<void> {
      later += milliseconds;
      await app.due.round();
    },

    /** Cuts every socket without a word, as a broken network does. */
    cutLines(): void {
      for (const line of lines) line.destroy();
      lines.clear();
    },

    /** While all still stands. */
    beforeClose(end: () => Promise<void>): void {
      ends.push(end);
    },

    async close(): Promise<void> {
      for (const end of ends.splice(0)) await end();
      program.close();
      await roles.stop();
      // A browser that stays keeps lines open on which it has asked nothing yet.
      app.http.server.closeAllConnections();
      await app.stop();
      await relay.close();
      rmSync(dataDir, { recursive: true, force: true });
      taken.delete(port);
    },
  };
}

let usual: number | undefined;
const taken = new Set<number>();

/** Links and the sockets' origin name the port, so it must be known before anything is built. The same for one house after the other, so that the browser finds in its cache what is the same in all. */
async function usualPort(): Promise<number> {
  const again = usual === undefined || taken.has(usual) ? undefined : usual;
  if (again !== undefined) taken.add(again);
  const port = await freePort(again).catch(() => freePort());
  taken.add(port);
  usual ??= port;
  return port;
}

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PROCESS_ROLES } from '../../platform/config/config.ts';
import { startEmbedded } from '../../platform/db/embedded/embedded.ts';
import { migrate } from '../../platform/db/migrate.ts';
import { compose } from './compose.ts';
import { createLogger } from './logger.ts';
import { runRoles } from './roles.ts';

const DISK = '256m';
const MEGABYTE = 1024 * 1024;

/** A file system of its own and little room; null where this account may not make one. */
function smallDisk(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  const place = mkdtempSync(join(tmpdir(), 'rapport-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK},mode=755`, 'tmpfs', place], { stdio: 'ignore' });
    return place;
  } catch {
    rmSync(place, { recursive: true, force: true });
    return null;
  }
}

const disk = smallDisk();
let house: Awaited<ReturnType<typeof houseOn>>;
beforeAll(async () => {
  if (disk !== null) house = await houseOn(disk);
});
afterAll(async () => {
  if (disk === null) return;
  await house.close().finally(() => {
    execFileSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true, force: true });
  });
});

/** The whole server with PostgreSQL and files on that disk. */
async function houseOn(place: string) {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const postgres = await startEmbedded({ dataDir: join(place, 'data'), log });
  await migrate({ ownerUrl: postgres.ownerUrl, appLogin: 'rapport_login' });
  const { appUrl, ownerUrl } = postgres;
  const app = await compose({
    appUrl, ownerUrl, dataDir: join(place, 'data'), publicUrl: 'http://desk.test', secret: 'a secret for tests only', relayUrl: null,
    mailbox: 'support@shop.test', version: 'test', smtp: { host: '127.0.0.1', port: 0 },
  }, { now: () => new Date(), machineNow: () => new Date() }, createLogger('silent'));
  let door = { host: '', port: 0 };
  const roles = await runRoles({ ...app, mailArrivesAt: (at) => { door = at; app.mailArrivesAt(at); } }, { roles: [...PROCESS_ROLES], smtp: { host: '127.0.0.1', port: 0 } }, createLogger('silent'));
  roles.ready();
  const program = createTransport({ host: door.host, port: door.port, ignoreTLS: true });
  const { workspaceId, personId } = await app.people.createWorkspace({ name: 'Shop', owner: { email: 'owner@shop.test', name: 'Olga', password: null } });
  const { token } = await app.people.openSession(workspaceId, { id: personId, email: 'owner@shop.test' });
  const filler = join(place, 'filler');

  return {
    app,
    /** What only the machine's operator could do to PostgreSQL. */
    async asSuperuser(statement: string): Promise<void> {
      const client = new pg.Client(postgres.superuserUrl);
      client.on('error', () => undefined);
      await client.connect();
      try {
        await client.query(statement);
      } finally {
        await client.end().catch(() => undefined);
      }
    },
    async close(): Promise<void> {
      rmSync(filler, { force: true });
      program.close();
      await roles.stop();
      await app.stop();
      await postgres.stop();
    },
    /** The first three digits of what the sender is told. */
    async mail(subject: string, bytes = 100): Promise<string> {
      return program.sendMail({ from: 'ana@example.org', to: 'support@shop.test', subject, text: 'x'.repeat(70).concat('\n').repeat(Math.ceil(bytes / 71)) })
        .then(({ response }) => response.slice(0, 3), (error: { responseCode?: number }) => String(error.responseCode));
    },
    /** The same over HTTP. */
    async handIn(bytes: number): Promise<{ status: number; code: string }> {
      const answer = await app.http.inject({
        method: 'POST', url: '/api/v1/email/inbound', headers: { authorization: `Bearer ${token}`, 'content-type': 'message/rfc822' },
        payload: Buffer.from(`Subject: handed in\r\n\r\n${'x'.repeat(70).concat('\r\n').repeat(Math.ceil(bytes / 72))}`),
      });
      return { status: answer.statusCode, code: answer.json<{ code: string }>().code };
    },
    subjects: async () => (await app.db.owner.selectFrom('tickets').select('subject').execute()).map(({ subject }) => subject),
    async health(): Promise<{ status: number; word: string }> {
      const answer = await app.http.inject({ method: 'GET', url: '/healthz' });
      return { status: answer.statusCode, word: answer.json<{ status: string }>().status };
    },
    /** Somebody else takes all the room but this much. */
    leave(bytes: number): void {
      rmSync(filler, { force: true });
      const { bavail, bsize } = statfsSync(place);
      try {
        writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - bytes)));
      } catch (error) {
        // PostgreSQL writes as well, and has taken some of it since: there is less left than was asked for.
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
    },
    free(): void { rmSync(filler, { force: true }); },
  };
}

test.skipIf(disk === null)('a disk that fills up puts mail off, and it goes on by itself', async () => {
  expect(await house.mail('before')).toBe('250');
  expect(await house.health()).toEqual({ status: 200, word: 'ok' });

  house.leave(16 * MEGABYTE);
  await house.app.space.look();
  expect(await house.mail('too early')).toBe('452');
  expect(await house.health()).toEqual({ status: 503, word: 'disk_full' });
  await house.app.email.settled();
  expect(await house.subjects()).toEqual(['before']);

  house.free();
  await house.app.space.look();
  expect(await house.health()).toEqual({ status: 200, word: 'ok' });
  expect(await house.mail('afterwards')).toBe('250');

  // Now it is full all at once, before anybody has looked.
  house.leave(0);
  expect(await house.mail('large', 2 * MEGABYTE)).toBe('452');
  expect(await house.handIn(2 * MEGABYTE)).toMatchObject({ status: 503, code: 'storage.full' });
  expect(await house.health()).toEqual({ status: 503, word: 'disk_full' });

  house.free();
  await house.app.space.look();
  expect(await house.mail('large', 2 * MEGABYTE)).toBe('250');
  await house.app.email.settled();
  expect((await house.subjects()).sort()).toEqual(['afterwards', 'before', 'large']);
});

test.skipIf(disk === null)('a PostgreSQL that ends on a full disk comes back when there is room, with everything that got its 250', async () => {
  expect(await house.mail('kept')).toBe('250');
  house.leave(0);
  // Segment after segment, until there is no room for the next one.
  const end = async (): Promise<void> => { for (let i = 0; i < 100; i++) await house.asSuperuser('select pg_current_xact_id(); select pg_switch_wal()'); };
  await expect(end()).rejects.toThrow(/No space left|terminat|recovery|not yet accepting|ECONNRE/);
  expect(await house.mail('in vain')).toMatch(/^45[12]$/);

  house.free();
  await expect.poll(async () => { await house.app.space.look(); return house.mail('at last'); }, { timeout: 60_000, interval: 500 }).toBe('250');
  await expect.poll(async () => { await house.app.email.settled(); return house.subjects(); }, { timeout: 60_000 }).toEqual(expect.arrayContaining(['kept', 'at last']));
  expect(await house.subjects()).not.toContain('in vain');
});

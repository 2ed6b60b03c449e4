import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { createVault } from '../../platform/config/vault.ts';
import { REGISTRATION } from '../../testing/sign-in-service.ts';
import { oneAppForAll, testApp } from '../../testing/test-app.ts';
import { wholeServer } from '../../testing/whole-server.ts';
import { SEALED } from './sealed.ts';

oneAppForAll();

const OLD = 'a secret for tests only';
const NEW = 'another secret for tests only';

/** The command as an operator starts it. */
async function reseal(env: Record<string, string>): Promise<{ code: number; said: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'reseal.ts')], { env: { PATH: process.env['PATH'], ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { said += chunk.toString(); });
  const [code] = await once(child, 'close') as [number];
  return { code, said };
}

/** A desk with a secret of each kind that people enter. */
async function desk() {
  const app = await testApp({ settings: { secret: OLD, privateHosts: ['127.0.0.1'] } });
  const mailboxId = (await app.owner.request('GET', '/mailboxes')).body.items[0].id as string;
  const done = [
    await app.owner.request('POST', '/relays', { name: 'Own', host: '127.0.0.1', port: 2525, security: 'none', user: 'desk', password: 'relay password' }),
    await app.owner.request('PUT', `/mailboxes/${mailboxId}/source`, { host: '127.0.0.1', port: 143, security: 'none', user: 'desk', password: 'mailbox password', auth: 'password' }),
    await app.owner.request('POST', '/sending-domains/desk.test/keys'),
    await app.owner.request('PUT', '/email/oauth/clients/google', { clientId: REGISTRATION.clientId, clientSecret: REGISTRATION.clientSecret }),
    await app.owner.request('POST', `/mailboxes/${mailboxId}/sign-ins`, { provider: 'google', user: 'desk' }),
    await app.owner.request('POST', '/me/two-step/totp'),
  ];
  expect(done.map(({ status }) => status < 300)).toEqual(done.map(() => true));
  const dataDir = mkdtempSync(join(tmpdir(), 'rapport-reseal-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  return {
    ...app,
    env: { DATABASE_URL: app.settings.appUrl, RAPPORT_DATABASE_OWNER_URL: app.settings.ownerUrl, RAPPORT_DATA: dataDir },
    /** What is sealed: where, and under which key. */
    async sealed(): Promise<string[]> {
      const client = new pg.Client(app.settings.ownerUrl);
      await client.connect();
      const found: string[] = [];
      for (const { table, column } of SEALED) {
        const { rows } = await client.query<{ text: string }>(`select ${column} as text from ${table} where ${column} is not null`);
        found.push(...rows.map(({ text }) => `${table}.${column} ${text.split('.')[1]!}`));
      }
      await client.end();
      return found;
    },
  };
}

test('every column of secrets is known to the command, and the other way round', async () => {
  const { db } = await testApp({ owner: false });
  const there = await db.owner.selectFrom('information_schema.columns' as never).select(['table_name', 'column_name'] as never)
    .where('domain_name' as never, '=', 'sealed' as never).execute() as unknown as { table_name: string; column_name: string }[];
  const names = (list: string[]) => list.toSorted((one, other) => one.localeCompare(other));
  expect(names(SEALED.map(({ table, column }) => `${table}.${column}`))).toEqual(names(there.map(({ table_name, column_name }) => `${table_name}.${column_name}`)));
});

test('what an earlier secret sealed is sealed anew, once, and can be read without the earlier one', async () => {
  const d = await desk();
  const before = await d.sealed();
  expect(before).toHaveLength(7);
  const env = { ...d.env, RAPPORT_SECRET: NEW, RAPPORT_SECRET_PREVIOUS: OLD };
  expect(await reseal(env)).toEqual({ code: 0, said: 'Sealed anew: 7. Under the present secret already: 0. Could not be opened: 0.\n' });
  expect(await reseal(env)).toEqual({ code: 0, said: 'Sealed anew: 0. Under the present secret already: 7. Could not be opened: 0.\n' });
  const after = await d.sealed();
  expect(after.map((one) => one.split(' ')[0])).toEqual(before.map((one) => one.split(' ')[0]));
  expect(new Set([...before, ...after].map((one) => one.split(' ')[1])).size, 'all under the one key, then all under the other').toBe(2);

  const relay = await d.db.owner.selectFrom('mail_relays').select(['id', 'password']).executeTakeFirstOrThrow();
  const place = SEALED.find(({ table }) => table === 'mail_relays')!.place(d.owner.workspaceId, relay.id);
  expect(createVault([NEW], SEALED).open(place, relay.password!)).toBe('relay password');
});

test('a row that somebody else writes at the same moment is looked at again', async () => {
  const d = await desk();
  // As if a server had written between the look and the change: the first change finds another row.
  await sql`create sequence meddled`.execute(d.db.owner);
  await sql`create function meddle() returns trigger language plpgsql as $$ begin return case when nextval('meddled') = 1 then null else new end; end $$`.execute(d.db.owner);
  await sql`create trigger meddling before update on mail_relays for each row execute function meddle()`.execute(d.db.owner);
  expect(await reseal({ ...d.env, RAPPORT_SECRET: NEW, RAPPORT_SECRET_PREVIOUS: OLD })).toMatchObject({ code: 0, said: expect.stringContaining('Sealed anew: 7.') });
  expect(new Set((await d.sealed()).map((one) => one.split(' ')[1])).size).toBe(1);
});

test('what cannot be opened is named and left as it is, without a word of the secret, and the rest is done', async () => {
  const d = await desk();
  const relay = await d.db.owner.selectFrom('mail_relays').select(['id', 'password']).executeTakeFirstOrThrow();
  await d.db.owner.updateTable('mail_relays').set({ password: createVault(['a secret that is lost'], SEALED).seal(SEALED.find(({ table }) => table === 'mail_relays')!.place(d.owner.workspaceId, relay.id), 'gone') }).execute();
  const lost = await d.db.owner.selectFrom('mail_relays').select('password').executeTakeFirstOrThrow();
  const { code, said } = await reseal({ ...d.env, RAPPORT_SECRET: NEW, RAPPORT_SECRET_PREVIOUS: OLD });
  expect(code).toBe(1);
  expect(said).toContain('Sealed anew: 6. Under the present secret already: 0. Could not be opened: 1.');
  expect(said).toContain(`mail_relays.password   workspace ${d.owner.workspaceId}   ${relay.id}`);
  for (const secret of [NEW, OLD, lost.password!.slice(12), 'gone']) expect(said).not.toContain(secret);
  expect(await d.db.owner.selectFrom('mail_relays').select('password').executeTakeFirstOrThrow()).toEqual(lost);
});

test('without the secret of the server nothing is touched, and none is made', async () => {
  const d = await desk();
  expect(await reseal(d.env)).toMatchObject({ code: 1, said: expect.stringContaining('There is no secret in') });
  expect(await reseal({ RAPPORT_DATA: d.env.RAPPORT_DATA, RAPPORT_SECRET: NEW })).toMatchObject({ code: 1, said: expect.stringContaining('There is no database in') });
});

test('with the PostgreSQL that Rapport brings along it works beside a running server, and without one', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'rapport-reseal-'));
  const server = await wholeServer({ dataDir });
  onTestFinished(async () => {
    await server.kill();
    rmSync(dataDir, { recursive: true, force: true });
  });
  await server.start();
  const fine = { code: 0, said: 'Sealed anew: 0. Under the present secret already: 0. Could not be opened: 0.\n' };
  expect(await reseal({ RAPPORT_DATA: dataDir })).toEqual(fine);
  // The server could not read what this would seal.
  expect(await reseal({ RAPPORT_DATA: dataDir, RAPPORT_SECRET: NEW, RAPPORT_SECRET_PREVIOUS: OLD })).toMatchObject({ code: 1, said: expect.stringContaining('1 running server process does not know this secret') });
  expect((await server.health()).status).toBe(200);
  expect(await server.stop()).toBe(0);
  expect(await reseal({ RAPPORT_DATA: dataDir })).toEqual(fine);
});

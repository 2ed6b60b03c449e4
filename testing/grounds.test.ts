import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { ownApp, testApp } from './test-app.ts';

type App = Awaited<ReturnType<typeof testApp>>;
let before = '';

/** How many rows each table has that has some. */
async function rowsOf({ db }: App): Promise<Record<string, number>> {
  const { rows: tables } = await sql<{ name: string }>`select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`.execute(db.owner);
  const counted = await Promise.all(tables.map(async ({ name }) => {
    const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(name)}`.execute(db.owner);
    return [name, rows[0]!.count] as const;
  }));
  return Object.fromEntries(counted.filter(([, count]) => count > 0));
}

const ticket = { subject: 'Kettle', channel: 'phone', customer: { email: 'ana@example.org' }, text: 'cracked', tags: ['vip'] };
const USED = { startsAt: '2026-03-02T09:00:00Z', settings: { version: 'of these tests' } };

test('a server is used', async () => {
  const app = await testApp(USED);
  app.pass(60);
  app.passMachine(3_600);
  expect((await app.owner.request('POST', '/tickets', ticket)).status).toBe(201);
  await app.otherWorkspace();
  mkdirSync(join(app.dataDir, 'files'), { recursive: true });
  writeFileSync(join(app.dataDir, 'files', 'left'), 'something');
  expect(await rowsOf(app)).toMatchObject({ workspaces: 2, tickets: 1, entries: 1 });
  before = app.settings.ownerUrl;
});

test('the next test has it with nothing of before in it, and at its beginning', async () => {
  const app = await testApp({ ...USED, owner: false });
  expect(app.settings.ownerUrl).toBe(before);
  expect(await rowsOf(app)).toEqual({ schema_migrations: expect.any(Number), event_sequencer: 1 });
  expect(app.now().toISOString()).toBe('2026-03-02T09:00:00.000Z');
  expect(Math.abs(app.machineNow().getTime() - Date.now())).toBeLessThan(1_000);
  expect(existsSync(join(app.dataDir, 'files', 'left'))).toBe(false);
});

test('two at once are two, whoever asks for other settings gets another one, and who wants a new one has it to the end', async () => {
  const [one, two, three] = [await testApp(USED), await testApp(USED), await testApp({ settings: { version: 'another' } })];
  ownApp();
  const four = await testApp(USED);
  const urls = [one, two, three, four].map(({ settings }) => settings.ownerUrl);
  expect(new Set(urls).size).toBe(4);
  expect(urls[0]).toBe(before);
  expect(three.settings.version).toBe('another');
  await sql`alter table tickets add column odd text`.execute(one.db.owner);
  two.sequencer.start();
  before = urls.join(' ');
});

test('one that was changed beyond what deleting undoes, or started, is not used again', async () => {
  const app = await testApp(USED);
  expect(before).not.toContain(app.settings.ownerUrl);
});

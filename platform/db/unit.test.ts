import { randomUUID } from 'node:crypto';
import { CompiledQuery, sql, type PluginTransformResultArgs, type RootOperationNode } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyOfTemplate } from '../../testing/postgres.ts';
import { compiled } from './compiled.ts';
import { beforeCommit, createDatabase, createPool, outsideWork, type Database, type Tx } from './db.ts';
import { Unit } from './unit.ts';

const here = randomUUID();
const there = randomUUID();
let db: Database;
let ownerUrl: string;
let appUrl: string;

beforeAll(async () => {
  const urls = await copyOfTemplate();
  ({ ownerUrl, appUrl } = urls);
  const admin = new pg.Client({ connectionString: urls.ownerUrl });
  await admin.connect();
  for (const id of [here, there]) await admin.query(`insert into workspaces (id, name, created_at) values ($1, 'A', now())`, [id]);
  await admin.end();
  db = createDatabase({ ...urls, maxConnections: 1 });
});
afterAll(() => db.destroy());

const say = (tx: Tx, word: string) => sql<{ word: string }>`select ${word}::text as word`.execute(tx).then(({ rows }) => rows[0]!.word);
const addTeam = (tx: Tx, name: string) => tx.insertInto('teams').values({ workspace_id: here, id: randomUUID(), name, created_at: new Date() }).execute();
const teams = () => db.work(here, (tx) => tx.selectFrom('teams').select('name').orderBy('name').execute()).then((rows) => rows.map(({ name }) => name));

test('statements sent together are done in their order and answered each for itself', async () => {
  const [one, , two, count] = await db.work(here, (tx) => Promise.all([
    say(tx, 'one'), addTeam(tx, 'Together'), say(tx, 'two'), tx.selectFrom('teams').select((e) => e.fn.countAll<number>().as('n')).executeTakeFirstOrThrow(),
  ]));
  expect([one, two, count.n]).toEqual(['one', 'two', 1]);
});

test('one statement that fails takes its whole unit with it, even when nobody looks at the error', async () => {
  const before = await teams();
  await expect(db.work(here, async (tx) => {
    await Promise.allSettled([addTeam(tx, 'Lost'), sql`select 1 / 0`.execute(tx), addTeam(tx, 'Lost too')]);
  })).rejects.toThrow('nothing of it was kept');
  await expect(db.work(here, (tx) => Promise.all([addTeam(tx, 'Lost'), sql`select 1 / 0`.execute(tx)]))).rejects.toThrow('division by zero');
  expect(await teams()).toEqual(before);
});

test('what is put off to the end is part of the unit, and whoever fails there takes the unit along', async () => {
  await db.work(here, async (tx) => {
    beforeCommit(async () => { await addTeam(tx, 'At the end'); beforeCommit(async () => { await addTeam(tx, 'At the very end'); }); });
    await addTeam(tx, 'Before');
  });
  expect(await teams()).toEqual(expect.arrayContaining(['At the end', 'At the very end', 'Before']));
  const before = await teams();
  await expect(db.work(here, async (tx) => {
    beforeCommit(() => Promise.reject(new Error('no')));
    await addTeam(tx, 'Lost');
  })).rejects.toThrow('no');
  expect(await teams()).toEqual(before);
});

test('a statement that comes after the end never gets into the next unit on that connection', async () => {
  let late: Tx | undefined;
  await db.work(here, (tx) => { late = tx; return Promise.resolve(); });
  await db.work(there, async () => {
    await expect(addTeam(late!, 'Too late')).rejects.toThrow('has ended');
  });
});

const planned = (tx: Tx) => sql<{ n: number }>`select count(*)::int as n from pg_prepared_statements`.execute(tx).then(({ rows }) => rows[0]!.n);

test('however many shapes of questions somebody thinks of, they take no plan from what comes all the time', async () => {
  for (let shape = 0; shape < 250; shape += 1) {
    await db.work(here, (tx) => Promise.all(Array.from({ length: 5 }, (_, n) => sql`select ${n}::int as ${sql.ref(`shape_${shape}`)}`.execute(tx))), { reads: true, repeats: 'asked' });
  }
  for (let n = 0; n < 6; n += 1) await db.work(here, (tx) => sql`select ${n}::int as what_comes_all_the_time`.execute(tx), { repeats: true });
  const kept = (words: string) => db.work(here, async (tx) => (await sql<{ n: number }>`select count(*)::int as n from pg_prepared_statements where statement like ${`%${words}%`}`.execute(tx)).rows[0]!.n);
  expect(await kept('what_comes_all_the_time')).toBe(1);
  expect(await kept('shape_')).toBeGreaterThan(100);
  await db.work(here, (tx) => sql`deallocate all`.execute(tx));
});

test('statements of units that repeat are planned once, others each time; and when a pooler loses the plans, without', async () => {
  const often = async (options?: { repeats: boolean }) => {
    for (let i = 0; i < 10; i++) expect(await db.work(here, (tx) => say(tx, `word ${i}`), options)).toBe(`word ${i}`);
  };
  await often();
  expect(await db.work(here, planned)).toBe(0);
  await often({ repeats: true });
  expect(await db.work(here, planned)).toBe(1);

  await db.work(here, (tx) => sql`deallocate all`.execute(tx));
  await expect(db.work(here, (tx) => say(tx, 'lost'), { repeats: true })).rejects.toThrow('does not exist');
  await often({ repeats: true });
  expect(await db.work(here, planned)).toBe(0);
});

test('plans that were never made because something else had failed are not taken for lost', async () => {
  const fresh = createDatabase({ ownerUrl, appUrl, maxConnections: 2 });
  const often = { repeats: true, reads: true };
  const word = (tx: Tx, value: string) => sql<{ word: string }>`select ${value}::text as word, 'made once' as how`.execute(tx).then(({ rows }) => rows[0]!.word);
  for (let n = 0; n < 6; n += 1) await fresh.work(here, (tx) => word(tx, 'often'), often);
  await fresh.work(here, async (tx) => {
    await tx.selectNoFrom(sql`1`.as('n')).execute();
    // On the other connection, where it was never asked.
    await outsideWork(() => expect(fresh.work(here, (other) => Promise.all([sql`select 1 / 0`.execute(other), word(other, 'one'), word(other, 'two')]), often)).rejects.toThrow('division by zero'));
    expect(await outsideWork(() => fresh.work(here, async (other) => [await word(other, 'three'), await planned(other)], often))).toEqual(['three', 1]);
  });
  await fresh.destroy();
});

test('a unit that only reads is held to it, fails like any other, and gives its connection back', async () => {
  const before = await teams();
  await expect(db.work(here, (tx) => addTeam(tx, 'Written by a reader'), { reads: true })).rejects.toThrow('read-only');
  await expect(db.work(here, (tx) => sql`select 1 / 0`.execute(tx), { reads: true })).rejects.toThrow('division by zero');
  for (const word of ['one', 'two']) expect(await db.work(here, (tx) => say(tx, word), { reads: true })).toBe(word);
  await db.work(here, (tx) => addTeam(tx, 'After readers'));
  expect(await teams()).toEqual([...before, 'After readers'].sort());
});

test('a unit that only reads holds nothing for long, whether or not another follows on its connection', async () => {
  const watcher = new pg.Client({ connectionString: ownerUrl });
  await watcher.connect();
  await watcher.query('begin');
  await watcher.query(`set local lock_timeout = '10s'`);
  expect(await db.work(here, (tx) => tx.selectFrom('teams').select('id').execute().then(() => 'read'), { reads: true })).toBe('read');
  await watcher.query('lock table teams in access exclusive mode');
  await watcher.query('rollback');
  await watcher.end();
  await Promise.all(['One', 'Two'].map((name) => db.work(here, (tx) => addTeam(tx, `${name} right after`).then(() => undefined))));
  for (const wanted of ['One right after', 'Two right after']) expect(await db.work(here, (tx) => tx.selectFrom('teams').select('name').where('name', '=', wanted).execute(), { reads: true })).toHaveLength(1);
});

test('whatever becomes of the end of what only read, the next on its connection begins and sees its workspace', async () => {
  const before = await teams();
  expect(before.length).toBeGreaterThan(0);
  const endsBadly = () => db.work(here, (tx) => sql`declare late cursor with hold for select 1 / (count(*) - count(*)) from teams`.execute(tx).then(() => 'read'), { reads: true });
  const next = () => db.work(here, (tx) => tx.selectFrom('teams').select('name').orderBy('name').execute(), { reads: true });
  // Asked for before the first has ended, it comes right behind it on the one connection.
  expect(await Promise.all([endsBadly(), next(), endsBadly(), addLater('After a bad end')])).toEqual(['read', before.map((name) => ({ name })), 'read', 'added']);
  expect(await teams()).toEqual([...before, 'After a bad end'].sort());
});

const addLater = (name: string) => db.work(here, (tx) => addTeam(tx, name).then(() => 'added'));

test('a unit that never began tells nothing that was seen without one, nor that anything was done', async () => {
  const pool = createPool(appUrl, 1, { pipeline: true });
  const begun = async () => new Unit(await pool.connect(), `select 1 / 0; begin; set local role rapport_app`, null);
  const asked = CompiledQuery.raw('select name from teams');
  const read = await begun();
  await expect(read.executeQuery(asked)).rejects.toThrow('division by zero');
  await read.rollback();
  await expect((await begun()).commit(), 'not even of nothing').rejects.toThrow('division by zero');
  expect(pool.idleCount).toBe(1);
  await pool.end();
});

test('lookups that come again and again are planned once, and nobody notices when a pooler loses the plans', async () => {
  const look = async (word: string) => (await sql<{ word: string; planned: number }>`select ${word}::text as word, (select count(*)::int from pg_prepared_statements) as planned`.execute(db.lookup)).rows[0];
  for (let i = 0; i < 10; i++) await look(`word ${i}`);
  expect(await look('again')).toEqual({ word: 'again', planned: 1 });
  await sql`deallocate all`.execute(db.lookup);
  expect([await look('lost'), await look('still lost')]).toEqual([{ word: 'lost', planned: 0 }, { word: 'still lost', planned: 0 }]);
  await expect(sql`select 1 / ${0}::int`.execute(db.lookup)).rejects.toThrow('division by zero');
});

test('a statement that is put together once is asked with the values at hand, for each of its shapes', async () => {
  let made = 0;
  const words = compiled<{ word: string; other: string }, { line: string }, { again: boolean }>((tx, { word, other }, { again }) => {
    made += 1;
    return sql<{ line: string }>`select ${word}::text || ${' and '}::text || ${other}::text || ${again ? sql`${word}::text` : sql`''`} as line`.compile(tx);
  });
  const explaining = { transformQuery: () => sql`select 'explained' as line`.toOperationNode() as RootOperationNode, transformResult: ({ result }: PluginTransformResultArgs) => Promise.resolve(result) };
  const explained = await db.work(here, (tx) => words(tx.withPlugin(explaining), { word: 'a', other: 'b' }, { again: false }));
  expect([explained, made]).toEqual([[{ line: 'explained' }], 1]);
  made = 0;
  const lines = await db.work(here, async (tx) => (await Promise.all([
    words(tx, { word: 'a', other: 'b' }, { again: false }), words(tx, { other: 'd', word: 'c' }, { again: false }), words(tx, { word: 'e', other: 'f' }, { again: true }),
  ])).flat().map(({ line }) => line));
  expect([lines, made]).toEqual([['a and b', 'c and d', 'e and fe'], 2]);
});

test('a workspace that is none begins nothing', async () => {
  await expect(db.work(`${here}'; drop table teams; --`, (tx) => say(tx, 'never'))).rejects.toThrow('needs a workspace');
  expect(await db.work(here, (tx) => say(tx, 'still here'))).toBe('still here');
});

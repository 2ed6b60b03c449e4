import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyOfTemplate } from '../../testing/postgres.ts';
import { compiled } from './compiled.ts';
import { createDatabase, type Database, type Tx } from './db.ts';
import { Remembered } from './statement.ts';

const here = randomUUID();
const often = { repeats: true, reads: true };
let db: Database;

beforeAll(async () => {
  const urls = await copyOfTemplate();
  const admin = new pg.Client({ connectionString: urls.ownerUrl });
  await admin.connect();
  await admin.query(`insert into workspaces (id, name, created_at) values ($1, 'A', now())`, [here]);
  await admin.end();
  db = createDatabase({ ...urls, maxConnections: 1 });
});
afterAll(() => db.destroy());

type Columns = { a: string | null; b: string | null; n: number; at: Date; list: string[]; more: { x: number } };
type Values = { a: string | null; b: string | null };
const row = ({ a, b }: Values) => sql<Columns>`select ${a}::text as a, ${b}::text as b, 12345678901::bigint as n, '2026-01-02 03:04:05.678+00'::timestamptz as at, array['x', 'y']::text[] as list, '{"x": 1}'::jsonb as more`;

const asked = async (read: (tx: Tx, values: Values) => Promise<Columns[]>, values: Values) => (await db.work(here, (tx) => read(tx, values), often))[0]!;

test('a statement reads the same before it has a plan, when it gets one, and ever after', async () => {
  const read = compiled<Values, Columns>((tx, values) => row(values).compile(tx));
  const all = [];
  for (let i = 0; i < 9; i += 1) all.push(await asked(read, { a: `row ${i}`, b: null }));
  expect(all).toEqual(all.map((_, i) => ({ a: `row ${i}`, b: null, n: 12_345_678_901, at: new Date('2026-01-02T03:04:05.678Z'), list: ['x', 'y'], more: { x: 1 } })));
});

test('many of one statement under way at once are each answered for themselves, one that fails between them too', async () => {
  const divide = compiled<{ by: number }, { n: number }>((tx, { by }) => sql<{ n: number }>`select 12 / ${by}::int as n`.compile(tx));
  for (let i = 0; i < 6; i += 1) await db.work(here, (tx) => divide(tx, { by: 1 }), often);
  expect(await db.work(here, (tx) => Promise.all([1, 2, 3, 4].map((by) => divide(tx, { by }))), often)).toEqual([[{ n: 12 }], [{ n: 6 }], [{ n: 4 }], [{ n: 3 }]]);
  await expect(db.work(here, (tx) => Promise.all([1, 0, 3].map((by) => divide(tx, { by }))), often)).rejects.toThrow('division by zero');
  expect(await db.work(here, (tx) => divide(tx, { by: 6 }), often)).toEqual([{ n: 2 }]);
});

test('of two columns with one name the last counts, and a name is no code', async () => {
  const odd = compiled<{ one: number }, Record<string, number>>((tx, { one }) => sql<Record<string, number>>`select ${one}::int as x, 2 as x, 3 as "]: 0 }) + alert(1) //", 4 as "__proto__"`.compile(tx));
  for (let i = 0; i < 7; i += 1) {
    const [first] = await db.work(here, (tx) => odd(tx, { one: 1 }), often);
    expect(Object.entries(first!)).toEqual(expect.arrayContaining([['x', 2], [']: 0 }) + alert(1) //', 3]]));
  }
});

test('what reads as it did before is the very same row, and nothing else is', async () => {
  let now = 0;
  const read = compiled<Values, Columns>((tx, values) => row(values).compile(tx), new Remembered(4, () => now));
  for (let i = 0; i < 6; i += 1) await asked(read, { a: 'x', b: 'y' });
  const known = await asked(read, { a: 'x', b: 'y' });
  expect(await asked(read, { a: 'x', b: 'y' })).toBe(known);
  expect(() => { known.a = 'changed'; }).toThrow();
  now += 3_600_000;
  expect(await asked(read, { a: 'x', b: 'y' }), 'nor is it for long').not.toBe(known);
  const others: Values[] = [{ a: 'z', b: 'y' }, { a: 'x', b: 'z' }, { a: 'xy', b: '' }, { a: '', b: '' }, { a: '', b: 'xy' }, { a: null, b: '' }, { a: '', b: null }, { a: null, b: null }, { a: 'y', b: 'x' }];
  for (const values of others) expect(await asked(read, values)).toMatchObject(values);
  // No more of them are kept than that.
  expect(await asked(read, { a: 'x', b: 'y' })).not.toBe(known);
});

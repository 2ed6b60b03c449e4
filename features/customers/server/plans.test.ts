import pg from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { generate, type Desk } from '../../../bench/generate.ts';
import { createDatabase, type Database, type Tx } from '../../../platform/db/db.ts';
import { readsOf } from '../../../testing/plans.ts';
import { copyOfTemplate } from '../../../testing/postgres.ts';
import { likenesses } from './likeness-store.ts';
import { recentCustomers } from './store.ts';

/* What a page of customers reads must not grow with how many there are. */
const TICKETS = 4_000;
const PAGE = 51;

let db: Database;
let desk: Desk;

beforeAll(async () => {
  const urls = await copyOfTemplate();
  const owner = new pg.Client(urls.ownerUrl);
  await owner.connect();
  desk = await generate(owner, { size: TICKETS, anchor: new Date('2026-03-02T09:00:00Z') });
  await owner.end();
  db = createDatabase(urls);
  return () => db.destroy();
}, 60_000);

const planOf = (act: (tx: Tx) => Promise<unknown>) => readsOf(db, desk.workspaceId, act, { isLarger: true });

test('customers by their last change, and those that are alike, are read page by page', async () => {
  const recent = await planOf((tx) => recentCustomers(tx, PAGE, null));
  expect([new Set(recent.indexes), recent.walked, recent.touched <= PAGE]).toEqual([new Set(['customers_recent']), [], true]);

  const [first] = await db.work(desk.workspaceId, (tx) => likenesses(tx, null, 1, null));
  const [all, ofOne] = [await planOf((tx) => likenesses(tx, null, 3, null)), await planOf((tx) => likenesses(tx, first!.aId, 3, null))];
  expect([all.walked, ofOne.walked]).toEqual([[], []]);
  expect(all.indexes).toContain('customer_likenesses_order');
  expect(ofOne.indexes).toEqual(expect.arrayContaining(['customer_likenesses_pkey', 'customer_likenesses_b']));
});

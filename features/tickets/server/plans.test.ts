import { sql } from 'kysely';
import pg from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { generate, type Desk } from '../../../bench/generate.ts';
import { createDatabase, type Database, type Tx } from '../../../platform/db/db.ts';
import { readsOf } from '../../../testing/plans.ts';
import { copyOfTemplate } from '../../../testing/postgres.ts';
import { ALWAYS } from '../../conditions/core/condition.ts';
import { readCondition } from '../../conditions/core/check.ts';
import { toPredicate } from '../../conditions/core/predicate.ts';
import type { Ageing } from '../core/automatic.ts';
import { TicketFilter } from '../core/contract.ts';
import { TICKET_FIELDS } from '../core/fields.ts';
import { CHANGED_LATELY, RESOLVED_LATELY } from '../core/lately.ts';
import { createAgeing } from './ageing.ts';
import { customerEntries } from './customer-store.ts';
import { entriesOf, eventsOf, findEntry } from './entries-store.ts';
import { followedBy, putFollower } from './follower-store.ts';
import { listIds, listIdsWhere, membersWhere, type Position, rowsOf, ticketRows } from './list-store.ts';
import { whereOf } from './matching.ts';
import { createMatching } from './matching.ts';
import { shelved, SHELVES, standings } from './numbers-store.ts';
import { pageAmong, pageOfShelf, questOf, ticketsBy } from './quest-store.ts';
import { findTicket, lockNextUnassigned, tagsInUse } from './store.ts';

/*
 * What a list reads must not grow with what there is. Held on generated tickets with statistics, as the application's role
 * with row-level security on: the index that is meant, no walk over a table, and no more rows touched than a few pages.
 */
const TICKETS = 4_000;
const PAGE = 51;

let db: Database;
let desk: Desk;
let viewer: { id: string; teamIds: string[] };
let places: { brand: string; office: string };

beforeAll(async () => {
  const urls = await copyOfTemplate();
  const owner = new pg.Client(urls.ownerUrl);
  await owner.connect();
  desk = await generate(owner, { size: TICKETS, anchor: new Date('2026-03-02T09:00:00Z') });
  const { rows } = await owner.query<{ id: string }>('select team_id as id from team_members where person_id = $1', [desk.viewer.id]);
  const place = async (kind: string): Promise<string> => (await owner.query<{ id: string }>('select id from calendar_places where kind = $1 order by name limit 1', [kind])).rows[0]!.id;
  places = { brand: await place('brand'), office: await place('office') };
  await owner.end();
  viewer = { id: desk.viewer.id, teamIds: rows.map(({ id }) => id) };
  db = createDatabase(urls);
  return () => db.destroy();
}, 60_000);

const planOf = (act: (tx: Tx) => Promise<unknown>) => readsOf(db, desk.workspaceId, act);
const list = (query: Record<string, string>) => (tx: Tx) => listIds(tx, TicketFilter.parse(query), viewer, { limit: PAGE, after: null });
const first = async (query: Record<string, string>): Promise<string> => (await db.work(desk.workspaceId, list(query)))[0]!.id;

test.each<[what: string, query: Record<string, string>, index: string]>([
  ['active', {}, 'tickets_queue'],
  ['unassigned', { assignee: 'none' }, 'tickets_unassigned'],
  ['what is not set aside', { status: 'awake' }, 'tickets_queue'],
  ['unassigned and not set aside', { status: 'awake', assignee: 'none' }, 'tickets_unassigned'],
  ['one status', { status: 'waiting_customer' }, 'tickets_status'],
  ['several statuses', { status: 'new,open' }, 'tickets_status'],
  ['done, last changed', { status: 'done', sort: 'updated' }, 'tickets_changed'],
  ['done by one agent, last changed', { status: 'done', assignee: 'me', sort: 'updated' }, 'tickets_done_of'],
  ['all, last changed', { status: 'all', sort: 'updated' }, 'tickets_changed'],
  ['deleted, last changed', { status: 'deleted', sort: 'updated' }, 'tickets_thrown_away'],
  ['spam, last changed', { status: 'spam', sort: 'updated' }, 'tickets_spam'],
  ['active, what breaks first', { sort: 'due' }, 'tickets_due'],
  ['all, newest', { status: 'all', sort: 'created' }, 'tickets_by_age'],
])('the list of %s is one walk along an index', async (_what, query, index) => {
  const read = await planOf(list(query));

  expect(new Set(read.indexes)).toEqual(new Set([index]));
  expect(read.walked).toEqual([]);
  expect(read.touched).toBeLessThanOrEqual(2 * PAGE);
  expect(read.sorted).toBeLessThanOrEqual(2 * PAGE);
});

test.each(['brand', 'office'] as const)('what belongs to a %s is one walk along its index, as a list and for a condition', async (kind) => {
  const read = await planOf((tx) => listIds(tx, TicketFilter.parse({ [kind]: places[kind] }), viewer, { limit: PAGE, after: null }));
  const asked = await planOf(matching({ field: kind, operator: 'is', value: places[kind] }));

  for (const { indexes, walked, touched } of [read, asked]) {
    expect([new Set(indexes), walked]).toEqual([new Set([`tickets_${kind}`]), []]);
    expect(touched).toBeLessThanOrEqual(2 * PAGE);
  }
});

test('what somebody follows is looked up by who they are', async () => {
  const followed = await db.work(desk.workspaceId, (tx) => followedBy(tx, viewer.id));
  const own = await readsOf(db, desk.workspaceId, (tx) => followedBy(tx, viewer.id), { isLarger: true });

  expect(followed.length).toBeGreaterThan(0);
  expect([new Set(own.indexes), own.sorted]).toEqual([new Set(['ticket_followers_latest']), 0]);
});

test('words like one that was mistyped are found by what they have in common', async () => {
  const statistics = () => sql<{ walks: number; scans: number }>`select seq_scan as walks, idx_scan as scans from pg_stat_xact_user_tables where relname = 'search_words'`;
  const read = await db.work(desk.workspaceId, async (tx) => {
    const { rows } = await sql<{ word: string }>`select word from search_words_like(${desk.workspaceId}, 'thermostad', 10)`.execute(tx);
    return { words: rows.map(({ word }) => word), ...(await statistics().execute(tx)).rows[0]! };
  });

  expect(read).toMatchObject({ words: ['thermostat'], walks: 0, scans: 1 });
});

test.each(['has_any', 'has_none', 'has_all'] as const)('whom tickets are followed by (%s) is looked up once, however many tickets are tested', async (operator) => {
  const where = whereOf({ version: 1, all: [{ field: 'followers', operator, value: [viewer.id] }] }, { now: desk.anchor });
  const active = (await db.work(desk.workspaceId, (tx) => membersWhere(tx, [whereOf(ALWAYS, { now: desk.anchor })], 5_000)))[0]!;
  await db.work(desk.workspaceId, (tx) => putFollower(tx, desk.workspaceId, active[0]!, viewer.id, desk.anchor));
  const { members, looks } = await db.work(desk.workspaceId, async (tx) => {
    const looked = async () => (await sql<{ looks: number }>`select seq_scan + idx_scan as looks from pg_stat_xact_user_tables where relname = 'ticket_followers'`.execute(tx)).rows[0]?.looks ?? 0;
    const before = await looked();
    const [found] = await membersWhere(tx, [where], 5_000);
    return { members: found!, looks: await looked() - before };
  });
  const followed = new Set(await db.work(desk.workspaceId, (tx) => followedBy(tx, viewer.id)));

  expect(looks).toBe(1);
  expect(members.length).toBeGreaterThan(0);
  expect(new Set(members)).toEqual(new Set(active.filter((id) => followed.has(id) === (operator !== 'has_none'))));
});

const HOUR_MS = 3_600_000;
test.each<[field: Ageing, index: string]>([
  ['createdAt', 'tickets_by_age'], ['updatedAt', 'tickets_changed'], ['lastMessageAt', 'tickets_last_message'], ['waitingSince', 'tickets_queue'], ['resolvedAt', 'tickets_resolved'], ['statusSince', 'tickets_status_since'],
])('tickets that come of age by %s are a stretch of an index, however many are older', async (field, index) => {
  const { comingOfAge, nextOfAge } = createAgeing();
  const before = new Date(desk.anchor.getTime() - 72 * HOUR_MS);
  const after = { at: new Date(before.getTime() - HOUR_MS), id: '00000000-0000-0000-0000-000000000000' };
  const found = await planOf((tx) => comingOfAge(tx, field, { after, before, condition: ALWAYS, moment: { now: desk.anchor }, limit: PAGE }));
  const next = await planOf((tx) => nextOfAge(tx, field, before));

  for (const read of [found, next]) {
    expect([new Set(read.indexes), read.walked]).toEqual([new Set([index]), []]);
    expect(read.touched).toBeLessThanOrEqual(2 * PAGE);
  }
});

test.each([['done', 'updated'], ['all', 'created'], ['active', 'queue']] as const)('what matches seldom among %s by %s is found in pages that each look at few', async (status, sort) => {
  const filter = TicketFilter.parse({ status, sort });
  const where = whereOf({ version: 1, all: [{ field: 'language', operator: 'is', value: 'pl' }] }, { now: desk.anchor });
  const page = (after: Position | null, span: { limit: number; most: number }) => (tx: Tx) => listIdsWhere(tx, filter, viewer, { ...span, after, where });
  const all = await db.work(desk.workspaceId, page(null, { limit: 100_000, most: 100_000 }));
  const found: string[] = [];
  let after: Position | null = null;
  do {
    const read: Awaited<ReturnType<typeof listIdsWhere>> = await db.work(desk.workspaceId, page(after, { limit: 5, most: 300 }));
    found.push(...read.rows.map(({ id }) => id));
    const last = read.rows.length === 5 ? read.rows.at(-1) ?? null : read.end;
    after = last && [last.order instanceof Date ? last.order.toISOString() : last.order, last.id];
  } while (after);
  expect(all.rows.length).toBeGreaterThan(20);
  expect(found).toEqual(all.rows.map(({ id }) => id));

  const read = await planOf(page(null, { limit: 5, most: 300 }));
  expect([read.walked, read.touched <= 4 * 300, read.sorted <= 4 * 300]).toEqual([[], true, true]);
});

test('a later page costs what the first one costs', async () => {
  const rows = await db.work(desk.workspaceId, (tx) => listIds(tx, TicketFilter.parse({ status: 'done', sort: 'updated' }), viewer, { limit: 500, after: null }));
  const last = rows.at(-1)!;
  const read = await planOf((tx) => listIds(tx, TicketFilter.parse({ status: 'done', sort: 'updated' }), viewer, {
    limit: PAGE, after: [(last.order as Date).toISOString(), last.id],
  }));

  expect(new Set(read.indexes)).toEqual(new Set(['tickets_changed']));
  expect(read.touched).toBeLessThanOrEqual(PAGE);
});

test('what was resolved lately is a stretch of an index, which ends where nothing was changed since', async () => {
  const moment = { now: desk.anchor };
  const lately = { where: whereOf(RESOLVED_LATELY, moment), within: whereOf(CHANGED_LATELY, moment) };
  const filter = TicketFilter.parse({ status: 'done', sort: 'updated' });
  const found = await db.work(desk.workspaceId, (tx) => listIdsWhere(tx, filter, viewer, { limit: TICKETS, after: null, ...lately }));
  const page = await planOf((tx) => listIdsWhere(tx, filter, viewer, { limit: 5, after: null, ...lately }));
  const end = await planOf((tx) => listIdsWhere(tx, filter, viewer, { limit: TICKETS, after: null, ...lately }));

  expect(found.end).toBeNull();
  expect(found.rows.length).toBeGreaterThan(10);
  expect(found.rows.length).toBeLessThan(TICKETS / 8);
  for (const { indexes, walked, touched, sorted } of [page, end]) {
    expect([new Set(indexes), walked]).toEqual([new Set(['tickets_changed']), []]);
    expect(touched).toBeLessThanOrEqual(4 * (found.rows.length + 1));
    expect(sorted).toBeLessThanOrEqual(found.rows.length + 1);
  }
});

test.each<[what: string, query: Record<string, string>]>([
  ['mine', { assignee: 'me' }], ['my teams', { team: 'mine' }], ['a tag', { tag: 'tag 7' }],
])('the list of %s reads a part of what is active, through indexes', async (_what, query) => {
  const read = await planOf(list(query));

  expect(read.walked).toEqual([]);
  expect(read.touched).toBeLessThanOrEqual(TICKETS / 8);
});

test('the rows of a page are looked up one by one', async () => {
  const ids = (await db.work(desk.workspaceId, list({}))).map(({ id }) => id);

  const read = await planOf((tx) => rowsOf(tx, { ids: sql`any(${ids}::uuid[])`, viewerId: viewer.id }).execute());

  expect(ids).toHaveLength(PAGE);
  expect(read.indexes).toEqual(expect.arrayContaining(['tickets_pkey']));
  expect(read.walked).toEqual([]);
  expect(read.touched).toBeLessThanOrEqual(3 * PAGE);
});

test('numbers are counted along indexes, and of what changed by its id', async () => {
  const read = await planOf((tx) => shelved(tx, viewer, SHELVES, 1_200));
  const ids = (await db.work(desk.workspaceId, list({}))).map(({ id }) => id);
  const changed = await planOf((tx) => standings(tx, { ids: ids.slice(0, 3) }));

  expect(changed.walked).toEqual([]);
  expect(changed.touched).toBeLessThanOrEqual(12);

  expect(read.walked).toEqual([]);
  expect(read.indexes).toEqual(expect.arrayContaining(['tickets_queue', 'tickets_unassigned', 'tickets_changed']));
});

test('a ticket, its entries and what happened to it are found by its id', async () => {
  const id = await first({});
  const span = { limit: PAGE, backwards: true, from: null };

  expect(await planOf((tx) => findTicket(tx, id))).toMatchObject({ indexes: ['tickets_pkey'], walked: [], touched: 1 });
  expect(await planOf((tx) => entriesOf(tx, id, span))).toMatchObject({ indexes: ['entries_ticket'], walked: [], touched: 5 });
  expect(await planOf((tx) => eventsOf(tx, id, ['ticket.changed'], span))).toMatchObject({ walked: [], touched: 2 });
});

test('an entry is found by its id, and all of a customer by their tickets', async () => {
  const [ticket] = await db.work(desk.workspaceId, async (tx) => ticketRows(tx, { ids: [await first({})], viewerId: viewer.id }));
  const [entry] = await db.work(desk.workspaceId, (tx) => entriesOf(tx, ticket!.id, { limit: 1, backwards: false, from: null }));

  expect(await planOf((tx) => findEntry(tx, entry!.id))).toMatchObject({ indexes: ['entries_pkey'], walked: [], touched: 1 });
  const timeline = await planOf((tx) => customerEntries(tx, ticket!.customerId, PAGE, null));
  expect(timeline.walked).toEqual([]);
  expect(timeline.indexes).toEqual(expect.arrayContaining(['tickets_customer', 'entries_ticket']));
});

test('the next ticket is the first that nobody has', async () => {
  const read = await planOf((tx) => lockNextUnassigned(tx, null));

  expect(read.indexes).toEqual(['tickets_unassigned']);
  expect(read.touched).toBeLessThanOrEqual(PAGE);
});

test('tags are read from name to name along the index', async () => {
  const names = await db.work(desk.workspaceId, (tx) => tagsInUse(tx, 'TAG 1', 100));
  const read = await planOf((tx) => tagsInUse(tx, '', 20));

  expect(names.map(({ name }) => name)).toEqual(expect.arrayContaining(['tag 1', 'tag 19']));
  expect(names.every(({ name, count }) => name.startsWith('tag 1') && count > 0)).toBe(true);
  expect(new Set(read.indexes)).toEqual(new Set(['ticket_tags_pkey']));
  expect(read.walked).toEqual([]);
});

test.each(['thermostat', 'kettle', 'parcel', 'zzyzx'])('a search for %s reads the index of the words and no table', async (word) => {
  const statistics = () => sql<{ walks: number; scans: number; rows: number }>`select seq_scan as walks, idx_scan as scans, idx_tup_fetch as rows
    from pg_stat_xact_user_tables where relname = 'search_documents'`;
  const read = await db.work(desk.workspaceId, async (tx) => {
    await sql`select * from search_hits(${desk.workspaceId}, 'ticket', ${`'${word}'`}::tsquery, false, null, null, null, null, ${PAGE}::integer)`.execute(tx);
    return (await statistics().execute(tx)).rows[0]!;
  });

  expect(read.walks).toBe(0);
  expect(read.scans).toBeGreaterThan(0);
  expect(read.rows).toBeLessThanOrEqual(TICKETS);
});

test('what went between somebody and us is read by who they are, and where they are many, of a bounded stretch', async () => {
  const [ticket] = await db.work(desk.workspaceId, async (tx) => ticketRows(tx, { ids: [await first({})], viewerId: viewer.id }));
  const known = { customerIds: [ticket!.customerId], addresses: [ticket!.customerEmail!] };
  const byThem = { by: 'customers', ...known } as const;
  await sql`insert into participants (workspace_id, ticket_id, address_key, address, added_at)
    select workspace_id, id, number || '@copy.example', '', created_at from tickets`.execute(db.owner);
  await sql`analyze participants`.execute(db.owner);
  const ids = (await db.work(desk.workspaceId, (tx) => ticketsBy(tx, byThem, 2_000)))!;
  const quest = questOf('');
  const between = { ...quest, where: whereOf(ALWAYS, MOMENT), from: [{ ...known, isNot: false }], to: [{ ...known, addresses: ['support@desk.example'], names: known.addresses, mailboxIds: [], isNot: false }] };
  const span = { limit: PAGE, after: null, since: null, until: null };
  const handle = await readsOf(db, desk.workspaceId, (tx) => ticketsBy(tx, byThem, 2_000), { isLarger: true });
  const among = await planOf((tx) => pageAmong(tx, ids, between, span));
  const walk = await planOf((tx) => pageOfShelf(tx, between, { ...span, most: 500 }));

  expect((await db.work(desk.workspaceId, (tx) => pageAmong(tx, ids, between, span))).length).toBeGreaterThan(0);
  expect(handle.indexes).toEqual(expect.arrayContaining(['participants_address']));
  expect([handle.walked, handle.touched]).toEqual([[], ids.length]);
  expect([among.walked, among.touched <= 20 * ids.length]).toEqual([[], true]);
  expect([walk.walked, walk.touched <= 8 * 500]).toEqual([[], true]);
});

const MOMENT = { now: new Date('2026-03-02T09:00:00Z') };
const conditionOf = (...all: unknown[]) => readCondition({ all }, TICKET_FIELDS);
const matching = (...all: unknown[]) => (tx: Tx) => createMatching({ fields: null as never }).matching(tx, conditionOf(...all), MOMENT, { shelf: 'active', limit: PAGE });

test.each<[what: string, test: unknown, index: string]>([
  ['nothing', { field: 'createdAt', operator: 'present' }, 'tickets_queue'],
  ['one status', { field: 'status', operator: 'is', value: 'waiting_customer' }, 'tickets_status'],
  ['nobody', { field: 'assignee', operator: 'empty' }, 'tickets_unassigned'],
])('a condition that asks for %s walks an index of the shelf', async (_what, asked, index) => {
  const read = await planOf(matching(asked));

  expect(new Set(read.indexes)).toEqual(new Set([index]));
  expect(read.walked).toEqual([]);
  expect(read.touched).toBeLessThanOrEqual(2 * PAGE);
});

test('the tickets of a shelf that a condition picks are those that its predicate picks, page after page', async () => {
  const condition = conditionOf(
    { field: 'priority', operator: 'at_most', value: 'high' }, { field: 'waitingSince', operator: 'older_than', value: { amount: 2, unit: 'hours' } },
    { any: [{ field: 'tags', operator: 'has_any', value: ['Tag 1', 'tag 2'] }, { field: 'subject', operator: 'contains', value: 'KETTLE' }, { field: 'assignee', operator: 'is', value: viewer.id }] });
  const pages = (asked: typeof condition) => db.work(desk.workspaceId, async (tx) => {
    const found = [];
    let cursor: string | undefined;
    do {
      const page = await createMatching({ fields: null as never }).matching(tx, asked, MOMENT, { shelf: 'active', limit: 100, cursor });
      found.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return found;
  });
  const holds = toPredicate(condition, TICKET_FIELDS, MOMENT);
  const [picked, all] = [await pages(condition), await pages(conditionOf())];

  expect(picked.map(({ id }) => id)).toEqual(all.filter((ticket) => holds(ticket)).map(({ id }) => id));
  expect(picked.length).toBeGreaterThan(0);
  expect(picked.length).toBeLessThan(all.length);
});

import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { copyOfTemplate } from '../../testing/postgres.ts';
import { createDatabase, type Tx } from '../db/db.ts';
import { newId } from '../db/ids.ts';
import { createSearch, type SearchDocument } from './search.ts';
import { readBeforehand } from './stems.ts';

const NOW = new Date('2026-03-02T09:00:00Z');
const HOUR = 3_600_000;

async function desk() {
  const db = createDatabase(await copyOfTemplate());
  onTestFinished(() => db.destroy());
  const search = createSearch();
  const workspaces = [newId(), newId()] as const;
  for (const id of workspaces) {
    await sql`insert into workspaces (id, name, created_at) values (${id}, 'Shop', ${NOW})`.execute(db.owner);
  }
  const [workspaceId, other] = workspaces;
  const inside = <T>(act: (tx: Tx) => Promise<T>) => db.work(workspaceId, act);
  return {
    db, search, workspaceId, other, inside,
    async says(text: string, { ticket = newId(), hoursAgo = 1, ...more }: Partial<SearchDocument> & { ticket?: string; hoursAgo?: number } = {}) {
      const at = new Date(NOW.getTime() - hoursAgo * HOUR);
      const document = { workspaceId, kind: 'entry', id: newId(), subjectId: ticket, at, language: null, texts: [{ text }], ...more } as const;
      await db.work(document.workspaceId, (tx) => search.index(tx, document));
      return ticket;
    },
    find: (input: string, page: { kind?: 'ticket' | 'customer'; limit?: number; cursor?: string | null } = {}) =>
      inside((tx) => search.find(tx, workspaceId, input, { kind: 'ticket', limit: 50, ...page })),
  };
}

test('a text read beforehand is found like any other, and read anew where the language is another', async () => {
  const { says, find } = await desk();
  const text = 'The kettles for order AB-1042 arrived';
  const texts = [{ text: 'kettles', weight: 'A' as const }, { text: "it's", weight: 'B' as const }, { text, read: readBeforehand(text, 'en') }];
  const english = await says(text, { language: 'en', texts });
  const polish = await says(text, { language: 'pl', texts: [{ text: 'zamówienia', read: readBeforehand('zamówienia', 'en') }] });

  for (const words of ['kettle', 'arrive', 'ab-1042', '1042', "it's"]) expect((await find(words)).ids, words).toEqual([english]);
  expect((await find('zamówieniem')).ids).toEqual([polish]);
});

test('a word is found in the forms of its language', async () => {
  const { says, find } = await desk();
  const english = await says('The kettles are broken', { language: 'en' });
  const bulgarian = await says('Чайникът пристигна счупен', { language: 'bg' });
  const polish = await says('Proszę o zwrot zamówienia', { language: 'pl' });
  const russian = await says('Посылку так и не привезли', { language: 'ru' });
  const arabic = await says('وصلت الشحنة متأخرة', { language: 'ar' });

  expect((await find('kettle')).ids).toEqual([english]);
  expect((await find('счупени чайници')).ids).toEqual([bulgarian]);
  expect((await find('zamowienie')).ids).toEqual([polish]);
  expect((await find('посылка')).ids).toEqual([russian]);
  expect((await find('شحنة')).ids).toEqual([arabic]);
  expect((await find('kettle посылка')).ids).toEqual([]);
});

test('codes, addresses and numbers are found however they are written', async () => {
  const { says, find } = await desk();
  const ticket = await says('Order AB-1234/56, call +359 88 812 3456 or write to Ivan.Petrov@shop.bg');

  for (const input of ['ab-1234/56', 'AB123456', 'AB 1234 56', '0888 123 456', '+359888123456', 'ivan.petrov@shop.bg', 'petrov', 'shop.bg', 'AB-١٢٣٤/٥٦']) {
    expect((await find(input)).ids, input).toEqual([ticket]);
  }
  expect((await find('ivan@shop.bg')).ids).toEqual([]);
  expect(await find('#1042')).toMatchObject({ number: 1042 });
});

test('names meet across scripts, and customers also when misspelt', async () => {
  const { says, find } = await desk();
  const kind = { kind: 'customer' } as const;
  const maria = await says('', { ...kind, texts: [{ text: 'Мария Петрова', names: true }] });
  const muhammad = await says('', { ...kind, texts: [{ text: 'محمد علي', names: true }] });

  for (const input of ['Maria', 'Mariya', 'ماريا', 'Petrova Maria']) expect((await find(input, kind)).ids, input).toEqual([maria]);
  for (const input of ['Mohammed', 'Мохамед']) expect((await find(input, kind)).ids, input).toEqual([muhammad]);
  expect((await find('Marja Petorva', kind)).ids).toEqual([maria]);
  expect((await find('Maria')).ids).toEqual([]);
});

test('the last word may be a beginning', async () => {
  const { says, find } = await desk();
  const ticket = await says('The thermostat of the kettle');
  expect((await find('kettle therm')).ids).toEqual([ticket]);
  expect((await find('therm kettle')).ids).toEqual([]);
});

test('pages follow each other newest first, and name a ticket once', async () => {
  const { says, find } = await desk();
  const tickets: string[] = [];
  for (let i = 0; i < 7; i++) tickets.push(await says('a late parcel', { hoursAgo: 1 + i * 400 }));
  for (const ticket of tickets) await says('parcel again', { ticket, hoursAgo: 5_000 });

  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof find>> = await find('parcel', { limit: 3, cursor });
    seen.push(...page.ids);
    cursor = page.nextCursor;
  } while (cursor !== null);

  expect(seen).toEqual(tickets);
});

test('neither deleted tickets nor other workspaces show', async () => {
  const { says, find, search, inside, workspaceId, other, db } = await desk();
  const ticket = await says('a late parcel');
  await says('a late parcel', { workspaceId: other });
  expect((await find('parcel')).ids).toEqual([ticket]);

  await inside((tx) => search.hide(tx, workspaceId, ticket, true));
  expect((await find('parcel')).ids).toEqual([]);
  await inside((tx) => search.hide(tx, workspaceId, ticket, false));
  expect((await find('parcel')).ids).toEqual([ticket]);

  await expect(db.work(other, (tx) => search.find(tx, workspaceId, 'parcel', { kind: 'ticket', limit: 10 }))).rejects.toThrow('belongs to the workspace');
});

test('a document is stamped as the database would stamp it', async () => {
  const { db, says } = await desk();
  for (const at of ['1969-12-31T22:29:59.999Z', '2026-03-02T09:00:00Z', '2026-12-31T23:59:59.999Z']) {
    for (const kind of ['entry', 'ticket', 'customer'] as const) await says('kettle', { kind, at: new Date(at) });
  }
  const { rows } = await sql<{ other: number; all: number }>`
    select count(*) as all, count(*) filter (where vector <> vector || search_stamp(workspace_id, kind, at)) as other from search_documents`.execute(db.owner);
  expect(rows).toEqual([{ all: 9, other: 0 }]);
});

test('a page costs the same few rows whether the word is rare, common or everywhere', async () => {
  const { db, find, workspaceId } = await desk();
  // 20,000 messages over two years: «hello» in every one, «kettle» in every tenth, «thermostat» in three of the oldest.
  await sql`
    insert into search_documents (workspace_id, kind, id, subject_id, at, vector)
    select ${workspaceId}, 'entry', gen_random_uuid(), gen_random_uuid(), at, search_stamp(${workspaceId}, 'entry', at) || (
      '''hello'' ' || case when i % 10 = 0 then '''kettl'' ' else '' end || case when i in (3, 7, 11) then '''thermostat''' else '' end)::tsvector
    from generate_series(1, 20000) i, lateral (select timestamptz '2024-03-02' + i * interval '52 minutes' as at) t`.execute(db.owner);
  await sql`analyze search_documents`.execute(db.owner);

  for (const [word, found, bound] of [['thermostat', 3, 100], ['kettle', 50, 1_500], ['hello', 50, 1_500]] as const) {
    const before = await reads(db);
    expect((await find(`${word} `)).ids, word).toHaveLength(found);
    const after = await reads(db);
    expect(after.scanned - before.scanned, `${word}: whole-table reads`).toBe(0);
    expect(after.fetched - before.fetched, `${word}: rows read`).toBeLessThan(bound);
  }
});

/** What the table's statistics count, once the connection's own have been written out. */
async function reads(db: Awaited<ReturnType<typeof desk>>['db']): Promise<{ scanned: number; fetched: number }> {
  await sql`select pg_stat_force_next_flush()`.execute(db.owner);
  const { rows } = await sql<{ scanned: number; fetched: number }>`
    select seq_tup_read as scanned, idx_tup_fetch as fetched from pg_stat_user_tables where relname = 'search_documents'`.execute(db.owner);
  return rows[0]!;
}

test('what is no cursor and what is no page is refused with a reason', async () => {
  const { find } = await desk();
  await expect(find('parcel', { cursor: 'nonsense' })).rejects.toMatchObject({ code: 'search.cursor' });
  await expect(find('parcel', { limit: 0 })).rejects.toMatchObject({ code: 'search.limit' });
});

import { InfiniteQueryObserver, QueryClient } from '@tanstack/react-query';
import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import { longQuery, lookAt, lookAtAll, rowsOf } from './long-list.ts';

const PageOfRows = z.object({ items: z.array(z.object({ id: z.string(), word: z.string(), rank: z.number() })), nextCursor: z.string().nullable() });
const KEY = ['rows'];
const words = (from: number, to: number, word = 'old') => Array.from({ length: to - from }, (_, at) => ({ id: String(from + at), word, rank: from + at }));

/** A list on a server, which begins a page behind the rank that its cursor names: a place stays when its row goes. */
async function open(pages: number) {
  const server = { rows: words(0, pages * 50) };
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (url: string) => {
    const { searchParams } = new URL(url, 'http://desk.test');
    const [cursor, limit] = [searchParams.get('cursor'), Number(searchParams.get('limit'))];
    asked.push(cursor ?? 'first');
    const behind = server.rows.filter(({ rank }) => cursor === null || rank > Number(cursor));
    const items = behind.slice(0, limit);
    return Response.json({ items, nextCursor: behind.length <= limit ? null : String(items.at(-1)!.rank) });
  });
  const client = new QueryClient();
  const options = longQuery(KEY, '/rows', PageOfRows);
  const list = new InfiniteQueryObserver(client, options);
  list.subscribe(() => undefined);
  await list.refetch();
  while (list.getCurrentResult().hasNextPage) await list.fetchNextPage();
  asked.length = 0;
  const rows = () => rowsOf(client, KEY, list.getCurrentResult().data!);
  const changed = async (now: typeof server.rows) => {
    server.rows = now;
    await client.invalidateQueries({ queryKey: KEY });
  };
  const look = (...ids: string[]) => lookAt(client, KEY, new Set(ids));
  return { asked, rows, changed, look, list, client };
}

test('of a long list the beginning and what is in sight are asked for anew, and nothing else', async () => {
  const { asked, rows, changed, look } = await open(8);
  expect(look('270', '301')).toBe(false);
  await changed(words(0, 400, 'new'));
  expect(asked).toEqual(['first', '249', '299']);
  expect(rows()).toHaveLength(400);
  expect([rows()[0], rows()[60], rows()[260]].map((row) => row?.word)).toEqual(['new', 'old', 'new']);
});

test('the rest is asked for when it is scrolled to, once', async () => {
  const { rows, changed, look, list } = await open(8);
  look('399');
  await changed(words(0, 400, 'new'));
  expect(look('60')).toBe(true);
  await list.refetch();
  expect(rows()[60]?.word).toBe('new');
  expect(look('60')).toBe(false);
});

test('what came in between, went, or moved to the top stands once in its place', async () => {
  const { rows, changed, look } = await open(6);
  look('120');
  const came = { id: '10001', word: 'came', rank: 119.5 };
  // 130 went, something came behind 119, and 280 is the latest now.
  const now = [{ id: '280', word: 'moved', rank: -1 }, ...words(0, 120), came, ...words(120, 130), ...words(131, 280), ...words(281, 300)];
  await changed(now);
  expect(rows().map(({ id }) => id)).toEqual(now.map(({ id }) => id));
  expect(rows()[0]?.word).toBe('moved');
});

test('whoever wants all of it gets it as it is now', async () => {
  const { rows, changed, look, list, client } = await open(4);
  look('199');
  await changed([...words(0, 60), ...words(90, 200)]);
  expect(rows().some(({ id }) => id === '80')).toBe(true);
  lookAtAll(client, KEY);
  await list.refetch();
  expect(rows().some(({ id }) => id === '80')).toBe(false);
});

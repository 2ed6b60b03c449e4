import { type InfiniteData, infiniteQueryOptions, type QueryClient, type QueryKey } from '@tanstack/react-query';
import type { ZodType } from 'zod';
import { type Asked, getPage } from './paged.ts';

type Place = string | null;
type Page = { readonly items: readonly { readonly id: string }[]; readonly nextCursor: Place };
type Pages<P extends Page = Page> = InfiniteData<P, unknown>;

/** Which pages of a list are in sight, and which were asked for in the latest round; a round begins with the first page. */
type Sight = { places: ReadonlySet<unknown>; round: number; readonly asked: Map<unknown, number> };
const sights = new WeakMap<object, Sight>();

const LIMIT = 50;
/** What was put in between since has room, too. */
const MORE = 100;
const MOST_TRIES = 3;

/**
 * A list of the API, page after page, however long. When something of it is another, its first page is asked for, which tells
 * what came, and what is in sight; the rest once it is scrolled to.
 */
export const longQuery = <P extends Page>(queryKey: QueryKey, path: string, reply: ZodType<P>, asked: Asked = {}) =>
  infiniteQueryOptions({
    queryKey,
    queryFn: async ({ pageParam, signal, client }) => {
      const sight = sightOf(client, queryKey);
      const { pages = [], pageParams = [] } = client.getQueryData<Pages<P>>(queryKey) ?? {};
      const at = pageParams.indexOf(pageParam);
      const [before, after] = at === -1 ? [] : [pages[at], pages[at + 1]];
      if (pageParam === null) sight.round += 1;
      else if (before && !sight.places.has(pageParam)) return before;
      sight.asked.set(pageParam, sight.round);
      const get = (cursor: Place, limit: number) => getPage(path, reply, { ...asked, limit, cursor: cursor ?? undefined }, signal);
      return before && after ? { ...before, items: await upTo(after, before, pageParam, get) } : get(pageParam, LIMIT);
    },
    initialPageParam: null as Place,
    getNextPageParam: (page: P) => page.nextCursor,
  });

/** What stands between the beginnings of two pages now; a row that has moved from one to the other may stand on both. */
async function upTo<P extends Page>(after: P, before: P, place: Place, get: (cursor: Place, limit: number) => Promise<P>): Promise<P['items'][number][]> {
  const [own, others] = [idsOf(before), idsOf(after)];
  const items: P['items'][number][] = [];
  let cursor = place;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const page = await get(cursor, MORE);
    items.push(...page.items);
    const last = items.findLastIndex(({ id }) => own.has(id));
    const end = items.findIndex(({ id }, index) => index > last && others.has(id));
    if (end !== -1) return items.slice(0, end);
    if (page.nextCursor === null) return items;
    cursor = page.nextCursor;
  }
  return items;
}

const idsOf = ({ items }: Page): ReadonlySet<string> => new Set(items.map(({ id }) => id));

function sightOf(client: QueryClient, queryKey: QueryKey): Sight {
  const query = client.getQueryCache().find({ queryKey, exact: true });
  const known = query && sights.get(query);
  if (known) return known;
  const sight: Sight = { places: new Set(), round: 0, asked: new Map() };
  if (query) sights.set(query, sight);
  return sight;
}

/** Says which rows are in sight; whether some of them were not asked for when the list was the last time. */
export function lookAt(client: QueryClient, queryKey: QueryKey, ids: ReadonlySet<string>): boolean {
  const sight = sightOf(client, queryKey);
  const { pages = [], pageParams = [] } = client.getQueryData<Pages>(queryKey) ?? {};
  sight.places = new Set(pageParams.filter((_place, at) => pages[at]?.items.some(({ id }) => ids.has(id))));
  return pageParams.some((place) => sight.places.has(place) && (sight.asked.get(place) ?? 0) < sight.round);
}

/** The next round asks for all of the list. */
export function lookAtAll(client: QueryClient, queryKey: QueryKey): void {
  sightOf(client, queryKey).places = new Set(client.getQueryData<Pages>(queryKey)?.pageParams);
}

/** All rows, each once: as the page says that was asked last. */
export function rowsOf<P extends Page>(client: QueryClient, queryKey: QueryKey, { pages, pageParams }: Pages<P>): P['items'][number][] {
  const { asked } = sightOf(client, queryKey);
  const best = new Map<string, number>();
  const roundOf = (at: number) => asked.get(pageParams[at]) ?? 0;
  for (const [at, { items }] of pages.entries()) {
    for (const { id } of items) {
      const other = best.get(id);
      if (other === undefined || roundOf(at) > roundOf(other)) best.set(id, at);
    }
  }
  return pages.flatMap(({ items }, at) => items.filter(({ id }) => best.get(id) === at));
}

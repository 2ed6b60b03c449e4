import { infiniteQueryOptions } from '@tanstack/react-query';
import type { ZodType } from 'zod';
import { api } from './api.ts';

/** Rows of one list are drawn within it. */
const TOGETHER_MS = 10;

export type Asked = { readonly limit?: number } & Readonly<Record<string, string | number | undefined>>;

/** A list of the API, page after page. What is asked for and empty is left out of the query. */
export const pagedQuery = <P extends { nextCursor: string | null }>(queryKey: readonly unknown[], path: string, reply: ZodType<P>, asked: Asked = {}, /** `api.beside`, for what stands beside something else. */ ask = api.get) =>
  infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam, signal }) => getPage(path, reply, { limit: 50, ...asked, cursor: pageParam ?? undefined }, signal, ask),
    initialPageParam: null as string | null,
    getNextPageParam: (page: P) => page.nextCursor,
  });

export const getPage = <P>(path: string, reply: ZodType<P>, asked: Asked, signal: AbortSignal, ask = api.get): Promise<P> => ask(`${path}?${queryOf(asked)}`, reply, { signal });

const queryOf = (asked: Asked): string =>
  new URLSearchParams(Object.entries(asked).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, String(value)]]))).toString();

/** The API takes a hundred ids in one go. */
export const inParts = (ids: readonly string[]): (readonly string[])[] =>
  Array.from({ length: Math.ceil(ids.length / 100) }, (_, part) => ids.slice(part * 100, (part + 1) * 100));

/** What is asked for in the same moment, one id at a time, is fetched together: all of a list in one request. */
export function batched<T>(fetchMany: (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>): (id: string) => Promise<T | undefined> {
  let waiting: { readonly ids: Set<string>; readonly answer: Promise<ReadonlyMap<string, T>> } | null = null;
  const begin = () => {
    const ids = new Set<string>();
    const answer = new Promise<void>((resolve) => { setTimeout(resolve, TOGETHER_MS); }).then(async () => {
      waiting = null;
      const parts = await Promise.all(inParts([...ids]).map(fetchMany));
      return new Map(parts.flatMap((part) => [...part]));
    });
    return { ids, answer };
  };
  return async (id) => {
    waiting ??= begin();
    waiting.ids.add(id);
    return (await waiting.answer).get(id);
  };
}

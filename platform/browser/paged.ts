import { infiniteQueryOptions } from '@tanstack/react-query';
import type { ZodType } from 'zod';
import { api } from './api.ts';

type Asked = { readonly limit?: number } & Readonly<Record<string, string | number | undefined>>;

/** A list of the API, page after page. What is asked for and empty is left out of the query. */
export const pagedQuery = <P extends { nextCursor: string | null }>(queryKey: readonly unknown[], path: string, reply: ZodType<P>, asked: Asked = {}) =>
  infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam, signal }) => api.get(`${path}?${queryOf({ limit: 50, ...asked, cursor: pageParam ?? undefined })}`, reply, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: P) => page.nextCursor,
  });

const queryOf = (asked: Asked): string =>
  new URLSearchParams(Object.entries(asked).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, String(value)]]))).toString();

/** The API takes a hundred ids in one go. */
export const inParts = (ids: readonly string[]): (readonly string[])[] =>
  Array.from({ length: Math.ceil(ids.length / 100) }, (_, part) => ids.slice(part * 100, (part + 1) * 100));

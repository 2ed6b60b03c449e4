import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { Button } from '../../../ui/components/Button.tsx';
import { ErrorState } from '../../../ui/components/ErrorState.tsx';
import { SkeletonRows } from '../../../ui/components/Skeleton.tsx';
import { useEmailText } from './text.ts';

type PagedRowsProps<T> = { query: UseInfiniteQueryResult<InfiniteData<{ items: T[] }>>; empty: ReactNode; children: (rows: readonly T[]) => ReactNode };

/** A list on a page of settings: its rows, what stands there while there are none, and the way to more. */
export function PagedRows<T>({ query, empty, children }: PagedRowsProps<T>) {
  const t = useEmailText();
  const errorText = useErrorText();
  const rows = query.data?.pages.flatMap(({ items }) => items);
  if (query.isError) return <ErrorState onRetry={() => void query.refetch()} isRetrying={query.isFetching}>{errorText(query.error)}</ErrorState>;
  if (!rows) return <SkeletonRows count={3} />;
  return (
    <>
      {rows.length === 0 ? empty : children(rows)}
      {query.hasNextPage && <Button onPress={() => void query.fetchNextPage()} isPending={query.isFetchingNextPage} className="self-start">{t('email.more')}</Button>}
    </>
  );
}

import type { ReactNode } from 'react';
import { useUiText } from '../text.ts';
import { Button } from './Button.tsx';
import { ErrorState } from './ErrorState.tsx';
import { SkeletonRows } from './Skeleton.tsx';

type Paged<T> = {
  data: { readonly pages: readonly { readonly items: readonly T[] }[] } | undefined;
  error: unknown; isError: boolean; isFetching: boolean; refetch: () => unknown; hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown;
};
type PagedRowsProps<T> = { query: Paged<T>; errorText: (error: unknown) => string; empty: ReactNode; /** Each row begins with a face. */ faces?: boolean; children: (rows: readonly T[]) => ReactNode };

/** A list on a page of settings: its rows, what stands there while there are none, and the way to more. */
export function PagedRows<T>({ query, errorText, empty, faces = false, children }: PagedRowsProps<T>) {
  const t = useUiText();
  const rows = query.data?.pages.flatMap(({ items }) => items);
  if (query.isError) return <ErrorState onRetry={() => void query.refetch()} isRetrying={query.isFetching}>{errorText(query.error)}</ErrorState>;
  if (!rows) return <SkeletonRows count={3} faces={faces} />;
  return (
    <div className="flex flex-col gap-4">
      {rows.length === 0 ? empty : children(rows)}
      {query.hasNextPage && <Button onPress={() => void query.fetchNextPage()} isPending={query.isFetchingNextPage} className="self-start">{t('ui.more')}</Button>}
    </div>
  );
}

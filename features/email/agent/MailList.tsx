import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { useFormat } from '../../../platform/browser/format.ts';
import { useNow } from '../../../platform/browser/use-now.ts';
import { classes } from '../../../ui/classes.ts';
import { ErrorState } from '../../../ui/components/ErrorState.tsx';
import { RelativeTime } from '../../../ui/components/RelativeTime.tsx';
import { SkeletonRows } from '../../../ui/components/Skeleton.tsx';
import { VirtualList } from '../../../ui/components/VirtualList.tsx';
import { useEmailText } from './text.ts';

/** `mark` says whether the row is selected, `who` wrote it or gets it; `state` is a badge. */
type MailRow = { readonly mark?: ReactNode; readonly who: ReactNode; readonly subject: string; readonly at: string; readonly state: ReactNode };

export type MailQuery<T> = UseInfiniteQueryResult<InfiniteData<{ items: T[] }>>;

/** There is nothing in it to choose. */
export const isBare = ({ data }: MailQuery<unknown>): boolean => data === undefined || data.pages.every(({ items }) => items.length === 0);

type MailListProps<T> = {
  label: string;
  query: MailQuery<T>;
  empty: ReactNode;
  openId: string | null;
  onOpen: (id: string) => void;
  /** Several at once; without `onToggle` there is no such thing. */
  selectedIds?: ReadonlySet<string>;
  onToggle?: (id: string) => void;
  isSelecting?: boolean;
  row: (item: T, state: { isSelected: boolean }) => MailRow;
};

/** Mails one below the other, as many as there are: who, when, about what, and what became of it. */
export function MailList<T extends { readonly id: string }>({ label, query, empty, openId, onOpen, selectedIds, onToggle, isSelecting = false, row }: MailListProps<T>) {
  const errorText = useErrorText();
  const now = useNow(30_000);
  const [activeId, setActiveId] = useState(openId);
  const items = query.data?.pages.flatMap((page) => page.items);

  if (query.error && !items) return <ErrorState onRetry={() => void query.refetch()} isRetrying={query.isFetching}>{errorText(query.error)}</ErrorState>;
  if (!items) return <SkeletonRows />;
  if (items.length === 0) return empty;
  return (
    <VirtualList
      label={label}
      items={items}
      idOf={({ id }) => id}
      rowHeight={60}
      activeId={activeId}
      onActive={setActiveId}
      onOpen={onOpen}
      {...(selectedIds && { selectedIds })}
      {...(onToggle && { onToggle })}
      isSelecting={isSelecting}
      onEndReached={() => { if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage(); }}
      render={(item, { isSelected }) => <Row mail={row(item, { isSelected })} now={now} isMarked={isSelected || item.id === openId} />}
    />
  );
}

function Row({ mail: { mark, who, subject, at, state }, now, isMarked }: { mail: MailRow; now: Date; isMarked: boolean }) {
  const t = useEmailText();
  const format = useFormat();
  return (
    <div className={classes('relative flex h-15 flex-col justify-center gap-0.5 border-b border-hairline pe-4', mark ? 'ps-12' : 'ps-4', isMarked ? 'bg-accent-tint' : 'hover:bg-hover')}>
      {mark && <span className="absolute inset-y-0 start-5 flex items-center">{mark}</span>}
      <div className="flex items-center gap-2">
        <span className="min-w-0 flex-1 truncate">{who}</span>
        <span className="text-12 text-ink-faint"><RelativeTime at={at} inFull={format.inFull(at)}>{format.brief(at, now)}</RelativeTime></span>
      </div>
      <div className="flex items-center gap-2 text-13">
        <span dir="auto" className="min-w-0 flex-1 truncate text-start text-ink-soft">{subject || t('outbox.no_subject')}</span>
        {state}
      </div>
    </div>
  );
}

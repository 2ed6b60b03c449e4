import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { Check, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { useNow } from '../../../../platform/browser/use-now.ts';
import { classes } from '../../../../ui/classes.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { RelativeTime } from '../../../../ui/components/RelativeTime.tsx';
import { SkeletonRows } from '../../../../ui/components/Skeleton.tsx';
import { VirtualList } from '../../../../ui/components/VirtualList.tsx';
import type { QuarantineItem } from '../../core/quarantine-contract.ts';
import { useEmailText } from '../text.ts';
import { REASON_TONES } from './words.ts';

type HeldListProps = {
  query: UseInfiniteQueryResult<InfiniteData<{ items: QuarantineItem[] }>>;
  isFiltered: boolean;
  state: 'held' | 'discarded';
  messageId: string | null;
  selected: ReadonlySet<string>;
  onToggle: (id: string) => void;
  onOpen: (id: string) => void;
};

export function HeldList({ query, isFiltered, state, messageId, selected, onToggle, onOpen }: HeldListProps) {
  const t = useEmailText();
  const errorText = useErrorText();
  const now = useNow(30_000);
  const [activeId, setActiveId] = useState(messageId);
  const items = query.data?.pages.flatMap((page) => page.items);

  if (query.error && !items) return <ErrorState onRetry={() => void query.refetch()} isRetrying={query.isFetching}>{errorText(query.error)}</ErrorState>;
  if (!items) return <SkeletonRows />;
  if (items.length === 0) return <EmptyState icon={ShieldCheck}>{t(isFiltered ? 'quarantine.none' : state === 'held' ? 'quarantine.empty' : 'quarantine.empty_discarded')}</EmptyState>;
  return (
    <VirtualList
      label={t('quarantine.title')}
      items={items}
      idOf={({ id }) => id}
      rowHeight={60}
      activeId={activeId}
      onActive={setActiveId}
      onOpen={onOpen}
      selectedIds={selected}
      onToggle={onToggle}
      onEndReached={() => { if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage(); }}
      render={(item, { isSelected }) => <Row item={item} now={now} isChosen={item.id === messageId} isSelected={isSelected} />}
    />
  );
}

const Row = ({ item, now, isChosen, isSelected }: { item: QuarantineItem; now: Date; isChosen: boolean; isSelected: boolean }) => {
  const t = useEmailText();
  const format = useFormat();
  return (
    <div className={classes('flex h-15 flex-col justify-center gap-0.5 border-b border-hairline px-4', isSelected || isChosen ? 'bg-accent-tint' : 'hover:bg-hover')}>
      <div className="flex items-center gap-2">
        {isSelected && <Check aria-hidden size={14} strokeWidth={2.5} className="shrink-0 text-accent-ink" />}
        <span className="min-w-0 flex-1 truncate"><bdi>{item.fromName || item.from || t('quarantine.no_sender')}</bdi></span>
        <span className="text-12 text-ink-faint"><RelativeTime at={item.heldAt} inFull={format.inFull(item.heldAt)}>{format.brief(item.heldAt, now)}</RelativeTime></span>
      </div>
      <div className="flex items-center gap-2 text-13">
        <span dir="auto" className="min-w-0 flex-1 truncate text-start text-ink-soft">{item.subject || t('outbox.no_subject')}</span>
        <Badge tone={REASON_TONES[item.reason]}>{t(`quarantine.reason.${item.reason}`)}</Badge>
      </div>
    </div>
  );
};

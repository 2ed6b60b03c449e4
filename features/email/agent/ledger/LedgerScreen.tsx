import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ScrollText } from 'lucide-react';
import { useState } from 'react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { useNow } from '../../../../platform/browser/use-now.ts';
import { classes } from '../../../../ui/classes.ts';
import { Badge, type Tone } from '../../../../ui/components/Badge.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { RelativeTime } from '../../../../ui/components/RelativeTime.tsx';
import { SearchField } from '../../../../ui/components/SearchField.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { SkeletonRows } from '../../../../ui/components/Skeleton.tsx';
import { VirtualList } from '../../../../ui/components/VirtualList.tsx';
import { Pane } from '../../../../ui/layout/Pane.tsx';
import { SplitView } from '../../../../ui/layout/SplitView.tsx';
import type { LedgerItem } from '../../core/contract.ts';
import { mailboxesQuery } from '../settings/queries.ts';
import { useEmailText } from '../text.ts';
import { LedgerMessage } from './LedgerMessage.tsx';
import { ledgerList, type LedgerFilter } from './queries.ts';

type LedgerScreenProps = { messageId: string | null; onOpen: (messageId: string | null) => void; ticketHref: (ticketId: string) => string; quarantineHref: (messageId: string) => string };

const STATES = ['received', 'filed', 'duplicate', 'quarantined', 'bounce', 'autoreply'] as const;
const STATE_TONES: Record<LedgerItem['state'], Tone> = {
  received: 'accent', filed: 'good', duplicate: 'neutral', quarantined: 'warning', bounce: 'danger', autoreply: 'neutral',
};

/** Every message that was accepted, and what became of it. */
export function LedgerScreen({ messageId, onOpen, ticketHref, quarantineHref }: LedgerScreenProps) {
  const t = useEmailText();
  const [filter, setFilter] = useState<LedgerFilter>({ q: '', state: 'all' });
  const { data: mailboxes } = useQuery(mailboxesQuery);
  const addressOf = (id: string): string => mailboxes?.items.find((mailbox) => mailbox.id === id)?.address ?? '';
  return (
    <SplitView
      narrow={messageId === null ? 'list' : 'detail'}
      list={
        <Pane
          level={messageId === null ? 1 : 2}
          title={t('ledger.title')}
          isScrolling={false}
          below={
            <div className="flex flex-col gap-2 border-b border-hairline px-3 py-2">
              <SearchField label={t('ledger.search')} value={filter.q} onChange={(q) => setFilter({ ...filter, q })} />
              <Select
                label={t('ledger.filter')} labelHidden value={filter.state} onChange={(state) => setFilter({ ...filter, state })}
                options={(['all', ...STATES] as const).map((id) => ({ id, label: t(`ledger.state.${id}`) }))}
              />
            </div>
          }
        >
          <Messages filter={filter} messageId={messageId} onOpen={onOpen} />
        </Pane>
      }
      detail={messageId === null
        ? <EmptyState icon={ScrollText}>{t('ledger.choose')}</EmptyState>
        : <LedgerMessage key={messageId} messageId={messageId} onBack={() => onOpen(null)} addressOf={addressOf} ticketHref={ticketHref} quarantineHref={quarantineHref} />}
    />
  );
}

function Messages({ filter, messageId, onOpen }: { filter: LedgerFilter; messageId: string | null; onOpen: (messageId: string) => void }) {
  const t = useEmailText();
  const errorText = useErrorText();
  const now = useNow(30_000);
  const query = useInfiniteQuery(ledgerList(filter));
  const [activeId, setActiveId] = useState(messageId);
  const items = query.data?.pages.flatMap((page) => page.items);

  if (query.error && !items) return <ErrorState onRetry={() => void query.refetch()} isRetrying={query.isFetching}>{errorText(query.error)}</ErrorState>;
  if (!items) return <SkeletonRows />;
  if (items.length === 0) return <EmptyState icon={ScrollText}>{t(filter.q === '' && filter.state === 'all' ? 'ledger.empty' : 'ledger.none')}</EmptyState>;
  return (
    <VirtualList
      label={t('ledger.title')}
      items={items}
      idOf={({ id }) => id}
      rowHeight={60}
      activeId={activeId}
      onActive={setActiveId}
      onOpen={onOpen}
      onEndReached={() => { if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage(); }}
      render={(item) => <Row item={item} now={now} isChosen={item.id === messageId} />}
    />
  );
}

const Row = ({ item, now, isChosen }: { item: LedgerItem; now: Date; isChosen: boolean }) => {
  const t = useEmailText();
  const format = useFormat();
  return (
    <div className={classes('flex h-15 flex-col justify-center gap-0.5 border-b border-hairline px-4', isChosen ? 'bg-accent-tint' : 'hover:bg-hover')}>
      <div className="flex items-center gap-2">
        <span className="min-w-0 flex-1 truncate"><bdi dir="ltr">{item.from ?? t('quarantine.no_sender')}</bdi></span>
        <span className="text-12 text-ink-faint"><RelativeTime at={item.receivedAt} inFull={format.inFull(item.receivedAt)}>{format.brief(item.receivedAt, now)}</RelativeTime></span>
      </div>
      <div className="flex items-center gap-2 text-13">
        <span dir="auto" className="min-w-0 flex-1 truncate text-start text-ink-soft">{item.subject || t('outbox.no_subject')}</span>
        <Badge tone={STATE_TONES[item.state]}>{t(`ledger.state.${item.state}`)}</Badge>
      </div>
    </div>
  );
};

import { useInfiniteQuery } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { useState } from 'react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { useNow } from '../../../../platform/browser/use-now.ts';
import { classes } from '../../../../ui/classes.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { RelativeTime } from '../../../../ui/components/RelativeTime.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { SkeletonRows } from '../../../../ui/components/Skeleton.tsx';
import { VirtualList } from '../../../../ui/components/VirtualList.tsx';
import { Pane } from '../../../../ui/layout/Pane.tsx';
import { SplitView } from '../../../../ui/layout/SplitView.tsx';
import { OutboxState } from '../../core/contract.ts';
import type { OutboxItem } from '../../core/contract.ts';
import type { z } from 'zod';
import { useEmailText } from '../text.ts';
import { OutboxMail } from './OutboxMail.tsx';
import { outboxList, type OutboxFilter } from './queries.ts';
import { STATE_TONES } from './tones.ts';

type Item = z.infer<typeof OutboxItem>;

type OutboxScreenProps = {
  mailId: string | null;
  /** False without a relay: then everything waits here. */
  mailLeaves: boolean;
  onOpen: (mailId: string | null) => void;
  ticketHref: (ticketId: string) => string;
};

/** Everything that was to leave by mail: what waits, what left, what was refused and why. */
export function OutboxScreen({ mailId, mailLeaves, onOpen, ticketHref }: OutboxScreenProps) {
  const t = useEmailText();
  const [state, setState] = useState<OutboxFilter>('all');
  return (
    <SplitView
      narrow={mailId === null ? 'list' : 'detail'}
      list={
        <Pane
          level={mailId === null ? 1 : 2}
          title={t('outbox.title')}
          isScrolling={false}
          below={
            <>
              {!mailLeaves && <Banner tone="warning" shape="edge">{t('outbox.no_relay')}</Banner>}
              <div className="border-b border-hairline px-3 py-2">
                <Select
                  label={t('outbox.filter')}
                  labelHidden
                  value={state}
                  onChange={setState}
                  options={(['all', ...OutboxState.options] as const).map((id) => ({ id, label: t(`outbox.state.${id}`) }))}
                />
              </div>
            </>
          }
        >
          <MailList state={state} mailId={mailId} onOpen={onOpen} />
        </Pane>
      }
      detail={mailId === null
        ? <EmptyState icon={Send}>{t('outbox.choose')}</EmptyState>
        : <OutboxMail key={mailId} mailId={mailId} onBack={() => onOpen(null)} ticketHref={ticketHref} />}
    />
  );
}

function MailList({ state, mailId, onOpen }: { state: OutboxFilter; mailId: string | null; onOpen: (mailId: string) => void }) {
  const t = useEmailText();
  const errorText = useErrorText();
  const now = useNow(30_000);
  const query = useInfiniteQuery(outboxList(state));
  const [activeId, setActiveId] = useState(mailId);
  const mails = query.data?.pages.flatMap((page) => page.items);

  if (query.error && !mails) return <ErrorState onRetry={() => void query.refetch()} isRetrying={query.isFetching}>{errorText(query.error)}</ErrorState>;
  if (!mails) return <SkeletonRows />;
  if (mails.length === 0) return <EmptyState icon={Send}>{t(state === 'all' ? 'outbox.empty' : 'outbox.none')}</EmptyState>;
  return (
    <VirtualList
      label={t('outbox.title')}
      items={mails}
      idOf={({ id }) => id}
      rowHeight={60}
      activeId={activeId}
      onActive={setActiveId}
      onOpen={onOpen}
      onEndReached={() => query.hasNextPage && !query.isFetchingNextPage && void query.fetchNextPage()}
      render={(mail) => <Row mail={mail} now={now} isChosen={mail.id === mailId} />}
    />
  );
}

const Row = ({ mail, now, isChosen }: { mail: Item; now: Date; isChosen: boolean }) => {
  const t = useEmailText();
  const format = useFormat();
  return (
    <div className={classes('flex h-15 flex-col justify-center gap-0.5 border-b border-hairline px-4', isChosen ? 'bg-accent-tint' : 'hover:bg-hover')}>
      <div className="flex items-center gap-2">
        <span className="min-w-0 flex-1 truncate"><bdi dir="ltr">{mail.to.join(', ')}</bdi></span>
        <span className="text-12 text-ink-faint"><RelativeTime at={mail.createdAt} inFull={format.inFull(mail.createdAt)}>{format.brief(mail.createdAt, now)}</RelativeTime></span>
      </div>
      <div className="flex items-center gap-2 text-13">
        <span dir="auto" className="min-w-0 flex-1 truncate text-start text-ink-soft">{mail.subject || t('outbox.no_subject')}</span>
        <Badge tone={STATE_TONES[mail.state]}>{t(`outbox.state.${mail.state}`)}</Badge>
      </div>
    </div>
  );
};

import { useInfiniteQuery } from '@tanstack/react-query';
import { Rows3 } from 'lucide-react';
import { useState } from 'react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { useNow } from '../../../../platform/browser/use-now.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { Link } from '../../../../ui/components/Link.tsx';
import { PagedRows } from '../../../../ui/components/PagedRows.tsx';
import { ListRow, RowList } from '../../../../ui/layout/Section.tsx';
import type { QueueView } from '../../core/contract.ts';
import { queuesPaged } from '../queries.ts';
import { useRoutingText } from '../text.ts';
import { ExpectedWait } from './ExpectedWait.tsx';
import { QueueDetails } from './QueueDetails.tsx';

type QueuesHereProps = { mayShare: boolean; ticketHref: (ticketId: string) => string; settingsHref: string | null };

/** How much waits in each queue, how long, and how long it will be. */
export function QueuesHere({ mayShare, ticketHref, settingsHref }: QueuesHereProps) {
  const t = useRoutingText();
  const [shown, setShown] = useState<QueueView | null>(null);
  const empty = (
    <EmptyState icon={Rows3} action={settingsHref !== null && <Link href={settingsHref}>{t('routing.queues.set_up')}</Link>}>{t('routing.queues.empty')}</EmptyState>
  );
  return (
    <>
      <PagedRows query={useInfiniteQuery({ ...queuesPaged, refetchInterval: 30_000 })} errorText={useErrorText()} empty={empty}>
        {(queues) => (
          <RowList label={t('routing.here.queues')}>
            {queues.map((queue) => <QueueRow key={queue.id} queue={queue} onMore={() => setShown(queue)} />)}
          </RowList>
        )}
      </PagedRows>
      <QueueDetails queue={shown} mayShare={mayShare} ticketHref={ticketHref} onClose={() => setShown(null)} />
    </>
  );
}

function QueueRow({ queue, onMore }: { queue: QueueView; onMore: () => void }) {
  const t = useRoutingText();
  const format = useFormat();
  const now = useNow(30_000);
  const { name, waiting, oldestSince, present, nobodySince } = queue;
  const counts = [
    t('routing.here.waiting', { count: waiting }),
    oldestSince === null ? '' : t('routing.here.oldest', { age: format.age(oldestSince, now) }),
    t('routing.here.present', { count: present }),
  ].filter(Boolean).join(' · ');
  return (
    <ListRow
      title={name}
      badges={nobodySince !== null && <Badge tone="warning">{t('routing.here.nobody_since', { since: format.brief(nobodySince, now) })}</Badge>}
      detail={
        <>
          <span className="block">{counts}</span>
          <span className="block"><ExpectedWait queueId={queue.id} /></span>
        </>
      }
      actions={<Button size="small" onPress={onMore} aria-label={t('routing.here.more_of', { name })}>{t('routing.here.more')}</Button>}
    />
  );
}

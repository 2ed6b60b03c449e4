import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, Plus, Rows3 } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { ConfirmDialog } from '../../../../ui/components/ConfirmDialog.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { OrderedList } from '../../../../ui/components/OrderedList.tsx';
import { PagedRows } from '../../../../ui/components/PagedRows.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { QueueView } from '../../core/contract.ts';
import { queuesPaged, refresh, teamsQuery } from '../queries.ts';
import type { Conditions, ConditionWords } from '../slots.ts';
import { useRoutingText } from '../text.ts';
import { QueueDialog } from './QueueDialog.tsx';

type QueuesScreenProps = { mayManage: boolean; conditions: Conditions };

/** Which tickets wait where, in the order in which they are tried. */
export function QueuesScreen({ mayManage, conditions }: QueuesScreenProps) {
  const t = useRoutingText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [edited, setEdited] = useState<QueueView | 'new' | null>(null);
  const [doomed, setDoomed] = useState<QueueView | null>(null);
  const queues = useInfiniteQuery(queuesPaged);
  const settle = () => refresh(cache, 'queues');
  const remove = useMutation({ mutationFn: (id: string) => api.delete(`/queues/${id}`), onSettled: settle });
  const move = useMutation({
    mutationFn: ({ queue, to }: { queue: QueueView; to: number }) => api.patch(`/queues/${queue.id}`, { position: to + 1 }, QueueView),
    onMutate: ({ queue, to }) => {
      cache.setQueryData(queuesPaged.queryKey, (data) => {
        const rest = (data?.pages ?? []).flatMap(({ items }) => items).filter(({ id }) => id !== queue.id);
        const nextCursor = data?.pages.at(-1)?.nextCursor ?? null;
        return data && { pages: [{ items: [...rest.slice(0, to), queue, ...rest.slice(to)], nextCursor }], pageParams: [null] };
      });
    },
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: settle,
  });
  const make = mayManage && <Button tone="primary" icon={Plus} onPress={() => setEdited('new')}>{t('routing.queues.new')}</Button>;
  return (
    <>
      <div className="mb-4 flex flex-wrap items-start justify-between gap-4">
        <p className="max-w-reading min-w-56 flex-1 text-13 text-ink-faint">{t('routing.queues.what')}</p>
        {queues.data?.pages.some(({ items }) => items.length > 0) && make}
      </div>
      <PagedRows query={queues} errorText={errorText} empty={<EmptyState icon={Rows3} action={make}>{t('routing.queues.empty')}</EmptyState>}>
        {(items) => (
          <OrderedList label={t('routing.queues')} items={items} nameOf={({ name }) => name} onMove={mayManage ? (queue, to) => move.mutate({ queue, to }) : null}>
            {(queue) => <QueueRow queue={queue} mayManage={mayManage} inWords={conditions.inWords} onEdit={() => setEdited(queue)} onDelete={() => setDoomed(queue)} />}
          </OrderedList>
        )}
      </PagedRows>
      <QueueDialog queue={edited} conditions={conditions} onClose={() => setEdited(null)} />
      <ConfirmDialog isOpen={doomed !== null} onClose={() => setDoomed(null)} title={t('routing.delete_title', { name: doomed?.name ?? '' })} verb={t('routing.delete')} onConfirm={async () => doomed && remove.mutateAsync(doomed.id)} errorText={errorText}>
        {t('routing.queues.delete_why')}
      </ConfirmDialog>
    </>
  );
}

type QueueRowProps = { queue: QueueView; mayManage: boolean; inWords: ConditionWords; onEdit: () => void; onDelete: () => void };

function QueueRow({ queue, mayManage, inWords, onEdit, onDelete }: QueueRowProps) {
  const t = useRoutingText();
  const format = useFormat();
  const { data: teams } = useQuery(teamsQuery);
  const label = t('routing.actions', { name: queue.name });
  const names = queue.teamIds.flatMap((id) => teams?.items.find((team) => team.id === id)?.name ?? []);
  const whose = queue.teamIds.length === 0 ? t('routing.queues.everybody') : t('routing.queues.whose', { teams: format.list(names.map((name) => isolated(name))) });
  return (
    <div className="flex min-w-0 flex-1 items-start gap-2 px-1 py-0.5">
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <span dir="auto" className="truncate font-medium">{queue.name}</span>
          <Badge tone={queue.mode === 'pull' ? 'neutral' : 'accent'}>{t(`routing.mode.${queue.mode}`)}</Badge>
        </div>
        <div className="text-13 text-ink-faint [overflow-wrap:anywhere]">
          <span className="block"><bdi>{queue.conditions === null ? t('routing.queues.every_ticket') : inWords(queue.conditions)}</bdi></span>
          <span className="block">{whose}</span>
        </div>
      </div>
      {mayManage && (
        <Menu
          label={label}
          placement="bottom end"
          trigger={<IconButton icon={Ellipsis} label={label} />}
          groups={[{ entries: [{ id: 'edit', label: t('routing.edit'), onAction: onEdit }] }, { entries: [{ id: 'delete', label: t('routing.delete'), tone: 'danger', onAction: onDelete }] }]}
        />
      )}
    </div>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, MessageCircle, Plus, UserX } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { ConfirmDialog } from '../../../../ui/components/ConfirmDialog.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { SkeletonRows } from '../../../../ui/components/Skeleton.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { ListRow, RowList, Section } from '../../../../ui/layout/Section.tsx';
import { WidgetView } from '../../core/contract.ts';
import { bansQuery, KEYS, widgetsQuery } from '../queries.ts';
import { useChatText } from '../text.ts';
import { EmbedDialog } from './EmbedDialog.tsx';
import { NewWidgetDialog } from './NewWidgetDialog.tsx';
import { ProofDialog } from './ProofDialog.tsx';
import { WidgetDialog } from './WidgetDialog.tsx';

type Open = { readonly what: 'edit' | 'embed' | 'proof' | 'delete'; readonly widget: WidgetView } | { readonly what: 'new' } | null;

/** The chats that stand on the company's sites, and who may not use them. */
export function ChatsSettings({ mayManage }: { mayManage: boolean }) {
  const t = useChatText();
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Section title={t('chat.settings')} description={t('chat.settings.what')} actions={mayManage && <Button tone="primary" icon={Plus} onPress={() => setOpen({ what: 'new' })}>{t('chat.new')}</Button>}>
        <Widgets mayManage={mayManage} onOpen={(what, widget) => setOpen({ what, widget })} />
      </Section>
      {mayManage && <Section title={t('chat.bans')} description={t('chat.bans.what')}><Bans /></Section>}
      {open?.what === 'new' && <NewWidgetDialog onClose={close} onMade={(widget) => setOpen({ what: 'embed', widget })} />}
      {open && open.what !== 'new' && <OneWidget what={open.what} widget={open.widget} onClose={close} />}
    </>
  );
}

function OneWidget({ what, ...props }: { what: 'edit' | 'embed' | 'proof' | 'delete'; widget: WidgetView; onClose: () => void }) {
  if (what === 'edit') return <WidgetDialog {...props} />;
  if (what === 'embed') return <EmbedDialog {...props} />;
  return what === 'proof' ? <ProofDialog {...props} /> : <DeleteWidget {...props} />;
}

function DeleteWidget({ widget, onClose }: { widget: WidgetView; onClose: () => void }) {
  const t = useChatText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  return (
    <ConfirmDialog
      isOpen onClose={onClose} title={t('chat.delete.title', { name: isolated(widget.name) })} verb={t('chat.delete.verb')} errorText={errorText}
      onConfirm={async () => {
        await api.delete(`/chat/widgets/${widget.id}`);
        await cache.invalidateQueries({ queryKey: KEYS.widgets });
      }}
    >
      {t('chat.delete.why')}
    </ConfirmDialog>
  );
}

function Widgets({ mayManage, onOpen }: { mayManage: boolean; onOpen: (what: 'edit' | 'embed' | 'proof' | 'delete', widget: WidgetView) => void }) {
  const t = useChatText();
  const errorText = useErrorText();
  const widgets = useQuery(widgetsQuery);
  if (widgets.isError) return <ErrorState onRetry={() => void widgets.refetch()} isRetrying={widgets.isFetching}>{errorText(widgets.error)}</ErrorState>;
  if (!widgets.data) return <SkeletonRows count={2} />;
  if (widgets.data.length === 0) return <EmptyState icon={MessageCircle}>{t('chat.settings.none')}</EmptyState>;
  return <RowList label={t('chat.settings')}>{widgets.data.map((widget) => <WidgetRow key={widget.id} widget={widget} mayManage={mayManage} onOpen={(what) => onOpen(what, widget)} />)}</RowList>;
}

function WidgetRow({ widget, mayManage, onOpen }: { widget: WidgetView; mayManage: boolean; onOpen: (what: 'edit' | 'embed' | 'proof' | 'delete') => void }) {
  const t = useChatText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const { id, name, isOn, sites, allowsGuests } = widget;
  const turn = useMutation({
    mutationFn: () => api.patch(`/chat/widgets/${id}`, { isOn: !isOn }, WidgetView),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => cache.invalidateQueries({ queryKey: KEYS.widgets }),
  });
  const label = t('chat.actions', { name });
  return (
    <ListRow
      title={name}
      badges={<>{!isOn && <Badge tone="warning">{t('chat.off')}</Badge>}{!allowsGuests && <Badge>{t('chat.customers_only')}</Badge>}</>}
      detail={sites.length === 0 ? t('chat.sites.none') : sites.join(', ')}
      actions={mayManage && (
        <Menu
          label={label} placement="bottom end" trigger={<IconButton icon={Ellipsis} label={label} />}
          groups={[
            { entries: [{ id: 'edit', label: t('chat.edit'), onAction: () => onOpen('edit') }, { id: 'embed', label: t('chat.embed'), onAction: () => onOpen('embed') }, { id: 'proof', label: t('chat.proof'), onAction: () => onOpen('proof') }] },
            { entries: [{ id: 'turn', label: t(isOn ? 'chat.turn_off' : 'chat.turn_on'), onAction: () => turn.mutate() }, { id: 'delete', label: t('chat.delete'), tone: 'danger', onAction: () => onOpen('delete') }] },
          ]}
        />
      )}
    />
  );
}

function Bans() {
  const t = useChatText();
  const errorText = useErrorText();
  const format = useFormat();
  const cache = useQueryClient();
  const bans = useQuery(bansQuery);
  const lift = useMutation({
    mutationFn: (id: string) => api.delete(`/chat/bans/${id}`),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => cache.invalidateQueries({ queryKey: KEYS.bans }),
  });
  if (bans.isError) return <ErrorState onRetry={() => void bans.refetch()} isRetrying={bans.isFetching}>{errorText(bans.error)}</ErrorState>;
  if (!bans.data) return <SkeletonRows count={1} />;
  if (bans.data.length === 0) return <EmptyState icon={UserX}>{t('chat.bans.none')}</EmptyState>;
  return (
    <RowList label={t('chat.bans')}>
      {bans.data.map(({ id, name, reason, by, endsAt }) => (
        <ListRow key={id} title={name || t('chat.bans.nameless')} detail={[t('chat.bans.until', { until: format.dateTime(endsAt), by }), reason].filter((part) => part !== '').join(' · ')}
          actions={<Button size="small" isPending={lift.isPending} onPress={() => lift.mutate(id)}>{t('chat.bans.lift')}</Button>} />
      ))}
    </RowList>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Monitor, Smartphone } from 'lucide-react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { type PushAbility, pushAbility, subscribeHere, unsubscribeHere } from '../../../../platform/browser/push-here.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { SkeletonRows } from '../../../../ui/components/Skeleton.tsx';
import { Switch } from '../../../../ui/components/Switch.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { ListRow, RowList, Section } from '../../../../ui/layout/Section.tsx';
import { browserOf, isPhone } from '../../../people/core/user-agent.ts';
import { PushDeviceView } from '../../core/contract.ts';
import { pushQuery } from '../queries.ts';
import { useNotificationText } from '../text.ts';

/** In which browsers one is told of news while one does not look at the desk. */
export function PushSection() {
  const t = useNotificationText();
  const errorText = useErrorText();
  const push = useQuery(pushQuery);
  return (
    <Section title={t('notifications.push')} description={t('notifications.push_why')}>
      {push.isError && <ErrorState onRetry={() => void push.refetch()} isRetrying={push.isFetching}>{errorText(push.error)}</ErrorState>}
      {push.isPending && <SkeletonRows count={1} />}
      {push.data && (
        <div className="flex flex-col gap-3">
          <ThisBrowser publicKey={push.data.publicKey} here={push.data.devices.find(({ isThis }) => isThis)} />
          {push.data.devices.length > 0 && <RowList label={t('notifications.push')}>{push.data.devices.map((device) => <Device key={device.id} device={device} />)}</RowList>}
        </div>
      )}
    </Section>
  );
}

const WHY_NOT: Readonly<Record<Exclude<PushAbility, 'able'>, 'notifications.push_denied' | 'notifications.push_unable' | 'notifications.push_insecure'>> = {
  denied: 'notifications.push_denied', unable: 'notifications.push_unable', insecure: 'notifications.push_insecure',
};

function ThisBrowser({ publicKey, here }: { publicKey: string; here: PushDeviceView | undefined }) {
  const t = useNotificationText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const ability = pushAbility();
  const turn = useMutation({
    mutationFn: async (wish: boolean) => {
      if (!wish && here) {
        await unsubscribeHere();
        await api.delete(`/me/push/devices/${here.id}`);
        return true;
      }
      const subscription = await subscribeHere(publicKey);
      if (!subscription) return false;
      await api.post('/me/push/devices', subscription, PushDeviceView);
      return true;
    },
    onSuccess: (done, wish) => toast(done ? { text: t(wish ? 'notifications.push_on' : 'notifications.push_off') } : { tone: 'failed', text: t('notifications.push_denied') }),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => cache.invalidateQueries(pushQuery),
  });
  if (ability !== 'able') return <Banner tone="info">{t(WHY_NOT[ability])}</Banner>;
  return <Switch isSelected={turn.isPending ? turn.variables : here !== undefined} isDisabled={turn.isPending} onChange={(wish) => turn.mutate(wish)}>{t('notifications.push_here')}</Switch>;
}

function Device({ device }: { device: PushDeviceView }) {
  const t = useNotificationText();
  const errorText = useErrorText();
  const format = useFormat();
  const cache = useQueryClient();
  const [name, Icon] = [browserOf(device.userAgent) ?? t('notifications.push_unnamed'), isPhone(device.userAgent) ? Smartphone : Monitor];
  const settled = {
    onError: (error: Error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => cache.invalidateQueries(pushQuery),
  };
  const change = useMutation({ mutationFn: (subjects: boolean) => api.patch(`/me/push/devices/${device.id}`, { subjects }, PushDeviceView), ...settled });
  const remove = useMutation({ mutationFn: () => api.delete(`/me/push/devices/${device.id}`), onSuccess: () => toast({ text: t('notifications.push_removed') }), ...settled });
  return (
    <ListRow
      leading={<Icon aria-hidden size={20} strokeWidth={1.5} className="text-ink-faint" />}
      title={<span dir="ltr">{name}</span>}
      badges={device.isThis && <Badge tone="accent">{t('notifications.push_this')}</Badge>}
      detail={device.toldAt === null ? t('notifications.push_never') : t('notifications.push_told', { at: format.dateTime(device.toldAt) })}
      actions={
        <span className="flex flex-wrap items-center gap-3">
          <Switch className="items-center" aria-label={t('notifications.push_subjects_of', { device: name })} isSelected={change.isPending ? change.variables : device.subjects} onChange={(wish) => change.mutate(wish)}>{t('notifications.push_subjects')}</Switch>
          <Button size="small" onPress={() => remove.mutate()} isPending={remove.isPending} aria-label={t('notifications.push_remove_of', { device: name })}>{t('notifications.push_remove')}</Button>
        </span>
      }
    />
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Monitor, Smartphone } from 'lucide-react';
import { api } from '../../../../platform/browser/api.ts';
import { errorText, useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { useNow } from '../../../../platform/browser/use-now.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { SkeletonRows } from '../../../../ui/components/Skeleton.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { ListRow, RowList } from '../../../../ui/layout/Section.tsx';
import { browserOf, isPhone } from '../../core/user-agent.ts';
import { devicesQuery } from '../queries.ts';
import { usePeopleText } from '../text.ts';

/** Where one is signed in, and the way to end it there. */
export function DevicesScreen() {
  const t = usePeopleText();
  const failure = useErrorText();
  const format = useFormat();
  const now = useNow(60_000);
  const cache = useQueryClient();
  const devices = useQuery(devicesQuery);
  const end = useMutation({
    mutationFn: (id: string) => api.delete(`/sessions/${id}`),
    onSuccess: () => toast({ text: t('people.devices.ended') }),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => cache.invalidateQueries(devicesQuery),
  });

  if (devices.isError) return <ErrorState onRetry={() => void devices.refetch()}>{failure(devices.error)}</ErrorState>;
  if (!devices.data) return <SkeletonRows count={3} faces />;
  return (
    <>
      <p className="mb-4 max-w-reading text-13 text-ink-faint">{t('people.devices.why')}</p>
      <RowList label={t('people.devices')}>
        {devices.data.items.map((device) => {
          const Icon = isPhone(device.userAgent) ? Smartphone : Monitor;
          return (
            <ListRow
              key={device.id}
              leading={<Icon aria-hidden size={20} strokeWidth={1.5} className="text-ink-faint" />}
              title={<span dir="ltr">{browserOf(device.userAgent) ?? t('people.devices.unknown')}</span>}
              badges={device.current && <Badge tone="accent">{t('people.devices.this')}</Badge>}
              detail={
                <>
                  {device.address && <><bdi dir="ltr">{device.address}</bdi> · </>}{t('people.devices.seen', { when: format.relative(device.lastSeenAt, now) })}
                </>
              }
              actions={
                !device.current && (
                  <Button size="small" onPress={() => end.mutate(device.id)} aria-label={t('people.devices.end_of', { device: browserOf(device.userAgent) ?? '' })}>
                    {t('people.devices.end')}
                  </Button>
                )
              }
            />
          );
        })}
      </RowList>
    </>
  );
}

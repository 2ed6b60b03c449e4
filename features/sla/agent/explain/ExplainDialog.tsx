import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { Loading, Skeleton } from '../../../../ui/components/Skeleton.tsx';
import type { Metric } from '../../core/metrics.ts';
import { clocksOf } from '../queries.ts';
import { useSlaText } from '../text.ts';
import { Explanation } from './Explanation.tsx';

/** Why something is due when it is: who promised it, what was counted, and what was not. `metric` is null while nobody asks. */
export function ExplainDialog({ ticketId, metric, onClose }: { ticketId: string; metric: Metric | null; onClose: () => void }) {
  const t = useSlaText();
  return (
    <Dialog isOpen={metric !== null} onClose={onClose} title={t('sla.why')} size="wide">
      {metric && <Asked ticketId={ticketId} metric={metric} />}
    </Dialog>
  );
}

function Asked({ ticketId, metric }: { ticketId: string; metric: Metric }): ReactNode {
  const t = useSlaText();
  const errorText = useErrorText();
  const { data, error, refetch, isFetching } = useQuery(clocksOf(ticketId));
  const clock = data?.items.find((one) => one.metric === metric);
  if (clock && data) return <Explanation clock={clock} policy={data.policy} />;
  if (data) return <p className="text-ink-soft">{t('sla.promises.none')}</p>;
  if (error) return <ErrorState onRetry={() => void refetch()} isRetrying={isFetching}>{errorText(error)}</ErrorState>;
  return <Loading><div className="flex flex-col gap-3"><Skeleton className="w-2/3" /><Skeleton className="w-1/2" /><Skeleton className="w-3/4" /></div></Loading>;
}

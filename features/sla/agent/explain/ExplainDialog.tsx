import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { Loading, Skeleton } from '../../../../ui/components/Skeleton.tsx';
import type { Metric } from '../../core/metrics.ts';
import { clocksOf } from '../queries.ts';
import { useSlaText } from '../text.ts';
import { AgreeForm, AgreePart } from './AgreePart.tsx';
import { Explanation } from './Explanation.tsx';

type Asking = { ticketId: string; metric: Metric; /** Whether this person may agree on another deadline. */ mayAgree: boolean };

/** Why something is due when it is: who promised it, what was counted, and what was not. `metric` is null while nobody asks. */
export function ExplainDialog({ metric, onClose, ...props }: Omit<Asking, 'metric'> & { metric: Metric | null; onClose: () => void }) {
  const t = useSlaText();
  return (
    <Dialog isOpen={metric !== null} onClose={onClose} title={t('sla.why')} size="wide">
      {metric && <Asked {...props} metric={metric} />}
    </Dialog>
  );
}

function Asked({ ticketId, metric, mayAgree }: Asking): ReactNode {
  const [isAgreeing, setAgreeing] = useState(false);
  const t = useSlaText();
  const errorText = useErrorText();
  const { data, error, refetch, isFetching } = useQuery(clocksOf(ticketId));
  const clock = data?.items.find((one) => one.metric === metric);
  if (clock && isAgreeing) return <AgreeForm ticketId={ticketId} clock={clock} onClose={() => setAgreeing(false)} />;
  if (clock && data) {
    return (
      <div className="flex flex-col gap-5">
        <Explanation clock={clock} policy={data.policy} />
        <AgreePart ticketId={ticketId} clock={clock} mayAgree={mayAgree} onAgree={() => setAgreeing(true)} />
      </div>
    );
  }
  if (data) return <p className="text-ink-soft">{t('sla.promises.none')}</p>;
  if (error) return <ErrorState onRetry={() => void refetch()} isRetrying={isFetching}>{errorText(error)}</ErrorState>;
  return <Loading><div className="flex flex-col gap-3"><Skeleton className="w-2/3" /><Skeleton className="w-1/2" /><Skeleton className="w-3/4" /></div></Loading>;
}

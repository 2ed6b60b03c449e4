import { useCallback } from 'react';
import { useFormat } from '../../../platform/browser/format.ts';
import { METRICS } from '../core/metrics.ts';
import { useSlaText } from './text.ts';

type Told = { readonly type: string; readonly data: Readonly<Record<string, unknown>> };

/** What people did to a deadline, as a line of its ticket's timeline; null for what is told elsewhere. */
export function usePromiseLines(): (told: Told) => string | null {
  const t = useSlaText();
  const format = useFormat();
  return useCallback(({ type, data }: Told) => {
    const metric = METRICS.find((one) => one === data['metric']);
    if (type !== 'sla.deadline_agreed' || !metric) return null;
    const promise = t(`sla.metric.${metric}`);
    return typeof data['dueAt'] === 'string' ? t('sla.line.agreed', { promise, when: format.dateTime(data['dueAt']) }) : t('sla.line.agreed_no_more', { promise });
  }, [t, format]);
}

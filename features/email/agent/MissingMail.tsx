import type { UseQueryResult } from '@tanstack/react-query';
import type { ComponentProps } from 'react';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { ErrorState } from '../../../ui/components/ErrorState.tsx';
import { Loading, Skeleton } from '../../../ui/components/Skeleton.tsx';
import { BarePane } from '../../../ui/layout/BarePane.tsx';

type MissingMailProps = { query: Pick<UseQueryResult, 'error' | 'refetch' | 'isFetching'>; title: string; back: ComponentProps<typeof BarePane>['back'] };

/** Stands where one mail would: it is on its way, or not to be had. */
export function MissingMail({ query: { error, refetch, isFetching }, title, back }: MissingMailProps) {
  const errorText = useErrorText();
  if (error) return <BarePane title={errorText(error)} back={back}><ErrorState onRetry={() => void refetch()} isRetrying={isFetching}>{errorText(error)}</ErrorState></BarePane>;
  return <BarePane title={title} back={back}><div className="p-6"><Loading><Skeleton className="mb-4 w-64" /><Skeleton className="mb-2 w-4/5" /><Skeleton className="w-3/5" /></Loading></div></BarePane>;
}

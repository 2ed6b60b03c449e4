import { useQuery } from '@tanstack/react-query';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { SkeletonRows } from '../../../../ui/components/Skeleton.tsx';
import { Section } from '../../../../ui/layout/Section.tsx';
import { settingsQuery } from '../queries.ts';
import { useRoutingText } from '../text.ts';
import { OwnStates } from './OwnStates.tsx';
import { SharingForm } from './SharingForm.tsx';

/** How much one person takes, when they count as there, and what states they can choose. */
export function SharingScreen() {
  const t = useRoutingText();
  const errorText = useErrorText();
  const { data, error, refetch, isFetching } = useQuery(settingsQuery);
  return (
    <>
      <OwnStates />
      <Section title={t('routing.sharing')} description={t('routing.sharing.what')}>
        {data ? <SharingForm key={JSON.stringify(data)} given={data} /> : error ? <ErrorState onRetry={() => void refetch()} isRetrying={isFetching}>{errorText(error)}</ErrorState> : <SkeletonRows count={4} />}
      </Section>
    </>
  );
}

import { queryOptions, useQuery } from '@tanstack/react-query';
import { api } from '../../../../platform/browser/api.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { IntakeView } from '../../core/intake-contract.ts';
import { useEmailText } from '../text.ts';

const intakeQuery = queryOptions({
  queryKey: ['email', 'intake'],
  queryFn: ({ signal }) => api.get('/email/intake', IntakeView, { signal }),
  refetchInterval: 60_000,
});

/** Over everything, while no mail comes in for want of room; for those who can do something about it. */
export function FullDisk() {
  const t = useEmailText();
  const format = useFormat();
  const { data } = useQuery(intakeQuery);
  if (!data || data.fullSince === null) return null;
  return <Banner tone="danger" shape="edge">{t('email.full_disk', { since: format.dateTime(data.fullSince) })}</Banner>;
}

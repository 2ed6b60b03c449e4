import { useQuery } from '@tanstack/react-query';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { ErrorState } from '../../../ui/components/ErrorState.tsx';
import { SkeletonRows } from '../../../ui/components/Skeleton.tsx';
import { Pane } from '../../../ui/layout/Pane.tsx';
import { CustomerParts } from './CustomerPanel.tsx';
import { customerOne } from './queries.ts';
import type { CustomerPageSlots } from './slots.ts';
import { useCustomersText } from './text.ts';

type CustomerPageProps = CustomerPageSlots & { id: string; mayChange: boolean; mayJudge: boolean; hrefOf: (id: string) => string; onOpen: (id: string | null) => void };

/** One person: who they are and how to reach them, and all their matters beside. */
export function CustomerPage({ id, mayChange, mayJudge, hrefOf, first, details, matters, onOpen }: CustomerPageProps) {
  const t = useCustomersText();
  const errorText = useErrorText();
  const { data: customer, error, refetch, isFetching } = useQuery(customerOne(id));
  const back = { label: t('customers.to_list'), onBack: () => onOpen(null) };
  if (!customer) {
    return <Pane title={t('customers.panel')} level={1} back={back}>{error ? <ErrorState onRetry={() => void refetch()} isRetrying={isFetching}>{errorText(error)}</ErrorState> : <SkeletonRows count={4} faces />}</Pane>;
  }
  return (
    <Pane title={customer.name || customer.email || t('customers.nameless')} level={1} back={back}>
      <div className="flex min-h-full max-roomy:flex-col">
        <div className="min-w-0 border-hairline roomy:w-84 roomy:shrink-0 roomy:border-e"><CustomerParts customer={customer} mayChange={mayChange} mayJudge={mayJudge} hrefOf={hrefOf} first={first(id)} details={details(id)} earlier={null} hasKeys /></div>
        <div className="min-w-0 flex-1 px-5 py-5 max-roomy:border-t max-roomy:border-hairline">{matters(id)}</div>
      </div>
    </Pane>
  );
}

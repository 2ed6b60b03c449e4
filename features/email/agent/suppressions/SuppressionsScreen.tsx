import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { MailCheck } from 'lucide-react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { PagedRows } from '../../../../ui/components/PagedRows.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { ListRow, RowList } from '../../../../ui/layout/Section.tsx';
import type { SuppressionView } from '../../core/contract.ts';
import { useEmailText } from '../text.ts';
import { SUPPRESSIONS, suppressionsQuery } from './queries.ts';

/** Addresses whose mail came back for good: nothing is sent there until somebody says that it may be. */
export function SuppressionsScreen() {
  const t = useEmailText();
  return (
    <div className="flex flex-col gap-4">
      <p className="max-w-reading text-13 text-ink-faint">{t('email.suppressions.why')}</p>
      <PagedRows query={useInfiniteQuery(suppressionsQuery)} errorText={useErrorText()} empty={<EmptyState icon={MailCheck}>{t('email.suppressions.empty')}</EmptyState>}>
        {(rows) => <RowList label={t('email.suppressions')}>{rows.map((row) => <SuppressionRow key={row.id} row={row} />)}</RowList>}
      </PagedRows>
    </div>
  );
}

function SuppressionRow({ row: { id, address, reason, words, since } }: { row: SuppressionView }) {
  const t = useEmailText();
  const errorText = useErrorText();
  const format = useFormat();
  const cache = useQueryClient();
  const lift = useMutation({
    mutationFn: () => api.delete(`/email/suppressions/${id}`),
    onSuccess: () => toast({ text: t('email.suppressions.lifted', { address: isolated(address) }) }),
    onError: (error) => toast({ text: errorText(error), tone: 'failed' }),
    onSettled: () => cache.invalidateQueries({ queryKey: SUPPRESSIONS }),
  });
  return (
    <ListRow
      title={<bdi dir="ltr">{address}</bdi>}
      badges={<Badge tone={reason === 'complaint' ? 'danger' : 'neutral'}>{t(`email.suppressions.reason.${reason}`)}</Badge>}
      detail={<>{format.inFull(since)}{words !== '' && <> · <bdi>{words}</bdi></>}</>}
      actions={<Button size="small" isPending={lift.isPending} aria-label={t('email.suppressions.lift_one', { address })} onPress={() => lift.mutate()}>{t('email.suppressions.lift')}</Button>}
    />
  );
}

import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { Merge } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { useFormat } from '../../../platform/browser/format.ts';
import { useShortcut } from '../../../platform/browser/shortcuts.ts';
import { Button } from '../../../ui/components/Button.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import type { CustomerView } from '../core/contract.ts';
import { MergeChoice, useSettled } from './MergeChoice.tsx';
import { customerMerges, customerOne } from './queries.ts';
import { useCustomersText } from './text.ts';

/** What went on in this record, each with the way back; and the way to one more. */
export const MergePart = ({ isFixed, ...props }: MergesProps & { isFixed: boolean }) => !isFixed && <Merges {...props} />;

type MergesProps = { customer: CustomerView; /** Where nothing else has them. */ hasKeys: boolean };

function Merges({ customer, hasKeys }: MergesProps) {
  const t = useCustomersText();
  const format = useFormat();
  const errorText = useErrorText();
  const settled = useSettled();
  const { data: merges = [], hasNextPage, fetchNextPage } = useInfiniteQuery(customerMerges(customer.id));
  const [isOpen, setOpen] = useState(false);
  const undo = useMutation({
    mutationFn: (id: string) => api.delete(`/merges/${id}`),
    onSuccess: () => toast({ text: t('customers.merge.undone') }),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: settled,
  });
  const [last] = merges;
  const group = t('customers.title');
  useShortcut({ code: 'KeyM', shift: true, group, label: t('customers.merge'), disabled: !hasKeys }, () => setOpen(true));
  useShortcut({ code: 'KeyZ', shift: true, group, label: t('customers.merge.undo_last'), disabled: !hasKeys || !last || undo.isPending }, () => last && undo.mutate(last.id));
  return (
    <section className="flex flex-col gap-2 border-t border-hairline px-5 py-4">
      {merges.length > 0 && (
        <>
          <h3 className="text-12 font-medium text-ink-faint">{t('customers.merges')}</h3>
          <ul className="flex flex-col gap-1">
            {merges.map(({ id, customer: { name, email }, by, mergedAt }) => (
              <li key={id} className="flex items-center gap-2 text-13">
                <span className="min-w-0 flex-1 [overflow-wrap:anywhere]"><bdi>{name || email || t('customers.nameless')}</bdi> <span className="text-12 text-ink-faint">· <bdi>{by.name}</bdi> · {format.date(mergedAt)}</span></span>
                <Button size="small" isPending={undo.isPending && undo.variables === id} onPress={() => undo.mutate(id)}>{t('customers.merge.undo')}</Button>
              </li>
            ))}
          </ul>
          {hasNextPage && <Button size="small" className="self-start" onPress={() => void fetchNextPage()}>{t('customers.merges.more')}</Button>}
        </>
      )}
      <Button tone="quiet" size="small" icon={Merge} className="-ms-2.5 self-start" onPress={() => setOpen(true)}>{t('customers.merge')}</Button>
      {isOpen && <MergeDialog customer={customer} onClose={() => setOpen(false)} />}
    </section>
  );
}

/** The other record is looked for first. */
function MergeDialog({ customer, onClose }: { customer: CustomerView; onClose: () => void }) {
  const [otherId, setOther] = useState<string | null>(null);
  const { data: other } = useQuery({ ...customerOne(otherId ?? customer.id), enabled: otherId !== null });
  const both = otherId !== null && other && other.id === otherId ? { this: customer, other } : null;
  return <MergeChoice both={both} onOther={(id) => id !== customer.id && setOther(id)} onClose={onClose} />;
}

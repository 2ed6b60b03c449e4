import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, Handshake, Plus } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { ConfirmDialog } from '../../../../ui/components/ConfirmDialog.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { OrderedList } from '../../../../ui/components/OrderedList.tsx';
import { SkeletonRows } from '../../../../ui/components/Skeleton.tsx';
import { Switch } from '../../../../ui/components/Switch.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { RowList, Section } from '../../../../ui/layout/Section.tsx';
import { PolicyView } from '../../core/contract.ts';
import type { ConditionSlot } from '../slots.ts';
import { usePolicyName } from '../policy-name.ts';
import { useSlaText } from '../text.ts';
import { PolicyDialog } from './PolicyDialog.tsx';
import { PolicyWords } from './PolicyWords.tsx';
import { policiesQuery, showOrder } from './queries.ts';

/** What customers may rely on: one's own policies in the order in which they are tried, and those that come ready-made. */
export function PoliciesScreen({ mayManage, conditions }: { mayManage: boolean; conditions: ConditionSlot }) {
  const t = useSlaText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const { data, error, refetch, isFetching } = useQuery(policiesQuery);
  const [edited, setEdited] = useState<PolicyView | 'new' | null>(null);
  const [doomed, setDoomed] = useState<PolicyView | null>(null);
  const nameOf = usePolicyName();
  const refresh = () => cache.invalidateQueries({ queryKey: ['sla'] });
  const failed = (problem: Error) => toast({ tone: 'failed', text: errorText(problem) });
  const order = useMutation({ mutationFn: (ids: string[]) => api.put('/sla-policies/order', { ids }), onError: failed, onSettled: refresh });
  const enable = useMutation({ mutationFn: ({ id, enabled }: Pick<PolicyView, 'id' | 'enabled'>) => api.patch(`/sla-policies/${id}`, { enabled }, PolicyView), onError: failed, onSettled: refresh });
  const remove = useMutation({ mutationFn: (id: string) => api.delete(`/sla-policies/${id}`), onSettled: refresh });

  if (error && !data) return <ErrorState onRetry={() => void refetch()} isRetrying={isFetching}>{errorText(error)}</ErrorState>;
  if (!data) return <SkeletonRows count={3} />;
  const own = data.items.filter(({ readyMade }) => readyMade === null);
  const readyMade = data.items.filter((policy) => policy.readyMade !== null);
  const move = (policy: PolicyView, to: number) => {
    const moved = own.filter(({ id }) => id !== policy.id).toSpliced(to, 0, policy);
    showOrder(cache, [...moved, ...readyMade]);
    order.mutate(moved.map(({ id }) => id));
  };
  const rowOf = (policy: PolicyView) => (
    <PolicyRow policy={policy} name={nameOf(policy)} mayManage={mayManage} onEnable={(enabled) => enable.mutate({ id: policy.id, enabled })} onEdit={() => setEdited(policy)} onDelete={() => setDoomed(policy)} />
  );
  const make = mayManage && <Button tone="primary" icon={Plus} onPress={() => setEdited('new')}>{t('sla.policies.new')}</Button>;
  return (
    <>
      <Section title={t('sla.policies.own')} description={t('sla.policies.why')} actions={own.length > 0 && make}>
        {own.length === 0
          ? <EmptyState icon={Handshake} action={make}>{t('sla.policies.empty')}</EmptyState>
          : <OrderedList label={t('sla.policies.own')} items={own} nameOf={nameOf} onMove={mayManage && own.length > 1 ? move : null}>{rowOf}</OrderedList>}
      </Section>
      {readyMade.length > 0 && (
        <Section title={t('sla.policies.ready_made')} description={t('sla.policies.ready_made.why')}>
          <RowList label={t('sla.policies.ready_made')}>
            {readyMade.map((policy) => <li key={policy.id} className="flex items-start gap-1 border-b border-hairline px-2 py-2 last:border-0">{rowOf(policy)}</li>)}
          </RowList>
        </Section>
      )}
      <PolicyDialog policy={edited} conditions={conditions} nameOf={nameOf} onClose={() => setEdited(null)} />
      <ConfirmDialog
        isOpen={doomed !== null}
        onClose={() => setDoomed(null)}
        title={t('sla.policies.delete_title', { name: doomed ? nameOf(doomed) : '' })}
        verb={t('sla.policies.delete')}
        onConfirm={async () => doomed && remove.mutateAsync(doomed.id)}
        errorText={errorText}
      >
        {t('sla.policies.delete_why')}
      </ConfirmDialog>
    </>
  );
}

type PolicyRowProps = { policy: PolicyView; name: string; mayManage: boolean; onEnable: (enabled: boolean) => void; onEdit: () => void; onDelete: () => void };

function PolicyRow({ policy, name, mayManage, onEnable, onEdit, onDelete }: PolicyRowProps) {
  const t = useSlaText();
  const label = t('sla.policies.actions', { name });
  return (
    <>
      <div className="min-w-0 flex-1 px-1.5 py-0.5">
        <span dir="auto" className="font-medium">{name}</span>
        <PolicyWords policy={policy} />
      </div>
      <span className="flex shrink-0 items-center gap-1 self-center">
        <Switch isSelected={policy.enabled} isDisabled={!mayManage} onChange={onEnable} aria-label={t('sla.policies.enabled', { name })}>{''}</Switch>
        {mayManage && (
          <Menu
            label={label}
            placement="bottom end"
            trigger={<IconButton icon={Ellipsis} label={label} />}
            groups={[
              { entries: [{ id: 'edit', label: t('sla.policies.edit'), onAction: onEdit }] },
              ...(policy.readyMade ? [] : [{ entries: [{ id: 'delete', label: t('sla.policies.delete'), tone: 'danger' as const, onAction: onDelete }] }]),
            ]}
          />
        )}
      </span>
    </>
  );
}

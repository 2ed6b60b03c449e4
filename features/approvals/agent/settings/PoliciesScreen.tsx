import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, Plus, Stamp } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
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
import { PolicyView } from '../../core/contract.ts';
import { colleagues, KEYS, policiesQuery, teamsQuery } from '../queries.ts';
import type { Conditions } from '../slots.ts';
import { useApprovalsText } from '../text.ts';
import { PolicyDialog } from './PolicyDialog.tsx';

type PoliciesScreenProps = { mayManage: boolean; conditions: Conditions };

/** Which answers a second person sees before they leave; where several ask for it, the first names who. */
export function PoliciesScreen({ mayManage, conditions }: PoliciesScreenProps) {
  const t = useApprovalsText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [edited, setEdited] = useState<PolicyView | 'new' | null>(null);
  const [doomed, setDoomed] = useState<PolicyView | null>(null);
  const { data, error, refetch, isFetching } = useQuery(policiesQuery);
  const order = useMutation({
    mutationFn: (wanted: readonly PolicyView[]) => api.put('/approval-policies/order', { ids: wanted.map(({ id }) => id) }),
    onError: (problem) => toast({ tone: 'failed', text: errorText(problem) }),
    onSettled: () => cache.invalidateQueries({ queryKey: KEYS.all }),
  });
  if (error && !data) return <ErrorState onRetry={() => void refetch()} isRetrying={isFetching}>{errorText(error)}</ErrorState>;
  if (!data) return <SkeletonRows count={3} />;
  // What was put somewhere stays there while the server is told.
  const policies = order.isPending ? order.variables : data.items;
  const move = (policy: PolicyView, to: number) => order.mutate(policies.filter(({ id }) => id !== policy.id).toSpliced(to, 0, policy));
  const make = mayManage && <Button tone="primary" icon={Plus} onPress={() => setEdited('new')}>{t('approvals.policies.new')}</Button>;
  return (
    <>
      <div className="mb-4 flex flex-wrap items-start justify-between gap-4">
        <p className="max-w-reading min-w-56 flex-1 text-13 text-ink-faint">{t('approvals.policies.why')}</p>
        {policies.length > 0 && make}
      </div>
      {policies.length === 0 && <EmptyState icon={Stamp} action={make}>{t('approvals.policies.empty')}</EmptyState>}
      {policies.length > 0 && (
        <OrderedList label={t('approvals.policies')} items={policies} nameOf={({ name }) => name} onMove={mayManage && policies.length > 1 ? move : null}>
          {(policy) => <PolicyRow policy={policy} mayManage={mayManage} inWords={conditions.inWords} onEdit={() => setEdited(policy)} onDelete={() => setDoomed(policy)} />}
        </OrderedList>
      )}
      <PolicyDialog policy={edited} conditions={conditions} onClose={() => setEdited(null)} />
      <Deletion policy={doomed} onClose={() => setDoomed(null)} />
    </>
  );
}

function Deletion({ policy, onClose }: { policy: PolicyView | null; onClose: () => void }) {
  const t = useApprovalsText();
  const cache = useQueryClient();
  const remove = useMutation({ mutationFn: (id: string) => api.delete(`/approval-policies/${id}`), onSettled: () => cache.invalidateQueries({ queryKey: KEYS.all }) });
  return (
    <ConfirmDialog
      isOpen={policy !== null} onClose={onClose} title={t('approvals.policies.delete_title', { name: isolated(policy?.name ?? '') })} verb={t('approvals.policies.delete')}
      onConfirm={async () => policy && remove.mutateAsync(policy.id)} errorText={useErrorText()}
    >
      {t('approvals.policies.delete_why')}
    </ConfirmDialog>
  );
}

type RowProps = { policy: PolicyView; mayManage: boolean; inWords: Conditions['inWords']; onEdit: () => void; onDelete: () => void };

function PolicyRow({ policy, mayManage, inWords, onEdit, onDelete }: RowProps) {
  const t = useApprovalsText();
  const format = useFormat();
  const readers = useReaders(policy);
  const label = t('approvals.policies.actions', { name: policy.name });
  const who = format.list(policy.writers.map((writer) => t(`approvals.writer.${writer}`)));
  const ways = format.list(policy.channels.map((channel) => t(`approvals.channel.${channel}`)));
  return (
    <div className="flex min-w-0 flex-1 items-start gap-2 px-1 py-0.5">
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <span dir="auto" className="font-medium [overflow-wrap:anywhere]">{policy.name}</span>
          {!mayManage && !policy.enabled && <Badge>{t('approvals.policies.off')}</Badge>}
        </div>
        <div className="text-13 text-ink-faint [overflow-wrap:anywhere]">
          <span className="block"><bdi>{policy.conditions === null ? t('approvals.policies.every_ticket') : inWords(policy.conditions)}</bdi></span>
          <span className="block">{t('approvals.policies.whose', { who, ways })}</span>
          <span className="block">{readers}</span>
        </div>
      </div>
      {mayManage && (
        <>
          <OnOff policy={policy} />
          <Menu
            label={label} placement="bottom end" trigger={<IconButton icon={Ellipsis} label={label} />}
            groups={[{ entries: [{ id: 'edit', label: t('approvals.policies.edit'), onAction: onEdit }] }, { entries: [{ id: 'delete', label: t('approvals.policies.delete'), tone: 'danger', onAction: onDelete }] }]}
          />
        </>
      )}
    </div>
  );
}

/** Who reads them, as a sentence. */
function useReaders({ reviewers }: PolicyView): string {
  const t = useApprovalsText();
  const format = useFormat();
  const { data: people } = useQuery(colleagues);
  const { data: teams } = useQuery(teamsQuery);
  if (reviewers.by === 'leads') return t('approvals.policies.read_by', { who: t('approvals.by.leads') });
  const known = reviewers.by === 'team' ? teams?.items.filter(({ id }) => id === reviewers.id) : people?.filter(({ id }) => reviewers.ids.includes(id));
  if (!known) return '';
  return known.length === 0 ? t('approvals.policies.read_by_nobody') : t('approvals.policies.read_by', { who: format.list(known.map(({ name }) => isolated(name))) });
}

/** At once, without a form: what holds up answers can be stopped with one press. */
function OnOff({ policy }: { policy: PolicyView }) {
  const t = useApprovalsText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const turn = useMutation({
    mutationFn: (enabled: boolean) => api.patch(`/approval-policies/${policy.id}`, { enabled }, PolicyView),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => cache.invalidateQueries({ queryKey: KEYS.all }),
  });
  return (
    <Switch aria-label={t('approvals.policies.switch', { name: policy.name })} className="px-1" isSelected={turn.isPending ? turn.variables : policy.enabled} isDisabled={turn.isPending} onChange={(on) => turn.mutate(on)}>
      {null}
    </Switch>
  );
}

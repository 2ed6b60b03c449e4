import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ListPlus, Ellipsis, Plus } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useLanguage } from '../../../../platform/browser/i18n.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { ConfirmDialog } from '../../../../ui/components/ConfirmDialog.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { OrderedList } from '../../../../ui/components/OrderedList.tsx';
import { Loading, Skeleton } from '../../../../ui/components/Skeleton.tsx';
import { Tabs } from '../../../../ui/components/Tabs.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { nameIn } from '../../core/attributes.ts';
import { type FieldView, type Subject } from '../../core/contract.ts';
import { fieldsOf } from '../queries.ts';
import type { ConditionsOf } from '../slots.ts';
import { useFieldsText } from '../text.ts';
import { FieldDialog } from './FieldDialog.tsx';

type FieldsScreenProps = { subjects: readonly Subject[]; mayManage: boolean; conditionsOf: ConditionsOf };

/** What a workspace wants to know of its tickets and customers besides. */
export function FieldsScreen({ subjects, mayManage, conditionsOf }: FieldsScreenProps) {
  const t = useFieldsText();
  const [subject, setSubject] = useState<Subject>('ticket');
  const tabs = subjects.map((id) => ({ id, label: t(`fields.on.${id}`), content: <FieldsOf key={id} subject={id} mayManage={mayManage} conditionsOf={conditionsOf} /> }));
  return <Tabs label={t('fields.on')} tabs={tabs} value={subject} onChange={setSubject} />;
}

type FieldsOfProps = { subject: Subject; mayManage: boolean; conditionsOf: ConditionsOf };

function FieldsOf(props: FieldsOfProps) {
  const errorText = useErrorText();
  const { data, error, refetch, isFetching } = useQuery(fieldsOf(props.subject));
  if (data) return <FieldList {...props} data={data} />;
  if (error) return <ErrorState onRetry={() => void refetch()} isRetrying={isFetching}>{errorText(error)}</ErrorState>;
  return <Loading><Skeleton className="h-14 w-full" /></Loading>;
}

function FieldList({ subject, mayManage, conditionsOf, data }: FieldsOfProps & { data: readonly FieldView[] }) {
  const t = useFieldsText();
  const errorText = useErrorText();
  const language = useLanguage();
  const cache = useQueryClient();
  const [edited, setEdited] = useState<FieldView | 'new' | null>(null);
  const [doomed, setDoomed] = useState<FieldView | null>(null);
  const stale = () => cache.invalidateQueries({ queryKey: ['fields'] });
  const failed = (reason: unknown) => toast({ tone: 'failed', text: errorText(reason) });
  const order = useMutation({ mutationFn: (ids: readonly string[]) => api.put('/fields/order', { subject, ids }), onError: failed, onSettled: stale });
  const switched = useMutation({ mutationFn: ({ id, active }: FieldView) => api.patch(`/fields/${id}`, { active: !active }), onError: failed, onSettled: stale });
  const remove = useMutation({ mutationFn: (id: string) => api.delete(`/fields/${id}`), onSettled: stale });
  const fields = order.isPending && order.variables ? order.variables.flatMap((id) => data.find((one) => one.id === id) ?? []) : data;
  const move = ({ id }: FieldView, to: number) => order.mutate(fields.filter((one) => one.id !== id).map((one) => one.id).toSpliced(to, 0, id));
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <p className="min-w-56 flex-1 text-13 text-ink-faint">{t(`fields.on.${subject}.what`)}</p>
        {mayManage && <Button tone="primary" icon={Plus} onPress={() => setEdited('new')}>{t('fields.new')}</Button>}
      </div>
      {fields.length === 0 && <EmptyState icon={ListPlus}>{t('fields.empty')}</EmptyState>}
      {fields.length > 0 && (
        <OrderedList label={t(`fields.on.${subject}`)} items={fields} nameOf={(field) => nameIn(field.names, language)} onMove={mayManage && fields.length > 1 ? move : null}>
          {(field) => <FieldRow field={field} mayManage={mayManage} onEdit={() => setEdited(field)} onSwitch={() => switched.mutate(field)} onDelete={() => setDoomed(field)} />}
        </OrderedList>
      )}
      <FieldDialog subject={subject} field={edited} conditions={conditionsOf(subject)} onClose={() => setEdited(null)} />
      <ConfirmDialog isOpen={doomed !== null} onClose={() => setDoomed(null)} title={t('fields.delete_title', { name: doomed ? nameIn(doomed.names, language) : '' })} verb={t('fields.delete')}
        onConfirm={async () => doomed && remove.mutateAsync(doomed.id)} errorText={errorText}>
        {t('fields.delete_why')}
      </ConfirmDialog>
    </div>
  );
}

function FieldRow({ field, mayManage, onEdit, onSwitch, onDelete }: { field: FieldView; mayManage: boolean; onEdit: () => void; onSwitch: () => void; onDelete: () => void }) {
  const t = useFieldsText();
  const name = nameIn(field.names, useLanguage());
  return (
    <div className="flex min-w-0 flex-1 items-center gap-3 px-1.5">
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <span dir="auto" className="truncate font-medium">{name}</span>
          {field.required && <Badge>{t('fields.required')}</Badge>}
          {!field.active && <Badge tone="warning">{t('fields.off')}</Badge>}
        </div>
        <p className="text-13 text-ink-faint">{t(`fields.type.${field.type}`)} · <bdi dir="ltr">{field.key}</bdi></p>
      </div>
      {mayManage && (
        <Menu
          label={t('fields.actions', { name })} placement="bottom end" trigger={<IconButton icon={Ellipsis} label={t('fields.actions', { name })} />}
          groups={[
            { entries: [{ id: 'edit', label: t('fields.edit'), onAction: onEdit }, { id: 'switch', label: t(field.active ? 'fields.switch_off' : 'fields.switch_on'), onAction: onSwitch }] },
            { entries: [{ id: 'delete', label: t('fields.delete'), tone: 'danger', onAction: onDelete }] },
          ]}
        />
      )}
    </div>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, Plus } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { fieldErrors, useErrorText } from '../../../../platform/browser/error-text.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { ConfirmDialog } from '../../../../ui/components/ConfirmDialog.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { SaveForm } from '../../../../ui/components/SaveForm.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { SkeletonRows } from '../../../../ui/components/Skeleton.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { ListRow, RowList, Section } from '../../../../ui/layout/Section.tsx';
import { OwnStateView, STATES } from '../../core/contract.ts';
import { stateText } from '../presence/states.ts';
import { ownStates, refresh } from '../queries.ts';
import { useRoutingText } from '../text.ts';

/** The workspace's own words for being here or not: lunch, training, stock-taking. */
export function OwnStates() {
  const t = useRoutingText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [edited, setEdited] = useState<OwnStateView | 'new' | null>(null);
  const [doomed, setDoomed] = useState<OwnStateView | null>(null);
  const remove = useMutation({ mutationFn: (id: string) => api.delete(`/presence-states/${id}`), onSettled: () => Promise.all([refresh(cache, 'states'), refresh(cache, 'presence')]) });
  return (
    <Section title={t('routing.states')} description={t('routing.states.what')} actions={<Button icon={Plus} onPress={() => setEdited('new')}>{t('routing.states.new')}</Button>}>
      <StateRows onEdit={setEdited} onDelete={setDoomed} />
      <Dialog isOpen={edited !== null} onClose={() => setEdited(null)} title={edited === 'new' || !edited ? t('routing.states.new') : edited.name}>
        {edited && <StateForm state={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
      </Dialog>
      <ConfirmDialog isOpen={doomed !== null} onClose={() => setDoomed(null)} title={t('routing.delete_title', { name: doomed?.name ?? '' })} verb={t('routing.delete')} onConfirm={async () => doomed && remove.mutateAsync(doomed.id)} errorText={errorText}>
        {t('routing.states.delete_why')}
      </ConfirmDialog>
    </Section>
  );
}

function StateRows({ onEdit, onDelete }: { onEdit: (state: OwnStateView) => void; onDelete: (state: OwnStateView) => void }) {
  const t = useRoutingText();
  const errorText = useErrorText();
  const { data, error, refetch, isFetching } = useQuery(ownStates);
  if (error && !data) return <ErrorState onRetry={() => void refetch()} isRetrying={isFetching}>{errorText(error)}</ErrorState>;
  if (!data) return <SkeletonRows count={2} />;
  if (data.items.length === 0) return <p className="text-13 text-ink-soft">{t('routing.states.empty')}</p>;
  return (
    <RowList label={t('routing.states')}>
      {data.items.map((state) => <StateRow key={state.id} state={state} onEdit={() => onEdit(state)} onDelete={() => onDelete(state)} />)}
    </RowList>
  );
}

function StateRow({ state: { name, state }, onEdit, onDelete }: { state: OwnStateView; onEdit: () => void; onDelete: () => void }) {
  const t = useRoutingText();
  const label = t('routing.actions', { name });
  return (
    <ListRow
      title={name}
      detail={t('routing.state.counts_as', { state: t(stateText(state)) })}
      actions={
        <Menu
          label={label}
          placement="bottom end"
          trigger={<IconButton icon={Ellipsis} label={label} />}
          groups={[{ entries: [{ id: 'edit', label: t('routing.edit'), onAction: onEdit }] }, { entries: [{ id: 'delete', label: t('routing.delete'), tone: 'danger', onAction: onDelete }] }]}
        />
      }
    />
  );
}

function StateForm({ state, onClose }: { state: OwnStateView | null; onClose: () => void }) {
  const t = useRoutingText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [counts, setCounts] = useState(state?.state ?? 'away');
  const save = useMutation({
    mutationFn: (values: FormData) => {
      const body = { name: values.get('name'), state: counts };
      return state ? api.patch(`/presence-states/${state.id}`, body, OwnStateView) : api.post('/presence-states', body, OwnStateView);
    },
    onSuccess: () => {
      toast({ text: t('routing.saved') });
      onClose();
      return refresh(cache, 'states');
    },
  });
  return (
    <SaveForm verb={t('routing.save')} onSubmit={(values) => save.mutate(values)} isPending={save.isPending} onCancel={onClose} errors={fieldErrors(save.error)} problem={save.error && errorText(save.error)}>
      <TextField name="name" label={t('routing.name')} hint={t('routing.states.name_what')} defaultValue={state?.name ?? ''} maxLength={100} autoComplete="off" isRequired autoFocus />
      <Select label={t('routing.states.as')} hint={t(`routing.state.${counts}.what`)} value={counts} onChange={setCounts} options={STATES.map((id) => ({ id, label: t(stateText(id)) }))} />
    </SaveForm>
  );
}

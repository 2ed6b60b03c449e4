import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api } from '../../../platform/browser/api.ts';
import { fieldErrors, useErrorText } from '../../../platform/browser/error-text.ts';
import { useT } from '../../../platform/browser/i18n.ts';
import { Dialog } from '../../../ui/components/Dialog.tsx';
import { SaveForm } from '../../../ui/components/SaveForm.tsx';
import { Select } from '../../../ui/components/Select.tsx';
import { TextField } from '../../../ui/components/TextField.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import { isReadable } from '../../conditions/core/check.ts';
import { ALWAYS, type Condition } from '../../conditions/core/condition.ts';
import { SORTS } from '../../tickets/core/contract.ts';
import { TICKET_FIELDS } from '../../tickets/core/fields.ts';
import { SHARED_WITH, SHELVES, ViewView } from '../core/contract.ts';
import { teamsQuery } from './queries.ts';
import { useViewsText } from './text.ts';
import { type ViewColumn, ViewColumns } from './ViewColumns.tsx';

/** Seats the editor of conditions; who may be chosen is known outside. */
export type ViewConditions = (props: { label: string; value: Condition; onChange: (value: Condition) => void; showFaults: boolean }) => ReactNode;

type ViewDialogProps = {
  view: ViewView | 'new' | null;
  mayShare: boolean;
  conditions: ViewConditions;
  /** The workspace's own fields that a list can show. */
  ownColumns: readonly ViewColumn[];
  onClose: () => void;
  onSaved: (view: ViewView) => void;
};

export function ViewDialog({ view, onClose, ...props }: ViewDialogProps) {
  const t = useViewsText();
  return (
    <Dialog isOpen={view !== null} onClose={onClose} title={view === 'new' || !view ? t('views.new') : view.name} size="wide" isDismissable={false}>
      {view && <ViewForm view={view === 'new' ? null : view} onClose={onClose} {...props} />}
    </Dialog>
  );
}

type ViewFormProps = Omit<ViewDialogProps, 'view'> & { view: ViewView | null };

type Draft = Pick<ViewView, 'name' | 'sharedWith' | 'teamId' | 'shelf' | 'sort' | 'columns'> & { readonly conditions: Condition };

const FRESH: Draft = { name: '', sharedWith: 'me', teamId: null, conditions: ALWAYS, shelf: 'active', sort: 'queue', columns: [] };

const draftOf = (view: ViewView | null): Draft =>
  (view ? { name: view.name, sharedWith: view.sharedWith, teamId: view.teamId, conditions: view.conditions as Condition, shelf: view.shelf, sort: view.sort, columns: view.columns } : FRESH);

function ViewForm({ view, mayShare, conditions, ownColumns, onClose, onSaved }: ViewFormProps) {
  const t = useViewsText();
  const say = useT();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(view));
  const [showFaults, setShowFaults] = useState(false);
  const put = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const save = useMutation({
    mutationFn: ({ teamId, ...body }: Draft) => {
      const given = { ...body, ...(body.sharedWith === 'team' && teamId !== null && { teamId }) };
      return view ? api.patch(`/views/${view.id}`, { ...given, version: view.version }, ViewView) : api.post('/views', given, ViewView);
    },
    onSuccess: async (saved) => {
      await cache.invalidateQueries({ queryKey: ['views'] });
      await cache.invalidateQueries({ queryKey: ['tickets', 'list'] });
      toast({ text: t('views.saved', { name: saved.name }) });
      onClose();
      onSaved(saved);
    },
  });
  const submit = () => {
    setShowFaults(true);
    const isWhole = draft.sharedWith !== 'team' || draft.teamId !== null;
    if (isWhole && isReadable(draft.conditions, TICKET_FIELDS, { viewer: true })) save.mutate(draft);
  };
  return (
    <SaveForm verb={t('views.save')} onSubmit={submit} isPending={save.isPending} onCancel={onClose} errors={fieldErrors(save.error)} problem={save.error && errorText(save.error)}>
      <TextField name="name" label={t('views.name')} value={draft.name} onChange={(name) => put({ name })} maxLength={100} autoComplete="off" isRequired autoFocus />
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 text-13 font-medium">{t('views.conditions')}</legend>
        {conditions({ label: t('views.conditions'), value: draft.conditions, onChange: (changed) => put({ conditions: changed }), showFaults })}
      </fieldset>
      <div className="grid grid-cols-2 gap-3 max-wide:grid-cols-1">
        <Select label={t('views.shelf')} options={SHELVES.map((id) => ({ id, label: t(`views.shelf.${id}`) }))} value={draft.shelf} onChange={(shelf) => put({ shelf })} />
        <Select label={t('views.sort')} options={SORTS.map((id) => ({ id, label: say(`tickets.sort.${id}`) }))} value={draft.sort} onChange={(sort) => put({ sort })} />
        {mayShare && <Sharing draft={draft} put={put} />}
      </div>
      <ViewColumns chosen={draft.columns} own={ownColumns} onChange={(columns) => put({ columns })} />
    </SaveForm>
  );
}

function Sharing({ draft, put }: { draft: Draft; put: (change: Partial<Draft>) => void }) {
  const t = useViewsText();
  const { data: groups = [] } = useQuery(teamsQuery);
  const sharing = SHARED_WITH.filter((id) => id !== 'team' || groups.length > 0);
  return (
    <>
      <Select label={t('views.shared_with')} options={sharing.map((id) => ({ id, label: t(`views.shared_with.${id}`) }))} value={draft.sharedWith} onChange={(sharedWith) => put({ sharedWith })} />
      {draft.sharedWith === 'team' && (
        <Select label={t('views.team')} placeholder={t('views.team.choose')} options={groups.map(({ id, name }) => ({ id, label: name }))} value={draft.teamId} onChange={(teamId) => put({ teamId })} />
      )}
    </>
  );
}

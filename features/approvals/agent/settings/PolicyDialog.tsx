import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { CheckboxGroup, Label } from 'react-aria-components';
import { api } from '../../../../platform/browser/api.ts';
import { fieldErrors, useErrorText } from '../../../../platform/browser/error-text.ts';
import { Checkbox } from '../../../../ui/components/Checkbox.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { RadioGroup } from '../../../../ui/components/RadioGroup.tsx';
import { SaveForm } from '../../../../ui/components/SaveForm.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { isReadable } from '../../../conditions/core/check.ts';
import { ALWAYS, type Condition, partsOf } from '../../../conditions/core/condition.ts';
import { TICKET_FIELDS } from '../../../tickets/core/fields.ts';
import { CHANNELS, PolicyCreate, PolicyView, WRITERS } from '../../core/contract.ts';
import { colleagues, KEYS, teamsQuery } from '../queries.ts';
import type { Conditions } from '../slots.ts';
import { useApprovalsText } from '../text.ts';

type PolicyDialogProps = { policy: PolicyView | 'new' | null; conditions: Conditions; onClose: () => void };

export function PolicyDialog({ policy, conditions, onClose }: PolicyDialogProps) {
  const t = useApprovalsText();
  return (
    <Dialog isOpen={policy !== null} onClose={onClose} title={policy === 'new' || !policy ? t('approvals.policies.new') : policy.name} size="wide" isDismissable={false}>
      {policy && <PolicyForm policy={policy === 'new' ? null : policy} conditions={conditions} onClose={onClose} />}
    </Dialog>
  );
}

type By = PolicyView['reviewers']['by'];
type Draft = {
  readonly name: string; readonly conditions: Condition; readonly writers: PolicyView['writers']; readonly channels: PolicyView['channels'];
  readonly by: By; readonly ids: readonly string[]; readonly teamId: string | null;
};

const NEW: Draft = { name: '', conditions: ALWAYS, writers: ['agent', 'rule'], channels: ['email'], by: 'leads', ids: [], teamId: null };

const draftOf = ({ name, conditions, writers, channels, reviewers }: PolicyView): Draft => ({
  name, conditions: (conditions as Condition | null) ?? ALWAYS, writers, channels, by: reviewers.by, ids: reviewers.by === 'people' ? reviewers.ids : [], teamId: reviewers.by === 'team' ? reviewers.id : null,
});

const reviewersOf = ({ by, ids, teamId }: Draft) => (by === 'people' ? { by, ids } : by === 'team' ? { by, id: teamId } : { by });
const bodyOf = (draft: Draft) => ({
  name: draft.name.trim(), conditions: partsOf(draft.conditions).length === 0 ? null : draft.conditions, writers: draft.writers, channels: draft.channels, reviewers: reviewersOf(draft),
});

function PolicyForm({ policy, conditions, onClose }: Omit<PolicyDialogProps, 'policy'> & { policy: PolicyView | null }) {
  const t = useApprovalsText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [draft, setDraft] = useState(() => (policy ? draftOf(policy) : NEW));
  const [showFaults, setShowFaults] = useState(false);
  const put = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const body = bodyOf(draft);
  const isWhole = PolicyCreate.safeParse(body).success && isReadable(draft.conditions, TICKET_FIELDS);
  const save = useMutation({
    mutationFn: () => (policy ? api.patch(`/approval-policies/${policy.id}`, body, PolicyView) : api.post('/approval-policies', body, PolicyView)),
    onSuccess: () => {
      toast({ text: t('approvals.policies.saved') });
      onClose();
      return cache.invalidateQueries({ queryKey: KEYS.all });
    },
  });
  const submit = () => {
    setShowFaults(true);
    if (isWhole) save.mutate();
  };
  const problem = save.error ? errorText(save.error) : showFaults && !isWhole ? t('approvals.policies.fault') : null;
  return (
    <SaveForm verb={t('approvals.policies.save')} onSubmit={submit} isPending={save.isPending} onCancel={onClose} errors={fieldErrors(save.error)} problem={problem}>
      <TextField name="name" label={t('approvals.policies.name')} hint={t('approvals.policies.name_what')} value={draft.name} onChange={(name) => put({ name })} maxLength={200} autoComplete="off" isRequired autoFocus={policy === null} />
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 text-13 font-medium">{t('approvals.policies.conditions')}</legend>
        <p className="text-13 text-ink-faint">{t('approvals.policies.conditions_what')}</p>
        {conditions.editor({ label: t('approvals.policies.conditions'), value: draft.conditions, onChange: (changed) => put({ conditions: changed }), showFaults })}
      </fieldset>
      <Several label={t('approvals.policies.writers')} options={WRITERS.map((id) => ({ id, label: t(`approvals.writer.${id}`) }))} value={draft.writers} onChange={(writers) => put({ writers })} />
      <Several label={t('approvals.policies.channels')} options={CHANNELS.map((id) => ({ id, label: t(`approvals.channel.${id}`) }))} value={draft.channels} onChange={(channels) => put({ channels })} />
      <Readers draft={draft} put={put} showFaults={showFaults} />
    </SaveForm>
  );
}

type SeveralProps<Id extends string> = { label: string; options: readonly { id: Id; label: string }[]; value: readonly Id[]; onChange: (value: Id[]) => void };

/** At least one of a few; in the order in which they are offered. */
const Several = <Id extends string>({ label, options, value, onChange }: SeveralProps<Id>) => (
  <CheckboxGroup value={[...value]} onChange={(chosen) => onChange(options.map(({ id }) => id).filter((id) => chosen.includes(id)))} className="flex flex-col gap-2">
    <Label className="text-13 font-medium">{label}</Label>
    <div className="flex flex-wrap gap-x-6 gap-y-1.5">{options.map((option) => <Checkbox key={option.id} value={option.id}>{option.label}</Checkbox>)}</div>
  </CheckboxGroup>
);

function Readers({ draft, put, showFaults }: { draft: Draft; put: (change: Partial<Draft>) => void; showFaults: boolean }) {
  const t = useApprovalsText();
  const { data: teams } = useQuery(teamsQuery);
  const groups = teams?.items ?? [];
  const ways = (['leads', 'people', ...(groups.length > 0 || draft.by === 'team' ? ['team' as const] : [])] as const).map((id) => ({ id, label: t(`approvals.readers.${id}`) }));
  return (
    <>
      <RadioGroup label={t('approvals.policies.readers')} hint={t('approvals.policies.readers_what')} value={draft.by} onChange={(by) => put({ by })} options={ways} />
      {draft.by === 'people' && <People ids={draft.ids} onChange={(ids) => put({ ids })} isMissing={showFaults && draft.ids.length === 0} />}
      {draft.by === 'team' && (
        <Select label={t('approvals.policies.team')} className="max-w-80" options={groups.map(({ id, name }) => ({ id, label: name }))} value={draft.teamId} onChange={(teamId) => put({ teamId })}
          {...(showFaults && draft.teamId === null && { error: t('approvals.policies.no_team') })} />
      )}
    </>
  );
}

function People({ ids, onChange, isMissing }: { ids: readonly string[]; onChange: (ids: string[]) => void; isMissing: boolean }) {
  const t = useApprovalsText();
  const { data: people = [] } = useQuery(colleagues);
  return (
    <CheckboxGroup value={[...ids]} onChange={onChange} className="flex flex-col gap-2">
      <Label className="text-13 font-medium">{t('approvals.policies.people')}</Label>
      {isMissing && <p role="alert" className="text-13 text-danger-ink">{t('approvals.policies.no_people')}</p>}
      <div className="flex max-h-44 flex-col gap-1.5 overflow-auto">
        {people.filter(({ role }) => role !== 'colleague').map(({ id, name }) => <Checkbox key={id} value={id}><span dir="auto">{name}</span></Checkbox>)}
      </div>
    </CheckboxGroup>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { fieldErrors, useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { SaveForm } from '../../../../ui/components/SaveForm.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { ALWAYS, type Condition } from '../../../conditions/core/condition.ts';
import { TICKET_FIELDS } from '../../../tickets/core/fields.ts';
import { PolicyView } from '../../core/contract.ts';
import { conditionOf, isFinished, useChoices } from '../condition-words.ts';
import { calendarsAll } from '../queries.ts';
import type { ConditionSlot } from '../slots.ts';
import { useSlaText } from '../text.ts';
import { ActionFields } from './ActionFields.tsx';
import { actionLine, type ActionLine } from './action-lines.ts';
import { conditionsToSend, matchesOf } from './queries.ts';
import { emptyLine, linesOf, type TargetLine, targetsOf } from './target-lines.ts';
import { TargetFields } from './TargetFields.tsx';

type PolicyDialogProps = { policy: PolicyView | 'new' | null; conditions: ConditionSlot; nameOf: (policy: PolicyView) => string; onClose: () => void };

export function PolicyDialog({ policy, conditions, nameOf, onClose }: PolicyDialogProps) {
  const t = useSlaText();
  return (
    <Dialog isOpen={policy !== null} onClose={onClose} title={policy === 'new' || !policy ? t('sla.policies.new') : nameOf(policy)} size="wide" isDismissable={false}>
      {policy && <PolicyForm policy={policy === 'new' ? null : policy} conditions={conditions} onClose={onClose} />}
    </Dialog>
  );
}

const DEFAULT = 'default';

function PolicyForm({ policy, conditions: Conditions, onClose }: { policy: PolicyView | null; conditions: ConditionSlot; onClose: () => void }) {
  const t = useSlaText();
  const errorText = useErrorText();
  const choices = useChoices();
  const draft = useDraft(policy);
  const { calendarId, condition, lines, actions } = draft;
  const { targets, faults } = targetsOf(lines);
  const isReady = isFinished(condition) && faults.size === 0 && targets.length > 0;
  const [hasTried, setTried] = useState(false);
  const save = useSaving(policy, onClose);
  const submit = (values: FormData) => {
    setTried(true);
    if (isReady) save.mutate({ ...nameIn(values), calendarId, conditions: conditionsToSend(condition), targets, actions: actions.map(({ action }) => action) });
  };
  const unfinished = hasTried && !isReady ? t('sla.policies.unfinished') : null;

  return (
    <SaveForm verb={t('sla.policies.save')} onSubmit={submit} isPending={save.isPending} onCancel={onClose} errors={fieldErrors(save.error)} problem={save.error ? errorText(save.error) : unfinished}>
      <NameField policy={policy} />
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 text-13 font-medium">{t('sla.policies.which')}</legend>
        <Conditions label={t('sla.policies.which')} fields={TICKET_FIELDS} value={condition} onChange={draft.setCondition} choices={choices} showFaults={hasTried} />
        <Matches condition={condition} />
      </fieldset>
      <CalendarField value={calendarId} onChange={draft.setCalendarId} />
      <TargetFields lines={lines} onChange={draft.setLines} faults={hasTried ? faults : NO_FAULTS} />
      <ActionFields lines={actions} onChange={draft.setActions} metrics={lines.map(({ metric }) => metric)} choices={choices} />
    </SaveForm>
  );
}

/** What is being written, as it stands in the fields. */
function useDraft(policy: PolicyView | null) {
  const format = useFormat();
  const [calendarId, setCalendarId] = useState(policy?.calendarId ?? null);
  const [condition, setCondition] = useState<Condition>(policy?.conditions ? conditionOf(policy.conditions) : ALWAYS);
  const [lines, setLines] = useState<TargetLine[]>(() => (policy ? linesOf(policy.targets, (seconds, inDays) => format.duration(seconds, 'narrow', inDays)) : [emptyLine('first_reply')]));
  const [actions, setActions] = useState<ActionLine[]>(() => (policy?.actions ?? []).map(actionLine));
  return { calendarId, setCalendarId, condition, setCondition, lines, setLines, actions, setActions };
}

function useSaving(policy: PolicyView | null, onSaved: () => void) {
  const t = useSlaText();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: object) => (policy ? api.patch(`/sla-policies/${policy.id}`, { ...body, version: policy.version }, PolicyView) : api.post('/sla-policies', body, PolicyView)),
    onSuccess: () => {
      toast({ text: t('sla.policies.saved') });
      onSaved();
      return cache.invalidateQueries({ queryKey: ['sla'] });
    },
  });
}

const nameIn = (values: FormData): { name?: string } => (values.has('name') ? { name: values.get('name') as string } : {});

/** Those that come with the house keep their names, which are told in the language of the reader. */
function NameField({ policy }: { policy: PolicyView | null }) {
  const t = useSlaText();
  if (policy?.readyMade) return null;
  return <TextField name="name" label={t('sla.policies.name')} hint={t('sla.policies.name_hint')} defaultValue={policy?.name ?? ''} maxLength={100} autoComplete="off" isRequired autoFocus />;
}

const NO_FAULTS: ReadonlySet<never> = new Set();

function CalendarField({ value, onChange }: { value: string | null; onChange: (calendarId: string | null) => void }) {
  const t = useSlaText();
  const { data } = useQuery(calendarsAll);
  const usual = data?.items.find(({ isDefault }) => isDefault);
  const options = [
    { id: DEFAULT, label: usual ? t('sla.policies.default_hours', { name: usual.name }) : t('sla.policies.every_hour') },
    ...(data?.items ?? []).map(({ id, name }) => ({ id, label: name })),
  ];
  return <Select label={t('sla.policies.hours')} hint={t('sla.policies.hours_hint')} options={options} value={value ?? DEFAULT} onChange={(id) => onChange(id === DEFAULT ? null : id)} className="max-w-form" />;
}

/** For how many open tickets the condition holds now; says nothing while it is unfinished. */
function Matches({ condition }: { condition: Condition }) {
  const t = useSlaText();
  const format = useFormat();
  const calm = useDeferredValue(condition);
  const isAsked = isFinished(calm);
  const { data, isPlaceholderData } = useQuery({ ...matchesOf(calm), enabled: isAsked, placeholderData: (before) => before });
  const isKnown = isAsked && data && !isPlaceholderData;
  return (
    <p role="status" className="min-h-5 text-13 text-ink-soft">
      {isKnown && (data.more ? t('sla.policies.matches_more', { count: format.number(data.count) }) : t('sla.policies.matches', { count: data.count }))}
    </p>
  );
}

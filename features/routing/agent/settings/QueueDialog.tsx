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
import { TICKET_FIELDS } from '../../../tickets/core/fields.ts';
import { MODES, QueueView } from '../../core/contract.ts';
import { DurationField } from '../DurationField.tsx';
import { calendarChoices, refresh, skillsQuery, teamsQuery } from '../queries.ts';
import type { Conditions } from '../slots.ts';
import { useRoutingText } from '../text.ts';
import { LanguageNeed, OverflowFields, SkillFields } from './NeedFields.tsx';
import { asksAlways, draftOf, isGiven, type QueueDraft, queueOf, withMode } from './queue-draft.ts';

type QueueDialogProps = { queue: QueueView | 'new' | null; conditions: Conditions; onClose: () => void };

export function QueueDialog({ queue, conditions, onClose }: QueueDialogProps) {
  const t = useRoutingText();
  return (
    <Dialog isOpen={queue !== null} onClose={onClose} title={queue === 'new' || !queue ? t('routing.queues.new') : queue.name} size="wide" isDismissable={false}>
      {queue && <QueueForm queue={queue === 'new' ? null : queue} conditions={conditions} onClose={onClose} />}
    </Dialog>
  );
}

type QueueFormProps = { queue: QueueView | null; conditions: Conditions; onClose: () => void };
type PartProps = { draft: QueueDraft; put: (change: Partial<QueueDraft>) => void };

function QueueForm({ queue, conditions, onClose }: QueueFormProps) {
  const t = useRoutingText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(queue));
  const [showFaults, setShowFaults] = useState(false);
  const put = (change: Partial<QueueDraft>) => setDraft({ ...draft, ...change });
  const wish = queueOf(draft);
  const save = useMutation({
    mutationFn: (body: object) => (queue ? api.patch(`/queues/${queue.id}`, { ...body, version: queue.version }, QueueView) : api.post('/queues', body, QueueView)),
    onSuccess: () => {
      toast({ text: t('routing.saved') });
      onClose();
      return refresh(cache, 'queues');
    },
  });
  const submit = () => {
    setShowFaults(true);
    if (wish && isReadable(draft.conditions, TICKET_FIELDS)) save.mutate(wish);
  };
  return (
    <SaveForm
      verb={t('routing.save')} onSubmit={submit} isPending={save.isPending} isDisabled={wish === null && draft.name.trim() !== ''} onCancel={onClose}
      errors={fieldErrors(save.error)} problem={save.error && errorText(save.error)}
    >
      <TextField name="name" label={t('routing.name')} hint={t('routing.queues.name_what')} value={draft.name} onChange={(name) => put({ name })} maxLength={100} autoComplete="off" isRequired autoFocus />
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 text-13 font-medium">{t('routing.queues.conditions')}</legend>
        <p className="text-13 text-ink-faint">{t('routing.queues.conditions_what')}</p>
        {conditions.editor({ label: t('routing.queues.conditions'), value: draft.conditions, onChange: (changed) => put({ conditions: changed }), showFaults })}
      </fieldset>
      <RadioGroup label={t('routing.mode')} value={draft.mode} onChange={(mode) => put(withMode(draft, mode))} options={MODES.map((id) => ({ id, label: t(`routing.mode.${id}`), hint: t(`routing.mode.${id}.what`) }))} />
      {isGiven(draft.mode) && (
        <DurationField label={t('routing.queues.offer')} hint={t('routing.queues.offer_what')} value={draft.offer} onChange={(offer) => put({ offer })} units={['seconds', 'minutes']} {...(!asksAlways(draft.mode) && { never: t('routing.queues.no_offer') })} />
      )}
      <Whose draft={draft} put={put} />
      <SkillNeeds draft={draft} put={put} />
      <Turns draft={draft} put={put} />
    </SaveForm>
  );
}

function Whose({ draft, put }: PartProps) {
  const t = useRoutingText();
  const { data } = useQuery(teamsQuery);
  const teams = data?.items ?? [];
  if (teams.length === 0) return null;
  return (
    <>
      <CheckboxGroup value={draft.teamIds} onChange={(teamIds) => put({ teamIds })} className="flex flex-col gap-2">
        <Label className="text-13 font-medium">{t('routing.queues.teams')}</Label>
        <p className="text-13 text-ink-faint">{t('routing.queues.teams_what')}</p>
        <div className="flex max-h-44 flex-col gap-1.5 overflow-auto">
          {teams.map(({ id, name }) => <Checkbox key={id} value={id}><span dir="auto">{name}</span></Checkbox>)}
        </div>
      </CheckboxGroup>
      {draft.teamIds.length > 0 && <OverflowFields teams={teams.filter(({ id }) => !draft.teamIds.includes(id))} lines={draft.overflow} onChange={(overflow) => put({ overflow })} />}
    </>
  );
}

function SkillNeeds({ draft, put }: PartProps) {
  const { data } = useQuery(skillsQuery);
  const skills = data?.items ?? [];
  return (
    <>
      {(skills.length > 0 || draft.skills.length > 0) && <SkillFields skills={skills} lines={draft.skills} onChange={(changed) => put({ skills: changed })} />}
      {(skills.some(({ language }) => language !== null) || draft.language) && <LanguageNeed value={draft.language} onChange={(language) => put({ language })} />}
    </>
  );
}

const USUAL = 'usual';

/** Whose turn it is, and by which hours. */
function Turns({ draft, put }: PartProps) {
  const t = useRoutingText();
  const { data: calendars = [] } = useQuery(calendarChoices);
  return (
    <>
      <DurationField label={t('routing.queues.own_agent')} hint={t('routing.queues.own_agent_what')} value={draft.ownAgent} onChange={(ownAgent) => put({ ownAgent })} never={t('routing.queues.no_own_agent')} />
      <DurationField label={t('routing.queues.head_start')} hint={t('routing.queues.head_start_what')} value={draft.headStart} onChange={(headStart) => put({ headStart })} units={['minutes', 'hours', 'days']} />
      {calendars.length > 0 && (
        <Select
          label={t('routing.queues.calendar')} hint={t('routing.queues.calendar_what')} value={draft.calendarId ?? USUAL} onChange={(id) => put({ calendarId: id === USUAL ? null : id })}
          options={[{ id: USUAL, label: t('routing.queues.usual_calendar') }, ...calendars.map(({ id, name }) => ({ id, label: name }))]}
        />
      )}
    </>
  );
}

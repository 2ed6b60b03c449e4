import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { Checkbox } from '../../../../ui/components/Checkbox.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { Form } from '../../../../ui/components/Form.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { useUiText } from '../../../../ui/text.ts';
import { RuleView } from '../../core/contract.ts';
import { fieldsFor } from '../../core/fields.ts';
import { ruleInWords } from '../../core/sentence.ts';
import type { Names } from '../names.ts';
import { calendars, KEYS } from '../queries.ts';
import type { ConditionSlot } from '../slots.ts';
import { useAutomationText } from '../text.ts';
import { useRuleWords } from '../words.ts';
import { ActionList } from './ActionList.tsx';
import { type Draft, draftOf, type Fault, faultsOf, finishedPart, needsHours, NEW_DRAFT, ruleOf } from './draft.ts';
import { DryRun } from './DryRun.tsx';
import { TriggerFields } from './TriggerFields.tsx';

type Seats = { names: Names; conditions: ConditionSlot; ticketHref: (id: string) => string };
/** `ownTeams`: the only ones whose rules may be written; null: all, and those of the whole workspace. */
type RuleDialogProps = Seats & { rule: RuleView | 'new' | null; ownTeams: readonly string[] | null; onClose: () => void };

export function RuleDialog({ rule, onClose, ...seats }: RuleDialogProps) {
  const t = useAutomationText();
  return (
    <Dialog isOpen={rule !== null} onClose={onClose} title={rule === 'new' || !rule ? t('automation.new') : rule.name} size="wide" isDismissable={false}>
      {rule && <RuleForm rule={rule === 'new' ? null : rule} onClose={onClose} {...seats} />}
    </Dialog>
  );
}

function RuleForm({ rule, ownTeams, onClose, names, conditions, ticketHref }: Omit<RuleDialogProps, 'rule'> & { rule: RuleView | null }) {
  const t = useAutomationText();
  const errorText = useErrorText();
  const [draft, setDraft] = useState<Draft>(() => (rule ? draftOf(rule) : { ...NEW_DRAFT, teamId: ownTeams?.[0] ?? null }));
  const [showFaults, setShowFaults] = useState(false);
  const put = (change: Partial<Draft>) => setDraft((now) => ({ ...now, ...change }));
  const save = useSaving(rule, onClose);
  const faults = showFaults ? faultsOf(draft) : [];
  const isWhole = () => {
    setShowFaults(true);
    return faultsOf(draft).length === 0;
  };
  const submit = (enabled: boolean) => { if (isWhole()) save.mutate({ ...ruleOf(draft), ...(!rule && { enabled }) }); };
  const problem = save.error ? errorText(save.error) : faults.length > 0 ? t('automation.faults') : null;

  return (
    <Form onSubmit={() => submit(true)} problem={problem} footer={<Verbs isNew={!rule} pending={save.isPending ? save.variables : null} onSaveOff={() => submit(false)} onClose={onClose} />}>
      <NameFields draft={draft} faults={faults} isNew={!rule} onChange={put} />
      <TeamChoice value={draft.teamId} ownTeams={ownTeams} names={names} onChange={(teamId) => put({ teamId })} />
      <Part title={t('automation.part.when')}>
        <TriggerFields trigger={draft.trigger} isMissing={faults.includes('events')} onChange={(trigger) => put({ trigger })} />
      </Part>
      <Part title={t('automation.part.if')}>
        {conditions({
          label: t('automation.part.if'), fields: fieldsFor(draft.trigger.on), value: draft.conditions, onChange: (condition) => put({ conditions: condition }),
          choices: names.choices, changes: draft.trigger.on === 'event', showFaults,
        })}
        {draft.trigger.on === 'time' && <AgeFields draft={draft} isMissing={faults.includes('age')} onChange={put} />}
        {needsHours(draft) && <HoursChoice value={draft.calendarId} onChange={(calendarId) => put({ calendarId })} />}
      </Part>
      <Part title={t('automation.part.what')}>
        <ActionList lines={draft.lines} names={names} showFaults={showFaults} onChange={(lines) => put({ lines })} />
      </Part>
      <Sentence draft={draft} names={names} />
      <DryRun draft={draft} isWhole={isWhole} names={names} ticketHref={ticketHref} />
    </Form>
  );
}

type VerbsProps = { isNew: boolean; pending: { enabled?: boolean } | null; onSaveOff: () => void; onClose: () => void };

function Verbs({ isNew, pending, onSaveOff, onClose }: VerbsProps) {
  const t = useAutomationText();
  const ui = useUiText();
  return (
    <>
      <Button type="submit" tone="primary" isPending={pending !== null && pending.enabled !== false}>{t(isNew ? 'automation.save_on' : 'automation.save')}</Button>
      {isNew && <Button isPending={pending?.enabled === false} onPress={onSaveOff}>{t('automation.save_off')}</Button>}
      <Button onPress={onClose}>{ui('ui.cancel')}</Button>
    </>
  );
}

type NameFieldsProps = { draft: Draft; faults: readonly Fault[]; isNew: boolean; onChange: (change: Partial<Draft>) => void };

function NameFields({ draft, faults, isNew, onChange }: NameFieldsProps) {
  const t = useAutomationText();
  const wrong = (fault: 'name' | 'limit') => (faults.includes(fault) ? t(`automation.fault.${fault}`) : undefined);
  return (
    <>
      <div className="flex gap-3 max-wide:flex-col">
        <TextField label={t('automation.name')} value={draft.name} onChange={(name) => onChange({ name })} maxLength={200} autoComplete="off" autoFocus={isNew} className="flex-1" error={wrong('name')} />
        <TextField label={t('automation.limit')} value={draft.hourlyLimit} onChange={(hourlyLimit) => onChange({ hourlyLimit })} inputMode="numeric" maxLength={5} isLatin className="w-48 max-wide:w-full" error={wrong('limit')} />
      </div>
      <TextField label={t('automation.description')} optional value={draft.description} onChange={(description) => onChange({ description })} maxLength={2_000} autoComplete="off" />
    </>
  );
}

/** The whole rule as it will stand in the list, while it is written. */
function Sentence({ draft, names }: { draft: Draft; names: Names }) {
  const words = useRuleWords(names);
  if (draft.lines.length === 0) return null;
  return <p className="rounded-control bg-sunken px-3 py-2 text-13 text-ink-soft [overflow-wrap:anywhere]"><bdi>{ruleInWords(finishedPart(draft), words)}</bdi></p>;
}

/** A new rule is made, one that is there is changed as it was read. */
function useSaving(rule: RuleView | null, onDone: () => void) {
  const t = useAutomationText();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: ReturnType<typeof ruleOf> & { enabled?: boolean }) =>
      (rule ? api.patch(`/rules/${rule.id}`, { ...body, version: rule.version }, RuleView) : api.post('/rules', body, RuleView)),
    onSuccess: () => {
      toast({ text: t('automation.saved') });
      onDone();
      return cache.invalidateQueries({ queryKey: KEYS.all });
    },
  });
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="flex flex-col gap-3 border-t border-hairline pt-4">
    <h3 className="font-semibold">{title}</h3>
    {children}
  </section>
);

/** A rule on time needs an age to wait for. */
function AgeFields({ draft, isMissing, onChange }: { draft: Draft; isMissing: boolean; onChange: (change: Partial<Draft>) => void }) {
  const t = useAutomationText();
  return (
    <>
      {isMissing ? <Banner tone="danger">{t('automation.fault.age')}</Banner> : <p className="text-13 text-ink-faint">{t('automation.age_hint')}</p>}
      <Checkbox isSelected={draft.includeExisting} onChange={(includeExisting) => onChange({ includeExisting })} hint={t('automation.include_existing_hint')}>
        {t('automation.include_existing')}
      </Checkbox>
    </>
  );
}

const ALL = 'all';

/** For whose tickets it is; where there is no team there is nothing to choose. */
function TeamChoice({ value, ownTeams, names, onChange }: { value: string | null; ownTeams: readonly string[] | null; names: Names; onChange: (teamId: string | null) => void }) {
  const t = useAutomationText();
  const teams = names.choices('team').filter(({ id }) => ownTeams === null || ownTeams.includes(id));
  if (teams.length === 0) return null;
  return (
    <Select
      label={t('automation.team')} className="max-w-80" options={[...(ownTeams === null ? [{ id: ALL, label: t('automation.team.all') }] : []), ...teams]}
      value={value ?? ALL} onChange={(id) => onChange(id === ALL ? null : id)}
    />
  );
}

const USUAL = 'usual';

function HoursChoice({ value, onChange }: { value: string | null; onChange: (calendarId: string | null) => void }) {
  const t = useAutomationText();
  const { data } = useQuery(calendars);
  return (
    <Select
      label={t('automation.hours')} className="max-w-80"
      options={[{ id: USUAL, label: t('automation.hours.usual') }, ...(data?.items ?? []).map(({ id, name }) => ({ id, label: name }))]}
      value={value ?? USUAL} onChange={(id) => onChange(id === USUAL ? null : id)}
    />
  );
}

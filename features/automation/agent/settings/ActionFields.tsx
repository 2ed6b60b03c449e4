import type { ReactNode } from 'react';
import { LANGUAGES } from '../../../../kernel/languages.ts';
import { LANGUAGE_NAMES, type Translate, useT } from '../../../../platform/browser/i18n.ts';
import type { Option } from '../../../../ui/components/Option.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { TagsField } from '../../../../ui/components/TagsField.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import type { Reviewers } from '../../../approvals/core/contract.ts';
import { KINDS, PRIORITIES, STATUSES } from '../../../tickets/core/contract.ts';
import { type ActionType, type Audience, LONGEST_TAG, MOST_NEWS, MOST_TAGS, MOST_WORDS } from '../../core/actions.ts';
import type { Names } from '../names.ts';
import { useAutomationText } from '../text.ts';
import type { ActionFieldsProps } from './draft.ts';
import { DelayField, ForwardFields, MergeField, NotSpamHint, PrivateField, PromiseFields, RelateFields, SnoozeFields, SpamHint, SubjectField } from './DeedFields.tsx';
import { RouteFields } from './RouteFields.tsx';
import { ReplyFields } from './ReplyFields.tsx';
import { WordsField } from './WordsField.tsx';

/** What an action of this kind must be told. */
export function ActionFields(props: ActionFieldsProps) {
  const One = FIELDS[props.action.type];
  return <One {...props} />;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
/** Stands for "nobody" in lists, which know only text. */
const NONE = 'no such thing';
/** Of queues: none at all, which is said as such. */
const OUT = 'none';

type Choice = { readonly field: string; readonly label: string; readonly options: (t: Translate, names: Names) => readonly Option[] };

const CHOICES = {
  set_status: { field: 'status', label: 'tickets.status', options: (t) => STATUSES.filter((status) => status !== 'new').map((id) => ({ id, label: t(`tickets.status.${id}`) })) },
  set_priority: { field: 'priority', label: 'tickets.priority', options: (t) => PRIORITIES.map((id) => ({ id, label: t(`tickets.priority.${id}`) })) },
  set_kind: { field: 'kind', label: 'tickets.kind', options: (t) => KINDS.map((id) => ({ id, label: t(`tickets.kind.${id}`) })) },
  set_team: { field: 'teamId', label: 'tickets.team', options: (t, { choices }) => [...choices('team'), { id: NONE, label: t('tickets.no_team') }] },
  set_assignee: { field: 'personId', label: 'tickets.assignee', options: (t, { choices }) => [...choices('person'), { id: NONE, label: t('tickets.unassigned') }] },
  set_language: { field: 'language', label: 'tickets.language', options: () => LANGUAGES.map((id) => ({ id, label: LANGUAGE_NAMES[id] })) },
  set_brand: { field: 'brandId', label: 'tickets.brand', options: (t, { choices }) => [...choices('brand'), { id: NONE, label: t('tickets.no_brand') }] },
  set_office: { field: 'officeId', label: 'tickets.office', options: (t, { choices }) => [...choices('office'), { id: NONE, label: t('tickets.no_office') }] },
  set_policy: { field: 'policyId', label: 'automation.action.set_policy', options: (t, { choices }) => [...choices('policy'), { id: NONE, label: t('automation.policy.by_conditions') }] },
  set_queue: { field: 'queue', label: 'automation.action.set_queue', options: (t, { choices }) => [...choices('queue'), { id: OUT, label: t('automation.queue.none') }, { id: NONE, label: t('automation.queue.by_conditions') }] },
  add_follower: { field: 'personId', label: 'automation.action.add_follower', options: (_t, { choices }) => choices('person') },
  checklist: { field: 'templateId', label: 'automation.action.checklist', options: (_t, { choices }) => choices('checklist') },
  macro: { field: 'macroId', label: 'automation.action.macro', options: (_t, { choices }) => choices('macro') },
  webhook: { field: 'webhookId', label: 'automation.action.webhook', options: (_t, { choices }) => choices('webhook') },
} as const satisfies Partial<Record<ActionType, Choice>>;

function ChoiceField({ action, names, onChange }: ActionFieldsProps) {
  const t = useT();
  const { field, label, options }: Choice = CHOICES[action.type as keyof typeof CHOICES];
  return (
    <Select
      label={t(label)} labelHidden placeholder={t('automation.choose')} options={options(t, names)} className="max-w-80"
      value={action[field] === null ? NONE : textOf(action[field]) || null}
      onChange={(id) => onChange({ type: action.type, [field]: id === NONE ? null : id })}
    />
  );
}

/** Where there may be none to choose, it is said. */
function KeptField(props: ActionFieldsProps & { none: string; hint?: string }) {
  const { action, names, none, hint } = props;
  if (names.choices(action.type).length === 0) return <p className="text-13 text-ink-faint">{none}</p>;
  return (
    <>
      {hint && <p className="text-13 text-ink-faint">{hint}</p>}
      <ChoiceField {...props} />
    </>
  );
}

const ChecklistField = (props: ActionFieldsProps) => {
  const t = useAutomationText();
  return <KeptField {...props} none={t('automation.checklist.none')} />;
};

const MacroField = (props: ActionFieldsProps) => {
  const t = useAutomationText();
  return <KeptField {...props} none={t('automation.macro.none')} hint={t('automation.macro.hint')} />;
};

function ApprovalFields({ action, names, onChange }: ActionFieldsProps) {
  const t = useAutomationText();
  const given = (action['reviewers'] ?? { by: 'leads' }) as Reviewers;
  const options: Option[] = [{ id: 'leads', label: t('automation.whom.lead') }, ...names.choices('team'), ...names.choices('person')];
  const isTeam = (id: string) => names.choices('team').some((team) => team.id === id);
  return (
    <>
      <p className="text-13 text-ink-faint">{t('automation.approval.hint')}</p>
      <Select
        label={t('automation.approval.whom')} labelHidden className="max-w-80" options={options} value={given.by === 'leads' ? 'leads' : given.by === 'team' ? given.id : given.ids[0] ?? null}
        onChange={(id) => onChange({ type: 'approval', reviewers: id === 'leads' ? { by: 'leads' } : isTeam(id) ? { by: 'team', id } : { by: 'people', ids: [id] } })}
      />
    </>
  );
}

const KeepHint = () => {
  const t = useAutomationText();
  return <p className="text-13 text-ink-faint">{t('automation.keep_resolved.hint')}</p>;
};

function TagsOf({ action, onChange }: ActionFieldsProps) {
  const t = useAutomationText();
  return (
    <TagsField label={t('automation.tags')} addLabel={t('automation.tags.add')} tags={Array.isArray(action['tags']) ? action['tags'] as string[] : []} most={MOST_TAGS} longest={LONGEST_TAG}
      onChange={(tags) => onChange({ type: action.type, tags })} />
  );
}

function OwnField({ action, names, onChange }: ActionFieldsProps) {
  const t = useAutomationText();
  const field = textOf(action['field']);
  return (
    <>
      <Select label={t('automation.own_field')} labelHidden placeholder={t('automation.choose')} options={names.choices('own_field')} className="max-w-80" value={field || null}
        onChange={(id) => onChange({ type: action.type, field: id, value: null })} />
      {field !== '' && names.ownFields.editor({ field, label: t('automation.own_value'), value: action['value'] ?? null, onChange: (value) => onChange({ ...action, value }) })}
    </>
  );
}

const NoteField = ({ action, onChange }: ActionFieldsProps) => {
  const t = useAutomationText();
  return <WordsField label={t('automation.words')} value={textOf(action['text'])} maxLength={MOST_WORDS} onChange={(text) => onChange({ ...action, text })} />;
};

const EscalateFields = ({ action, onChange }: ActionFieldsProps) => {
  const t = useAutomationText();
  return (
    <>
      <p className="text-13 text-ink-faint">{t('automation.escalate.hint')}</p>
      <TextField label={t('automation.words_to_leads')} optional maxLength={MOST_NEWS} value={textOf(action['text'])} onChange={(text) => onChange({ ...action, text })} />
    </>
  );
};

function NotifyFields({ action, names, onChange }: ActionFieldsProps) {
  const t = useAutomationText();
  const to = action['to'] as Audience | undefined;
  const roles = (['assignee', 'team', 'lead'] as const).map((id) => ({ id, label: t(`automation.whom.${id}`) }));
  return (
    <>
      <Select
        label={t('automation.notify.whom')} labelHidden placeholder={t('automation.notify.whom')} options={[...roles, ...names.choices('person')]} className="max-w-80"
        value={typeof to === 'object' ? to.personId : to ?? null}
        onChange={(id) => onChange({ ...action, to: roles.some((role) => role.id === id) ? id : { personId: id } })}
      />
      <WordsField label={t('automation.words')} value={textOf(action['text'])} maxLength={MOST_NEWS} rows={2} onChange={(text) => onChange({ ...action, text })} />
    </>
  );
}

function FollowUpFields({ action, onChange }: ActionFieldsProps) {
  const t = useT();
  return (
    <>
      <DelayField value={action['in']} onChange={(delay) => onChange({ ...action, in: delay })} />
      <p className="text-13 text-ink-faint">{t('automation.follow_up.hint')}</p>
      <WordsField label={t('automation.words')} value={textOf(action['text'])} maxLength={MOST_WORDS} rows={2} onChange={(text) => onChange({ ...action, text })} />
    </>
  );
}

const FIELDS: Record<ActionType, (props: ActionFieldsProps) => ReactNode> = {
  set_status: ChoiceField, set_priority: ChoiceField, set_kind: ChoiceField, set_team: ChoiceField, set_assignee: ChoiceField, set_language: ChoiceField,
  set_subject: SubjectField, set_private: PrivateField, set_brand: ChoiceField, set_office: ChoiceField, set_policy: ChoiceField, set_queue: ChoiceField, snooze: SnoozeFields, merge: MergeField, relate: RelateFields,
  spam: SpamHint, not_spam: NotSpamHint, forward: ForwardFields, promise: PromiseFields, add_follower: ChoiceField,
  keep_resolved: KeepHint, route_team: RouteFields, webhook: ChoiceField, set_field: OwnField, add_tags: TagsOf, remove_tags: TagsOf, note: NoteField, checklist: ChecklistField, reply: ReplyFields, macro: MacroField, approval: ApprovalFields, notify: NotifyFields, escalate: EscalateFields, follow_up: FollowUpFields,
};

import { useQuery } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useRef } from 'react';
import { useT } from '../../../../platform/browser/i18n.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import type { Option } from '../../../../ui/components/Option.tsx';
import { OrderedList } from '../../../../ui/components/OrderedList.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { TagsField } from '../../../../ui/components/TagsField.tsx';
import { TextArea } from '../../../../ui/components/TextArea.tsx';
import { KINDS, PRIORITIES, STATUSES } from '../../../tickets/core/contract.ts';
import { LONGEST_TAG, MacroAction, MOST_MACRO_ACTIONS, MOST_NOTE, MOST_TAGS } from '../../core/actions.ts';
import { colleagues, teamsQuery, templateNames } from '../queries.ts';
import { useMacroText } from '../text.ts';
import { BELONGING, isBelonging, useBelonging } from '../use-belonging.ts';
import { PlaceholderMenu } from './PlaceholderMenu.tsx';

type Type = MacroAction['type'];
/** An action while it is written. */
type Unfinished = { readonly type: Type; readonly [told: string]: unknown };
/** With a name that stays while it is moved. */
export type Line = { readonly id: string; readonly action: Unfinished };

const TYPES = ['set_status', 'set_priority', 'set_kind', 'set_team', 'set_assignee', ...BELONGING, 'add_tags', 'remove_tags', 'note', 'checklist'] as const satisfies readonly Type[];
const NONE = 'none';
let made = 0;
export const lineOf = (action: Unfinished): Line => ({ id: String(++made), action });

type ActionLinesProps = { lines: readonly Line[]; showFaults: boolean; onChange: (lines: readonly Line[]) => void };

/** What using it does to the ticket, one thing after the other. */
export function ActionLines({ lines, showFaults, onChange }: ActionLinesProps) {
  const t = useMacroText();
  const adding = useRef<HTMLButtonElement>(null);
  const { data: templates } = useQuery(templateNames);
  const belonging = useBelonging();
  // Without a template there is no list to begin, and without a brand none to set.
  const offered = TYPES.filter((type) => (type === 'checklist' ? (templates?.items.length ?? 0) > 0 : !isBelonging(type) || belonging[type].all.length > 0));
  const nameOf = ({ action }: Line) => t(`macros.action.${action.type}`);
  const remove = (gone: string) => {
    onChange(lines.filter(({ id }) => id !== gone));
    adding.current?.focus();
  };
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-13 font-medium">{t('macros.does')}</legend>
      <p className="text-13 text-ink-faint">{t('macros.does_what')}</p>
      {lines.length > 0 && (
        <OrderedList label={t('macros.does')} items={lines} nameOf={nameOf} onMove={lines.length > 1 ? (line, to) => onChange(lines.filter(({ id }) => id !== line.id).toSpliced(to, 0, line)) : null}>
          {(line) => (
            <div role="group" aria-label={nameOf(line)} className="flex min-w-0 flex-1 items-start gap-2 px-1.5">
              <div className="flex min-w-0 flex-1 flex-col gap-2 py-1">
                <span className="text-13 font-medium">{nameOf(line)}</span>
                <ActionField action={line.action} onChange={(action) => onChange(lines.map((one) => (one.id === line.id ? { id: line.id, action } : one)))} />
                {showFaults && !MacroAction.safeParse(line.action).success && <p role="alert" className="text-13 text-danger-ink">{t('macros.action_fault')}</p>}
              </div>
              <IconButton icon={X} label={t('macros.action_remove', { name: nameOf(line) })} onPress={() => remove(line.id)} />
            </div>
          )}
        </OrderedList>
      )}
      {lines.length < MOST_MACRO_ACTIONS && (
        <Menu
          label={t('macros.action_add')}
          trigger={<Button ref={adding} size="small" icon={Plus} className="self-start">{t('macros.action_add')}</Button>}
          groups={[{ entries: offered.map((type) => ({ id: type, label: t(`macros.action.${type}`), onAction: () => onChange([...lines, lineOf({ type })]) })) }]}
        />
      )}
    </fieldset>
  );
}

type FieldProps = { action: Unfinished; onChange: (action: Unfinished) => void };

const FIELDS = { set_status: 'status', set_priority: 'priority', set_kind: 'kind', set_team: 'teamId', set_assignee: 'personId', set_brand: 'brandId', set_office: 'officeId', set_policy: 'policyId', set_queue: 'queue', checklist: 'templateId' } as const;
/** "In no queue", which is chosen by hand, beside "by the conditions". */
const OUT = 'out';

function ActionField(props: FieldProps) {
  const t = useMacroText();
  const { action, onChange } = props;
  if (action.type === 'note') return <NoteField {...props} />;
  if (action.type !== 'add_tags' && action.type !== 'remove_tags') return <ChoiceField {...props} type={action.type} />;
  return (
    <TagsField label={t(`macros.action.${action.type}`)} addLabel={t('macros.tag_add')} tags={Array.isArray(action['tags']) ? action['tags'] as string[] : []} most={MOST_TAGS} longest={LONGEST_TAG}
      onChange={(tags) => onChange({ type: action.type, tags })} />
  );
}

function ChoiceField({ action, type, onChange }: FieldProps & { type: keyof typeof FIELDS }) {
  const t = useMacroText();
  const options = useOptions(type);
  const field = FIELDS[type];
  const value = type === 'set_queue' && action[field] === 'none' ? OUT : action[field];
  return (
    <Select
      label={t(`macros.action.${type}`)} labelHidden className="max-w-80" options={options}
      value={value === null ? NONE : typeof value === 'string' ? value : null} onChange={(id) => onChange({ type, [field]: id === NONE ? null : id === OUT ? 'none' : id })}
    />
  );
}

/** What may be chosen. */
function useOptions(type: keyof typeof FIELDS): readonly Option[] {
  const t = useT();
  const { data: people = [] } = useQuery(colleagues);
  const { data: teams } = useQuery(teamsQuery);
  const { data: templates } = useQuery(templateNames);
  const belonging = useBelonging();
  const named = (all: readonly { id: string; name: string }[] = []) => all.map(({ id, name }) => ({ id, label: name }));
  switch (type) {
    case 'set_status': return STATUSES.filter((status) => status !== 'new' && status !== 'closed').map((id) => ({ id, label: t(`tickets.status.${id}`) }));
    case 'set_priority': return PRIORITIES.map((id) => ({ id, label: t(`tickets.priority.${id}`) }));
    case 'set_kind': return KINDS.map((id) => ({ id, label: t(`tickets.kind.${id}`) }));
    case 'set_team': return [...named(teams?.items), { id: NONE, label: t('tickets.no_team') }];
    case 'set_assignee': return [{ id: 'me', label: t('macros.whoever') }, ...named(people), { id: NONE, label: t('tickets.unassigned') }];
    case 'checklist': return named(templates?.items);
    case 'set_queue': return [...named(belonging.set_queue.all), { id: OUT, label: belonging.out }, { id: NONE, label: belonging.set_queue.none }];
    default: return [...named(belonging[type].all), { id: NONE, label: belonging[type].none }];
  }
}

function NoteField({ action, onChange }: FieldProps) {
  const t = useMacroText();
  const text = typeof action['text'] === 'string' ? action['text'] : '';
  const put = (next: string) => onChange({ type: 'note', text: next });
  return (
    <>
      <TextArea label={t('macros.action.note')} labelHidden rows={3} maxLength={MOST_NOTE} value={text} onChange={put} />
      <div><PlaceholderMenu onInsert={(slot) => put(`${text}${slot}`)} /></div>
    </>
  );
}

import { useMutation, useQuery } from '@tanstack/react-query';
import { History, SquarePen } from 'lucide-react';
import { useState } from 'react';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { useFormat } from '../../../platform/browser/format.ts';
import { useShortcut } from '../../../platform/browser/shortcuts.ts';
import { Banner } from '../../../ui/components/Banner.tsx';
import { Button } from '../../../ui/components/Button.tsx';
import { Dialog } from '../../../ui/components/Dialog.tsx';
import { Select } from '../../../ui/components/Select.tsx';
import { TextArea } from '../../../ui/components/TextArea.tsx';
import { TextField } from '../../../ui/components/TextField.tsx';
import type { BulkRunView } from '../core/contract.ts';
import { MOST_TICKETS } from '../core/contract.ts';
import { actionsOf, type Choice, NOTHING } from './actions.ts';
import { BulkProgress } from './BulkProgress.tsx';
import { beginBulk, lastBulkRun } from './queries.ts';
import { type BulkText, useBulkText } from './text.ts';

type Named = { readonly id: string; readonly name: string };
/** What other rooms know that may be chosen here. */
type Choices = { readonly people: readonly Named[]; readonly teams: readonly Named[]; readonly macros: readonly Named[]; readonly mayReply: boolean };

const STATUSES = ['open', 'waiting_customer', 'waiting_third_party', 'resolved'] as const;
const PRIORITIES = ['urgent', 'high', 'normal', 'low'] as const;

/** Does something with all selected tickets at once. */
export function BulkSelected({ ids, onDone, choices }: { ids: readonly string[]; onDone: () => void; choices: Choices }) {
  const t = useBulkText();
  const [isOpen, setOpen] = useState(false);
  useShortcut({ code: 'KeyE', shift: true, label: t('bulk.change'), group: t('bulk.shortcuts'), disabled: ids.length === 0 }, () => setOpen(true));
  return (
    <>
      <Button size="small" icon={SquarePen} isDisabled={ids.length === 0} onPress={() => setOpen(true)}>{t('bulk.change')}</Button>
      <Last />
      {isOpen && <BulkDialog ids={ids} choices={choices} onClose={() => setOpen(false)} onDone={onDone} />}
    </>
  );
}

/** What was done last, while it goes on or can be taken back. */
function Last() {
  const t = useBulkText();
  const { data: run } = useQuery(lastBulkRun());
  const [isOpen, setOpen] = useState(false);
  const isNothing = !run || !(run.mayUndo || run.waiting > 0);
  useShortcut({ code: 'KeyZ', shift: true, label: t('bulk.last'), group: t('bulk.shortcuts'), disabled: isNothing }, () => setOpen(true));
  if (isNothing) return null;
  return (
    <>
      <Button size="small" tone="quiet" icon={History} onPress={() => setOpen(true)}>{t('bulk.last')}</Button>
      {isOpen && <BulkProgress runId={run.id} onClose={() => setOpen(false)} />}
    </>
  );
}

function BulkDialog({ ids, choices, onClose, onDone }: { ids: readonly string[]; choices: Choices; onClose: () => void; onDone: () => void }) {
  const t = useBulkText();
  const format = useFormat();
  const errorText = useErrorText();
  const [choice, setChoice] = useState<Choice>(NOTHING);
  const [run, setRun] = useState<BulkRunView | null>(null);
  const actions = actionsOf(choice);
  const isTooMany = ids.length > MOST_TICKETS;
  const begin = useMutation({ mutationFn: () => beginBulk(ids, actions), onSuccess: setRun });
  const end = () => {
    onClose();
    if (run) onDone();
  };
  if (run) return <BulkProgress runId={run.id} onClose={end} />;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="wide"
      title={t('bulk.title', { count: ids.length })}
      footer={
        <>
          <Button tone="primary" isDisabled={actions.length === 0 || isTooMany} isPending={begin.isPending} onPress={() => begin.mutate()}>{t('bulk.begin', { count: ids.length })}</Button>
          <Button onPress={onClose}>{t('bulk.cancel')}</Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <p className="text-13 text-ink-soft">{t('bulk.lead')}</p>
        <Fields choice={choice} put={(more) => setChoice({ ...choice, ...more })} choices={choices} />
        {isTooMany && <Banner tone="warning">{t('bulk.too_many', { most: format.number(MOST_TICKETS) })}</Banner>}
        {begin.error && <Banner tone="danger">{errorText(begin.error)}</Banner>}
      </div>
    </Dialog>
  );
}

const AS_IT_IS = 'as it is';

function Fields({ choice, put, choices: { people, teams, macros, mayReply } }: { choice: Choice; put: (more: Partial<Choice>) => void; choices: Choices }) {
  const t = useBulkText();
  const named = (list: readonly Named[]) => list.map(({ id, name }) => ({ id, label: name }));
  const stays = { id: AS_IT_IS, label: t('bulk.as_it_is') };
  const chosen = <T extends string>(id: string): T | null => (id === AS_IT_IS ? null : id as T);
  const select = (label: BulkText, value: string | null, options: readonly { id: string; label: string }[], take: (id: string) => void) =>
    <Select label={t(label)} value={value ?? AS_IT_IS} options={[stays, ...options]} onChange={take} />;
  return (
    <>
      <div className="grid grid-cols-2 gap-3 max-wide:grid-cols-1">
        {select('bulk.status', choice.status, STATUSES.map((id) => ({ id, label: t(`bulk.status.${id}`) })), (id) => put({ status: chosen(id) }))}
        {select('bulk.priority', choice.priority, PRIORITIES.map((id) => ({ id, label: t(`bulk.priority.${id}`) })), (id) => put({ priority: chosen(id) }))}
        {select('bulk.assignee', choice.assigneeId, [{ id: 'none', label: t('bulk.nobody') }, ...named(people)], (id) => put({ assigneeId: chosen(id) }))}
        {teams.length > 0 && select('bulk.team', choice.teamId, [{ id: 'none', label: t('bulk.no_team') }, ...named(teams)], (id) => put({ teamId: chosen(id) }))}
        <TextField label={t('bulk.add_tags')} hint={t('bulk.tags_hint')} value={choice.addTags} onChange={(addTags) => put({ addTags })} />
        <TextField label={t('bulk.remove_tags')} hint={t('bulk.tags_hint')} value={choice.removeTags} onChange={(removeTags) => put({ removeTags })} />
        <TextField label={t('bulk.snooze')} type="datetime-local" isLatin value={choice.snoozeUntil} onChange={(snoozeUntil) => put({ snoozeUntil })} />
        {macros.length > 0 && select('bulk.macro', choice.macroId, named(macros), (id) => put({ macroId: chosen(id) }))}
      </div>
      {mayReply && <TextArea label={t('bulk.reply')} hint={t('bulk.reply_hint')} value={choice.reply} onChange={(reply) => put({ reply })} rows={4} />}
    </>
  );
}

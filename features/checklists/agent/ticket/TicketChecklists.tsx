import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ChevronDown, ListChecks, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { Checkbox } from '../../../../ui/components/Checkbox.tsx';
import { ConfirmDialog } from '../../../../ui/components/ConfirmDialog.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { ChecklistView, type ItemView, type TemplateView } from '../../core/contract.ts';
import { templateNames, ticketChecklists } from '../queries.ts';
import { useChecklistsText } from '../text.ts';

type Props = { ticketId: string; mayChange: boolean };

/** What is to be done on this ticket, under its head: how far it is, and the items when they are wanted. */
export function TicketChecklists({ ticketId, mayChange }: Props) {
  const t = useChecklistsText();
  const { data } = useQuery(ticketChecklists(ticketId));
  const { data: templates } = useQuery({ ...templateNames, enabled: mayChange });
  const lists = data?.items ?? [];
  const choice = mayChange ? templates?.items ?? [] : [];
  if (lists.length + choice.length === 0) return null;
  return (
    <section aria-label={t('checklists.checklists')} className="flex shrink-0 flex-col gap-1 border-b border-hairline px-6 py-1.5 max-wide:px-4">
      {lists.map((list) => <OneList key={list.id} list={list} mayChange={mayChange} />)}
      {choice.length > 0 && <Adding ticketId={ticketId} templates={choice} isFirst={lists.length === 0} />}
    </section>
  );
}

function useRefresh(): () => Promise<unknown> {
  const cache = useQueryClient();
  return () => cache.invalidateQueries({ queryKey: ['checklists'] });
}

function useChange() {
  const errorText = useErrorText();
  return useMutation({
    mutationFn: (act: () => Promise<unknown>) => act(),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: useRefresh(),
  });
}

function OneList({ list, mayChange }: { list: ChecklistView; mayChange: boolean }) {
  const t = useChecklistsText();
  const format = useFormat();
  const [isOpen, setOpen] = useState(list.finishedAt === null);
  const [isDoomed, setDoomed] = useState(false);
  const errorText = useErrorText();
  const remove = useMutation({ mutationFn: () => api.delete(`/tickets/${list.ticketId}/checklists/${list.id}`), onSettled: useRefresh() });
  const done = list.items.filter((item) => item.done !== null).length;
  return (
    <div>
      <div className="flex items-center gap-2">
        <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)} className="flex min-h-7 min-w-0 flex-1 items-center gap-2 rounded-control text-start text-13 hover:bg-hover pointer-coarse:min-h-11">
          <ChevronDown aria-hidden size={14} className={isOpen ? 'shrink-0' : 'shrink-0 -rotate-90 rtl:rotate-90'} />
          <bdi className="min-w-0 truncate font-medium">{list.name}</bdi>
          <span className="shrink-0 tabular-nums text-ink-faint">{t('checklists.progress', { done: format.number(done), all: format.number(list.items.length) })}</span>
        </button>
        {mayChange && <IconButton icon={X} label={t('checklists.remove', { name: list.name })} onPress={() => setDoomed(true)} />}
        <ConfirmDialog isOpen={isDoomed} onClose={() => setDoomed(false)} title={t('checklists.remove_title', { name: isolated(list.name) })} verb={t('checklists.remove_verb')} onConfirm={() => remove.mutateAsync()} errorText={errorText}>
          {t('checklists.remove_why')}
        </ConfirmDialog>
      </div>
      {isOpen && (
        <ul aria-label={list.name} className="flex flex-col gap-1 ps-6 pb-1">
          {list.items.map((item) => <OneItem key={item.id} list={list} item={item} mayChange={mayChange} />)}
        </ul>
      )}
    </div>
  );
}

function OneItem({ list, item, mayChange }: { list: ChecklistView; item: ItemView; mayChange: boolean }) {
  const t = useChecklistsText();
  const format = useFormat();
  const change = useChange();
  const words = [
    item.done && t('checklists.done_by', { name: isolated(item.done.by?.name ?? ''), when: isolated(format.dateTime(item.done.at)) }),
    !item.done && item.owner && isolated(item.owner.name), !item.done && item.dueAt !== null && t('checklists.due', { when: isolated(format.dateTime(item.dueAt)) }),
  ].filter((one) => typeof one === 'string' && one !== '').join(' · ');
  return (
    <li>
      <Checkbox
        isSelected={item.done !== null} isDisabled={!mayChange || change.isPending} {...(words !== '' && { hint: words })}
        onChange={(isDone) => change.mutate(() => api.patch(`/tickets/${list.ticketId}/checklists/${list.id}/items/${item.id}`, { done: isDone }, ChecklistView))}
      >
        <span dir="auto" className={item.done ? 'text-13 text-ink-faint line-through' : 'text-13'}>{item.text}</span>
      </Checkbox>
    </li>
  );
}

function Adding({ ticketId, templates, isFirst }: { ticketId: string; templates: readonly TemplateView[]; isFirst: boolean }) {
  const t = useChecklistsText();
  const change = useChange();
  return (
    <Menu
      label={t('checklists.add')}
      trigger={<Button size="small" tone="quiet" icon={isFirst ? ListChecks : Plus} isPending={change.isPending} className="-ms-2 self-start">{t('checklists.add')}</Button>}
      groups={[{ entries: templates.map(({ id, name }) => ({ id, label: name, onAction: () => change.mutate(() => api.post(`/tickets/${ticketId}/checklists`, { templateId: id }, ChecklistView)) })) }]}
    />
  );
}

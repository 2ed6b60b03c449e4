import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ChevronDown, ListChecks, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { Checkbox } from '../../../../ui/components/Checkbox.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { ChecklistView, type ItemView } from '../../core/contract.ts';
import { templateNames, ticketChecklists } from '../queries.ts';
import { useChecklistsText } from '../text.ts';

type Props = { ticketId: string; mayChange: boolean };

/** What is to be done on this ticket, under its head: how far it is, and the items when they are wanted. */
export function TicketChecklists({ ticketId, mayChange }: Props) {
  const t = useChecklistsText();
  const { data } = useQuery(ticketChecklists(ticketId));
  const lists = data?.items ?? [];
  if (lists.length === 0 && !mayChange) return null;
  return (
    <section aria-label={t('checklists.checklists')} className="flex shrink-0 flex-col gap-1 border-b border-hairline px-6 py-1.5 max-wide:px-4">
      <div className="flex max-h-60 flex-col gap-1 overflow-auto">
        {lists.map((list) => <OneList key={list.id} list={list} mayChange={mayChange} />)}
      </div>
      {mayChange && <Adding ticketId={ticketId} isFirst={lists.length === 0} />}
    </section>
  );
}

function useChange() {
  const cache = useQueryClient();
  const errorText = useErrorText();
  return useMutation({
    mutationFn: (act: () => Promise<unknown>) => act(),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['checklists'] }),
  });
}

function OneList({ list, mayChange }: { list: ChecklistView; mayChange: boolean }) {
  const t = useChecklistsText();
  const format = useFormat();
  const [isOpen, setOpen] = useState(list.finishedAt === null);
  const change = useChange();
  const done = list.items.filter((item) => item.done !== null).length;
  return (
    <div>
      <div className="flex items-center gap-2">
        <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)} className="flex min-h-7 min-w-0 flex-1 items-center gap-2 rounded-control text-start text-13 hover:bg-hover pointer-coarse:min-h-11">
          <ChevronDown aria-hidden size={14} className={isOpen ? 'shrink-0' : 'shrink-0 -rotate-90 rtl:rotate-90'} />
          <bdi className="min-w-0 truncate font-medium">{list.name}</bdi>
          <span className="shrink-0 tabular-nums text-ink-faint">{t('checklists.progress', { done: format.number(done), all: format.number(list.items.length) })}</span>
        </button>
        {mayChange && <IconButton icon={X} label={t('checklists.remove', { name: list.name })} onPress={() => change.mutate(() => api.delete(`/tickets/${list.ticketId}/checklists/${list.id}`))} />}
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
    item.done && t('checklists.done_by', { name: item.done.by?.name ?? '', when: format.dateTime(item.done.at) }),
    !item.done && item.owner?.name, !item.done && item.dueAt !== null && format.dateTime(item.dueAt),
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

function Adding({ ticketId, isFirst }: { ticketId: string; isFirst: boolean }) {
  const t = useChecklistsText();
  const { data } = useQuery(templateNames);
  const change = useChange();
  if (!data || data.items.length === 0) return null;
  return (
    <Menu
      label={t('checklists.add')}
      trigger={<Button size="small" tone="quiet" icon={isFirst ? ListChecks : Plus} isPending={change.isPending} className="self-start">{t('checklists.add')}</Button>}
      groups={[{ entries: data.items.map(({ id, name }) => ({ id, label: name, onAction: () => change.mutate(() => api.post(`/tickets/${ticketId}/checklists`, { templateId: id }, ChecklistView)) })) }]}
    />
  );
}

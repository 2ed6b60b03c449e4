import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { BellRing, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { useFormat } from '../../../platform/browser/format.ts';
import { Banner } from '../../../ui/components/Banner.tsx';
import { Button } from '../../../ui/components/Button.tsx';
import { IconButton } from '../../../ui/components/IconButton.tsx';
import { TextArea } from '../../../ui/components/TextArea.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import { ToggleIconButton } from '../../../ui/components/ToggleIconButton.tsx';
import { CustomerNoteView } from '../core/contract.ts';
import { customerNotes } from './queries.ts';
import { useCustomersText } from './text.ts';

/** What colleagues should know about a person; never seen by them. */
export function CustomerNotes({ customerId, mayChange }: { customerId: string; mayChange: boolean }) {
  const t = useCustomersText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const { data: notes = [], hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(customerNotes(customerId));
  const [text, setText] = useState('');
  const refresh = () => cache.invalidateQueries({ queryKey: ['customers', 'notes', customerId] });
  const add = useMutation({
    mutationFn: (words: string) => api.post(`/customers/${customerId}/notes`, { text: words }),
    onSuccess: () => setText(''),
    onSettled: refresh,
  });
  const remove = useMutation({
    mutationFn: (noteId: string) => api.delete(`/customers/${customerId}/notes/${noteId}`),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: refresh,
  });
  const popUp = useMutation({
    mutationFn: ({ id, popsUp }: { id: string; popsUp: boolean }) => api.patch(`/customers/${customerId}/notes/${id}`, { popsUp }, CustomerNoteView),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: refresh,
  });
  return (
    <div className="flex flex-col gap-3">
      {notes.length > 0 && (
        <ul className="flex flex-col gap-2">
          {notes.map((note) => <Note key={note.id} {...note} onRemove={mayChange ? () => remove.mutate(note.id) : null} onPopsUp={mayChange ? (popsUp) => popUp.mutate({ id: note.id, popsUp }) : null} />)}
        </ul>
      )}
      {hasNextPage && <Button size="small" isPending={isFetchingNextPage} onPress={() => void fetchNextPage()}>{t('customers.notes.more')}</Button>}
      {mayChange && (
        <form
          className="flex flex-col gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim() !== '') add.mutate(text.trim());
          }}
        >
          <TextArea label={t('customers.notes.add')} labelHidden placeholder={t('customers.notes.hint')} rows={1} value={text} onChange={setText} maxLength={20_000} />
          {add.error && <Banner tone="danger">{errorText(add.error)}</Banner>}
          {text.trim() !== '' && <Button type="submit" size="small" isPending={add.isPending} className="self-start">{t('customers.notes.add')}</Button>}
        </form>
      )}
      {!mayChange && notes.length === 0 && <p className="text-13 text-ink-faint">{t('customers.notes.none')}</p>}
    </div>
  );
}

type NoteProps = { text: string; author: { name: string }; popsUp: boolean; createdAt: string; onRemove: (() => void) | null; onPopsUp: ((popsUp: boolean) => void) | null };

const Note = ({ text, author, popsUp, createdAt, onRemove, onPopsUp }: NoteProps) => {
  const t = useCustomersText();
  const format = useFormat();
  return (
    <li className="rounded-control border border-note-edge/50 bg-note px-3 py-2 text-13 text-on-note">
      <p dir="auto" className="written whitespace-pre-wrap">{text}</p>
      <div className="mt-1 flex items-center justify-between gap-2 text-12 text-note-ink">
        <span><bdi>{author.name}</bdi> · {format.date(createdAt)}</span>
        {onPopsUp && <ToggleIconButton icon={BellRing} label={t('customers.notes.pops_up')} isSelected={popsUp} onChange={onPopsUp} />}
        {onRemove && <IconButton label={t('customers.notes.remove')} icon={Trash2} onPress={onRemove} />}
      </div>
    </li>
  );
};

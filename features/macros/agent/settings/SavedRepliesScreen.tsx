import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, MessageSquareText, Plus } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { LANGUAGE_NAMES } from '../../../../platform/browser/i18n.ts';
import { LANGUAGES } from '../../../../kernel/languages.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { ConfirmDialog } from '../../../../ui/components/ConfirmDialog.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { PagedRows } from '../../../../ui/components/PagedRows.tsx';
import { SearchField } from '../../../../ui/components/SearchField.tsx';
import { ListRow, RowList } from '../../../../ui/layout/Section.tsx';
import type { SavedReplyView } from '../../core/contract.ts';
import { useMacroText } from '../text.ts';
import { savedRepliesQuery } from './queries.ts';
import { SavedReplyDialog } from './SavedReplyDialog.tsx';

/** Answers worth keeping, each in as many languages as somebody wrote it. */
export function SavedRepliesScreen() {
  const t = useMacroText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [search, setSearch] = useState('');
  const [edited, setEdited] = useState<SavedReplyView | 'new' | null>(null);
  const [doomed, setDoomed] = useState<SavedReplyView | null>(null);
  const calmSearch = useDeferredValue(search.trim());
  const remove = useMutation({
    mutationFn: (id: string) => api.delete(`/saved-replies/${id}`),
    onSettled: () => cache.invalidateQueries({ queryKey: ['macros'] }),
  });

  const make = (
    <Button tone="primary" icon={Plus} onPress={() => setEdited('new')}>
      {t('macros.new')}
    </Button>
  );
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <SearchField label={t('macros.find')} value={search} onChange={setSearch} className="min-w-48 flex-1 max-wide:basis-full" />
        {make}
      </div>
      <ReplyList search={calmSearch} onEdit={setEdited} onDelete={setDoomed} />
      <SavedReplyDialog reply={edited} onClose={() => setEdited(null)} />
      <ConfirmDialog
        isOpen={doomed !== null}
        onClose={() => setDoomed(null)}
        title={t('macros.delete_title', { name: doomed?.name ?? '' })}
        verb={t('macros.delete')}
        onConfirm={async () => doomed && remove.mutateAsync(doomed.id)}
        errorText={errorText}
      >
        {t('macros.delete_why')}
      </ConfirmDialog>
    </>
  );
}

type ReplyListProps = { search: string; onEdit: (reply: SavedReplyView) => void; onDelete: (reply: SavedReplyView) => void };

function ReplyList({ search, onEdit, onDelete }: ReplyListProps) {
  const t = useMacroText();
  const empty = <EmptyState icon={MessageSquareText}>{t(search ? 'macros.none_found' : 'macros.empty')}</EmptyState>;
  return (
    <PagedRows query={useInfiniteQuery(savedRepliesQuery(search))} errorText={useErrorText()} empty={empty}>
      {(replies) => (
        <RowList label={t('macros.saved_replies')}>
          {replies.map((reply) => (
            <ReplyRow key={reply.id} reply={reply} onEdit={() => onEdit(reply)} onDelete={() => onDelete(reply)} />
          ))}
        </RowList>
      )}
    </PagedRows>
  );
}

function ReplyRow({ reply, onEdit, onDelete }: { reply: SavedReplyView; onEdit: () => void; onDelete: () => void }) {
  const t = useMacroText();
  const format = useFormat();
  const languages = LANGUAGES.filter((language) => reply.variants[language]);
  return (
    <ListRow
      title={reply.name}
      detail={format.list(languages.map((language) => LANGUAGE_NAMES[language]))}
      actions={
        <Menu
          label={t('macros.actions', { name: reply.name })}
          placement="bottom end"
          trigger={<IconButton icon={Ellipsis} label={t('macros.actions', { name: reply.name })} />}
          groups={[
            { entries: [{ id: 'edit', label: t('macros.edit'), onAction: onEdit }] },
            { entries: [{ id: 'delete', label: t('macros.delete'), tone: 'danger', onAction: onDelete }] },
          ]}
        />
      }
    />
  );
}

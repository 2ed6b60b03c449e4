import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, MessageSquareText, Plus } from 'lucide-react';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { LANGUAGE_NAMES } from '../../../../platform/browser/i18n.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { LANGUAGES } from '../../../../kernel/languages.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { ConfirmDialog } from '../../../../ui/components/ConfirmDialog.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { PagedRows } from '../../../../ui/components/PagedRows.tsx';
import { SearchField } from '../../../../ui/components/SearchField.tsx';
import { ListRow, RowList } from '../../../../ui/layout/Section.tsx';
import type { SavedReplyView } from '../../core/contract.ts';
import type { WritingTools } from '../slots.ts';
import { useMacroText } from '../text.ts';
import { savedRepliesQuery, teamsQuery } from '../queries.ts';
import { useActionWords } from '../words.ts';
import { SavedReplyDialog } from './SavedReplyDialog.tsx';

/** Answers worth keeping, each in as many languages as somebody wrote it. */
export function SavedRepliesScreen({ mayManage, writing }: { mayManage: boolean; writing: WritingTools }) {
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

  const make = mayManage && (
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
      <ReplyList search={calmSearch} mayManage={mayManage} onEdit={setEdited} onDelete={setDoomed} />
      <SavedReplyDialog reply={edited} writing={writing} onClose={() => setEdited(null)} />
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

type ReplyListProps = { search: string; mayManage: boolean; onEdit: (reply: SavedReplyView) => void; onDelete: (reply: SavedReplyView) => void };

function ReplyList({ search, mayManage, onEdit, onDelete }: ReplyListProps) {
  const t = useMacroText();
  const empty = <EmptyState icon={MessageSquareText}>{t(search ? 'macros.none_found' : 'macros.empty')}</EmptyState>;
  return (
    <PagedRows query={useInfiniteQuery(savedRepliesQuery(search))} errorText={useErrorText()} empty={empty}>
      {(replies) => (
        <>
          {[...Map.groupBy(replies, ({ folder }) => folder)].map(([folder, inside]) => (
            <section key={folder} className="flex flex-col gap-2">
              {folder !== '' && <h2 dir="auto" className="text-13 font-medium text-ink-soft">{folder}</h2>}
              <RowList label={folder || t('macros.saved_replies')}>
                {inside.map((reply) => <ReplyRow key={reply.id} reply={reply} mayManage={mayManage} onEdit={() => onEdit(reply)} onDelete={() => onDelete(reply)} />)}
              </RowList>
            </section>
          ))}
        </>
      )}
    </PagedRows>
  );
}

function ReplyRow({ reply, mayManage, onEdit, onDelete }: { reply: SavedReplyView; mayManage: boolean; onEdit: () => void; onDelete: () => void }) {
  const t = useMacroText();
  const facts = useFacts(reply);
  const label = t('macros.actions', { name: reply.name });
  return (
    <ListRow
      title={reply.name}
      detail={facts}
      badges={reply.actions.length > 0 && <Badge>{t('macros.macro')}</Badge>}
      actions={mayManage && (
        <Menu
          label={label}
          placement="bottom end"
          trigger={<IconButton icon={Ellipsis} label={label} />}
          groups={[
            { entries: [{ id: 'edit', label: t('macros.edit'), onAction: onEdit }] },
            { entries: [{ id: 'delete', label: t('macros.delete'), tone: 'danger', onAction: onDelete }] },
          ]}
        />
      )}
    />
  );
}

/** Whose it is, in which languages, what it does, and how often it is used. */
function useFacts({ teamId, variants, actions, attachments, usedCount }: SavedReplyView): ReactNode {
  const t = useMacroText();
  const format = useFormat();
  const words = useActionWords();
  const { data: teams } = useQuery(teamsQuery);
  const team = teamId === null ? undefined : teams?.items.find(({ id }) => id === teamId)?.name;
  const languages = LANGUAGES.filter((language) => variants[language]).map((language) => LANGUAGE_NAMES[language]);
  const facts = [team && isolated(team), languages.length > 0 && format.list(languages), attachments.length > 0 && t('macros.files_count', { count: attachments.length }), usedCount === 0 ? t('macros.never_used') : t('macros.used', { count: usedCount })];
  return (
    <>
      <span className="block">{facts.filter(Boolean).join(' · ')}</span>
      {actions.length > 0 && <span className="line-clamp-2">{actions.map(words).join(' · ')}</span>}
    </>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, FolderTree, Plus, Replace, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../../../../kernel/languages.ts';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { currentLanguage } from '../../../../platform/browser/i18n.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { ConfirmDialog } from '../../../../ui/components/ConfirmDialog.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { Form } from '../../../../ui/components/Form.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { SkeletonRows } from '../../../../ui/components/Skeleton.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { ListRow, RowList, Section } from '../../../../ui/layout/Section.tsx';
import { type CategoryView, KnowledgeSettings, SynonymView } from '../../core/contract.ts';
import { categoriesQuery, categoryName, refresh, settingsQuery, synonymsQuery } from '../queries.ts';
import { useKnowledgeText } from '../text.ts';
import { CategoryDialog } from './CategoryDialog.tsx';

/** How the help centre is arranged, which words mean the same, and what its search leaves out. */
export function HelpSettings({ mayPublish }: { mayPublish: boolean }) {
  const t = useKnowledgeText();
  const [edited, setEdited] = useState<CategoryView | 'new' | null>(null);
  return (
    <>
      <Section title={t('knowledge.categories')} description={t('knowledge.categories_what')} actions={mayPublish && <Button tone="primary" icon={Plus} onPress={() => setEdited('new')}>{t('knowledge.category_new')}</Button>}>
        <Categories mayPublish={mayPublish} onEdit={setEdited} />
      </Section>
      <Section title={t('knowledge.synonyms')} description={t('knowledge.synonyms_what')}>
        <Synonyms mayPublish={mayPublish} />
      </Section>
      <Section title={t('knowledge.overdue_rule')} description={t('knowledge.overdue_rule_what')}>
        <OverdueRule mayPublish={mayPublish} />
      </Section>
      <CategoryDialog category={edited} onClose={() => setEdited(null)} />
    </>
  );
}

function Categories({ mayPublish, onEdit }: { mayPublish: boolean; onEdit: (category: CategoryView) => void }) {
  const t = useKnowledgeText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const categories = useQuery(categoriesQuery);
  const [doomed, setDoomed] = useState<CategoryView | null>(null);
  const remove = useMutation({ mutationFn: (id: string) => api.delete(`/article-categories/${id}`), onSettled: () => refresh(cache) });
  if (categories.isError) return <ErrorState onRetry={() => void categories.refetch()} isRetrying={categories.isFetching}>{errorText(categories.error)}</ErrorState>;
  if (!categories.data) return <SkeletonRows count={3} />;
  const { items } = categories.data;
  if (items.length === 0) return <EmptyState icon={FolderTree}>{t('knowledge.categories_empty')}</EmptyState>;
  const ordered = items.filter(({ parentId }) => parentId === null).flatMap((top) => [top, ...items.filter(({ parentId }) => parentId === top.id)]);
  return (
    <>
      <RowList label={t('knowledge.categories')}>
        {ordered.map((category) => <CategoryRow key={category.id} category={category} mayPublish={mayPublish} onEdit={() => onEdit(category)} onDelete={() => setDoomed(category)} />)}
      </RowList>
      <ConfirmDialog isOpen={doomed !== null} onClose={() => setDoomed(null)} title={t('knowledge.delete_title', { title: doomed ? categoryName(doomed, currentLanguage()) : '' })} verb={t('knowledge.delete')} onConfirm={async () => doomed && remove.mutateAsync(doomed.id)} errorText={errorText}>
        {t('knowledge.category_delete_why')}
      </ConfirmDialog>
    </>
  );
}

function CategoryRow({ category, mayPublish, onEdit, onDelete }: { category: CategoryView; mayPublish: boolean; onEdit: () => void; onDelete: () => void }) {
  const t = useKnowledgeText();
  const format = useFormat();
  const name = categoryName(category, currentLanguage());
  const label = t('knowledge.actions', { name });
  return (
    <ListRow
      leading={category.parentId !== null && <span aria-hidden className="ps-4 text-ink-faint">–</span>}
      title={name}
      badges={category.parentId !== null && <Badge>{t('knowledge.section')}</Badge>}
      detail={`${t('knowledge.article_count', { count: category.articles })} · ${format.list(LANGUAGES.filter((language) => category.texts[language]).map((language) => LANGUAGE_NAMES[language]))}`}
      actions={mayPublish && <Menu label={label} placement="bottom end" trigger={<IconButton icon={Ellipsis} label={label} />} groups={[{ entries: [{ id: 'edit', label: t('knowledge.edit'), onAction: onEdit }] }, { entries: [{ id: 'delete', label: t('knowledge.delete'), tone: 'danger', onAction: onDelete }] }]} />}
    />
  );
}

function Synonyms({ mayPublish }: { mayPublish: boolean }) {
  const t = useKnowledgeText();
  const errorText = useErrorText();
  const format = useFormat();
  const cache = useQueryClient();
  const [language, setLanguage] = useState<Language>(currentLanguage());
  const [words, setWords] = useState('');
  const synonyms = useQuery(synonymsQuery);
  const add = useMutation({
    mutationFn: () => api.post('/article-synonyms', { language, words: words.split(/[,،;]/).map((word) => word.trim()).filter((word) => word !== '') }, SynonymView),
    onSuccess: () => { setWords(''); return refresh(cache); },
  });
  const remove = useMutation({ mutationFn: (id: string) => api.delete(`/article-synonyms/${id}`), onSettled: () => refresh(cache), onError: (error) => toast({ tone: 'failed', text: errorText(error) }) });
  if (synonyms.isError) return <ErrorState onRetry={() => void synonyms.refetch()} isRetrying={synonyms.isFetching}>{errorText(synonyms.error)}</ErrorState>;
  if (!synonyms.data) return <SkeletonRows count={2} />;
  return (
    <>
      {mayPublish && (
        <Form onSubmit={() => add.mutate()} problem={add.error && errorText(add.error)} footer={<Button type="submit" isPending={add.isPending} isDisabled={!/[,،;]/.test(words)}>{t('knowledge.synonyms_add')}</Button>}>
          <div className="flex flex-wrap gap-4">
            <Select label={t('knowledge.language')} className="w-40" value={language} onChange={setLanguage} options={LANGUAGES.map((id) => ({ id, label: LANGUAGE_NAMES[id] }))} />
            <TextField label={t('knowledge.synonyms_words')} hint={t('knowledge.synonyms_hint')} value={words} onChange={setWords} maxLength={400} autoComplete="off" className="min-w-56 flex-1" />
          </div>
        </Form>
      )}
      {synonyms.data.items.length === 0 ? <EmptyState icon={Replace}>{t('knowledge.synonyms_empty')}</EmptyState> : (
        <RowList label={t('knowledge.synonyms')}>
          {synonyms.data.items.map((group) => (
            <ListRow key={group.id} title={group.words.join(' = ')} badges={<Badge>{LANGUAGE_NAMES[group.language]}</Badge>} actions={mayPublish && <IconButton icon={Trash2} label={t('knowledge.synonyms_remove', { words: format.list(group.words) })} onPress={() => remove.mutate(group.id)} />} />
          ))}
        </RowList>
      )}
    </>
  );
}

function OverdueRule({ mayPublish }: { mayPublish: boolean }) {
  const t = useKnowledgeText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const settings = useQuery(settingsQuery);
  const save = useMutation({
    mutationFn: (days: FormDataEntryValue | null) => api.put('/knowledge/settings', { hideOverdueDays: days === null || days === '' ? null : Number(days) }, KnowledgeSettings),
    onSuccess: () => { toast({ text: t('knowledge.saved') }); return refresh(cache); },
  });
  if (!settings.data) return <SkeletonRows count={1} />;
  return (
    <Form onSubmit={(values) => save.mutate(values.get('days'))} problem={save.error && errorText(save.error)} footer={mayPublish && <Button type="submit" isPending={save.isPending}>{t('knowledge.save')}</Button>}>
      <TextField name="days" type="number" label={t('knowledge.overdue_days')} hint={t('knowledge.overdue_hint')} defaultValue={settings.data.hideOverdueDays === null ? '' : String(settings.data.hideOverdueDays)} isDisabled={!mayPublish} optional className="max-w-72" />
    </Form>
  );
}

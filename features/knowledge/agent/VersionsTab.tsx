import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { LANGUAGE_NAMES, type Language } from '../../../kernel/languages.ts';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { useFormat } from '../../../platform/browser/format.ts';
import { Badge } from '../../../ui/components/Badge.tsx';
import { Button } from '../../../ui/components/Button.tsx';
import { EmptyState } from '../../../ui/components/EmptyState.tsx';
import { LanguageTabs } from '../../../ui/components/LanguageTabs.tsx';
import { PagedRows } from '../../../ui/components/PagedRows.tsx';
import { SkeletonRows } from '../../../ui/components/Skeleton.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import { ListRow, RowList } from '../../../ui/layout/Section.tsx';
import { ArticleDetail, type Change, type VersionView } from '../core/contract.ts';
import { articleOne, colleagues, refresh, versionOne, versionsQuery } from './queries.ts';
import { useKnowledgeText } from './text.ts';

type VersionsTabProps = { article: ArticleDetail; mayWrite: boolean };

/** What it said before, what each save changed, and the way back. */
export function VersionsTab({ article, mayWrite }: VersionsTabProps) {
  const t = useKnowledgeText();
  const [shown, setShown] = useState<Language>(article.sourceLanguage);
  return (
    <LanguageTabs label={t('knowledge.languages')} names={LANGUAGE_NAMES} value={shown} onChange={setShown} isWritten={(language) => article.words[language] !== undefined}>
      {(language) => (article.words[language] ? <Versions article={article} language={language} mayWrite={mayWrite} /> : <EmptyState>{t('knowledge.no_versions')}</EmptyState>)}
    </LanguageTabs>
  );
}

function Versions({ article, language, mayWrite }: VersionsTabProps & { language: Language }) {
  const t = useKnowledgeText();
  const [open, setOpen] = useState<number | null>(null);
  const people = useQuery(colleagues);
  const versions = useInfiniteQuery(versionsQuery(article.id, language));
  const nameOf = (id: string | null) => people.data?.find((person) => person.id === id)?.name ?? '';
  return (
    <PagedRows query={versions} errorText={useErrorText()} empty={<EmptyState>{t('knowledge.no_versions')}</EmptyState>}>
      {(rows) => (
        <RowList label={t('knowledge.tab.versions')}>
          {rows.map((version, at) => (
            <VersionRow key={version.version} {...{ article, language, version }} isLatest={at === 0} by={nameOf(version.writtenBy)} mayWrite={mayWrite} isOpen={open === version.version} onToggle={() => setOpen(open === version.version ? null : version.version)} />
          ))}
        </RowList>
      )}
    </PagedRows>
  );
}

type VersionRowProps = { article: ArticleDetail; language: Language; version: VersionView; isLatest: boolean; by: string; mayWrite: boolean; isOpen: boolean; onToggle: () => void };

function VersionRow({ article, language, version, isLatest, by, mayWrite, isOpen, onToggle }: VersionRowProps) {
  const t = useKnowledgeText();
  const format = useFormat();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const restore = useMutation({
    mutationFn: () => api.post(`/articles/${article.id}/restorations`, { language, version: version.version }, ArticleDetail),
    onSuccess: (saved) => {
      toast({ text: t('knowledge.restored', { version: version.version }) });
      cache.setQueryData(articleOne(article.id).queryKey, saved);
      return refresh(cache);
    },
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
  });
  return (
    <ListRow
      title={t('knowledge.version', { version: version.version })}
      badges={<>{version.isLive && <Badge tone="good">{t('knowledge.live')}</Badge>}{version.restoredFrom !== null && <Badge>{t('knowledge.from_version', { version: version.restoredFrom })}</Badge>}</>}
      detail={
        <>
          <p>{[format.dateTime(version.writtenAt), by].filter((part) => part !== '').join(' · ')}</p>
          {isOpen && <Changes id={article.id} language={language} version={version.version} />}
        </>
      }
      actions={
        <>
          <Button size="small" tone="quiet" aria-expanded={isOpen} onPress={onToggle}>{t(isOpen ? 'knowledge.hide_changes' : 'knowledge.show_changes')}</Button>
          {mayWrite && !isLatest && <Button size="small" isPending={restore.isPending} onPress={() => restore.mutate()}>{t('knowledge.restore')}</Button>}
        </>
      }
    />
  );
}

function Changes({ id, language, version }: { id: string; language: Language; version: number }) {
  const t = useKnowledgeText();
  const errorText = useErrorText();
  const detail = useQuery(versionOne(id, language, version));
  if (detail.isError) return <p role="alert">{errorText(detail.error)}</p>;
  if (!detail.data) return <SkeletonRows count={2} />;
  if (detail.data.against === null) return <p className="mt-2">{t('knowledge.first_version')}</p>;
  if (detail.data.changes.every(({ kind }) => kind === 'same')) return <p className="mt-2">{t('knowledge.no_changes')}</p>;
  return (
    <div dir="auto" lang={language} className="written mt-2 max-h-96 max-w-reading overflow-auto rounded-control bg-sunken p-3 whitespace-pre-wrap text-ink">
      {detail.data.changes.map((change, at) => <Part key={at} change={change} />)}
    </div>
  );
}

const Part = ({ change: { kind, text } }: { change: Change }) =>
  (kind === 'added' ? <ins className="bg-good-tint text-on-good-tint">{text}</ins> : kind === 'removed' ? <del className="bg-danger-tint text-on-danger-tint">{text}</del> : <span>{text}</span>);

import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { BookOpen } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { currentLanguage } from '../../../../platform/browser/i18n.ts';
import type { Language } from '../../../../kernel/languages.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Popover } from '../../../../ui/components/Popover.tsx';
import { SearchField } from '../../../../ui/components/SearchField.tsx';
import { type ArticleView, UseView } from '../../core/contract.ts';
import { articlesQuery } from '../queries.ts';
import { useKnowledgeText } from '../text.ts';

type ArticlePickerProps = { ticketId: string; language: Language | null; onInsert: (html: string) => void };

/** Puts an article into a reply: a link to it, or its words. */
export function ArticlePicker({ ticketId, language, onInsert }: ArticlePickerProps) {
  const t = useKnowledgeText();
  return (
    <Popover label={t('knowledge.insert')} placement="top start" trigger={<IconButton label={t('knowledge.insert')} icon={BookOpen} />}>
      {(close) => <Choice ticketId={ticketId} language={language ?? currentLanguage()} onInsert={(html) => { close(); onInsert(html); }} />}
    </Popover>
  );
}

function Choice({ ticketId, language, onInsert }: { ticketId: string; language: Language; onInsert: (html: string) => void }) {
  const t = useKnowledgeText();
  const errorText = useErrorText();
  const [text, setText] = useState('');
  const query = useInfiniteQuery(articlesQuery({ shelf: 'all', q: useDeferredValue(text.trim()), language }));
  const articles = (query.data?.pages.flatMap((page) => page.items) ?? []).filter(({ state, shown }) => shown === 'now' && state !== 'internal').slice(0, 20);
  const use = useMutation({ mutationFn: ({ id, as }: { id: string; as: 'link' | 'text' }) => api.post(`/articles/${id}/uses`, { ticketId, as }, UseView), onSuccess: ({ html }) => onInsert(html) });
  const error = use.error ?? query.error;
  return (
    <div className="flex w-96 max-w-full flex-col gap-2">
      <SearchField label={t('knowledge.find')} value={text} onChange={setText} autoFocus />
      {error && <Banner tone="danger">{errorText(error)}</Banner>}
      {articles.length === 0 && !query.isPending && <p className="px-2 py-3 text-13 text-ink-faint">{t('knowledge.none_found')}</p>}
      <ul aria-label={t('knowledge.articles')} className="max-h-72 overflow-auto">
        {articles.map((article) => <Row key={article.id} article={article} isBusy={use.isPending} onUse={(as) => use.mutate({ id: article.id, as })} />)}
      </ul>
    </div>
  );
}

function Row({ article, isBusy, onUse }: { article: ArticleView; isBusy: boolean; onUse: (as: 'link' | 'text') => void }) {
  const t = useKnowledgeText();
  return (
    <li className="flex items-center gap-2 rounded-[4px] px-2 py-1.5 hover:bg-hover">
      <span dir="auto" className="min-w-0 flex-1 truncate">{article.title}</span>
      <Button size="small" isDisabled={isBusy} onPress={() => onUse('link')} aria-label={t('knowledge.insert_link_of', { title: article.title })}>{t('knowledge.insert_link')}</Button>
      <Button size="small" tone="quiet" isDisabled={isBusy} onPress={() => onUse('text')} aria-label={t('knowledge.insert_text_of', { title: article.title })}>{t('knowledge.insert_text')}</Button>
    </li>
  );
}

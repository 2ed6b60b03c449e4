import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { BarChart3, BookOpen, Plus, SearchX } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { useFormat } from '../../../platform/browser/format.ts';
import { currentLanguage } from '../../../platform/browser/i18n.ts';
import { classes } from '../../../ui/classes.ts';
import { Badge } from '../../../ui/components/Badge.tsx';
import { Button } from '../../../ui/components/Button.tsx';
import { EmptyState } from '../../../ui/components/EmptyState.tsx';
import { IconButton } from '../../../ui/components/IconButton.tsx';
import { Link } from '../../../ui/components/Link.tsx';
import { PagedRows } from '../../../ui/components/PagedRows.tsx';
import { SearchField } from '../../../ui/components/SearchField.tsx';
import { Select } from '../../../ui/components/Select.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import { Pane } from '../../../ui/layout/Pane.tsx';
import { SplitView } from '../../../ui/layout/SplitView.tsx';
import { ArticleDetail, type ArticleView } from '../core/contract.ts';
import { ArticlePane } from './ArticlePane.tsx';
import { articlesQuery, refresh, SHELVES, type ShelfName } from './queries.ts';
import { useKnowledgeText } from './text.ts';
import { stateWords } from './words.ts';

type ArticlesScreenProps = { articleId: string | null; mayWrite: boolean; hrefOf: (id: string) => string; gapsHref: string; figuresHref: string; ticketHref: (id: string) => string; onOpen: (id: string | null) => void };

/** What the company knows: every article beside the one that is read or written. */
export function ArticlesScreen(props: ArticlesScreenProps) {
  const { articleId, mayWrite, onOpen } = props;
  const t = useKnowledgeText();
  return (
    <SplitView
      narrow={articleId === null ? 'list' : 'detail'}
      list={<ArticleList {...props} />}
      detail={articleId === null ? <EmptyState icon={BookOpen}>{t('knowledge.choose')}</EmptyState> : <ArticlePane key={articleId} id={articleId} mayWrite={mayWrite} ticketHref={props.ticketHref} onBack={() => onOpen(null)} />}
    />
  );
}

function ArticleList({ articleId, mayWrite, hrefOf, gapsHref, figuresHref, onOpen }: ArticlesScreenProps) {
  const t = useKnowledgeText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [shelf, setShelf] = useState<ShelfName>('all');
  const [search, setSearch] = useState('');
  const q = useDeferredValue(search.trim());
  const list = useInfiniteQuery(articlesQuery({ shelf, q, language: currentLanguage() }));
  const write = useMutation({
    mutationFn: () => api.post('/articles', { language: currentLanguage(), title: t('knowledge.untitled') }, ArticleDetail),
    onSuccess: ({ id }) => { onOpen(id); return refresh(cache); },
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
  });
  return (
    <Pane
      title={t('knowledge.articles')}
      level={1}
      actions={mayWrite && <IconButton icon={Plus} label={t('knowledge.new')} isPending={write.isPending} onPress={() => write.mutate()} />}
      below={
        <div className="flex flex-col gap-2 border-b border-hairline px-3 py-2.5">
          <SearchField label={t('knowledge.find')} value={search} onChange={setSearch} />
          <div className="flex items-center gap-2">
            <Select label={t('knowledge.shelf')} labelHidden className="min-w-0 flex-1" value={shelf} onChange={setShelf} options={SHELVES.map((id) => ({ id, label: t(`knowledge.shelf.${id}`) }))} />
            <Link href={gapsHref}><span className="inline-flex min-h-6 items-center gap-1 text-13"><SearchX aria-hidden size={14} />{t('knowledge.gaps')}</span></Link>
            <Link href={figuresHref}><span className="inline-flex min-h-6 items-center gap-1 text-13"><BarChart3 aria-hidden size={14} />{t('knowledge.figures.short')}</span></Link>
          </div>
        </div>
      }
    >
      <div className="p-2">
        <PagedRows
          query={list}
          errorText={errorText}
          empty={<EmptyState icon={BookOpen} action={mayWrite && q === '' && shelf === 'all' && <Button tone="primary" icon={Plus} isPending={write.isPending} onPress={() => write.mutate()}>{t('knowledge.new')}</Button>}>{t(q === '' && shelf === 'all' ? 'knowledge.empty' : 'knowledge.none_found')}</EmptyState>}
        >
          {(articles) => <ul aria-label={t('knowledge.articles')} className="flex flex-col gap-px">{articles.map((article) => <ArticleRow key={article.id} article={article} href={hrefOf(article.id)} isOpen={article.id === articleId} />)}</ul>}
        </PagedRows>
      </div>
    </Pane>
  );
}

function ArticleRow({ article, href, isOpen }: { article: ArticleView; href: string; isOpen: boolean }) {
  const t = useKnowledgeText();
  const format = useFormat();
  const { text, tone } = stateWords(t, article);
  const stale = article.texts.filter(({ isStale }) => isStale).length;
  return (
    <li>
      <Link look="bare" href={href} {...(isOpen && { 'aria-current': 'page' as const })} className={classes('flex min-h-row flex-col gap-1 rounded-control px-2.5 py-2', isOpen ? 'bg-accent-tint text-on-accent-tint' : 'hover:bg-hover')}>
        <span dir="auto" className="truncate font-medium">{article.title}</span>
        <span className="flex flex-wrap items-center gap-1.5 text-12">
          <Badge tone={tone}>{text}</Badge>
          {article.isOverdue && <Badge tone="danger">{t('knowledge.overdue')}</Badge>}
          {stale > 0 && <Badge tone="warning">{t('knowledge.stale_count', { count: stale })}</Badge>}
          <span className={isOpen ? '' : 'text-ink-faint'}>{format.list(article.texts.map(({ language }) => language.toUpperCase()))}</span>
        </span>
      </Link>
    </li>
  );
}

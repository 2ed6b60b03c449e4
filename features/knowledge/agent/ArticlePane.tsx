import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { Badge } from '../../../ui/components/Badge.tsx';
import { ErrorState } from '../../../ui/components/ErrorState.tsx';
import { Link } from '../../../ui/components/Link.tsx';
import { Loading, Skeleton } from '../../../ui/components/Skeleton.tsx';
import { Tabs } from '../../../ui/components/Tabs.tsx';
import { Pane } from '../../../ui/layout/Pane.tsx';
import type { ArticleDetail } from '../core/contract.ts';
import { FactsTab } from './FactsTab.tsx';
import { articleOne } from './queries.ts';
import { ReadersTab } from './ReadersTab.tsx';
import { useKnowledgeText } from './text.ts';
import { TextTab } from './TextTab.tsx';
import { VersionsTab } from './VersionsTab.tsx';
import { stateWords } from './words.ts';

type ArticlePaneProps = { id: string; mayWrite: boolean; ticketHref: (id: string) => string; onBack: () => void };

/** One article: its words in each language, who reads it and when, what it was before, what readers said. */
export function ArticlePane({ id, mayWrite, ticketHref, onBack }: ArticlePaneProps) {
  const t = useKnowledgeText();
  const errorText = useErrorText();
  const article = useQuery(articleOne(id));
  const back = { label: t('knowledge.articles'), onBack };
  if (article.isError) return <Pane title={t('knowledge.article')} back={back}><ErrorState onRetry={() => void article.refetch()} isRetrying={article.isFetching}>{errorText(article.error)}</ErrorState></Pane>;
  if (!article.data) return <Pane title={t('knowledge.article')} back={back}><div className="p-5"><Loading><Skeleton className="mb-4 h-9 w-2/3" /><Skeleton className="mb-3 h-9" /><Skeleton className="h-64" /></Loading></div></Pane>;
  return <Shown article={article.data} mayWrite={mayWrite} ticketHref={ticketHref} onBack={onBack} />;
}

function Shown({ article, mayWrite, ticketHref, onBack }: Omit<ArticlePaneProps, 'id'> & { article: ArticleDetail }) {
  const t = useKnowledgeText();
  const [tab, setTab] = useState<'text' | 'facts' | 'versions' | 'readers'>('text');
  const { text, tone } = stateWords(t, article);
  const path = article.paths[article.sourceLanguage];
  return (
    <Pane
      title={article.title}
      subtitle={<Badge tone={tone}>{text}</Badge>}
      back={{ label: t('knowledge.articles'), onBack }}
      actions={article.shown === 'now' && article.state === 'public' && path && <Link href={path} target="_blank">{t('knowledge.see')}</Link>}
    >
      <div className="px-5 py-3 max-wide:px-4">
        <Tabs
          label={t('knowledge.article')}
          value={tab}
          onChange={setTab}
          tabs={[
            { id: 'text', label: t('knowledge.tab.text'), content: <TextTab article={article} mayWrite={mayWrite} /> },
            { id: 'facts', label: t('knowledge.tab.facts'), content: <FactsTab key={article.updatedAt} article={article} mayWrite={mayWrite} onDeleted={onBack} /> },
            { id: 'versions', label: t('knowledge.tab.versions'), content: <VersionsTab article={article} mayWrite={mayWrite} /> },
            { id: 'readers', label: t('knowledge.tab.readers'), content: <ReadersTab article={article} ticketHref={ticketHref} /> },
          ]}
        />
      </div>
    </Pane>
  );
}

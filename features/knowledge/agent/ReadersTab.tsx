import { useQuery } from '@tanstack/react-query';
import { LANGUAGE_NAMES, LANGUAGES } from '../../../kernel/languages.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { useFormat } from '../../../platform/browser/format.ts';
import { EmptyState } from '../../../ui/components/EmptyState.tsx';
import { ErrorState } from '../../../ui/components/ErrorState.tsx';
import { Link } from '../../../ui/components/Link.tsx';
import { SkeletonRows } from '../../../ui/components/Skeleton.tsx';
import { ListRow, RowList, Section } from '../../../ui/layout/Section.tsx';
import type { ArticleDetail } from '../core/contract.ts';
import { ArticleFiguresPart } from './ArticleFiguresPart.tsx';
import { votesQuery } from './queries.ts';
import { useKnowledgeText } from './text.ts';

/** How it does, whom it helped, whom not and why, and where customers read it. */
export function ReadersTab({ article, ticketHref }: { article: ArticleDetail; ticketHref: (id: string) => string }) {
  const t = useKnowledgeText();
  const format = useFormat();
  const errorText = useErrorText();
  const votes = useQuery(votesQuery(article.id));
  const written = LANGUAGES.filter((language) => article.paths[language]);
  return (
    <>
      <ArticleFiguresPart article={article} ticketHref={ticketHref} />
      <Section title={t('knowledge.helped')} description={t('knowledge.helped_what')}>
        <p>{t('knowledge.helped_counts', { helped: article.helped, notHelped: article.notHelped })}</p>
        {votes.isError ? <ErrorState onRetry={() => void votes.refetch()} isRetrying={votes.isFetching}>{errorText(votes.error)}</ErrorState>
          : !votes.data ? <SkeletonRows count={2} />
          : votes.data.items.length === 0 ? <EmptyState>{t('knowledge.no_votes')}</EmptyState>
          : (
            <RowList label={t('knowledge.helped')}>
              {votes.data.items.map((vote, at) => (
                <ListRow key={at} title={vote.reason ? t(`knowledge.reason.${vote.reason}`) : t(vote.helped ? 'knowledge.yes' : 'knowledge.no')} detail={<>{vote.note && <p dir="auto" className="written text-ink">{vote.note}</p>}<p>{`${format.dateTime(vote.at)} · ${LANGUAGE_NAMES[vote.language]}`}</p></>} />
              ))}
            </RowList>
          )}
      </Section>
      {written.length > 0 && (
        <Section title={t('knowledge.addresses')} description={t(article.shown === 'now' && article.state === 'public' ? 'knowledge.addresses_what' : 'knowledge.addresses_later')}>
          <RowList label={t('knowledge.addresses')}>
            {written.map((language) => <ListRow key={language} title={LANGUAGE_NAMES[language]} detail={<Link href={article.paths[language]!} target="_blank"><span dir="ltr">{decodeURI(article.paths[language]!)}</span></Link>} />)}
          </RowList>
        </Section>
      )}
    </>
  );
}

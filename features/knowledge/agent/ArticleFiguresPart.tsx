import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { useFormat } from '../../../platform/browser/format.ts';
import { ErrorState } from '../../../ui/components/ErrorState.tsx';
import { Link } from '../../../ui/components/Link.tsx';
import { Select } from '../../../ui/components/Select.tsx';
import { SkeletonRows } from '../../../ui/components/Skeleton.tsx';
import { Section } from '../../../ui/layout/Section.tsx';
import type { ArticleDetail, ArticleFiguresDetail } from '../core/contract.ts';
import { figuresOne } from './queries.ts';
import { useKnowledgeText } from './text.ts';

const DAYS = ['7', '30', '90'] as const;

/** How one article does: whether it is read, whether it helps, and who writes to us all the same. */
export function ArticleFiguresPart({ article, ticketHref }: { article: ArticleDetail; ticketHref: (id: string) => string }) {
  const t = useKnowledgeText();
  const errorText = useErrorText();
  const [days, setDays] = useState<(typeof DAYS)[number]>('30');
  const figures = useQuery(figuresOne(article.id, Number(days)));
  return (
    <Section
      title={t('knowledge.figures.one')} description={t('knowledge.figures.what')}
      actions={<Select label={t('knowledge.gaps.days')} labelHidden className="w-40" value={days} onChange={setDays} options={DAYS.map((id) => ({ id, label: t('knowledge.gaps.last_days', { count: Number(id) }) }))} />}
    >
      {figures.isError ? <ErrorState onRetry={() => void figures.refetch()} isRetrying={figures.isFetching}>{errorText(figures.error)}</ErrorState>
        : figures.data ? <Shown figures={figures.data} used={article.used} ticketHref={ticketHref} /> : <SkeletonRows count={2} />}
    </Section>
  );
}

function Shown({ figures: { shown, helped, notHelped, ticketCount, tickets }, used, ticketHref }: { figures: ArticleFiguresDetail; used: number; ticketHref: (id: string) => string }) {
  const t = useKnowledgeText();
  const format = useFormat();
  const all = [['knowledge.figures.shown', shown], ['knowledge.figures.helped', helped], ['knowledge.figures.notHelped', notHelped], ['knowledge.figures.tickets', ticketCount], ['knowledge.figures.used', used]] as const;
  return (
    <>
      <dl className="grid grid-cols-[repeat(auto-fit,minmax(8rem,1fr))] gap-3">
        {all.map(([id, figure]) => (
          <div key={id} className="flex flex-col-reverse justify-end rounded-control border border-hairline px-3 py-2">
            <dt className="text-12 text-ink-faint">{t(id)}</dt>
            <dd className="text-20 font-semibold tabular-nums">{format.number(figure)}</dd>
          </div>
        ))}
      </dl>
      {tickets.length > 0 && (
        <>
          <h3 className="mt-4 mb-1 text-13 font-medium">{t('knowledge.figures.latest')}</h3>
          <ul className="flex flex-col gap-1">{tickets.map(({ id, number, subject }) => <li key={id}><Link href={ticketHref(id)}><bdi>{`#${number} ${subject}`}</bdi></Link></li>)}</ul>
        </>
      )}
    </>
  );
}

import { useInfiniteQuery } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, BarChart3 } from 'lucide-react';
import { useState } from 'react';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { useFormat } from '../../../platform/browser/format.ts';
import { Button } from '../../../ui/components/Button.tsx';
import { EmptyState } from '../../../ui/components/EmptyState.tsx';
import { Link } from '../../../ui/components/Link.tsx';
import { PagedRows } from '../../../ui/components/PagedRows.tsx';
import { Select } from '../../../ui/components/Select.tsx';
import { WideTable } from '../../../ui/components/WideTable.tsx';
import { Pane } from '../../../ui/layout/Pane.tsx';
import { FIGURE_SORTS, type ArticleFigures, type FigureSort } from '../core/contract.ts';
import { figuresQuery } from './queries.ts';
import { useKnowledgeText } from './text.ts';

const DAYS = ['7', '30', '90'] as const;
type Order = { readonly sort: FigureSort; readonly order: 'asc' | 'desc' };
const OF: Readonly<Record<FigureSort, (figures: ArticleFigures) => number>> = { shown: (one) => one.shown, helped: (one) => one.helped, notHelped: (one) => one.notHelped, tickets: (one) => one.ticketCount };

/** How the articles do that customers may read; which of them to mend first. */
export function FiguresScreen({ hrefOf, onBack }: { hrefOf: (id: string) => string; onBack: () => void }) {
  const t = useKnowledgeText();
  const errorText = useErrorText();
  const [days, setDays] = useState<(typeof DAYS)[number]>('30');
  const [by, setBy] = useState<Order>({ sort: 'shown', order: 'desc' });
  const figures = useInfiniteQuery(figuresQuery({ days: Number(days), ...by }));
  return (
    <Pane
      title={t('knowledge.figures')}
      level={1}
      back={{ label: t('knowledge.articles'), onBack }}
      actions={<Button size="small" onPress={onBack}>{t('knowledge.articles')}</Button>}
      below={
        <div className="flex flex-wrap items-center gap-2 border-b border-hairline px-4 py-2.5">
          <Select label={t('knowledge.gaps.days')} labelHidden className="w-44" value={days} onChange={setDays} options={DAYS.map((id) => ({ id, label: t('knowledge.gaps.last_days', { count: Number(id) }) }))} />
        </div>
      }
    >
      <div className="mx-auto flex w-full max-w-page flex-col gap-4 px-4 py-4">
        <PagedRows query={figures} errorText={errorText} empty={<EmptyState icon={BarChart3}>{t('knowledge.figures.empty')}</EmptyState>}>
          {(rows) => <FiguresTable rows={rows} hrefOf={hrefOf} by={by} onBy={setBy} />}
        </PagedRows>
        <p className="max-w-reading text-13 text-ink-faint">{t('knowledge.figures.what')}</p>
      </div>
    </Pane>
  );
}

function FiguresTable({ rows, hrefOf, by, onBy }: { rows: readonly ArticleFigures[]; hrefOf: (id: string) => string; by: Order; onBy: (by: Order) => void }) {
  const t = useKnowledgeText();
  const format = useFormat();
  return (
    <WideTable label={t('knowledge.figures')} className="min-w-160">
      <thead>
        <tr className="border-b border-hairline text-12 text-ink-faint">
          <th scope="col" className="px-4 py-2 text-start font-medium">{t('knowledge.article')}</th>
          {FIGURE_SORTS.map((sort) => <SortHead key={sort} sort={sort} by={by} onBy={onBy} />)}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} className="border-b border-hairline last:border-0">
            <th scope="row" dir="auto" className="max-w-80 px-4 py-2 text-start font-normal wrap-anywhere"><Link href={hrefOf(row.id)}>{row.title}</Link></th>
            {FIGURE_SORTS.map((sort) => <td key={sort} className="px-4 py-2 text-end tabular-nums">{format.number(OF[sort](row))}</td>)}
          </tr>
        ))}
      </tbody>
    </WideTable>
  );
}

/** Pressed once more, the other way round. */
function SortHead({ sort, by, onBy }: { sort: FigureSort; by: Order; onBy: (by: Order) => void }) {
  const t = useKnowledgeText();
  const isBy = by.sort === sort;
  const Arrow = by.order === 'desc' ? ArrowDown : ArrowUp;
  return (
    <th scope="col" {...(isBy && { 'aria-sort': by.order === 'desc' ? 'descending' as const : 'ascending' as const })} className="px-2 py-1 text-end font-medium">
      <button type="button" onClick={() => onBy({ sort, order: isBy && by.order === 'desc' ? 'asc' : 'desc' })} className="inline-flex min-h-8 items-center gap-1 rounded-control px-2 hover:bg-hover">
        {t(`knowledge.figures.${sort}`)}{isBy && <Arrow aria-hidden size={14} />}
      </button>
    </th>
  );
}

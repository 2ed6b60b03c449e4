import { useQuery } from '@tanstack/react-query';
import { ChartNoAxesColumn } from 'lucide-react';
import { useState } from 'react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { SkeletonRows } from '../../../../ui/components/Skeleton.tsx';
import { SureShare } from '../../../../ui/components/SureShare.tsx';
import { WideTable } from '../../../../ui/components/WideTable.tsx';
import { Section } from '../../../../ui/layout/Section.tsx';
import type { FigureView } from '../../core/results-contract.ts';
import { figuresOf } from '../queries.ts';
import { useSlaText } from '../text.ts';

const PERIODS = ['1', '3', '12'] as const;

/** How many promises were kept, by month, kind and team; each share with its number and how sure it is. */
export function KeptPart() {
  const t = useSlaText();
  const errorText = useErrorText();
  const [months, setMonths] = useState<(typeof PERIODS)[number]>('3');
  const { data, error, refetch, isFetching } = useQuery(figuresOf(Number(months)));
  const period = t('sla.kept.months', { months: Number(months) });
  return (
    <Section
      title={t('sla.kept.title')} description={t('sla.kept.what')}
      actions={<Select label={t('sla.kept.period')} labelHidden className="w-44 max-wide:basis-full" options={PERIODS.map((id) => ({ id, label: t('sla.kept.months', { months: Number(id) }) }))} value={months} onChange={setMonths} />}
    >
      {error && !data && <ErrorState onRetry={() => void refetch()} isRetrying={isFetching}>{errorText(error)}</ErrorState>}
      {!error && !data && <SkeletonRows count={3} />}
      {data?.items.length === 0 && <EmptyState icon={ChartNoAxesColumn}>{t('sla.kept.empty')}</EmptyState>}
      {data && data.items.length > 0 && <KeptTable items={data.items} label={`${t('sla.kept.title')}: ${period}`} />}
    </Section>
  );
}

function KeptTable({ items, label }: { items: readonly FigureView[]; label: string }) {
  const t = useSlaText();
  return (
    <WideTable label={label} className="min-w-160">
      <thead>
        <tr className="border-b border-hairline align-bottom text-12 text-ink-faint">
          {(['month', 'promise', 'team', 'share'] as const).map((head) => <th key={head} scope="col" className="px-4 py-2 text-start font-medium">{t(`sla.kept.${head}`)}</th>)}
          <th scope="col" className="px-4 py-2 text-end font-medium">{t('sla.kept.open')}</th>
        </tr>
      </thead>
      <tbody>{items.map((figure, i) => <KeptRow key={`${figure.month} ${figure.metric} ${figure.team?.id ?? ''}`} figure={figure} isFirst={figure.month !== items[i - 1]?.month} />)}</tbody>
    </WideTable>
  );
}

function KeptRow({ figure, isFirst }: { figure: FigureView; isFirst: boolean }) {
  const t = useSlaText();
  const format = useFormat();
  const { month, metric, team, open, share, low, high, kept, decided, change } = figure;
  return (
    <tr className="border-b border-hairline last:border-0">
      <td className="px-4 py-2 align-top whitespace-nowrap">{isFirst && format.month(month)}</td>
      <th scope="row" className="px-4 py-2 text-start align-top font-normal">{t(`sla.metric.${metric}`)}</th>
      <td className="px-4 py-2 align-top">{team ? <bdi>{team.name || t('sla.kept.team_gone')}</bdi> : <span className="text-ink-faint">{t('sla.kept.no_team')}</span>}</td>
      <td className="px-4 py-2">
        <SureShare share={share} low={low} high={high} hits={kept} of={decided} format={format} />
        {change && <Change change={change} />}
      </td>
      <td className="px-4 py-2 text-end align-top tabular-nums">{format.number(open)}</td>
    </tr>
  );
}

/** More seldom than this, chance alone makes such a change. */
const RARE = 0.05;

/** Against the month before: how much it may have changed, and what it takes to say so. */
function Change({ change: { difference, low, high, p, enough } }: { change: NonNullable<FigureView['change']> }) {
  const t = useSlaText();
  const format = useFormat();
  const points = (share: number) => format.number(Math.round(share * 1_000) / 10);
  const range = { low: points(low), high: points(high), enough: format.number(enough) };
  if (p >= RARE) return <span className="block text-12 text-ink-soft">{t('sla.kept.change.unsure', range)}</span>;
  return <span className="block text-12 text-ink-soft">{t(difference > 0 ? 'sla.kept.change.more' : 'sla.kept.change.less', { ...range, points: points(Math.abs(difference)) })}</span>;
}

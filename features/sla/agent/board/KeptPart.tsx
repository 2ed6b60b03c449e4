import { useQuery } from '@tanstack/react-query';
import { ChartNoAxesColumn } from 'lucide-react';
import { useState } from 'react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { SkeletonRows } from '../../../../ui/components/Skeleton.tsx';
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
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by the keyboard
    <div className="overflow-x-auto rounded-control border border-hairline" tabIndex={0} role="region" aria-label={label}>
      <table className="w-full min-w-160 text-14">
        <thead>
          <tr className="border-b border-hairline align-bottom text-12 text-ink-faint">
            {(['month', 'promise', 'team', 'share'] as const).map((head) => <th key={head} scope="col" className="px-4 py-2 text-start font-medium">{t(`sla.kept.${head}`)}</th>)}
            <th scope="col" className="px-4 py-2 text-end font-medium">{t('sla.kept.open')}</th>
          </tr>
        </thead>
        <tbody>{items.map((figure, i) => <KeptRow key={`${figure.month} ${figure.metric} ${figure.team?.id ?? ''}`} figure={figure} isFirst={figure.month !== items[i - 1]?.month} />)}</tbody>
      </table>
    </div>
  );
}

function KeptRow({ figure, isFirst }: { figure: FigureView; isFirst: boolean }) {
  const t = useSlaText();
  const format = useFormat();
  const { month, metric, team, open } = figure;
  return (
    <tr className="border-b border-hairline last:border-0">
      <td className="px-4 py-2 align-top whitespace-nowrap">{isFirst && format.month(month)}</td>
      <th scope="row" className="px-4 py-2 text-start align-top font-normal">{t(`sla.metric.${metric}`)}</th>
      <td className="px-4 py-2 align-top">{team ? <bdi>{team.name || t('sla.kept.team_gone')}</bdi> : <span className="text-ink-faint">{t('sla.kept.no_team')}</span>}</td>
      <td className="px-4 py-2"><Share figure={figure} /></td>
      <td className="px-4 py-2 text-end align-top tabular-nums">{format.number(open)}</td>
    </tr>
  );
}

/** Never a bare percentage: of how many, and between what it may lie. */
function Share({ figure: { share, low, high, kept, decided } }: { figure: FigureView }) {
  const t = useSlaText();
  const format = useFormat();
  return (
    <span className="flex flex-col gap-1 tabular-nums">
      <span>{format.percent(share)} <span className="text-12 text-ink-soft">{t('sla.kept.of', { kept: format.number(kept), decided: format.number(decided) })}</span></span>
      <span aria-hidden className="relative block h-1.5 w-32 overflow-hidden rounded-full bg-pressed">
        <span className="absolute inset-y-0 rounded-full bg-accent/50" style={{ insetInlineStart: `${low * 100}%`, width: `${(high - low) * 100}%` }} />
        <span className="absolute inset-y-0 w-0.5 bg-accent" style={{ insetInlineStart: `calc(${share * 100}% - 1px)` }} />
      </span>
      <span className="text-12 text-ink-soft">{t('sla.kept.range', { low: format.percent(low), high: format.percent(high) })}</span>
    </span>
  );
}

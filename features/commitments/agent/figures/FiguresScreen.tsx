import { useQuery } from '@tanstack/react-query';
import { CalendarCheck } from 'lucide-react';
import { useState } from 'react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { serverNow } from '../../../../platform/browser/server-clock.ts';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { Link } from '../../../../ui/components/Link.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { SkeletonRows } from '../../../../ui/components/Skeleton.tsx';
import { SureShare } from '../../../../ui/components/SureShare.tsx';
import { WideTable } from '../../../../ui/components/WideTable.tsx';
import type { CommitmentFigures } from '../../core/contract.ts';
import { commitmentFigures } from '../queries.ts';
import { useCommitmentsText } from '../text.ts';

const PERIODS = ['30', '90', '365'] as const;
const COLUMNS = ['keptLate', 'broken', 'renegotiatedInTime', 'renegotiatedLate', 'withdrawn'] as const;
const HEADS = {
  keptLate: 'commitments.figures.keptLate', broken: 'commitments.figures.broken', renegotiatedInTime: 'commitments.figures.renegotiated',
  renegotiatedLate: 'commitments.figures.renegotiatedLate', withdrawn: 'commitments.figures.withdrawn',
} as const;
type Figure = CommitmentFigures['total'];

/** How many promises were kept in time, by team and kind, with their number and how sure the share is. */
export function FiguresScreen({ listHref }: { listHref: string }) {
  const t = useCommitmentsText();
  const format = useFormat();
  const errorText = useErrorText();
  const [days, setDays] = useState<(typeof PERIODS)[number]>('30');
  const [until] = useState(serverNow);
  const { data, error, refetch, isFetching } = useQuery(commitmentFigures(Number(days), until));
  return (
    <div className="h-full overflow-auto">
      <div className="mx-auto flex w-full max-w-page flex-col gap-5 px-8 py-7 max-wide:px-4 max-wide:py-4">
        <header className="flex flex-wrap items-end gap-x-6 gap-y-3">
          <div className="min-w-56 flex-1 max-wide:basis-full">
            <h1 className="text-20 font-semibold">{t('commitments.figures')}</h1>
            <p className="mt-1 max-w-reading text-13 text-ink-faint">{t('commitments.figures.what')}</p>
          </div>
          <Select label={t('commitments.figures.period')} options={PERIODS.map((id) => ({ id, label: t('commitments.figures.days', { days: Number(id) }) }))} value={days} onChange={setDays} className="w-48" />
        </header>
        <p className="text-13"><Link href={listHref}>{t('commitments.list')}</Link></p>
        {error && !data && <ErrorState onRetry={() => void refetch()} isRetrying={isFetching}>{errorText(error)}</ErrorState>}
        {!error && !data && <SkeletonRows count={5} />}
        {data?.items.length === 0 && <EmptyState icon={CalendarCheck}>{t('commitments.figures.empty')}</EmptyState>}
        {data && data.items.length > 0 && <FiguresTable figures={data} label={`${t('commitments.figures')}: ${t('commitments.figures.days', { days: Number(days) })}, ${format.date(until)}`} />}
      </div>
    </div>
  );
}

function FiguresTable({ figures: { total, items }, label }: { figures: CommitmentFigures; label: string }) {
  const t = useCommitmentsText();
  return (
    <WideTable label={label} className="min-w-180">
      <thead>
        <tr className="border-b border-hairline align-bottom text-12 text-ink-faint">
          <th scope="col" className="px-4 py-2 text-start font-medium">{t('commitments.figures.team')}</th>
          <th scope="col" className="px-4 py-2 text-start font-medium">{t('commitments.kind')}</th>
          <th scope="col" className="px-4 py-2 text-start font-medium">{t('commitments.figures.share')}</th>
          {COLUMNS.map((column) => <th key={column} scope="col" className="px-4 py-2 text-end font-medium">{t(HEADS[column])}</th>)}
        </tr>
      </thead>
      <tbody>
        {items.map(({ team, kind, ...figure }) => (
          <FigureRow key={`${team?.id ?? ''} ${kind}`} team={team?.name ?? t('commitments.figures.no_team')} kind={kind === 'apology' ? '' : t(`commitments.kind.${kind}`)} figure={figure} />
        ))}
      </tbody>
      <tfoot className="bg-sunken font-medium"><FigureRow team={t('commitments.figures.all')} kind="" figure={total} /></tfoot>
    </WideTable>
  );
}

function FigureRow({ team, kind, figure }: { team: string; kind: string; figure: Figure }) {
  const format = useFormat();
  const { share, low, high, keptInTime, counted } = figure;
  return (
    <tr className="border-b border-hairline last:border-0">
      <th scope="row" className="px-4 py-2 text-start font-normal"><bdi>{team}</bdi></th>
      <td className="px-4 py-2">{kind}</td>
      <td className="px-4 py-2">
        {share === null || low === null || high === null ? <span className="text-ink-faint">–</span> : <SureShare share={share} low={low} high={high} hits={keptInTime} of={counted} format={format} />}
      </td>
      {COLUMNS.map((column) => <td key={column} className="px-4 py-2 text-end tabular-nums">{format.number(figure[column])}</td>)}
    </tr>
  );
}

import { useFormat } from '../../../platform/browser/format.ts';
import { Avatar } from '../../../ui/components/Avatar.tsx';
import { WideTable } from '../../../ui/components/WideTable.tsx';
import type { TodayView } from '../core/contract.ts';
import { useReportsText } from './text.ts';

const COLUMNS = ['active', 'waiting', 'repliesToday', 'resolvedToday'] as const;

/** Who carries how much; what nobody has taken stands last. */
export function LoadTable({ load }: { load: TodayView['load'] }) {
  const t = useReportsText();
  const format = useFormat();
  if (load.length === 0) return <p className="text-13 text-ink-faint">{t('reports.load.none')}</p>;
  return (
    <WideTable label={t('reports.load')} className="min-w-120">
      <thead>
        <tr className="border-b border-hairline text-12 text-ink-faint">
          <th scope="col" className="px-4 py-2 text-start font-medium">{t('reports.load.person')}</th>
          {COLUMNS.map((column) => <th key={column} scope="col" className="px-4 py-2 text-end font-medium">{t(`reports.load.${column}`)}</th>)}
        </tr>
      </thead>
      <tbody>
        {load.map((row) => (
          <tr key={row.person?.id ?? 'nobody'} className="border-b border-hairline last:border-0">
            <th scope="row" className="px-4 py-2 text-start font-normal">
              <span className="flex items-center gap-2.5">
                {row.person && <Avatar id={row.person.id} name={row.person.name} size="small" />}
                {row.person ? <bdi>{row.person.name}</bdi> : <span className="text-ink-faint">{t('reports.load.nobody')}</span>}
              </span>
            </th>
            {COLUMNS.map((column) => <td key={column} className="px-4 py-2 text-end tabular-nums">{format.number(row[column])}</td>)}
          </tr>
        ))}
      </tbody>
    </WideTable>
  );
}

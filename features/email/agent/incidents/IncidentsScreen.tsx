import { useInfiniteQuery } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { PagedRows } from '../../../../ui/components/PagedRows.tsx';
import { ListRow, RowList } from '../../../../ui/layout/Section.tsx';
import type { IncidentView } from '../../core/incidents.ts';
import { useEmailText } from '../text.ts';
import { incidentsQuery } from './queries.ts';

/** Mails that went to the wrong person: what a company has to show when it is asked about them. */
export function IncidentsScreen() {
  const t = useEmailText();
  return (
    <div className="flex flex-col gap-4">
      <p className="max-w-reading text-13 text-ink-faint">{t('email.incidents.why')}</p>
      <PagedRows query={useInfiniteQuery(incidentsQuery)} errorText={useErrorText()} empty={<EmptyState icon={ShieldCheck}>{t('email.incidents.empty')}</EmptyState>}>
        {(rows) => <RowList label={t('email.incidents')}>{rows.map((row) => <IncidentRow key={row.id} row={row} />)}</RowList>}
      </PagedRows>
    </div>
  );
}

function IncidentRow({ row: { ticketNumber, subject, reached, withheld, note, reportedBy, reportedAt, hasCorrection } }: { row: IncidentView }) {
  const t = useEmailText();
  const format = useFormat();
  const names = (addresses: readonly string[]): string => format.list(addresses.map((address) => `\u2066${address}\u2069`));
  return (
    <ListRow
      title={<><bdi dir="ltr">#{ticketNumber}</bdi> <bdi>{subject}</bdi></>}
      badges={reached.length === 0 ? <Badge tone="good">{t('email.incidents.held')}</Badge> : <Badge tone={hasCorrection ? 'neutral' : 'warning'}>{t(hasCorrection ? 'email.incidents.asked' : 'email.incidents.not_asked')}</Badge>}
      detail={
        <span className="[overflow-wrap:anywhere]">
          {format.inFull(reportedAt)} · <bdi>{reportedBy.name}</bdi>
          {reached.length > 0 && <> · {t('email.misdirected.reached')} {names(reached)}</>}
          {withheld.length > 0 && <> · {t('email.misdirected.withheld')} {names(withheld)}</>}
          {note !== '' && <> · <bdi>{note}</bdi></>}
        </span>
      }
    />
  );
}

import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { CalendarOff } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { useNow } from '../../../../platform/browser/use-now.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { ConfirmDialog } from '../../../../ui/components/ConfirmDialog.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { PagedRows } from '../../../../ui/components/PagedRows.tsx';
import { ListRow, RowList } from '../../../../ui/layout/Section.tsx';
import type { AbsenceView } from '../../core/contract.ts';
import { absences, refresh, standIns } from '../queries.ts';
import { useRoutingText } from '../text.ts';

/** Planned absences, the next first; without a person everybody's, by name. */
export function AbsenceList({ personId, empty, action }: { personId?: string; empty: string; action?: ReactNode }) {
  const t = useRoutingText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [doomed, setDoomed] = useState<AbsenceView | null>(null);
  const now = useNow(60_000);
  const isBegun = doomed !== null && Date.parse(doomed.from) <= now.getTime();
  const remove = useMutation({
    mutationFn: (id: string) => api.delete(`/absences/${id}`),
    onSettled: () => Promise.all([refresh(cache, 'absences'), refresh(cache, 'presence')]),
  });
  return (
    <>
      <PagedRows query={useInfiniteQuery(absences(personId))} errorText={errorText} empty={<EmptyState icon={CalendarOff} action={action}>{empty}</EmptyState>}>
        {(items) => (
          <RowList label={t('routing.absences')}>
            {items.map((absence) => <AbsenceRow key={absence.id} absence={absence} isNamed={personId === undefined} onCancel={() => setDoomed(absence)} />)}
          </RowList>
        )}
      </PagedRows>
      <ConfirmDialog
        isOpen={doomed !== null} onClose={() => setDoomed(null)} title={t(isBegun ? 'routing.absence.end_title' : 'routing.absence.cancel_title')} verb={t(isBegun ? 'routing.absence.end' : 'routing.absence.cancel')}
        onConfirm={async () => doomed && remove.mutateAsync(doomed.id)} errorText={errorText}
      >
        {t(isBegun ? 'routing.absence.end_why' : 'routing.absence.cancel_why')}
      </ConfirmDialog>
    </>
  );
}

/** Absences of others in which somebody stands in for them. */
export function StandInList({ deputyId, empty }: { deputyId: string; empty: string }) {
  const t = useRoutingText();
  return (
    <PagedRows query={useInfiniteQuery(standIns(deputyId))} errorText={useErrorText()} empty={<EmptyState icon={CalendarOff}>{empty}</EmptyState>}>
      {(items) => (
        <RowList label={t('routing.absence.standing_in')}>
          {items.map((absence) => <AbsenceRow key={absence.id} absence={absence} isNamed />)}
        </RowList>
      )}
    </PagedRows>
  );
}

function AbsenceRow({ absence: { person, deputy, from, to, reason }, isNamed, onCancel }: { absence: AbsenceView; isNamed: boolean; onCancel?: () => void }) {
  const t = useRoutingText();
  const format = useFormat();
  const now = useNow(60_000);
  const span = to === null ? t('routing.absence.since', { from: format.dateTime(from) }) : format.span(from, to);
  const isNow = Date.parse(from) <= now.getTime();
  const deputyWords = deputy ? t('routing.absence.deputy_is', { name: isolated(deputy.name) }) : t('routing.absence.no_deputy');
  return (
    <ListRow
      title={isNamed ? <span dir="auto">{person.name}</span> : <span className="block whitespace-normal">{span}</span>}
      badges={isNow && <Badge tone="accent">{t('routing.absence.now')}</Badge>}
      detail={
        <>
          {isNamed && <span className="block">{span}</span>}
          <span className="block">{deputyWords}{reason !== '' && <> · <bdi>{reason}</bdi></>}</span>
        </>
      }
      actions={onCancel && <Button size="small" onPress={onCancel} aria-label={t(isNow ? 'routing.absence.end_one' : 'routing.absence.cancel_one', { name: person.name, span })}>{t(isNow ? 'routing.absence.end' : 'routing.absence.cancel')}</Button>}
    />
  );
}

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Check, ChevronLeft, Palmtree } from 'lucide-react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { PagedRows } from '../../../../ui/components/PagedRows.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import type { PastAbsenceView } from '../../../routing/core/contract.ts';
import { useNotificationText } from '../text.ts';
import { AwayTicket } from './AwayTicket.tsx';
import { AWAY, meanwhile, pastAbsence, pastAbsences } from './queries.ts';

type AwayScreenProps = { /** Null: the latest. */ absenceId: string | null; myId: string; ticketHref: (ticketId: string) => string; /** Once it is put away. */ onSeen: () => void; onBack: () => void };

/** What happened on one's tickets while one was away, the most urgent first. */
export function AwayScreen({ absenceId, myId, ticketHref, onSeen, onBack }: AwayScreenProps) {
  const t = useNotificationText();
  const errorText = useErrorText();
  const latest = useInfiniteQuery({ ...pastAbsences, enabled: absenceId === null });
  const id = absenceId ?? latest.data?.pages[0]?.items[0]?.id;
  const { data: absence } = useQuery({ ...pastAbsence(id ?? ''), enabled: id !== undefined });
  return (
    <div className="h-full overflow-auto">
      <div className="mx-auto flex w-full max-w-page flex-col gap-6 px-8 py-7 max-wide:px-4 max-wide:py-4">
        <header className="flex flex-wrap items-start gap-x-4 gap-y-3 max-wide:gap-x-1">
          <span className="-ms-2 -mt-1.5 wide:hidden"><IconButton label={t('notifications.away.back')} icon={ChevronLeft} mirrored onPress={onBack} /></span>
          <div className="min-w-56 flex-1">
            <h1 className="text-20 font-semibold">{t('notifications.away')}</h1>
            {absence && <div className="mt-1 text-13 text-ink-faint"><Span absence={absence} /></div>}
          </div>
          {absence && !absence.seen && <PutAway absenceId={absence.id} onSeen={onSeen} />}
        </header>
        {id === undefined ? (
          <PagedRows query={latest} errorText={errorText} empty={<EmptyState icon={Palmtree}>{t('notifications.away.earlier_none')}</EmptyState>}>{() => null}</PagedRows>
        ) : <Tickets absenceId={id} myId={myId} ticketHref={ticketHref} />}
      </div>
    </div>
  );
}

function Tickets({ absenceId, myId, ticketHref }: { absenceId: string } & Pick<AwayScreenProps, 'myId' | 'ticketHref'>) {
  const t = useNotificationText();
  return (
    <PagedRows query={useInfiniteQuery(meanwhile(absenceId))} errorText={useErrorText()} empty={<EmptyState icon={Palmtree}>{t('notifications.away.none')}</EmptyState>}>
      {(rows) => (
        <ul aria-label={t('notifications.away.tickets')} className="flex flex-col divide-y divide-hairline overflow-hidden rounded-control border border-hairline bg-surface">
          {rows.map((row) => <AwayTicket key={row.ticket.id} row={row} myId={myId} href={ticketHref(row.ticket.id)} />)}
        </ul>
      )}
    </PagedRows>
  );
}

function Span({ absence: { from, backAt, deputy } }: { absence: PastAbsenceView }) {
  const t = useNotificationText();
  const format = useFormat();
  return (
    <>
      <p>{format.span(from, backAt)}</p>
      {deputy && <p>{t('notifications.away.deputy', { name: isolated(deputy.name) })}</p>}
    </>
  );
}

function PutAway({ absenceId, onSeen }: { absenceId: string; onSeen: () => void }) {
  const t = useNotificationText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const see = useMutation({
    mutationFn: () => api.put(`/me/absences/${absenceId}/seen`, {}),
    onSuccess: async () => {
      toast({ text: t('notifications.away.put_away_done') });
      onSeen();
      await cache.invalidateQueries({ queryKey: AWAY });
    },
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
  });
  return <Button tone="primary" icon={Check} isPending={see.isPending} onPress={() => see.mutate()}>{t('notifications.away.put_away')}</Button>;
}

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Inbox } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { Checkbox } from '../../../../ui/components/Checkbox.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { SaveForm } from '../../../../ui/components/SaveForm.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { SkeletonRows } from '../../../../ui/components/Skeleton.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import type { TicketView } from '../../../tickets/core/contract.ts';
import { Handed, MOST_HANDED } from '../../core/handover.ts';
import { colleagues, myOpen, refresh, teamsQuery } from '../queries.ts';
import { useRoutingText } from '../text.ts';

type HandoverDialogProps = { isOpen: boolean; myId: string; onClose: () => void };

/** At the end of a shift: what one has, to whom it goes, and a word for each. */
export function HandoverDialog({ isOpen, myId, onClose }: HandoverDialogProps) {
  const t = useRoutingText();
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('routing.handover')} size="wide" isDismissable={false}>
      {isOpen && <HandoverTickets myId={myId} onClose={onClose} />}
    </Dialog>
  );
}

function HandoverTickets({ myId, onClose }: Omit<HandoverDialogProps, 'isOpen'>) {
  const t = useRoutingText();
  const errorText = useErrorText();
  const { data, error, refetch, isFetching, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(myOpen);
  if (error && !data) return <ErrorState onRetry={() => void refetch()} isRetrying={isFetching}>{errorText(error)}</ErrorState>;
  if (!data) return <SkeletonRows count={3} />;
  const tickets = data.pages.flatMap(({ items }) => items);
  if (tickets.length === 0) return <EmptyState icon={Inbox}>{t('routing.handover.none')}</EmptyState>;
  const more = hasNextPage && (
    <div className="flex flex-wrap items-center gap-3 text-13 text-ink-soft">
      <p className="min-w-0 flex-1">{t('routing.handover.more')}</p>
      <Button size="small" onPress={() => void fetchNextPage()} isPending={isFetchingNextPage}>{t('routing.handover.show_more')}</Button>
      {error && <p role="alert" className="w-full text-danger-ink">{errorText(error)}</p>}
    </div>
  );
  return <HandoverForm tickets={tickets} more={more} myId={myId} onClose={onClose} />;
}

const QUEUE = 'queue';
type Item = { readonly ticketId: string; readonly to: ReturnType<typeof targetOf>; readonly note: string };
/** As many at a time as go together, one part after the other: what was refused is still in the list. */
async function handOn(items: readonly Item[]): Promise<number> {
  for (let from = 0; from < items.length; from += MOST_HANDED) await api.post('/handovers', { items: items.slice(from, from + MOST_HANDED) }, Handed);
  return items.length;
}

const targetOf = (to: string) => (to === QUEUE ? { queue: true } : to.startsWith('team ') ? { teamId: to.slice(5) } : { personId: to });

function HandoverForm({ tickets, more, myId, onClose }: { tickets: readonly TicketView[]; /** Stands below them: there are others. */ more: ReactNode; myId: string; onClose: () => void }) {
  const t = useRoutingText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const { data: people = [] } = useQuery(colleagues);
  const { data: teams } = useQuery(teamsQuery);
  const [to, setTo] = useState(QUEUE);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [notes, setNotes] = useState<Readonly<Record<string, string>>>({});
  const chosen = tickets.filter(({ id }) => !left.has(id));
  const save = useMutation({
    mutationFn: () => handOn(chosen.map(({ id }) => ({ ticketId: id, to: targetOf(to), note: notes[id]?.trim() ?? '' }))),
    onSuccess: (count) => {
      toast({ text: t('routing.handover.done', { count }) });
      onClose();
    },
    onSettled: () => Promise.all([cache.invalidateQueries({ queryKey: ['tickets'] }), refresh(cache, 'presence'), cache.invalidateQueries({ queryKey: myOpen.queryKey })]),
  });
  const choose = (id: string, isChosen: boolean) => setLeft(new Set(isChosen ? [...left].filter((one) => one !== id) : [...left, id]));
  const others = people.filter(({ id, role }) => id !== myId && role !== 'colleague');
  return (
    <SaveForm
      verb={t('routing.handover.verb', { count: chosen.length })} onSubmit={() => { if (chosen.length > 0) save.mutate(); }}
      isPending={save.isPending} isDisabled={chosen.length === 0} onCancel={onClose} problem={save.error && errorText(save.error)}
    >
      <Select
        label={t('routing.handover.to')} value={to} onChange={setTo}
        options={[
          { id: QUEUE, label: t('routing.handover.to_queue') }, ...others.map(({ id, name }) => ({ id, label: name })),
          ...(teams?.items ?? []).map(({ id, name }) => ({ id: `team ${id}`, label: t('routing.handover.to_team', { name }) })),
        ]}
      />
      <ul aria-label={t('routing.handover.tickets')} className="flex flex-col divide-y divide-hairline">
        {tickets.map(({ id, number, subject, customer }) => (
          <li key={id} className="flex flex-col gap-2 py-3">
            <Checkbox isSelected={!left.has(id)} onChange={(isChosen) => choose(id, isChosen)} hint={customer.name}>
              <bdi dir="ltr">#{number}</bdi> <bdi>{subject}</bdi>
            </Checkbox>
            {!left.has(id) && (
              <TextField label={t('routing.handover.note', { number })} value={notes[id] ?? ''} onChange={(text) => setNotes({ ...notes, [id]: text })} maxLength={2_000} autoComplete="off" optional />
            )}
          </li>
        ))}
      </ul>
      {more}
    </SaveForm>
  );
}

import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { RotateCw, ScrollText } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { Badge, type Tone } from '../../../../ui/components/Badge.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { Link } from '../../../../ui/components/Link.tsx';
import { PagedRows } from '../../../../ui/components/PagedRows.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { ListRow, RowList } from '../../../../ui/layout/Section.tsx';
import { DELIVERY_STATES, DeliveryView, type WebhookView } from '../../core/contract.ts';
import { deliveriesQuery } from '../queries.ts';
import { useWebhookText } from '../text.ts';

type DeliveriesDialogProps = { webhook: WebhookView | null; ticketHref: (ticketId: string) => string; onClose: () => void };

/** What was sent, whether it arrived, and the way to send it again. */
export function DeliveriesDialog({ webhook, ticketHref, onClose }: DeliveriesDialogProps) {
  const t = useWebhookText();
  return (
    <Dialog isOpen={webhook !== null} onClose={onClose} title={t('webhooks.log_of', { name: webhook?.name ?? '' })} size="wide">
      {webhook && <Deliveries webhook={webhook} ticketHref={ticketHref} />}
    </Dialog>
  );
}

type State = DeliveryView['state'] | 'all';
const TONES: Readonly<Record<DeliveryView['state'], Tone>> = { waiting: 'warning', sending: 'neutral', delivered: 'good', failed: 'danger' };

function Deliveries({ webhook, ticketHref }: { webhook: WebhookView; ticketHref: (ticketId: string) => string }) {
  const t = useWebhookText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [state, setState] = useState<State>('all');
  const replay = useMutation({
    mutationFn: (id: string) => api.post(`/webhooks/${webhook.id}/deliveries/${id}/replays`, {}, DeliveryView),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['webhooks', 'deliveries', webhook.id] }),
  });
  return (
    <div className="flex flex-col gap-4">
      <Select
        label={t('webhooks.show')} className="w-56 max-w-full" value={state} onChange={setState}
        options={(['all', ...DELIVERY_STATES] as const).map((id) => ({ id, label: t(`webhooks.state.${id}`) }))}
      />
      <PagedRows query={useInfiniteQuery(deliveriesQuery(webhook.id, state))} errorText={errorText} empty={<EmptyState icon={ScrollText}>{t('webhooks.log_empty')}</EmptyState>}>
        {(items) => (
          <RowList label={t('webhooks.log')}>
            {items.map((delivery) => (
              <ListRow
                key={delivery.id}
                title={<bdi dir="ltr">{delivery.type}</bdi>}
                badges={<Badge tone={TONES[delivery.state]}>{t(`webhooks.state.${delivery.state}`)}</Badge>}
                detail={<DeliveryWords delivery={delivery} ticketHref={ticketHref} />}
                actions={
                  delivery.state !== 'sending' && (
                    <Button size="small" icon={RotateCw} isPending={replay.isPending && replay.variables === delivery.id} onPress={() => replay.mutate(delivery.id)}>{t('webhooks.send_again')}</Button>
                  )
                }
              />
            ))}
          </RowList>
        )}
      </PagedRows>
    </div>
  );
}

function DeliveryWords({ delivery, ticketHref }: { delivery: DeliveryView; ticketHref: (ticketId: string) => string }) {
  const t = useWebhookText();
  const format = useFormat();
  const { createdAt, attempts, responseStatus, errorCode, tookMs, nextAttemptAt, ticketId, body, tried } = delivery;
  const answerOf = (status: number | null, code: string | null, ms: number | null): string | null =>
    (status === null ? code && t('webhooks.no_answer', { code }) : t('webhooks.answer', { status, ms: ms ?? 0 }));
  const answer = answerOf(responseStatus, errorCode, tookMs);
  return (
    <>
      <span className="block">
        {format.dateTime(createdAt)} · {t('webhooks.attempts', { count: attempts })}{answer && <> · <bdi>{answer}</bdi></>}
        {nextAttemptAt && attempts > 0 && <> · {t('webhooks.next', { when: format.dateTime(nextAttemptAt) })}</>}
        {ticketId && <> · <Link href={ticketHref(ticketId)}>{t('webhooks.ticket')}</Link></>}
      </span>
      {tried.length > 1 && (
        <details className="mt-1">
          <summary className="w-fit cursor-default rounded-[3px] py-0.75 text-13 text-ink-soft">{t('webhooks.tried')}</summary>
          <ol className="mt-1 flex flex-col gap-0.5">
            {tried.map(({ at, responseStatus: status, errorCode: code, tookMs: ms }) => <li key={at}>{format.dateTime(at)} · <bdi>{answerOf(status, code, ms)}</bdi></li>)}
          </ol>
        </details>
      )}
      <details className="mt-1">
        <summary className="w-fit cursor-default rounded-[3px] py-0.75 text-13 text-ink-soft">{t('webhooks.body')}</summary>
        <pre dir="ltr" className="mt-1 rounded-control bg-sunken p-2 text-12 whitespace-pre-wrap text-ink [overflow-wrap:anywhere]">{body}</pre>
      </details>
    </>
  );
}

import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus, Webhook } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { ConfirmDialog } from '../../../../ui/components/ConfirmDialog.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { PagedRows } from '../../../../ui/components/PagedRows.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { ListRow, RowList, Section } from '../../../../ui/layout/Section.tsx';
import { CatchUpView, DeliveryView, SecretView, WebhookView } from '../../core/contract.ts';
import { webhooksQuery } from '../queries.ts';
import type { Conditions } from '../slots.ts';
import { useWebhookText } from '../text.ts';
import { DeleteDialog } from './DeleteDialog.tsx';
import { DeliveriesDialog } from './DeliveriesDialog.tsx';
import { HookActions } from './HookActions.tsx';
import { WebhookDialog } from './WebhookDialog.tsx';

type OutgoingSectionProps = { conditions: Conditions; ticketHref: (ticketId: string) => string; onSecret: (secret: string) => void };

/** Webhooks: who is told what, and whether it arrives. */
export function OutgoingSection({ conditions, ticketHref, onSecret }: OutgoingSectionProps) {
  const t = useWebhookText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const webhooks = useInfiniteQuery(webhooksQuery);
  const [edited, setEdited] = useState<WebhookView | 'new' | null>(null);
  const [watched, setWatched] = useState<WebhookView | null>(null);
  const [doomed, setDoomed] = useState<WebhookView | null>(null);
  const [rotated, setRotated] = useState<WebhookView | null>(null);
  const refresh = () => cache.invalidateQueries({ queryKey: ['webhooks'] });
  const failed = (error: unknown) => toast({ tone: 'failed', text: errorText(error) });
  const test = useMutation({
    mutationFn: ({ id }: WebhookView) => api.post(`/webhooks/${id}/tests`, {}, DeliveryView),
    onSuccess: (_answer, hook) => setWatched(hook),
    onError: failed,
  });
  const turn = useMutation({
    mutationFn: ({ id, isEnabled }: WebhookView) => api.patch(`/webhooks/${id}`, { isEnabled: !isEnabled }, WebhookView),
    onError: failed,
    onSettled: refresh,
  });
  const rotate = useMutation({ mutationFn: (id: string) => api.post(`/webhooks/${id}/secrets`, {}, SecretView), onSettled: refresh });

  const catchUp = useMutation({
    mutationFn: ({ id }: WebhookView) => everythingMissed(id),
    onSuccess: (count) => toast({ text: t('webhooks.caught_up', { count }) }), onError: failed, onSettled: refresh,
  });
  const leave = useMutation({ mutationFn: ({ id }: WebhookView) => api.delete(`/webhooks/${id}/catch-ups`), onError: failed, onSettled: refresh });

  const make = <Button tone="primary" icon={Plus} onPress={() => setEdited('new')}>{t('webhooks.new')}</Button>;
  return (
    <Section title={t('webhooks.outgoing')} description={t('webhooks.outgoing_why')} actions={make}>
      <PagedRows query={webhooks} errorText={errorText} empty={<EmptyState icon={Webhook}>{t('webhooks.empty')}</EmptyState>}>
        {(items) => (
          <RowList label={t('webhooks.outgoing')}>
            {items.map((hook) => (
              <WebhookRow
                key={hook.id} hook={hook} conditions={conditions} onEdit={() => setEdited(hook)} onLog={() => setWatched(hook)} onTest={() => test.mutate(hook)}
                onTurn={() => turn.mutate(hook)} onRotate={() => setRotated(hook)} onDelete={() => setDoomed(hook)}
                onCatchUp={() => catchUp.mutate(hook)} onLeave={() => leave.mutate(hook)}
              />
            ))}
          </RowList>
        )}
      </PagedRows>
      <WebhookDialog webhook={edited} conditions={conditions} onClose={() => setEdited(null)} onSecret={onSecret} />
      <DeliveriesDialog webhook={watched} ticketHref={ticketHref} onClose={() => setWatched(null)} />
      <ConfirmDialog
        isOpen={rotated !== null} onClose={() => setRotated(null)} title={t('webhooks.rotate_title', { name: rotated?.name ?? '' })} verb={t('webhooks.rotate')} tone="primary"
        onConfirm={async () => { if (rotated) onSecret((await rotate.mutateAsync(rotated.id)).secret); }} errorText={errorText}
      >
        {t('webhooks.rotate_why')}
      </ConfirmDialog>
      <DeleteDialog doomed={doomed} path="/webhooks" why={t('webhooks.delete_why')} onClose={() => setDoomed(null)} />
    </Section>
  );
}

/** A part at a time, until all of it is queued; how much that was. */
async function everythingMissed(id: string): Promise<number> {
  let all = 0;
  for (;;) {
    const { count, more } = await api.post(`/webhooks/${id}/catch-ups`, {}, CatchUpView);
    all += count;
    if (!more) return all;
  }
}

type WebhookRowProps = { hook: WebhookView; conditions: Conditions } & Record<'onEdit' | 'onLog' | 'onTest' | 'onTurn' | 'onRotate' | 'onDelete' | 'onCatchUp' | 'onLeave', () => void>;

function WebhookRow({ hook, conditions, onEdit, onLog, onTest, onTurn, onRotate, onDelete, onCatchUp, onLeave }: WebhookRowProps) {
  const t = useWebhookText();
  const format = useFormat();
  const events = hook.events.length === 0 ? t('webhooks.only_rules') : format.list(hook.events);
  return (
    <ListRow
      title={hook.name}
      badges={<StateBadge hook={hook} />}
      detail={
        <>
          <span className="block"><bdi dir="ltr">{hook.url}</bdi></span>
          <span className="block"><bdi>{events}</bdi>{hook.condition && <> · <bdi>{conditions.inWords(hook.condition)}</bdi></>}</span>
          {hook.missedSince !== null && <span className="block text-ink">{t('webhooks.missed', { since: format.dateTime(hook.missedSince) })}</span>}
          {hook.skipped > 0 && <span className="block text-danger-ink">{t('webhooks.skipped', { count: hook.skipped })}</span>}
        </>
      }
      actions={
        <HookActions
          name={hook.name} onLog={onLog} onDelete={onDelete}
          entries={[
            ...(hook.missedSince === null ? [] : [{ id: 'catch-up', label: t('webhooks.catch_up'), onAction: onCatchUp }, { id: 'leave', label: t('webhooks.leave'), onAction: onLeave }]),
            { id: 'edit', label: t('webhooks.edit'), onAction: onEdit },
            ...(hook.isEnabled ? [{ id: 'test', label: t('webhooks.test'), onAction: onTest }] : []),
            { id: 'turn', label: t(hook.isEnabled ? 'webhooks.switch_off' : 'webhooks.switch_on'), onAction: onTurn },
            { id: 'rotate', label: t('webhooks.rotate'), onAction: onRotate },
          ]}
        />
      }
    />
  );
}

function StateBadge({ hook }: { hook: WebhookView }) {
  const t = useWebhookText();
  const format = useFormat();
  if (hook.disabledFor !== null) return <Badge tone={hook.disabledFor === 'person' ? 'neutral' : 'danger'}>{t(`webhooks.off.${hook.disabledFor}`)}</Badge>;
  if (hook.failingSince !== null) return <Badge tone="warning">{t('webhooks.failing', { since: format.dateTime(hook.failingSince) })}</Badge>;
  return hook.lastOkAt === null ? null : <Badge tone="good">{t('webhooks.works')}</Badge>;
}

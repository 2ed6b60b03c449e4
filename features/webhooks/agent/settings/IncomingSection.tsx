import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { FileInput, Plus } from 'lucide-react';
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
import { AddressView, IncomingView, SigningView } from '../../core/incoming-contract.ts';
import { incomingQuery } from '../queries.ts';
import { useWebhookText } from '../text.ts';
import { CallsDialog } from './CallsDialog.tsx';
import { DeleteDialog } from './DeleteDialog.tsx';
import { HookActions } from './HookActions.tsx';
import { IncomingDialog } from './IncomingDialog.tsx';
import type { Secret } from './SecretDialog.tsx';

type IncomingSectionProps = { ticketHref: (ticketId: string) => string; onSecret: (secret: Secret) => void };

/** Addresses at which programs hand something in. */
export function IncomingSection({ ticketHref, onSecret }: IncomingSectionProps) {
  const t = useWebhookText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [edited, setEdited] = useState<IncomingView | 'new' | null>(null);
  const [watched, setWatched] = useState<IncomingView | null>(null);
  const [doomed, setDoomed] = useState<IncomingView | null>(null);
  const [readdressed, setReaddressed] = useState<IncomingView | null>(null);
  const refresh = () => cache.invalidateQueries({ queryKey: ['webhooks', 'incoming'] });
  const failed = (error: unknown) => toast({ tone: 'failed', text: errorText(error) });
  const turn = useMutation({ mutationFn: ({ id, isEnabled }: IncomingView) => api.patch(`/incoming-webhooks/${id}`, { isEnabled: !isEnabled }, IncomingView), onError: failed, onSettled: refresh });
  const readdress = useMutation({ mutationFn: (id: string) => api.post(`/incoming-webhooks/${id}/addresses`, {}, AddressView), onSettled: refresh });
  const sign = useMutation({
    mutationFn: async ({ id, isSigned }: IncomingView) => {
      if (isSigned) await api.delete(`/incoming-webhooks/${id}/signature`);
      else onSecret({ kind: 'secret', value: (await api.put(`/incoming-webhooks/${id}/signature`, {}, SigningView)).secret });
    },
    onError: failed,
    onSettled: refresh,
  });

  const make = <Button icon={Plus} onPress={() => setEdited('new')}>{t('webhooks.incoming_new')}</Button>;
  return (
    <Section title={t('webhooks.incoming')} description={t('webhooks.incoming_why')} actions={make}>
      <PagedRows query={useInfiniteQuery(incomingQuery)} errorText={errorText} empty={<EmptyState icon={FileInput}>{t('webhooks.incoming_empty')}</EmptyState>}>
        {(items) => (
          <RowList label={t('webhooks.incoming')}>
            {items.map((hook) => (
              <IncomingRow
                key={hook.id} hook={hook} onEdit={() => setEdited(hook)} onLog={() => setWatched(hook)} onTurn={() => turn.mutate(hook)} onSign={() => sign.mutate(hook)}
                onReaddress={() => setReaddressed(hook)} onDelete={() => setDoomed(hook)}
              />
            ))}
          </RowList>
        )}
      </PagedRows>
      <IncomingDialog hook={edited} onClose={() => setEdited(null)} onAddress={(value) => onSecret({ kind: 'address', value })} />
      <CallsDialog hook={watched} ticketHref={ticketHref} onClose={() => setWatched(null)} />
      <ConfirmDialog
        isOpen={readdressed !== null} onClose={() => setReaddressed(null)} title={t('webhooks.readdress_title', { name: readdressed?.name ?? '' })} verb={t('webhooks.readdress')}
        onConfirm={async () => { if (readdressed) onSecret({ kind: 'address', value: (await readdress.mutateAsync(readdressed.id)).address }); }} errorText={errorText}
      >
        {t('webhooks.readdress_why')}
      </ConfirmDialog>
      <DeleteDialog doomed={doomed} path="/incoming-webhooks" why={t('webhooks.incoming_delete_why')} onClose={() => setDoomed(null)} />
    </Section>
  );
}

type IncomingRowProps = { hook: IncomingView } & Record<'onEdit' | 'onLog' | 'onTurn' | 'onSign' | 'onReaddress' | 'onDelete', () => void>;

function IncomingRow({ hook, onEdit, onLog, onTurn, onSign, onReaddress, onDelete }: IncomingRowProps) {
  const t = useWebhookText();
  const format = useFormat();
  return (
    <ListRow
      title={hook.name}
      badges={<>{!hook.isEnabled && <Badge>{t('webhooks.off.person')}</Badge>}{hook.isSigned && <Badge tone="good">{t('webhooks.signed')}</Badge>}</>}
      detail={`${t(`webhooks.makes.${hook.makes}`)} · ${hook.lastCallAt === null ? t('webhooks.never_called') : t('webhooks.last_call', { when: format.dateTime(hook.lastCallAt) })}`}
      actions={
        <HookActions
          name={hook.name} onLog={onLog} onDelete={onDelete}
          entries={[
            { id: 'edit', label: t('webhooks.edit'), onAction: onEdit },
            { id: 'turn', label: t(hook.isEnabled ? 'webhooks.switch_off' : 'webhooks.switch_on'), onAction: onTurn },
            { id: 'sign', label: t(hook.isSigned ? 'webhooks.waive' : 'webhooks.demand'), onAction: onSign },
            { id: 'readdress', label: t('webhooks.readdress'), onAction: onReaddress },
          ]}
        />
      }
    />
  );
}

import { useInfiniteQuery } from '@tanstack/react-query';
import { ScrollText } from 'lucide-react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { Link } from '../../../../ui/components/Link.tsx';
import { PagedRows } from '../../../../ui/components/PagedRows.tsx';
import { ListRow, RowList } from '../../../../ui/layout/Section.tsx';
import type { IncomingView } from '../../core/incoming-contract.ts';
import { callsQuery } from '../queries.ts';
import { useWebhookText } from '../text.ts';

type CallsDialogProps = { hook: IncomingView | null; ticketHref: (ticketId: string) => string; onClose: () => void };

/** What came in, and what became of it. */
export function CallsDialog({ hook, ticketHref, onClose }: CallsDialogProps) {
  const t = useWebhookText();
  return (
    <Dialog isOpen={hook !== null} onClose={onClose} title={t('webhooks.log_of', { name: hook?.name ?? '' })} size="wide">
      {hook && <Calls hookId={hook.id} ticketHref={ticketHref} />}
    </Dialog>
  );
}

function Calls({ hookId, ticketHref }: { hookId: string; ticketHref: (ticketId: string) => string }) {
  const t = useWebhookText();
  const format = useFormat();
  return (
    <PagedRows query={useInfiniteQuery(callsQuery(hookId))} errorText={useErrorText()} empty={<EmptyState icon={ScrollText}>{t('webhooks.calls_empty')}</EmptyState>}>
      {(items) => (
        <RowList label={t('webhooks.log')}>
          {items.map(({ id, givenId, ticketId, errorCode, createdAt }) => (
            <ListRow
              key={id}
              title={format.dateTime(createdAt)}
              badges={<Badge tone={errorCode === null ? 'good' : 'danger'}>{t(errorCode === null ? 'webhooks.taken' : 'webhooks.refused')}</Badge>}
              detail={
                <>
                  {givenId !== null && <bdi dir="ltr">{givenId}</bdi>}
                  {errorCode !== null && <> <bdi dir="ltr">{errorCode}</bdi></>}
                  {ticketId !== null && <> <Link href={ticketHref(ticketId)}>{t('webhooks.ticket')}</Link></>}
                </>
              }
            />
          ))}
        </RowList>
      )}
    </PagedRows>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, Mail, Plus } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { ConfirmDialog } from '../../../../ui/components/ConfirmDialog.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { SkeletonRows } from '../../../../ui/components/Skeleton.tsx';
import { ListRow, RowList } from '../../../../ui/layout/Section.tsx';
import type { MailboxView } from '../../core/contract.ts';
import { useEmailText } from '../text.ts';
import { MailboxDialog } from './MailboxDialog.tsx';
import { OAuthSection } from './oauth/OAuthSection.tsx';
import { returnFrom, SignInEnded } from './oauth/SignInEnded.tsx';
import { mailboxesQuery } from './queries.ts';
import { SourceDialog } from './SourceDialog.tsx';

const SOURCE_TONES = { waiting: 'neutral', working: 'good', failing: 'danger' } as const;

/** The addresses that customers write to. */
export function MailboxesScreen() {
  const t = useEmailText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const mailboxes = useQuery(mailboxesQuery);
  const [edited, setEdited] = useState<MailboxView | 'new' | null>(null);
  const [returned] = useState(() => returnFrom(window.location.search));
  const [fetchedId, setFetchedId] = useState<string | null>(returned?.end === 'done' ? returned.mailboxId : null);
  const [doomed, setDoomed] = useState<MailboxView | null>(null);
  const disable = useMutation({
    mutationFn: (id: string) => api.delete(`/mailboxes/${id}`),
    onSettled: () => cache.invalidateQueries(mailboxesQuery),
  });

  const make = (
    <Button tone="primary" icon={Plus} onPress={() => setEdited('new')}>
      {t('email.mailboxes.new')}
    </Button>
  );
  if (mailboxes.isError) return <ErrorState onRetry={() => void mailboxes.refetch()}>{errorText(mailboxes.error)}</ErrorState>;
  if (!mailboxes.data) return <SkeletonRows count={2} />;
  return (
    <>
      {returned && <SignInEnded end={returned.end} />}
      <div className="mb-4 flex items-start justify-between gap-4">
        <p className="max-w-reading text-13 text-ink-faint">{t('email.mailboxes.why')}</p>
        {mailboxes.data.items.length > 0 && make}
      </div>
      {mailboxes.data.items.length === 0 ? (
        <EmptyState icon={Mail} action={make}>
          {t('email.mailboxes.empty')}
        </EmptyState>
      ) : (
        <RowList label={t('email.mailboxes')}>
          {mailboxes.data.items.map((mailbox) => (
            <ListRow
              key={mailbox.id}
              title={<bdi dir="ltr">{mailbox.address}</bdi>}
              badges={
                <>
                  {mailbox.acknowledge && <Badge tone="good">{t('email.mailboxes.acknowledges')}</Badge>}
                  {mailbox.source && <Badge tone={SOURCE_TONES[mailbox.source.state]}>{t(`email.source.state.${mailbox.source.state}`)}</Badge>}
                </>
              }
              detail={
                <>
                  {mailbox.name && <><bdi>{mailbox.name}</bdi> · </>}
                  {t('email.mailboxes.delivered_to')} <bdi dir="ltr" className="tabular-nums">{`${mailbox.smtp.host}:${mailbox.smtp.port}`}</bdi>
                </>
              }
              actions={
                <Menu
                  label={t('email.mailboxes.actions', { address: mailbox.address })}
                  placement="bottom end"
                  trigger={<IconButton icon={Ellipsis} label={t('email.mailboxes.actions', { address: mailbox.address })} />}
                  groups={[
                    { entries: [{ id: 'edit', label: t('email.edit'), onAction: () => setEdited(mailbox) }, { id: 'source', label: t('email.source.open'), onAction: () => setFetchedId(mailbox.id) }] },
                    { entries: [{ id: 'disable', label: t('email.mailboxes.disable'), tone: 'danger', onAction: () => setDoomed(mailbox) }] },
                  ]}
                />
              }
            />
          ))}
        </RowList>
      )}
      <OAuthSection />
      <SourceDialog mailbox={mailboxes.data.items.find(({ id }) => id === fetchedId) ?? null} onClose={() => setFetchedId(null)} />
      <MailboxDialog mailbox={edited} onClose={() => setEdited(null)} />
      <ConfirmDialog
        isOpen={doomed !== null}
        onClose={() => setDoomed(null)}
        title={t('email.mailboxes.disable_title', { address: doomed?.address ?? '' })}
        verb={t('email.mailboxes.disable')}
        onConfirm={async () => doomed && disable.mutateAsync(doomed.id)}
        errorText={errorText}
      >
        {t('email.mailboxes.disable_why')}
      </ConfirmDialog>
    </>
  );
}

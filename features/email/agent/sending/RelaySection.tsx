import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, Plus } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { ConfirmDialog } from '../../../../ui/components/ConfirmDialog.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { PagedRows } from '../../../../ui/components/PagedRows.tsx';
import { ListRow, RowList, Section } from '../../../../ui/layout/Section.tsx';
import type { RelayView } from '../../core/sending-contract.ts';
import { RelayTest } from '../settings/RelayTest.tsx';
import { useEmailText } from '../text.ts';
import { relaysQuery, SENDING } from './queries.ts';
import { RelayDialog, type Edited } from './RelayDialog.tsx';

/** The mail servers that a workspace sends through, beside that of the installation. */
export function RelaySection({ signedInFor }: { /** The mailbox for which somebody has just come back from its provider. */ signedInFor: string | null }) {
  const t = useEmailText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [edited, setEdited] = useState<Edited | null>(null);
  const relays = useInfiniteQuery(relaysQuery);
  const [news, setNews] = useState(signedInFor);
  const all = relays.data?.pages.flatMap(({ items }) => items);
  const goesOn = news !== null && all?.every(({ mailboxId }) => mailboxId !== news) === true;
  const close = () => {
    setEdited(null);
    setNews(null);
  };
  const [doomed, setDoomed] = useState<RelayView | null>(null);
  const remove = useMutation({ mutationFn: (id: string) => api.delete(`/relays/${id}`), onSettled: () => cache.invalidateQueries({ queryKey: SENDING }) });
  return (
    <Section title={t('email.relays')} description={t('email.relays.why')} actions={<Button icon={Plus} onPress={() => setEdited('new')}>{t('email.relays.new')}</Button>}>
      <PagedRows query={relays} errorText={errorText} empty={<p className="text-13 text-ink-soft">{t('email.relays.empty')}</p>}>
        {(rows) => (
          <RowList label={t('email.relays')}>
            {rows.map((relay) => <RelayRow key={relay.id} relay={relay} onEdit={() => setEdited(relay)} onRemove={() => setDoomed(relay)} />)}
          </RowList>
        )}
      </PagedRows>
      <RelayTest />
      <RelayDialog relay={edited ?? (goesOn ? { signedInFor: news } : null)} onClose={close} />
      <ConfirmDialog
        isOpen={doomed !== null}
        onClose={() => setDoomed(null)}
        title={t('email.relays.remove_title', { name: doomed?.name ?? '' })}
        verb={t('email.relays.remove')}
        onConfirm={async () => doomed && remove.mutateAsync(doomed.id)}
        errorText={errorText}
      >
        {t('email.relays.remove_why')}
      </ConfirmDialog>
    </Section>
  );
}

function RelayRow({ relay, onEdit, onRemove }: { relay: RelayView; onEdit: () => void; onRemove: () => void }) {
  const t = useEmailText();
  const format = useFormat();
  const label = t('email.relays.actions', { name: relay.name });
  const senders = relay.senders.length > 0 ? format.list(relay.senders.map((one) => isolated(one))) : t('email.relays.everything');
  return (
    <ListRow
      title={<bdi>{relay.name}</bdi>}
      {...(!relay.canSignIn && { badges: <Badge tone="danger">{t('email.relays.sign_in_over')}</Badge> })}
      detail={<><bdi dir="ltr">{`${relay.host}:${relay.port}`}</bdi> · {senders}</>}
      actions={
        <Menu
          label={label}
          placement="bottom end"
          trigger={<IconButton icon={Ellipsis} label={label} />}
          groups={[
            { entries: [{ id: 'edit', label: t('email.edit'), onAction: onEdit }] },
            { entries: [{ id: 'remove', label: t('email.relays.remove'), tone: 'danger', onAction: onRemove }] },
          ]}
        />
      }
    />
  );
}

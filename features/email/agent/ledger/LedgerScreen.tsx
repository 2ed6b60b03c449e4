import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ScrollText } from 'lucide-react';
import { useState } from 'react';
import { Badge, type Tone } from '../../../../ui/components/Badge.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { SearchField } from '../../../../ui/components/SearchField.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { Pane } from '../../../../ui/layout/Pane.tsx';
import { SplitView } from '../../../../ui/layout/SplitView.tsx';
import type { LedgerItem } from '../../core/contract.ts';
import { isBare, MailList, type MailQuery } from '../MailList.tsx';
import { mailboxesQuery } from '../settings/queries.ts';
import { useEmailText } from '../text.ts';
import { LedgerMessage } from './LedgerMessage.tsx';
import { ledgerList, type LedgerFilter } from './queries.ts';

type LedgerScreenProps = { messageId: string | null; onOpen: (messageId: string | null) => void; onQuarantine: () => void; ticketHref: (ticketId: string) => string; quarantineHref: (messageId: string) => string };

const STATES = ['received', 'filed', 'duplicate', 'quarantined', 'bounce', 'autoreply'] as const;
const STATE_TONES: Record<LedgerItem['state'], Tone> = {
  received: 'accent', filed: 'good', duplicate: 'neutral', quarantined: 'warning', bounce: 'danger', autoreply: 'neutral',
};

/** Every message that was accepted, and what became of it. */
export function LedgerScreen({ messageId, onOpen, onQuarantine, ticketHref, quarantineHref }: LedgerScreenProps) {
  const t = useEmailText();
  const [filter, setFilter] = useState<LedgerFilter>({ q: '', state: 'all' });
  const { data: mailboxes } = useQuery(mailboxesQuery);
  const list = useInfiniteQuery(ledgerList(filter));
  const addressOf = (id: string): string => mailboxes?.items.find((mailbox) => mailbox.id === id)?.address ?? '';
  return (
    <SplitView
      narrow={messageId === null ? 'list' : 'detail'}
      list={
        <Pane
          level={messageId === null ? 1 : 2}
          title={t('ledger.title')}
          back={{ label: t('quarantine.back'), onBack: onQuarantine }}
          isScrolling={false}
          below={
            <div className="flex flex-col gap-2 border-b border-hairline px-3 py-2">
              <SearchField label={t('ledger.search')} value={filter.q} onChange={(q) => setFilter({ ...filter, q })} />
              <Select
                label={t('ledger.filter')} labelHidden value={filter.state} onChange={(state) => setFilter({ ...filter, state })}
                options={(['all', ...STATES] as const).map((id) => ({ id, label: t(`ledger.state.${id}`) }))}
              />
            </div>
          }
        >
          <Messages query={list} filter={filter} messageId={messageId} onOpen={onOpen} />
        </Pane>
      }
      detail={messageId === null
        ? !isBare(list) && <EmptyState icon={ScrollText}>{t('ledger.choose')}</EmptyState>
        : <LedgerMessage key={messageId} messageId={messageId} onBack={() => onOpen(null)} addressOf={addressOf} ticketHref={ticketHref} quarantineHref={quarantineHref} />}
    />
  );
}

function Messages({ query, filter, messageId, onOpen }: { query: MailQuery<LedgerItem>; filter: LedgerFilter; messageId: string | null; onOpen: (messageId: string) => void }) {
  const t = useEmailText();
  return (
    <MailList
      label={t('ledger.title')}
      query={query}
      empty={<EmptyState icon={ScrollText}>{t(filter.q === '' && filter.state === 'all' ? 'ledger.empty' : 'ledger.none')}</EmptyState>}
      openId={messageId}
      onOpen={onOpen}
      row={({ from, subject, receivedAt, state }) => ({
        who: <bdi dir="ltr">{from ?? t('quarantine.no_sender')}</bdi>, subject, at: receivedAt, state: <Badge tone={STATE_TONES[state]}>{t(`ledger.state.${state}`)}</Badge>,
      })}
    />
  );
}

import { useInfiniteQuery } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { useState } from 'react';
import type { z } from 'zod';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { Pane } from '../../../../ui/layout/Pane.tsx';
import { SplitView } from '../../../../ui/layout/SplitView.tsx';
import { type OutboxItem, OutboxState } from '../../core/contract.ts';
import { isBare, MailList, type MailQuery } from '../MailList.tsx';
import { useEmailText } from '../text.ts';
import { OutboxMail } from './OutboxMail.tsx';
import { outboxList, type OutboxFilter } from './queries.ts';
import { STATE_TONES } from './tones.ts';

type OutboxScreenProps = {
  mailId: string | null;
  /** False without a relay: then everything waits here. */
  mailLeaves: boolean;
  onOpen: (mailId: string | null) => void;
  ticketHref: (ticketId: string) => string;
};

/** Everything that was to leave by mail: what waits, what left, what was refused and why. */
export function OutboxScreen({ mailId, mailLeaves, onOpen, ticketHref }: OutboxScreenProps) {
  const t = useEmailText();
  const [state, setState] = useState<OutboxFilter>('all');
  const list = useInfiniteQuery(outboxList(state));
  return (
    <SplitView
      narrow={mailId === null ? 'list' : 'detail'}
      list={
        <Pane
          level={mailId === null ? 1 : 2}
          title={t('outbox.title')}
          isScrolling={false}
          below={
            <>
              {!mailLeaves && <Banner tone="warning" shape="edge">{t('outbox.no_relay')}</Banner>}
              <div className="border-b border-hairline px-3 py-2">
                <Select
                  label={t('outbox.filter')}
                  labelHidden
                  value={state}
                  onChange={setState}
                  options={(['all', ...OutboxState.options] as const).map((id) => ({ id, label: t(`outbox.state.${id}`) }))}
                />
              </div>
            </>
          }
        >
          <Mails query={list} state={state} mailId={mailId} onOpen={onOpen} />
        </Pane>
      }
      detail={mailId === null
        ? !isBare(list) && <EmptyState icon={Send}>{t('outbox.choose')}</EmptyState>
        : <OutboxMail key={mailId} mailId={mailId} onBack={() => onOpen(null)} ticketHref={ticketHref} />}
    />
  );
}

function Mails({ query, state, mailId, onOpen }: { query: MailQuery<z.infer<typeof OutboxItem>>; state: OutboxFilter; mailId: string | null; onOpen: (mailId: string) => void }) {
  const t = useEmailText();
  return (
    <MailList
      label={t('outbox.title')}
      query={query}
      empty={<EmptyState icon={Send}>{t(state === 'all' ? 'outbox.empty' : 'outbox.none')}</EmptyState>}
      openId={mailId}
      onOpen={onOpen}
      row={({ to, subject, createdAt, state: became }) => ({
        who: <bdi dir="ltr">{to.join(', ')}</bdi>, subject, at: createdAt, state: <Badge tone={STATE_TONES[became]}>{t(`outbox.state.${became}`)}</Badge>,
      })}
    />
  );
}

import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { Check, ShieldCheck } from 'lucide-react';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import type { QuarantineItem } from '../../core/quarantine-contract.ts';
import { MailList, Who } from '../MailList.tsx';
import { useEmailText } from '../text.ts';
import { REASON_TONES } from './words.ts';

type HeldListProps = {
  query: UseInfiniteQueryResult<InfiniteData<{ items: QuarantineItem[] }>>;
  isFiltered: boolean;
  state: 'held' | 'discarded';
  messageId: string | null;
  selected: ReadonlySet<string>;
  onToggle: (id: string) => void;
  onOpen: (id: string) => void;
};

export function HeldList({ query, isFiltered, state, messageId, selected, onToggle, onOpen }: HeldListProps) {
  const t = useEmailText();
  return (
    <MailList
      label={t('quarantine.title')}
      query={query}
      empty={<EmptyState icon={ShieldCheck}>{t(isFiltered ? 'quarantine.none' : state === 'held' ? 'quarantine.empty' : 'quarantine.empty_discarded')}</EmptyState>}
      openId={messageId}
      onOpen={onOpen}
      selectedIds={selected}
      onToggle={onToggle}
      row={({ fromName, from, subject, heldAt, reason }, { isSelected }) => ({
        who: (
          <>
            {isSelected && <Check aria-hidden size={14} strokeWidth={2.5} className="shrink-0 text-accent-ink" />}
            <Who><bdi>{fromName || from || t('quarantine.no_sender')}</bdi></Who>
          </>
        ),
        subject, at: heldAt, state: <Badge tone={REASON_TONES[reason]}>{t(`quarantine.reason.${reason}`)}</Badge>,
      })}
    />
  );
}

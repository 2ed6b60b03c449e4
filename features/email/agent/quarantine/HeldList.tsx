import { ShieldCheck } from 'lucide-react';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { RowMark } from '../../../../ui/components/RowMark.tsx';
import type { QuarantineItem } from '../../core/quarantine-contract.ts';
import { MailList, type MailQuery } from '../MailList.tsx';
import { useEmailText } from '../text.ts';
import { REASON_TONES } from './words.ts';

type HeldListProps = {
  query: MailQuery<QuarantineItem>;
  isFiltered: boolean;
  state: 'held' | 'discarded';
  messageId: string | null;
  selected: ReadonlySet<string>;
  isSelecting: boolean;
  onToggle: (id: string) => void;
  onOpen: (id: string) => void;
};

export function HeldList({ query, isFiltered, state, messageId, selected, isSelecting, onToggle, onOpen }: HeldListProps) {
  const t = useEmailText();
  return (
    <MailList
      label={t('quarantine.title')}
      query={query}
      empty={<EmptyState icon={ShieldCheck}>{t(isFiltered ? 'quarantine.none' : state === 'held' ? 'quarantine.empty' : 'quarantine.empty_discarded')}</EmptyState>}
      openId={messageId}
      onOpen={onOpen}
      selectedIds={selected}
      isSelecting={isSelecting}
      onToggle={onToggle}
      row={({ fromName, from, subject, heldAt, reason }, { isSelected }) => ({
        mark: isSelecting && <RowMark isSelected={isSelected} />, who: <bdi>{fromName || from || t('quarantine.no_sender')}</bdi>,
        subject, at: heldAt, state: <Badge tone={REASON_TONES[reason]}>{t(`quarantine.reason.${reason}`)}</Badge>,
      })}
    />
  );
}

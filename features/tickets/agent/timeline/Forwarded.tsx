import { Forward } from 'lucide-react';
import { useFormat } from '../../../../platform/browser/format.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import type { EntryView } from '../../core/contract.ts';
import { useTicketsText } from '../text.ts';

type ForwardedProps = { entry: EntryView; /** Null: it stands further up, and was not fetched yet. */ original: EntryView | null };

/** Which message somebody else was sent with these words; a press leads there. */
export function Forwarded({ entry, original }: ForwardedProps) {
  const t = useTicketsText();
  const format = useFormat();
  if (entry.forwardedEntryId === null) return null;
  if (!original) {
    return <p className="mb-1 flex items-center gap-1.5 text-12 text-ink-faint"><Forward aria-hidden size={13} strokeWidth={1.75} className="mirrored" />{t('tickets.entry.forwards_earlier')}</p>;
  }
  const { id, author, createdAt } = original;
  return (
    <Button tone="quiet" size="small" icon={Forward} className="-ms-2.5 mb-1 max-w-full font-normal" onPress={() => show(id)}>
      <span className="truncate">{t('tickets.entry.forwards', { name: isolated(author.name || (author.address ?? t('tickets.nobody'))), when: format.dateTime(createdAt) })}</span>
    </Button>
  );
}

const show = (id: string): void => document.querySelector(`[data-entry="${CSS.escape(id)}"]`)?.scrollIntoView({ block: 'start' });

import { useQuery } from '@tanstack/react-query';
import { MessagesSquare } from 'lucide-react';
import { useState } from 'react';
import { useFormat } from '../../../platform/browser/format.ts';
import { Badge } from '../../../ui/components/Badge.tsx';
import { Button } from '../../../ui/components/Button.tsx';
import type { AsideView } from '../core/contract.ts';
import { AsideDialog } from './AsideDialog.tsx';
import { ticketAsides } from './queries.ts';
import type { AsideSlots } from './slots.ts';
import { StartAside } from './StartAside.tsx';
import { useAsidesText } from './text.ts';

type Props = { ticketId: string; /** Open from the beginning. */ shownId?: string | null; mayWrite: boolean; slots: AsideSlots; /** Somebody asks for a new one. */ isStarting: boolean; onStarted: () => void };

/** What is settled with others about this ticket; nothing while there is nothing. */
export function TicketAsides({ ticketId, shownId = null, mayWrite, slots, isStarting, onStarted }: Props) {
  const t = useAsidesText();
  const { data } = useQuery(ticketAsides(ticketId));
  const [openId, setOpenId] = useState(shownId);
  const asides = data?.items ?? [];
  const open = asides.find(({ id }) => id === openId);
  return (
    <>
      {asides.length > 0 && (
        <section aria-label={t('asides.title')} className="flex shrink-0 flex-wrap gap-x-2 gap-y-1 border-b border-hairline px-5 py-1 max-wide:px-3">
          {asides.map((aside) => <OneAside key={aside.id} aside={aside} onOpen={() => setOpenId(aside.id)} />)}
        </section>
      )}
      {open && <AsideDialog aside={open} mayWrite={mayWrite} slots={slots} onClose={() => setOpenId(null)} />}
      {isStarting && <StartAside ticketId={ticketId} slots={slots} onClose={onStarted} onDone={(id) => { onStarted(); setOpenId(id); }} />}
    </>
  );
}

function OneAside({ aside: { subject, people, last, waits }, onOpen }: { aside: AsideView; onOpen: () => void }) {
  const t = useAsidesText();
  const format = useFormat();
  const who = format.list(people.map(({ name, address }) => name || address));
  return (
    <Button tone="quiet" size="small" icon={MessagesSquare} onPress={onOpen} className="max-w-full gap-1.5 px-1.5! font-normal">
      <span className="truncate"><bdi>{subject}</bdi> <span className="text-ink-faint"><bdi>{who}</bdi></span></span>
      {last === 'in' ? <Badge tone="accent">{t('asides.answered')}</Badge> : waits && <Badge>{t('asides.waits')}</Badge>}
    </Button>
  );
}

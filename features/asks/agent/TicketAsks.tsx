import { useQuery } from '@tanstack/react-query';
import { MessageCircleQuestionMark } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '../../../ui/components/Badge.tsx';
import { Button } from '../../../ui/components/Button.tsx';
import { AskDialog } from './AskDialog.tsx';
import { AskForm } from './AskForm.tsx';
import { ticketAsks } from './queries.ts';
import { useAsksText } from './text.ts';

type Props = { ticketId: string; meId: string; /** Somebody wants to ask. */ isAsking: boolean; onAsked: () => void };

/** Questions about this ticket between two who work here; nothing while there is none. */
export function TicketAsks({ ticketId, meId, isAsking, onAsked }: Props) {
  const t = useAsksText();
  const { data } = useQuery(ticketAsks(ticketId));
  const [openId, setOpenId] = useState<string | null>(null);
  const asks = data?.items ?? [];
  const shown = asks.filter(({ state, id }) => state !== 'closed' || id === openId);
  const open = asks.find(({ id }) => id === openId);
  return (
    <>
      {shown.length > 0 && (
        <section aria-label={t('asks.title')} className="flex shrink-0 flex-wrap gap-x-2 gap-y-1 border-b border-hairline px-5 py-1 max-wide:px-3">
          {shown.map(({ id, askedBy, asked, state, snippet }) => (
            <Button key={id} tone="quiet" size="small" icon={MessageCircleQuestionMark} onPress={() => setOpenId(id)} className="max-w-full gap-1.5 px-1.5! font-normal">
              <span className="truncate"><bdi>{askedBy.id === meId ? asked.name : askedBy.name}</bdi> <span className="text-ink-faint"><bdi>{snippet}</bdi></span></span>
              {state !== 'closed' && <Badge tone={state === 'answered' ? 'accent' : 'neutral'}>{t(state === 'answered' ? 'asks.answered' : 'asks.waiting')}</Badge>}
            </Button>
          ))}
        </section>
      )}
      {open && <AskDialog ask={open} meId={meId} onClose={() => setOpenId(null)} />}
      {isAsking && <AskForm ticketId={ticketId} meId={meId} onClose={onAsked} />}
    </>
  );
}

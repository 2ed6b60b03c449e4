import { useInfiniteQuery } from '@tanstack/react-query';
import { MessageCircleQuestionMark } from 'lucide-react';
import { useState } from 'react';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { useFormat } from '../../../platform/browser/format.ts';
import { isolated } from '../../../platform/browser/isolated.ts';
import { useNow } from '../../../platform/browser/use-now.ts';
import { Badge } from '../../../ui/components/Badge.tsx';
import { Button } from '../../../ui/components/Button.tsx';
import { EmptyState } from '../../../ui/components/EmptyState.tsx';
import { Link } from '../../../ui/components/Link.tsx';
import { PagedRows } from '../../../ui/components/PagedRows.tsx';
import { ListRow, RowList } from '../../../ui/layout/Section.tsx';
import { AskDialog } from './AskDialog.tsx';
import { asksList } from './queries.ts';
import { useAsksText } from './text.ts';

type Props = { list: 'mine' | 'by_me'; meId: string; ticketHref: (ticketId: string) => string };

const VERB = { mine: 'asks.answer', by_me: 'asks.read' } as const;

/** Open questions to me, or of mine, the latest first. */
export function AskList({ list, meId, ticketHref }: Props) {
  const t = useAsksText();
  const format = useFormat();
  const now = useNow(60_000);
  const query = useInfiniteQuery(asksList(list));
  const [openId, setOpenId] = useState<string | null>(null);
  const open = query.data?.pages.flatMap(({ items }) => items).find(({ id }) => id === openId);
  return (
    <>
      <PagedRows query={query} errorText={useErrorText()} empty={<EmptyState icon={MessageCircleQuestionMark}>{t(`asks.list.${list}.empty`)}</EmptyState>}>
        {(asks) => (
          <RowList label={t(`asks.list.${list}`)}>
            {asks.map(({ id, ticket, askedBy, asked, state, snippet, lastAt }) => (
              <ListRow
                key={id}
                title={<Link href={ticketHref(ticket.id)}><span dir="ltr" className="tabular-nums">#{ticket.number}</span> <bdi>{ticket.subject}</bdi></Link>}
                badges={<Badge tone={state === 'answered' ? 'accent' : 'neutral'}>{t(state === 'answered' ? 'asks.answered' : 'asks.waiting')}</Badge>}
                detail={<>{isolated(list === 'mine' ? askedBy.name : asked.name)} · {format.relative(lastAt, now)}<span dir="auto" className="line-clamp-2 text-start text-ink">{snippet}</span></>}
                actions={<Button size="small" aria-label={`${t(VERB[list])} · ${isolated(`#${ticket.number}`)}`} onPress={() => setOpenId(id)}>{t(VERB[list])}</Button>}
              />
            ))}
          </RowList>
        )}
      </PagedRows>
      {open && <AskDialog ask={open} meId={meId} onClose={() => setOpenId(null)} />}
    </>
  );
}

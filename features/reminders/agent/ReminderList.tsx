import { useInfiniteQuery } from '@tanstack/react-query';
import { BellRing } from 'lucide-react';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { useFormat } from '../../../platform/browser/format.ts';
import { isolated } from '../../../platform/browser/isolated.ts';
import { Badge } from '../../../ui/components/Badge.tsx';
import { Button } from '../../../ui/components/Button.tsx';
import { EmptyState } from '../../../ui/components/EmptyState.tsx';
import { Link } from '../../../ui/components/Link.tsx';
import { PagedRows } from '../../../ui/components/PagedRows.tsx';
import { ListRow, RowList } from '../../../ui/layout/Section.tsx';
import { myReminders } from './queries.ts';
import { useRemindersText } from './text.ts';
import { useDrop } from './TicketReminders.tsx';

/** What I am to be reminded of, what is due first first. */
export function ReminderList({ meId, ticketHref }: { meId: string; ticketHref: (ticketId: string) => string }) {
  const t = useRemindersText();
  const format = useFormat();
  const query = useInfiniteQuery(myReminders);
  const drop = useDrop();
  return (
    <PagedRows query={query} errorText={useErrorText()} empty={<EmptyState icon={BellRing}>{t('reminders.list.empty')}</EmptyState>}>
      {(reminders) => (
        <RowList label={t('reminders.list')}>
          {reminders.map(({ id, ticket, note, dueAt, isDue, madeBy }) => (
            <ListRow
              key={id}
              title={<Link href={ticketHref(ticket.id)}><span dir="ltr" className="tabular-nums">#{ticket.number}</span> <bdi>{ticket.subject}</bdi></Link>}
              badges={isDue && <Badge tone="warning">{t('reminders.due')}</Badge>}
              detail={<>{format.dateTime(dueAt)}{madeBy.id !== meId && <> · {t('reminders.by', { name: isolated(madeBy.name) })}</>}{note !== '' && <span dir="auto" className="block text-start text-ink">{note}</span>}</>}
              actions={<Button size="small" aria-label={t('reminders.done_of', { number: String(ticket.number) })} onPress={() => drop.mutate(id)}>{t('reminders.done')}</Button>}
            />
          ))}
        </RowList>
      )}
    </PagedRows>
  );
}

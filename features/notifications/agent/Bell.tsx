import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Bell as BellIcon, BellOff } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { useFormat } from '../../../platform/browser/format.ts';
import { isolated } from '../../../platform/browser/isolated.ts';
import { useNow } from '../../../platform/browser/use-now.ts';
import { isWide } from '../../../platform/browser/wide.ts';
import { classes } from '../../../ui/classes.ts';
import { Button } from '../../../ui/components/Button.tsx';
import { EmptyState } from '../../../ui/components/EmptyState.tsx';
import { Link } from '../../../ui/components/Link.tsx';
import { PagedRows } from '../../../ui/components/PagedRows.tsx';
import { Popover } from '../../../ui/components/Popover.tsx';
import { RelativeTime } from '../../../ui/components/RelativeTime.tsx';
import { type NoticeView, type ReadMarks, UnreadView } from '../core/contract.ts';
import { noticesQuery, unreadQuery } from './queries.ts';
import { useNotificationText } from './text.ts';

type BellProps = { ticketHref: (ticketId: string) => string; settingsHref: string };

/** How much has happened that concerns one, and what. */
export function Bell({ ticketHref, settingsHref }: BellProps) {
  const t = useNotificationText();
  const { data } = useQuery(unreadQuery);
  const [isOpen, setOpen] = useState(false);
  const { count, more } = data?.unread ?? { count: 0, more: false };
  const inWords = count === 0 ? t('notifications.bell') : `${t('notifications.bell')}: ${t(more ? 'notifications.more_than' : 'notifications.unread', { count })}`;
  return (
    <Popover
      label={t('notifications.bell')}
      placement={isWide() ? 'end bottom' : 'top'}
      className="w-96 max-w-[calc(100vw-1rem)] p-0!"
      isOpen={isOpen}
      onOpenChange={setOpen}
      trigger={
        <AriaButton className="relative flex size-9 items-center justify-center rounded-control text-ink-soft hover:bg-pressed/60 hover:text-ink pointer-coarse:size-11">
          <BellIcon aria-hidden size={20} strokeWidth={1.75} />
          <span className="sr-only">{inWords}</span>
          {count > 0 && <Figure count={count} more={more} />}
        </AriaButton>
      }
    >
      {(close) => <NoticeList ticketHref={ticketHref} settingsHref={settingsHref} unread={count} onChosen={close} />}
    </Popover>
  );
}

function Figure({ count, more }: { count: number; more: boolean }) {
  const format = useFormat();
  return <span aria-hidden className="absolute start-1/2 top-0 rounded-full bg-accent px-1 text-12 leading-4 font-medium text-on-accent tabular-nums">{`${format.number(count)}${more ? '+' : ''}`}</span>;
}

type NoticeListProps = BellProps & { unread: number; onChosen: () => void };

function NoticeList({ ticketHref, settingsHref, unread, onChosen }: NoticeListProps) {
  const t = useNotificationText();
  const cache = useQueryClient();
  const notices = useInfiniteQuery(noticesQuery);
  const read = useMutation({
    mutationFn: (marks: ReadMarks) => api.put('/me/notices/read', marks, UnreadView),
    onSuccess: (answer) => {
      cache.setQueryData(unreadQuery.queryKey, answer);
      return cache.invalidateQueries({ queryKey: noticesQuery.queryKey });
    },
  });
  const latest = notices.data?.pages[0]?.items[0];
  return (
    <div className="flex flex-col">
      <header className="flex flex-wrap items-center gap-2 border-b border-hairline px-3.5 py-2.5">
        <h2 className="flex-1 text-14 font-semibold">{t('notifications.bell')}</h2>
        {unread > 0 && latest && (
          <Button size="small" tone="quiet" isPending={read.isPending} onPress={() => read.mutate({ until: latest.createdAt })}>
            {t('notifications.read_all')}
          </Button>
        )}
      </header>
      <div className="max-h-[50vh] overflow-auto p-1.5">
        <PagedRows query={notices} errorText={useErrorText()} empty={<EmptyState icon={BellOff}>{t('notifications.empty')}</EmptyState>}>
          {(rows) => (
            <ul aria-label={t('notifications.bell')} className="flex flex-col">
              {rows.map((notice) => (
                <NoticeRow
                  key={notice.id} notice={notice} ticketHref={ticketHref}
                  onChosen={() => {
                    if (!notice.read) read.mutate(notice.ticket ? { ticketId: notice.ticket.id } : { ids: [notice.id] });
                    if (notice.ticket) onChosen();
                  }}
                />
              ))}
            </ul>
          )}
        </PagedRows>
      </div>
      <footer className="border-t border-hairline px-3.5 py-2.5 text-13">
        <Link href={settingsHref} onPress={onChosen}>{t('notifications.settings')}</Link>
      </footer>
    </div>
  );
}

type NoticeRowProps = { notice: NoticeView; ticketHref: (ticketId: string) => string; onChosen: () => void };

function NoticeRow({ notice, ticketHref, onChosen }: NoticeRowProps) {
  const t = useNotificationText();
  const { kind, by, data, ticket, read } = notice;
  const said = (value: unknown) => (typeof value === 'string' && value !== '' ? isolated(value) : 'none');
  const words = t(`notifications.kind.${kind}`, { by: said(by), text: said(data['text']), name: said(data['name']) });
  const look = 'flex w-full items-start gap-2 rounded-control px-2 py-2 text-start hover:bg-hover';
  const content = (
    <>
      <span className={classes('mt-1.5 size-2 shrink-0 rounded-full', !read && 'bg-accent')}>{!read && <span className="sr-only">{t('notifications.new')}</span>}</span>
      <span className="min-w-0 flex-1">
        <span className={classes('block text-14', !read && 'font-medium')}>{words}</span>
        {typeof data['standsInFor'] === 'string' && <span className="block text-13 text-ink-soft">{t('notifications.stands_in', { name: isolated(data['standsInFor']) })}</span>}
        {ticket && <span className="flex min-w-0 gap-1 text-13 text-ink-soft"><bdi dir="ltr">#{ticket.number}</bdi> <bdi className="min-w-0 truncate">{ticket.subject}</bdi></span>}
      </span>
      <When at={notice.createdAt} />
    </>
  );
  return (
    <li>
      {ticket ? <Link look="bare" href={ticketHref(ticket.id)} onPress={onChosen} className={look}>{content}</Link> : <AriaButton onPress={onChosen} className={look}>{content}</AriaButton>}
    </li>
  );
}

function When({ at }: { at: string }) {
  const format = useFormat();
  const now = useNow(60_000);
  return <span className="shrink-0 pt-0.5 text-12 text-ink-faint"><RelativeTime at={at} inFull={format.inFull(at)}>{format.brief(at, now)}</RelativeTime></span>;
}

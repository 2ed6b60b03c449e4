import { useInfiniteQuery } from '@tanstack/react-query';
import { ArrowDown } from 'lucide-react';
import { type ReactNode, useDeferredValue, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { Loading, Skeleton } from '../../../../ui/components/Skeleton.tsx';
import type { EntryView, TicketView } from '../../core/contract.ts';
import { firstUnread, latestFrom, timelineOf } from '../../core/timeline.ts';
import { useDesk } from '../desk.tsx';
import { ticketEntries } from '../queries.ts';
import { useTicketsText } from '../text.ts';
import { Entry, type EntryActions } from './Entry.tsx';
import { EntryKeys } from './EntryKeys.tsx';
import { EventsLine } from './EventsLine.tsx';

const NEAR_END_PX = 80;

/** Everything that was said and done about a ticket, oldest first, the newest in sight. */
export function Timeline({ ticket, actions }: { ticket: TicketView; actions: EntryActions }) {
  const t = useTicketsText();
  const errorText = useErrorText();
  const { me } = useDesk();
  const query = useInfiniteQuery(ticketEntries(ticket.id));
  const entries = query.data;

  if (query.isError && !entries) return <ErrorState onRetry={() => void query.refetch()} isRetrying={query.isFetching}>{errorText(query.error)}</ErrorState>;
  if (!entries) return <TimelineSkeleton />;
  return (
    <Letters key={ticket.id} ticket={ticket} entries={entries} actions={actions} myId={me.id}>
      {query.hasNextPage && (
        <div className="flex justify-center py-3">
          <Button size="small" isPending={query.isFetchingNextPage} onPress={() => void query.fetchNextPage()}>{t('tickets.earlier')}</Button>
        </div>
      )}
    </Letters>
  );
}

type LettersProps = { ticket: TicketView; entries: readonly EntryView[]; actions: EntryActions; myId: string; children: ReactNode };

function Letters({ ticket, entries, actions, myId, children }: LettersProps) {
  const t = useTicketsText();
  // Decided once: the mark must not wander while one reads.
  const [unreadId] = useState(() => firstUnread(entries, ticket, myId));
  const { shown, isWhole, isCalm } = useLatestFirst(entries, unreadId);
  const { scroller, newBelow, toEnd } = useReadingPlace(shown, unreadId);

  return (
    <div className="relative min-h-0 flex-1 max-wide:min-h-24">
      <EntryKeys entries={entries} actions={actions} />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by the keyboard */}
      <div ref={scroller} role="log" aria-label={t('tickets.timeline')} tabIndex={0} aria-live={isCalm ? undefined : 'off'} className="h-full overflow-auto overscroll-contain pb-4">
        {isWhole && children}
        {timelineOf(shown, unreadId).map((item) =>
          item.kind === 'events' ? (
            <EventsLine key={item.id} lines={item.lines} ticketId={ticket.id} />
          ) : (
            <div key={item.id} data-entry={item.id}>
              {item.firstUnread && <UnreadMark />}
              <Entry entry={item.entry} original={originalOf(item.entry, entries)} actions={actions} myId={myId} ticketId={ticket.id} />
            </div>
          ),
        )}
      </div>
      {newBelow && (
        <div className="pointer-events-none absolute inset-x-0 bottom-3 flex justify-center">
          <button
            type="button"
            onClick={toEnd}
            className="pointer-events-auto inline-flex h-7 items-center gap-1.5 rounded-full pointer-coarse:h-11 pointer-coarse:px-4 bg-accent px-3 text-12 font-medium text-on-accent shadow-float hover:bg-accent-hover"
          >
            <ArrowDown aria-hidden size={13} strokeWidth={2} />
            {t('tickets.new_below')}
          </button>
        </div>
      )}
    </div>
  );
}

/** No message takes less height. */
const LEAST_PX = 80;
/** So long after all stands whatever is added is news. */
const CALM_MS = 1_000;

/** What fills the screen is drawn first, and what was said before it once that stands: no news to be read aloud. */
function useLatestFirst(entries: readonly EntryView[], unreadId: string | null): { readonly shown: readonly EntryView[]; readonly isWhole: boolean; readonly isCalm: boolean } {
  const [from] = useState(() => latestFrom(entries, unreadId, Math.ceil(window.innerHeight / LEAST_PX)));
  const isWhole = useDeferredValue(true, from === 0);
  const [isCalm, setCalm] = useState(from === 0);
  useEffect(() => {
    if (!isWhole || isCalm) return undefined;
    const timer = setTimeout(() => setCalm(true), CALM_MS);
    return () => clearTimeout(timer);
  }, [isWhole, isCalm]);
  return { shown: useMemo(() => (isWhole ? entries : entries.slice(from)), [entries, isWhole, from]), isWhole, isCalm };
}

const originalOf = ({ forwardedEntryId }: EntryView, entries: readonly EntryView[]): EntryView | null =>
  (forwardedEntryId === null ? null : entries.find(({ id }) => id === forwardedEntryId) ?? null);

/** Opens at the first unread or the end; follows the end only for who is already there, and holds still otherwise. */
function useReadingPlace(entries: readonly EntryView[], unreadId: string | null) {
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const before = useRef({ first: '', last: '', height: 0 });
  const [newBelow, setNewBelow] = useState(false);
  const [first, last] = [entries[0]?.id ?? '', entries.at(-1)?.id ?? ''];

  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return undefined;
    const was = before.current;
    before.current = { first, last, height: box.scrollHeight };
    const unread = was.height === 0 && unreadId ? box.querySelector(`[data-entry="${CSS.escape(unreadId)}"]`) : null;
    if (unread) unread.scrollIntoView({ block: 'start' });
    else if (was.height === 0 || (was.last !== last && atEnd.current)) box.scrollTop = box.scrollHeight;
    else if (was.last !== last) setNewBelow(true);
    else if (was.first !== first) box.scrollTop += box.scrollHeight - was.height;
    const note = () => {
      atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
      if (atEnd.current) setNewBelow(false);
    };
    note();
    box.addEventListener('scroll', note, { passive: true });
    // When the composer takes room, the newest stays in sight for who was looking at it.
    const room = new ResizeObserver(() => {
      if (atEnd.current) box.scrollTop = box.scrollHeight;
    });
    room.observe(box);
    return () => {
      room.disconnect();
      box.removeEventListener('scroll', note);
    };
  }, [first, last, unreadId]);

  const toEnd = () => {
    const box = scroller.current;
    if (box) box.scrollTop = box.scrollHeight;
  };
  return { scroller, newBelow, toEnd };
}

const UnreadMark = () => {
  const t = useTicketsText();
  return (
    <div className="flex items-center gap-3 px-6 pt-3 text-12 font-medium text-accent-ink max-wide:px-4">
      <span>{t('tickets.unread_from_here')}</span>
      <span aria-hidden className="h-px flex-1 bg-accent/40" />
    </div>
  );
};

const TimelineSkeleton = () => (
  <div className="min-h-0 flex-1 overflow-hidden">
    <Loading>
      {[3, 2, 4].map((lines, index) => (
        <div key={index} className="flex gap-3 px-6 py-5">
          <Skeleton className="size-7 rounded-full" />
          <div className="flex flex-1 flex-col gap-2.5">
            <Skeleton className="w-48" />
            {Array.from({ length: lines }, (_, line) => <Skeleton key={line} className={line === lines - 1 ? 'w-2/5' : 'w-4/5'} />)}
          </div>
        </div>
      ))}
    </Loading>
  </div>
);

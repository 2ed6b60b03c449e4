import { useParams, useRouter } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { Inbox } from '../../../../features/tickets/agent/list/Inbox.tsx';
import { useTable } from '../../../../features/tickets/agent/list/use-table.ts';
import { DeskProvider } from '../../../../features/tickets/agent/desk.tsx';
import { useSavedViews } from './saved-views.tsx';
import { TicketBeside } from './TicketBeside.tsx';
import { useDeskOf, useMe } from './use-desk-parts.tsx';

export function InboxScreen() {
  const router = useRouter();
  const me = useMe();
  const { view = 'mine', ticketId = null } = useParams({ strict: false }) as { view?: string; ticketId?: string };
  const bare = useDeskOf(me, useCallback((id: string) => `/inbox/${view}/${id}`, [view]));
  const saved = useSavedViews(me);
  const desk = useMemo(() => ({ ...bare, saved }), [bare, saved]);
  const ways = useMemo(() => ({ hrefOf, onView: (name: string) => router.history.push(hrefOf(name)), onNew: () => router.history.push('/new') }), [router]);
  const isTable = useTable(desk.saved, view, ticketId).length > 0;
  return (
    <DeskProvider desk={desk}>
      <TicketBeside
        me={me}
        ticketId={ticketId}
        isTable={isTable}
        onClose={() => ways.onView(view)}
        list={<Inbox view={view} chosenId={ticketId} {...ways} />}
      />
    </DeskProvider>
  );
}

const hrefOf = (view: string): string => `/inbox/${view}`;

import { useParams, useRouter } from '@tanstack/react-router';
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
  const desk = { ...useDeskOf(me, (id) => `/inbox/${view}/${id}`), saved: useSavedViews(me) };
  const isTable = useTable(desk.saved, view, ticketId).length > 0;
  return (
    <DeskProvider desk={desk}>
      <TicketBeside
        me={me}
        ticketId={ticketId}
        isTable={isTable}
        onClose={() => router.history.push(`/inbox/${view}`)}
        list={<Inbox view={view} hrefOf={(name) => `/inbox/${name}`} chosenId={ticketId} onView={(name) => router.history.push(`/inbox/${name}`)} onNew={() => router.history.push('/new')} />}
      />
    </DeskProvider>
  );
}

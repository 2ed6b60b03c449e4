import { useLocation } from '@tanstack/react-router';
import { AwayNotice } from '../../../../features/notifications/agent/away/AwayNotice.tsx';
import { WaitingNotice } from '../../../../features/tickets/agent/composer/WaitingNotice.tsx';
import { KeptHere } from './KeptHere.tsx';

const ticketHref = (ticketId: string): string => `/inbox/active/${ticketId}`;

const Away = () => <AwayNotice href={(absenceId) => `/away/${absenceId}`} isThere={useLocation().pathname.startsWith('/away')} />;

/** What goes on beside the work, and nobody waits for: the app is kept here, what waited for the network is sent, and whoever is back is greeted. */
export const Quietly = ({ personId, works }: { personId: string; /** Gets work, and may be absent. */ works: boolean }) => (
  <>
    {works && <Away />}
    <WaitingNotice personId={personId} ticketHref={ticketHref} />
    <KeptHere />
  </>
);

import { WaitingNotice } from '../../../../features/tickets/agent/composer/WaitingNotice.tsx';
import { KeptHere } from './KeptHere.tsx';

const ticketHref = (ticketId: string): string => `/inbox/active/${ticketId}`;

/** What goes on beside the work, and nobody waits for: the app is kept here, and what waited for the network is sent. */
export const Quietly = ({ personId }: { personId: string }) => (
  <>
    <WaitingNotice personId={personId} ticketHref={ticketHref} />
    <KeptHere />
  </>
);

import { Bell } from '../../../../features/notifications/agent/Bell.tsx';
import type { MeView } from '../../../../features/people/core/contract.ts';
import { PresenceButton } from '../../../../features/routing/agent/presence/PresenceButton.tsx';

/** What one is to the queues, and what has happened: never more than one touch away. */
export const StateAndBell = ({ me: { permissions } }: { me: MeView }) => (
  <>
    {permissions.includes('routing.work') && <PresenceButton hereHref={permissions.includes('routing.share') ? '/here' : null} />}
    <Bell ticketHref={(id) => `/inbox/active/${id}`} settingsHref="/settings/notices" />
  </>
);

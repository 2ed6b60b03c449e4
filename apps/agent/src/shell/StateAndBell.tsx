import { ChatBell } from '../../../../features/chat/agent/ChatBell.tsx';
import { Bell } from '../../../../features/notifications/agent/Bell.tsx';
import type { MeView } from '../../../../features/people/core/contract.ts';
import { useOfferSounds } from '../../../../features/routing/agent/sound.ts';
import { PresenceButton } from '../../../../features/routing/agent/presence/PresenceButton.tsx';

/** What one is to the queues, and what has happened: never more than one touch away. */
export const StateAndBell = ({ me: { permissions } }: { me: MeView }) => (
  <>
    {permissions.includes('routing.work') && <PresenceButton hereHref={permissions.includes('routing.share') ? '/here' : null} />}
    {permissions.includes('chat.work') && <ChatSound />}
    <Bell ticketHref={(id) => `/inbox/active/${id}`} settingsHref="/settings/notices" />
  </>
);

/** By the same choice as offers. */
const ChatSound = () => <ChatBell isOn={useOfferSounds()} />;

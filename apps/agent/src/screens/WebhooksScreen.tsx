import { WebhooksScreen as Webhooks } from '../../../../features/webhooks/agent/settings/WebhooksScreen.tsx';
import { useTicketConditions } from './conditions-seat.tsx';

export const WebhooksScreen = () => <Webhooks conditions={useTicketConditions()} ticketHref={(id) => `/inbox/active/${id}`} />;

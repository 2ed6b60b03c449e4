import { PrivacyScreen as Privacy } from '../../../../features/requests/agent/PrivacyScreen.tsx';

export const PrivacyScreen = () => <Privacy hrefOf={(ticketId) => `/tickets/${ticketId}`} />;

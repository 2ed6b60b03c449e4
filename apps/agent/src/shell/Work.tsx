import { useRouter } from '@tanstack/react-router';
import { OfferCards } from '../../../../features/routing/agent/offers/OfferCards.tsx';

const hrefOf = (ticketId: string): string => `/inbox/mine/${ticketId}`;

/** What work brings wherever one is: offers. */
export function Work() {
  const router = useRouter();
  return <OfferCards ticketHref={hrefOf} goToTicket={(ticketId) => router.history.push(hrefOf(ticketId))} />;
}

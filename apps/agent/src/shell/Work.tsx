import { useRouter } from '@tanstack/react-router';
import type { MeView } from '../../../../features/people/core/contract.ts';
import { AwayNow } from '../../../../features/routing/agent/absence/AwayNow.tsx';
import { OfferCards } from '../../../../features/routing/agent/offers/OfferCards.tsx';

const hrefOf = (ticketId: string): string => `/inbox/mine/${ticketId}`;

/** What work brings wherever one is: offers, and the way out of it from now on. */
export function Work({ me }: { me: MeView }) {
  const router = useRouter();
  return (
    <>
      <OfferCards ticketHref={hrefOf} goToTicket={(ticketId) => router.history.push(hrefOf(ticketId))} />
      <AwayNow me={me} />
    </>
  );
}

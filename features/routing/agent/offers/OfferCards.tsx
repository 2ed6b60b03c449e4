import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { chime } from '../../../../platform/browser/chime.ts';
import { serverNow } from '../../../../platform/browser/server-clock.ts';
import { announce } from '../../../../ui/components/LiveRegion.tsx';
import type { OfferView } from '../../core/contract.ts';
import { myOffers } from '../queries.ts';
import { offerSounds } from '../sound.ts';
import { useRoutingText } from '../text.ts';
import { useSpanWords } from '../words.ts';
import { deadlineOf } from './deadline.ts';
import { OfferCard } from './OfferCard.tsx';

type OfferCardsProps = { ticketHref: (ticketId: string) => string; goToTicket: (ticketId: string) => void };

/** What is offered to whoever sits here, in a corner: it is read aloud and may sound, and never takes the focus. */
export function OfferCards({ ticketHref, goToTicket }: OfferCardsProps) {
  const t = useRoutingText();
  const { data } = useQuery(myOffers);
  const open = data?.items.filter(({ state }) => state === 'offered') ?? [];
  useArrivals(open, data?.receivedAt ?? 0);
  const [first] = open;
  if (!first || !data) return null;
  return (
    <section aria-label={t('routing.offers')} className="fixed end-4 top-14 z-30 flex w-[min(24rem,calc(100vw-2rem))] flex-col gap-2">
      {open.slice(0, 3).map((offer) => (
        <OfferCard key={offer.id} offer={offer} deadline={deadlineOf(offer, data.receivedAt)} hasKeys={offer.id === first.id} href={ticketHref(offer.ticket.id)} onAccepted={goToTicket} />
      ))}
    </section>
  );
}

/** Each is announced once, however often it is asked for. */
function useArrivals(offers: readonly OfferView[], receivedAt: number): void {
  const t = useRoutingText();
  const words = useSpanWords();
  const known = useRef(new Set<string>());
  useEffect(() => {
    const fresh = offers.filter(({ id }) => !known.current.has(id));
    for (const offer of fresh) known.current.add(offer.id);
    const [first] = fresh;
    if (!first) return;
    const seconds = (deadlineOf(first, receivedAt) - serverNow().getTime()) / 1000;
    announce(t('routing.offer.said', { number: String(first.ticket.number), subject: first.ticket.subject, queue: first.queue.name, time: words.long(seconds) }));
    if (offerSounds()) void chime();
  }, [offers, receivedAt, t, words]);
}

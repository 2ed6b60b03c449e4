import type { OfferView } from '../../core/contract.ts';

/**
 * When an offer ends by the server's clock, in ms. Before that clock is known well, where it would be over already or last longer
 * than it was given for, the time begins when it came.
 */
export function deadlineOf({ offeredAt, expiresAt }: Pick<OfferView, 'offeredAt' | 'expiresAt'>, receivedAt: number): number {
  const whole = Date.parse(expiresAt) - Date.parse(offeredAt);
  const left = Date.parse(expiresAt) - receivedAt;
  return receivedAt + (left > 0 && left <= whole ? left : whole);
}

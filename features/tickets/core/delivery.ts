import type { EntryView } from './contract.ts';

export type DeliveryPhase = {
  readonly phase: 'undoable' | 'later' | 'queued' | 'waiting' | 'sending' | 'trying_again' | 'accepted' | 'failed';
  /** Until it leaves; 0 when it can't be taken back any more. */
  readonly seconds: number;
};

const SOON_SECONDS = 60;

/** What there is to say about a message on its way. One that leaves within a minute counts down, later ones name the time. */
export function deliveryPhase({ state, undoUntil, attempts }: NonNullable<EntryView['delivery']>, now: Date): DeliveryPhase {
  const seconds = undoUntil ? Math.max(0, Math.ceil((Date.parse(undoUntil) - now.getTime()) / 1000)) : 0;
  if (state === 'queued' || state === 'waiting') {
    if (seconds > SOON_SECONDS) return { phase: 'later', seconds };
    if (seconds > 0) return { phase: 'undoable', seconds };
    if (state === 'waiting') return { phase: 'waiting', seconds: 0 };
    return { phase: attempts > 0 ? 'trying_again' : 'queued', seconds: 0 };
  }
  return { phase: state === 'sending' && attempts > 1 ? 'trying_again' : state, seconds: 0 };
}

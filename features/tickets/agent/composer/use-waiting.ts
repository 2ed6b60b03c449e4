import { useSyncExternalStore } from 'react';
import { keptList } from '../../../../platform/browser/kept-list.ts';
import { draftKindOf, send } from './sending.ts';
import { draftsOf } from './use-draft.ts';
import { createWaiting, type Waiting, type WaitingLetters } from './waiting.ts';

const ofPeople = new Map<string, WaitingLetters>();
const heard = new Set<(one: Waiting) => void>();

/** What one person has sent that has not arrived; somebody else at the same browser neither sees nor sends it. */
export function waitingOf(personId: string): WaitingLetters {
  const known = ofPeople.get(personId);
  if (known) return known;
  const letters = createWaiting({
    personId,
    kept: keptList('waiting', parsed),
    send: ({ ticketId, mode, draft, manner, ...signed }) => send(ticketId, mode, draft, manner, signed),
    onSent(one) {
      const key = { kind: draftKindOf(one.mode), ticketId: one.ticketId };
      // What was begun since stays.
      if (draftsOf(personId).state(key).status === 'empty') void draftsOf(personId).discard(key);
      for (const listener of heard) listener(one);
    },
  });
  ofPeople.set(personId, letters);
  void letters.read();
  return letters;
}

export const useWaiting = (personId: string): readonly Waiting[] => {
  const letters = waitingOf(personId);
  return useSyncExternalStore(letters.subscribe, letters.now);
};

/** Told of each that has arrived after all. Returns the way to stop. */
export function onArrived(listener: (one: Waiting) => void): () => void {
  heard.add(listener);
  return () => heard.delete(listener);
}

function parsed(kept: unknown): Waiting | null {
  const { id, personId, ticketId, draft } = kept as Partial<Waiting>;
  return typeof id === 'string' && typeof personId === 'string' && typeof ticketId === 'string' && typeof draft?.html === 'string' ? (kept as Waiting) : null;
}

import { useSyncExternalStore } from 'react';
import { type KeptList, keptList } from '../../../../platform/browser/kept-list.ts';
import { seal, unseal } from '../../../../platform/browser/sealed.ts';
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
    kept: sealedList(personId),
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

/** Who wrote it lies open, so that others leave it where it is; what stands there does not. */
type Sealed = { readonly id: string; readonly personId: string; readonly sealed: string };

function sealedList(personId: string): KeptList<Waiting> {
  const list = keptList<Sealed>('waiting', sealedIn);
  return {
    all: async () => (await list.all()).flatMap((one) => (one.personId === personId ? parsed(unseal(personId, one.sealed)) ?? [] : [])),
    put: (one) => list.put({ id: one.id, personId: one.personId, sealed: seal(personId, JSON.stringify(one)) }),
    remove: list.remove,
  };
}

/** What was kept before anything was sealed is read as it is. */
function sealedIn(kept: unknown): Sealed | null {
  const { id, personId, sealed } = kept as Partial<Sealed>;
  if (typeof id !== 'string' || typeof personId !== 'string') return null;
  return { id, personId, sealed: typeof sealed === 'string' ? sealed : JSON.stringify(kept) };
}

function parsed(text: string | null): Waiting | null {
  if (text === null) return null;
  const kept = JSON.parse(text) as Partial<Waiting>;
  return typeof kept.ticketId === 'string' && typeof kept.draft?.html === 'string' ? (kept as Waiting) : null;
}

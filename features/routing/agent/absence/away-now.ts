import { useSyncExternalStore } from 'react';

/** Whom somebody is about to send away from now on, or themself. */
export type Leaving = { readonly person: { readonly id: string; readonly name: string }; readonly isOwn: boolean };

const listeners = new Set<() => void>();
let leaving: Leaving | null = null;

/** From menus, lists and the palette alike: the dialog is seated once, above them all. */
export function askAwayNow(next: Leaving | null): void {
  leaving = next;
  for (const listener of listeners) listener();
}

export const useLeaving = (): Leaving | null => useSyncExternalStore(subscribe, () => leaving);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

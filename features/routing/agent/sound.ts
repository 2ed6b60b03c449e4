import { useSyncExternalStore } from 'react';
import { storage } from '../../../platform/browser/storage.ts';

const KEY = 'offer-sound';
const listeners = new Set<() => void>();

/** Whether this browser sounds when something is offered; it does not until somebody asks for it. */
export const offerSounds = (): boolean => storage.get(KEY) === 'on';

export function setOfferSounds(isOn: boolean): void {
  if (isOn) storage.set(KEY, 'on');
  else storage.remove(KEY);
  for (const listener of listeners) listener();
}

export const useOfferSounds = (): boolean => useSyncExternalStore(subscribe, offerSounds);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

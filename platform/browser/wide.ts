import { useSyncExternalStore } from 'react';

/** The width from which there is room beside a list; the same as the tokens' `wide`. */
const WIDE = '(min-width: 721px)';

export const isWide = (): boolean => matchMedia(WIDE).matches;

export const useIsWide = (): boolean => useSyncExternalStore(subscribe, isWide);

function subscribe(listener: () => void): () => void {
  const query = matchMedia(WIDE);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

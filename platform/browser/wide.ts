import { useSyncExternalStore } from 'react';

/** The width from which there is room beside a list; the same as the tokens' `wide`. */
const WIDE = '(min-width: 721px)';

export const isWide = (): boolean => matchMedia(WIDE).matches;

export const useIsWide = (): boolean => useSyncExternalStore(onWide, isWide);

/** The width from which a list has room for columns; the same as the tokens' `roomy`. */
const ROOMY = '(min-width: 1100px)';

export const useIsRoomy = (): boolean => useSyncExternalStore(onRoomy, () => matchMedia(ROOMY).matches);

const listening = (media: string) => (listener: () => void): (() => void) => {
  const query = matchMedia(media);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
};
const [onWide, onRoomy] = [listening(WIDE), listening(ROOMY)];

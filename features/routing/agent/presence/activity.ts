import { useEffect, useEffectEvent } from 'react';
import { api } from '../../../../platform/browser/api.ts';

/** Said at most so often; whoever was taken for idle is back at once. */
const EVERY_MS = 60_000;
const COMING_BACK_MS = 3_000;
const HANDS = ['keydown', 'pointerdown', 'wheel'] as const;

/** Lets the server know that somebody sits here, while they do; without a word from here they count as idle after a while. */
export function useActivity({ isIdle, onBack }: { isIdle: boolean; onBack: () => void }): void {
  const back = useEffectEvent(onBack);
  useEffect(() => {
    let saidAt = -Infinity;
    const say = () => {
      if (document.visibilityState !== 'visible' || performance.now() - saidAt < (isIdle ? COMING_BACK_MS : EVERY_MS)) return;
      saidAt = performance.now();
      // A word that is lost is said again with a later stroke.
      void api.post('/me/presence/activity').then(() => isIdle && back(), () => undefined);
    };
    if (!isIdle) say();
    for (const hand of HANDS) document.addEventListener(hand, say, { passive: true });
    return () => {
      for (const hand of HANDS) document.removeEventListener(hand, say);
    };
  }, [isIdle]);
}

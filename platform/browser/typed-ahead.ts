import { useEffectEvent, useLayoutEffect } from 'react';

/** A box that has not come by then is not waited for any more. */
const PATIENCE_MS = 5_000;

let typed = '';
let end: (() => void) | null = null;

/** Called with the key that opens a box to type into: until it is there, what is typed is kept for it. On the screen below these letters would be keys, and resolve or assign what lies there. */
export function typeAhead(): void {
  end?.();
  const keep = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === 'Escape') return end?.();
    if (event.key === 'Backspace') typed = typed.slice(0, -1);
    else if (event.key.length === 1) typed += event.key;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const timer = setTimeout(() => end?.(), PATIENCE_MS);
  end = () => {
    clearTimeout(timer);
    removeEventListener('keydown', keep, true);
    [typed, end] = ['', null];
  };
  addEventListener('keydown', keep, true);
}

/** In what was opened, once its box has the focus: hands over what was typed before. */
export function useTypedAhead(take: (words: string) => void): void {
  const hand = useEffectEvent(take);
  useLayoutEffect(() => {
    const words = typed;
    end?.();
    if (words !== '') hand(words);
  }, []);
}

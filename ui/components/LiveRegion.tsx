import { useSyncExternalStore } from 'react';

type Said = { readonly turn: number; readonly text: string };

/** So many stay for who looks for them; none of them is said again. */
const MOST = 4;

const listeners = new Set<() => void>();
let said: readonly Said[] = [];

/** Read aloud to those who can't see that something changed, without moving the focus. */
export function announce(text: string): void {
  said = [...said.slice(1 - MOST), { turn: (said.at(-1)?.turn ?? 0) + 1, text }];
  for (const listener of listeners) listener();
}

/** One for the whole app. What is added is said: the same sentence twice is two sentences, and two at the same moment are both heard. */
export function LiveRegion() {
  const sentences = useSyncExternalStore(subscribe, () => said);
  return (
    <div role="status" aria-atomic={false} className="sr-only">
      {sentences.map(({ turn, text }) => <p key={turn}>{text}</p>)}
    </div>
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) said = [];
  };
}

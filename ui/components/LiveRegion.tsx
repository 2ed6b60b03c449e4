import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let said = { text: '', turn: 0 };

/** Read aloud to those who can't see that something changed, without moving the focus. */
export function announce(text: string): void {
  said = { text, turn: said.turn + 1 };
  for (const listener of listeners) listener();
}

/** One for the whole app. Two places take turns, so that the same sentence twice is two sentences. */
export function LiveRegion() {
  const { text, turn } = useSyncExternalStore(subscribe, () => said);
  return (
    <div className="sr-only">
      <div role="status">{turn % 2 ? text : ''}</div>
      <div role="status">{turn % 2 ? '' : text}</div>
    </div>
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

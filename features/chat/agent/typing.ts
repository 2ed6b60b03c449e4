import { useSyncExternalStore } from 'react';

/** What was said to be typed is forgotten when nothing more is heard. */
const FORGOTTEN_MS = 5_000;
const typing = new Map<string, ReturnType<typeof setTimeout>>();
const listeners = new Set<() => void>();
const tell = (): void => { for (const listener of listeners) listener(); };

/** The visitor of this ticket types, or has stopped. */
export function heardTyping(ticketId: string, isTyping: boolean): void {
  clearTimeout(typing.get(ticketId));
  typing.delete(ticketId);
  if (isTyping) {
    typing.set(ticketId, setTimeout(() => {
      typing.delete(ticketId);
      tell();
    }, FORGOTTEN_MS));
  }
  tell();
}

export const useIsTyping = (ticketId: string): boolean => useSyncExternalStore(subscribe, () => typing.has(ticketId));

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

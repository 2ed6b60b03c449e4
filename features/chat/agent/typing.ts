import { useEffect, useRef, useSyncExternalStore } from 'react';
import { api } from '../../../platform/browser/api.ts';

/** What was said to be typed is forgotten when nothing more is heard. */
const FORGOTTEN_MS = 5_000;
const TYPING_MS = 2_000;
const STOPPED_MS = 4_000;
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

/** Says that one types, now and then, and that one has stopped. */
export function useTyping(ticketId: string): (isTyping: boolean) => void {
  const last = useRef({ at: 0, stop: undefined as ReturnType<typeof setTimeout> | undefined });
  useEffect(() => {
    const kept = last.current;
    return () => clearTimeout(kept.stop);
  }, []);
  const tell = (isTyping: boolean) => void api.put(`/tickets/${ticketId}/chat/typing`, { isTyping }).catch(() => undefined);
  return (isTyping) => {
    const now = performance.now();
    clearTimeout(last.current.stop);
    if (!isTyping) {
      if (last.current.at > 0) tell(false);
      last.current.at = 0;
      return;
    }
    last.current.stop = setTimeout(() => {
      last.current.at = 0;
      tell(false);
    }, STOPPED_MS);
    if (now - last.current.at < TYPING_MS) return;
    last.current.at = now;
    tell(true);
  };
}

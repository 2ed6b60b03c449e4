import { useSyncExternalStore } from 'react';
import { forgetSearches } from '../../../../features/search/agent/forgetting.ts';
import { api } from '../../../../platform/browser/api.ts';

/** Fetched while the network is there: who leaves without one is asked all the same. */
export const readyToLeave = (): void => void texts().catch(() => undefined);

const texts = () => import('../../../../features/tickets/agent/composer/leaving.ts');
const listeners = new Set<() => void>();
let asked = 0;

function ask(count: number): void {
  asked = count;
  for (const listener of listeners) listener();
}

/** How many texts would be lost by signing out; 0: nobody is asked. */
export const useAsked = (): number => useSyncExternalStore((listener) => { listeners.add(listener); return () => listeners.delete(listener); }, () => asked);
export const stay = (): void => ask(0);

/** Signs out when nothing is lost by it; else it is asked first. */
export async function leave(personId: string): Promise<void> {
  const { keptOnlyHere } = await texts();
  const count = await keptOnlyHere(personId);
  if (count > 0) return ask(count);
  return leaveAnyway(personId);
}

/** The session ends first: while the server does not hear of it, nobody has signed out and nothing is thrown away. */
export async function leaveAnyway(personId: string): Promise<void> {
  const { forgetTexts } = await texts();
  await api.delete('/session');
  await forgetTexts(personId);
  forgetSearches(personId);
  location.assign('/');
}

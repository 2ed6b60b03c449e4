import { storage } from '../../../platform/browser/storage.ts';
import { withRecent } from '../core/completing.ts';

/** Of one person, in this browser alone. */
const keyOf = (personId: string): string => `search.recent.${personId}`;

export function recentSearches(personId: string): string[] {
  try {
    const kept: unknown = JSON.parse(storage.get(keyOf(personId)) ?? '[]');
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}

export const rememberSearch = (personId: string, typed: string): void => storage.set(keyOf(personId), JSON.stringify(withRecent(recentSearches(personId), typed)));
export const forgetSearches = (personId: string): void => storage.remove(keyOf(personId));

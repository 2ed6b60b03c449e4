import { sealedStorage } from '../../../platform/browser/sealed.ts';
import { withRecent } from '../core/completing.ts';
import { keyOf } from './forgetting.ts';

export function recentSearches(personId: string): string[] {
  try {
    const kept: unknown = JSON.parse(sealedStorage(personId).get(keyOf(personId)) ?? '[]');
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}

export const rememberSearch = (personId: string, typed: string): void => sealedStorage(personId).set(keyOf(personId), JSON.stringify(withRecent(recentSearches(personId), typed)));

import { storage } from '../../../platform/browser/storage.ts';

/** Of one person, in this browser alone. */
export const keyOf = (personId: string): string => `search.recent.${personId}`;
export const forgetSearches = (personId: string): void => storage.remove(keyOf(personId));

import { storage } from './storage.ts';

/**
 * What somebody has made of keys that are pressed alone: another key, or none. Speech input and shaking hands press letters
 * that nobody meant (WCAG 2.1.4). Kept by this browser.
 */
export type OwnKeys = { readonly isOff: boolean; readonly keys: Readonly<Record<string, string | null>> };

const USUAL: OwnKeys = { isOff: false, keys: {} };
const CHARACTER = /^(?:Key[A-Z]|Digit\d)$/;
let own: OwnKeys | null = null;

export function ownKeys(): OwnKeys {
  own ??= read();
  return own;
}

export function saveOwnKeys(changed: OwnKeys): void {
  own = changed;
  storage.set('keys', JSON.stringify(changed));
}

/** A key that can be given another place. */
export const isMovable = ({ code, mod = false, shift = false }: { readonly code: string; readonly mod?: boolean; readonly shift?: boolean }): boolean => !mod && !shift && CHARACTER.test(code);
export const isCharacter = (code: string): boolean => CHARACTER.test(code);

/** Where it sits now; null when it is off. */
export function placeOf(keys: { readonly code: string; readonly mod?: boolean; readonly shift?: boolean }): string | null {
  const { isOff, keys: moved } = ownKeys();
  if (isOff && !keys.mod && (CHARACTER.test(keys.code) || keys.code === 'Slash')) return null;
  if (!isMovable(keys)) return keys.code;
  const place = moved[keys.code];
  return place === undefined ? keys.code : place;
}

function read(): OwnKeys {
  try {
    const kept = JSON.parse(storage.get('keys') ?? 'null') as Partial<OwnKeys> | null;
    if (kept === null || typeof kept.keys !== 'object' || kept.keys === null) return USUAL;
    const known = Object.entries(kept.keys).filter(([key, place]) => CHARACTER.test(key) && (place === null || CHARACTER.test(place)));
    return { isOff: kept.isOff === true, keys: Object.fromEntries(known) };
  } catch {
    return USUAL;
  }
}

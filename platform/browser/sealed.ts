import { xchacha20poly1305 } from '@noble/ciphers/chacha';
import { keysOf, storage } from './storage.ts';

const MARK = 's1.';
const NONCE_BYTES = 24;
/** As it may lie in a browser that others use as well. */
export function seal(personId: string, text: string): string {
  const [key] = keysOf(personId);
  if (key === undefined) return text;
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const sealed = xchacha20poly1305(bytesOf(key), nonce).encrypt(new TextEncoder().encode(text));
  return MARK + textOf(nonce) + textOf(sealed);
}

/** Null: it was sealed for another session than there can be now. What was written before anything was sealed is as it is. */
export function unseal(personId: string, kept: string): string | null {
  if (!kept.startsWith(MARK)) return kept;
  const nonceLength = NONCE_BYTES / 3 * 4;
  for (const key of keysOf(personId)) {
    try {
      const [nonce, sealed] = [bytesOf(kept.slice(MARK.length, MARK.length + nonceLength)), bytesOf(kept.slice(MARK.length + nonceLength))];
      return new TextDecoder().decode(xchacha20poly1305(bytesOf(key), nonce).decrypt(sealed));
    } catch {
      // Another key, or broken.
    }
  }
  return null;
}

/** What one person keeps in this browser. */
export const sealedStorage = (personId: string) => ({
  get(name: string): string | null {
    const kept = storage.get(name);
    return kept === null ? null : unseal(personId, kept);
  },
  set: (name: string, value: string): void => storage.set(name, seal(personId, value)),
  remove: storage.remove,
});

const SLICE = 0x8000;
function textOf(bytes: Uint8Array): string {
  let signs = '';
  for (let at = 0; at < bytes.length; at += SLICE) signs += String.fromCharCode(...bytes.subarray(at, at + SLICE));
  return btoa(signs);
}
function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}

import { plainDigits } from '../../../kernel/digits.ts';

/** How an identity is compared: two that are equal by key belong to one person. */
export type IdentityKey = { readonly kind: 'email' | 'phone'; readonly value: string; readonly key: string };

export const emailIdentity = (address: string): IdentityKey => ({ kind: 'email', value: address.trim(), key: address.trim().toLowerCase() });

/** Digits with a leading plus when it was given internationally; national numbers stay national. */
export function phoneIdentity(number: string): IdentityKey | null {
  const ascii = plainDigits(number.trim()).replace(/[۰-۹]/g, (d) => String(d.charCodeAt(0) - 0x6f0));
  const digits = ascii.replace(/\D/g, '');
  if (digits.length < 3 || digits.length > 15) return null;
  const international = ascii.startsWith('+') ? `+${digits}` : ascii.startsWith('00') ? `+${digits.slice(2)}` : digits;
  return { kind: 'phone', value: ascii, key: international };
}

/** What to call somebody of whom only an address is known. */
export const nameFromAddress = (address: string): string => (address.split('@')[0] ?? address).replace(/[._-]+/g, ' ').trim() || address;

/** What shows that an address is somebody's; the stronger last. */
export type Proof = 'domain' | 'mailbox';

/** Whether evidence says more than what is known. */
export const saysMore = (known: Proof | null, given: Proof): boolean => known === null || (known === 'domain' && given === 'mailbox');

/** What stands behind the @ of an address's key. */
export const domainOf = (key: string): string => key.slice(key.lastIndexOf('@') + 1);

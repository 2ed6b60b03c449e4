import type { Role } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';

/** By what a person can prove themself a second time. */
export const SECOND_STEPS = ['totp', 'passkey', 'recovery'] as const;
export type SecondStep = (typeof SECOND_STEPS)[number];

/** What somebody has set up. Recovery codes are a way back in, not a second step of their own. */
export type Factors = { readonly totp: boolean; readonly passkeys: number; readonly recoveryCodes: number };

export const NO_FACTORS: Factors = { totp: false, passkeys: 0, recoveryCodes: 0 };
export const RECOVERY_CODES = 10;
export const MAX_PASSKEYS = 20;

export const hasSecondStep = ({ totp, passkeys }: Factors): boolean => totp || passkeys > 0;

/** The one decision after every first step: in, a second step, or setting one up before anything else. */
export function nextStep({ role, required, factors, isRemembered }: {
  role: Role; required: readonly Role[]; factors: Factors; isRemembered: boolean;
}): 'in' | 'prove' | 'enrol' {
  if (hasSecondStep(factors)) return isRemembered ? 'in' : 'prove';
  return required.includes(role) ? 'enrol' : 'in';
}

export const methodsOf = ({ totp, passkeys, recoveryCodes }: Factors): SecondStep[] => [
  ...(passkeys > 0 ? ['passkey' as const] : []), ...(totp ? ['totp' as const] : []), ...(recoveryCodes > 0 ? ['recovery' as const] : []),
];

/** Whoever must have a second step keeps at least one: another is set up before the last one goes. */
export function demandOneLeft(left: Factors, isRequired: boolean): void {
  if (isRequired && !hasSecondStep(left)) {
    throw new AppError('conflict', 'two_step.last_one', 'Your role must sign in with two steps: set up another way before you remove the last one.');
  }
}

// Codes that people type ------------------------------------------------------------------------------------------------

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const CODE_BYTES = 10;

/** 80 random bits as `ABCD-EFGH-JKMN-PQRS`: no letter can be taken for another one or for a digit. */
export function spellCode(bytes: Uint8Array): string {
  let bits = 0n;
  for (const byte of bytes.subarray(0, CODE_BYTES)) bits = (bits << 8n) | BigInt(byte);
  const letters = Array.from({ length: 16 }, (_, at) => ALPHABET[Number((bits >> BigInt(75 - at * 5)) & 31n)] ?? '0').join('');
  return letters.replace(/.{4}(?=.)/g, '$&-');
}

/** However it was typed: small letters, without dashes, O for 0. Null when it is no such code. */
export function readCode(typed: string): string | null {
  if (typed.length > 100) return null;
  const plain = typed.toUpperCase().replace(/[\s\u2010-\u2015-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]{16}$/.test(plain) ? plain : null;
}

/** The six digits of an authenticator app, in whichever digits the keyboard writes. */
export function readDigits(typed: string): string | null {
  const plain = typed.slice(0, 100).replace(/[\s-]/g, '').replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
  return /^\d{6}$/.test(plain) ? plain : null;
}

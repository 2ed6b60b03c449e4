import { Secret, TOTP } from 'otpauth';

const PERIOD_S = 30;
/** One step to each side, for clocks that differ. */
const WINDOW = 1;
const SEED_BYTES = 20;

/** What every authenticator app knows: SHA-1, six digits, thirty seconds. */
const totpOf = (seed: string, issuer = '', label = ''): TOTP =>
  new TOTP({ secret: Secret.fromBase32(seed), algorithm: 'SHA1', digits: 6, period: PERIOD_S, issuer, label, issuerInLabel: false });

export const newSeed = (): string => new Secret({ size: SEED_BYTES }).base32;

/** Longer names would make a picture that cameras cannot read. */
const MAX_ISSUER = 30;

/** The `otpauth:` address that an app reads from the picture. */
export const seedAddress = (seed: string, { issuer, label }: { issuer: string; label: string }): string =>
  totpOf(seed, issuer.replaceAll(':', ' ').slice(0, MAX_ISSUER), label.replaceAll(':', ' ')).toString();

/** The number of the step whose code this is, or null. */
export function stepOfCode(seed: string, code: string, at: Date): number | null {
  const delta = totpOf(seed).validate({ token: code, timestamp: at.getTime(), window: WINDOW });
  return delta === null ? null : Math.floor(at.getTime() / 1000 / PERIOD_S) + delta;
}

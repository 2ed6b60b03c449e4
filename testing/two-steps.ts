import { Secret, TOTP } from 'otpauth';
import type { peopleHouse } from './people-house.ts';

type House = Awaited<ReturnType<typeof peopleHouse>>;
type Body = { secret: string; recoveryCodes: string[] | null };

/** A phone with an authenticator app. Its clock is the house's; each code is asked for at a step of its own. */
export function phoneOf(house: Pick<House, 'machineNow' | 'passMachine'>, secret: string) {
  const code = (seconds = 0): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: house.machineNow().getTime() + seconds * 1000 });
  return {
    code,
    /** A code that was never used: half a minute later. */
    next(): string {
      house.passMachine(30);
      return code();
    },
  };
}

/** Somebody sets up an authenticator app in the settings. */
export async function withPhone(house: House, token: string) {
  const drafted = await house.request('POST', '/me/two-step/totp', undefined, { token });
  const { secret } = drafted.body as Body;
  const phone = phoneOf(house, secret);
  const confirmed = await house.request('PUT', '/me/two-step/totp', { code: phone.code() }, { token });
  if (confirmed.status !== 200) throw new Error(`the authenticator app was refused: ${JSON.stringify(confirmed.body)}`);
  return { ...phone, secret, recoveryCodes: (confirmed.body as Body).recoveryCodes ?? [] };
}

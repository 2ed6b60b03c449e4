import { createHmac, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import { AppError } from '../../../kernel/errors.ts';
import { networkOf } from '../../../kernel/network.ts';
import type { Connection } from '../../../platform/db/db.ts';
import { useOne, type Quota } from '../../../platform/db/quota.ts';

type Limit = Quota & { readonly name: string };

const SIGN_IN_ACCOUNT: Limit = { name: 'sign-in/account', uses: 10, seconds: 900 };
const SIGN_IN_NETWORK: Limit = { name: 'sign-in/network', uses: 50, seconds: 900 };
const SIGN_IN_DEVICE: Limit = { name: 'sign-in/device', uses: 10, seconds: 900 };
const SECOND_STEP: Limit = { name: 'second-step/person', uses: 10, seconds: 900 };
/** Six digits are few: whoever has the password gets no second chance tomorrow that is worth waiting for. */
const SECOND_STEP_DAY: Limit = { name: 'second-step/person/day', uses: 50, seconds: 86_400 };
const PASSKEY_NETWORK: Limit = { name: 'passkey/network', uses: 300, seconds: 900 };
const PASSWORD_CHECK: Limit = { name: 'password/person', uses: 10, seconds: 900 };
const RESET_ACCOUNT: Limit = { name: 'reset/account', uses: 3, seconds: 1_800 };
const RESET_NETWORK: Limit = { name: 'reset/network', uses: 20, seconds: 1_800 };
const LINK_NETWORK: Limit = { name: 'link/network', uses: 100, seconds: 900 };
const INVITE_PERSON: Limit = { name: 'invite/person', uses: 5, seconds: 3_600 };
const INVITE_WORKSPACE: Limit = { name: 'invite/workspace', uses: 200, seconds: 3_600 };

export type Limits = ReturnType<typeof createLimits>;
/** Says that the attempt was the right person's, so that it does not count. */
export type GiveBack = () => Promise<void>;
export type Attempt = { readonly emailKey: string; readonly address: string; readonly device: string | null };

/**
 * How often may be guessed. Counted in PostgreSQL, before the guess is looked at, outside every unit of work: neither a
 * restart nor a transaction that is rolled back forgets an attempt. Keys say nothing about whom they count.
 */
export function createLimits({ lookup, key }: { lookup: Connection; key: Buffer }) {
  const mac = (text: string): string => createHmac('sha256', key).update(text).digest('base64url');

  async function take(limit: Limit, of: string): Promise<GiveBack> {
    const counter = mac(`${limit.name}\n${of}`);
    const retryAfter = await useOne(lookup, counter, limit);
    if (retryAfter !== null) throw new AppError('rate_limited', 'session.too_many_attempts', 'Too many attempts; wait, and try again.', { retryAfter });
    return async () => { await sql`select rapport_give_back(${counter})`.execute(lookup); };
  }

  async function takeAll(...takes: readonly Promise<GiveBack>[]): Promise<GiveBack> {
    const taken = await Promise.allSettled(takes);
    const refused = taken.find((result) => result.status === 'rejected');
    if (refused) throw refused.reason;
    return async () => {
      for (const result of taken) if (result.status === 'fulfilled') await result.value();
    };
  }

  /** `nonce.mac`: a device on which this account signed in before. */
  const deviceOf = (nonce: string, emailKey: string): string => `${nonce}.${mac(`device\n${emailKey}\n${nonce}`)}`;

  function isKnownDevice(device: string, emailKey: string): boolean {
    const given = Buffer.from(device);
    const right = Buffer.from(deviceOf(device.split('.')[0] ?? '', emailKey));
    return given.length === right.length && timingSafeEqual(given, right);
  }

  return {
    /** Strangers share the limits of the account and of their network; a known device has its own, so nobody locks its owner out. */
    signIn({ emailKey, address, device }: Attempt): Promise<GiveBack> {
      if (device !== null && isKnownDevice(device, emailKey)) return take(SIGN_IN_DEVICE, device);
      return takeAll(take(SIGN_IN_ACCOUNT, emailKey), take(SIGN_IN_NETWORK, networkOf(address)));
    },

    knownDevice(nonce: string, { emailKey, device }: Attempt): string {
      return device !== null && isKnownDevice(device, emailKey) ? device : deviceOf(nonce, emailKey);
    },

    /** Whether the cookie is ours, and of this account. */
    isKnownDevice: (device: string | null, emailKey: string): device is string => device !== null && isKnownDevice(device, emailKey),

    secondStep: (personId: string): Promise<GiveBack> => takeAll(take(SECOND_STEP, personId), take(SECOND_STEP_DAY, personId)),
    passkey: (address: string): Promise<GiveBack> => take(PASSKEY_NETWORK, networkOf(address)),
    passwordCheck: (personId: string): Promise<GiveBack> => take(PASSWORD_CHECK, personId),
    reset: (emailKey: string, address: string): Promise<GiveBack> =>
      takeAll(take(RESET_ACCOUNT, emailKey), take(RESET_NETWORK, networkOf(address))),
    link: (address: string): Promise<GiveBack> => take(LINK_NETWORK, networkOf(address)),
    invite: (workspaceId: string, emailKey: string): Promise<GiveBack> =>
      takeAll(take(INVITE_WORKSPACE, workspaceId), take(INVITE_PERSON, `${workspaceId}\n${emailKey}`)),

    /** A new password was set through the mailbox: its owner starts afresh. */
    async forgetSignIns(emailKey: string): Promise<void> {
      await sql`select rapport_forget(${mac(`${SIGN_IN_ACCOUNT.name}\n${emailKey}`)})`.execute(lookup);
    },
  };
}

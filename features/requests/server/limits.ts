import { createHmac } from 'node:crypto';
import { AppError } from '../../../kernel/errors.ts';
import { networkOf } from '../../../kernel/network.ts';
import type { Connection, Tx } from '../../../platform/db/db.ts';
import { useOne, type Quota } from '../../../platform/db/quota.ts';
import type { BrandSite } from '../../workspaces/server/workspaces.ts';
import { countedAs } from '../../../platform/mail/header.ts';

type Limit = Quota & { readonly name: string };

const HOUR = 3_600;
/** Mails with a way in. Somebody we never heard of gets one; nobody can tell from outside. */
const SIGN_IN_ADDRESS: Limit = { name: 'requests/sign-in/address', uses: 3, seconds: HOUR / 2 };
const SIGN_IN_STRANGER: Limit = { name: 'requests/sign-in/stranger', uses: 1, seconds: HOUR };
const SIGN_IN_DAY: Limit = { name: 'requests/sign-in/day', uses: 10, seconds: 24 * HOUR };
const SIGN_IN_NETWORK: Limit = { name: 'requests/sign-in/network', uses: 20, seconds: HOUR };
const SIGN_IN_WORKSPACE: Limit = { name: 'requests/sign-in/workspace', uses: 2_000, seconds: HOUR };
const GUESS_NETWORK: Limit = { name: 'requests/guess/network', uses: 50, seconds: HOUR };

const WRITE_NETWORK: Limit = { name: 'requests/write/network', uses: 20, seconds: HOUR };
const WRITE_ADDRESS: Limit = { name: 'requests/write/address', uses: 5, seconds: HOUR };
/** Of strangers who have proven nothing; whoever has proven work is not held up by those. */
const WRITE_WORKSPACE: Limit = { name: 'requests/write/workspace', uses: 3_000, seconds: HOUR };
const WRITE_PROVEN: Limit = { name: 'requests/write/proven', uses: 3_000, seconds: HOUR };
/** More than this and somebody means us harm: strangers prove work from here on. */
const CALM: Limit = { name: 'requests/calm', uses: 60, seconds: 600 };
const CONFIRM_ADDRESS: Limit = { name: 'requests/confirm/address', uses: 1, seconds: 24 * HOUR };
const CONFIRM_NETWORK: Limit = { name: 'requests/confirm/network', uses: 5, seconds: HOUR };
const CONFIRM_WORKSPACE: Limit = { name: 'requests/confirm/workspace', uses: 500, seconds: HOUR };

const OWN_ANSWER: Limit = { name: 'requests/own/answer', uses: 30, seconds: HOUR };
const OWN_NEW: Limit = { name: 'requests/own/new', uses: 20, seconds: HOUR };

const onceIn = (seconds: number): Limit => ({ name: 'requests/once', uses: 1, seconds });

/** Who asks, as far as it matters for counting. */
export type Client = { readonly address: string; readonly userAgent: string; /** At whose host; absent: the company's own. */ readonly brand?: BrandSite | null };
export type Limits = ReturnType<typeof createLimits>;

/** How often may be asked, written and guessed. Counted before anything is looked at; keys say nothing about whom they count. */
export function createLimits({ lookup, key }: { lookup: Connection; key: Buffer }) {
  const wait = (limit: Limit, workspaceId: string, of: string, over = lookup): Promise<number | null> =>
    useOne(over, createHmac('sha256', key).update(`${limit.name}\n${workspaceId}\n${of}`).digest('base64url'), limit);

  async function demand(limit: Limit, workspaceId: string, of: string, detail: string): Promise<void> {
    const retryAfter = await wait(limit, workspaceId, of);
    if (retryAfter !== null) throw new AppError('rate_limited', 'requests.too_many', detail, { retryAfter });
  }
  const allows = async (limit: Limit, workspaceId: string, of: string): Promise<boolean> => await wait(limit, workspaceId, of) === null;

  return {
    /** Refuses the client; an address that has had its mails is not told so. */
    async askForWayIn(workspaceId: string, { address }: Client): Promise<void> {
      await demand(SIGN_IN_NETWORK, workspaceId, networkOf(address), 'Too many mails were asked for from your network; wait, and try again.');
    },
    async mayMailWayIn(workspaceId: string, address: string, isKnown: boolean): Promise<boolean> {
      const mailbox = countedAs(address);
      return await allows(isKnown ? SIGN_IN_ADDRESS : SIGN_IN_STRANGER, workspaceId, mailbox)
        && await allows(SIGN_IN_DAY, workspaceId, mailbox) && allows(SIGN_IN_WORKSPACE, workspaceId, '');
    },
    guess: (workspaceId: string, { address }: Client): Promise<void> =>
      demand(GUESS_NETWORK, workspaceId, networkOf(address), 'Too many attempts; wait, and try again.'),

    async write(workspaceId: string, addressKey: string, { address }: Client): Promise<void> {
      await demand(WRITE_NETWORK, workspaceId, networkOf(address), 'Too many requests came from your network; wait, or write a mail.');
      await demand(WRITE_ADDRESS, workspaceId, addressKey, 'Too many requests came under this address; sign in, or wait.');
    },
    writeAmongAll: (workspaceId: string, { isProven }: { isProven: boolean }): Promise<void> =>
      demand(isProven ? WRITE_PROVEN : WRITE_WORKSPACE, workspaceId, '', 'Very many requests are coming in; write a mail, or wait.'),
    isCalm: (workspaceId: string): Promise<boolean> => allows(CALM, workspaceId, ''),
    calmSeconds: CALM.seconds,
    /** Counts the address last: a mail that does not go for another reason is still owed. */
    async mayMailConfirmation(workspaceId: string, to: string, { address }: Client): Promise<boolean> {
      return await allows(CONFIRM_NETWORK, workspaceId, networkOf(address)) && await allows(CONFIRM_WORKSPACE, workspaceId, '') && allows(CONFIRM_ADDRESS, workspaceId, countedAs(to));
    },

    answer: (workspaceId: string, addressKey: string): Promise<void> => demand(OWN_ANSWER, workspaceId, addressKey, 'That was a lot at once; wait a little, and go on.'),
    begin: (workspaceId: string, addressKey: string): Promise<void> => demand(OWN_NEW, workspaceId, addressKey, 'That was a lot at once; wait a little, and go on.'),
    /** False for everybody but the first. */
    once: (workspaceId: string, what: string, seconds: number): Promise<boolean> => allows(onceIn(seconds), workspaceId, what),
    /** The same as a part of `tx`: undone with it. */
    onceWith: async (tx: Tx, workspaceId: string, what: string, seconds: number): Promise<boolean> => await wait(onceIn(seconds), workspaceId, what, tx) === null,
  };
}

import type { Now } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/errors.ts';
import type { Egress } from '../egress/egress.ts';
import { encryptedFor, type BrowserKeys } from './encryption.ts';
import { vapidAuthorization, type VapidKeys } from './vapid.ts';

export type PushMessage = {
  readonly payload: unknown;
  /** How long the push service keeps it for a browser that is away, in seconds. */
  readonly ttl: number;
  readonly urgent: boolean;
  /** A later message of the same topic takes the place of one that was not fetched yet: 32 letters of base64url at most. */
  readonly topic: string;
};
/** Taken; the subscription is over; refused for good; or to be tried again, not before. */
export type PushOutcome = { readonly state: 'taken' | 'gone' | 'refused' } | { readonly state: 'later'; readonly afterMs: number | null };

export type Push = ReturnType<typeof createPush>;

const TIMEOUT_MS = 10_000;
/** Most messages are shorter: their length tells nothing. */
const PAD_TO = 512;
const MOST_WAIT_S = 3600;

/**
 * Messages to browsers by the push service that each of them has chosen (RFC 8030), encrypted for the browser. `privateServices` are
 * push services that the environment names; every other one must be https and public.
 */
export function createPush({ egress, contact, privateServices = [], machineNow }: {
  egress: Pick<Egress, 'request'>; /** Where an operator of a push service reaches us: mailto: or https:. */ contact: string; privateServices?: readonly string[]; machineNow: Now;
}) {
  const named = new Set(privateServices.map((address) => new URL(address).origin));

  return {
    /** Before it is kept; what the name leads to is looked at whenever something is sent. */
    isEndpoint(endpoint: string): boolean {
      if (!URL.canParse(endpoint)) return false;
      const { protocol, port, origin, username, password } = new URL(endpoint);
      return named.has(origin) || (protocol === 'https:' && port === '' && username === '' && password === '');
    },

    async send({ endpoint, keys, vapid }: { endpoint: string; keys: BrowserKeys; vapid: VapidKeys }, { payload, ttl, urgent, topic }: PushMessage): Promise<PushOutcome> {
      const body = encryptedFor(keys, Buffer.from(JSON.stringify(payload)), { padTo: PAD_TO });
      try {
        const { status, headers } = await egress.request(endpoint, {
          method: 'POST', body, redirects: 0, timeoutMs: TIMEOUT_MS, maxBytes: 64 * 1024,
          headers: {
            authorization: vapidAuthorization(vapid, { endpoint, contact, at: machineNow() }), 'content-encoding': 'aes128gcm', 'content-type': 'application/octet-stream',
            ttl: String(ttl), urgency: urgent ? 'high' : 'normal', topic,
          },
        });
        return outcomeOf(status, headers['retry-after']);
      } catch (error) {
        // An address that must not be asked will not become a better one.
        if (error instanceof AppError) return error.kind === 'invalid' ? { state: 'gone' } : { state: 'later', afterMs: null };
        throw error;
      }
    },
  };
}

function outcomeOf(status: number, retryAfter: string | undefined): PushOutcome {
  if (status >= 200 && status < 300) return { state: 'taken' };
  if (status === 404 || status === 410) return { state: 'gone' };
  if (status === 429 || status >= 500) return { state: 'later', afterMs: /^\d+$/.test(retryAfter ?? '') ? Math.min(Number(retryAfter), MOST_WAIT_S) * 1000 : null };
  return { state: 'refused' };
}

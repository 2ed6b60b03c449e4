import { z } from 'zod';
import { Id, Timestamp, pageOf } from '../../../kernel/contract.ts';
import { SIGN_IN_PROVIDERS } from './oauth/services.ts';

/** `unanswered`: the name servers did not answer in time, which says nothing. */
export const RECORD_STATES = ['found', 'missing', 'different', 'double', 'too_many_lookups', 'unanswered'] as const;
export const RecordState = z.enum(RECORD_STATES);
export type RecordState = z.infer<typeof RecordState>;

/** One line that belongs into the DNS of a domain. */
const DnsRecord = z.object({
  kind: z.enum(['dkim', 'spf', 'dmarc', 'mx']), type: z.enum(['TXT', 'MX']), name: z.string(), value: z.string(),
  /** `value` as zone files want it: strings of at most 255 octets. */
  zone: z.string(),
  /** A key that has been followed by another: the record may go a week later. */
  isRetired: z.boolean(),
  /** As it was at the last check; null before the first. */
  state: RecordState.nullable(),
  /** What stands there instead. */
  there: z.array(z.string()),
});
export type DnsRecord = z.infer<typeof DnsRecord>;

/**
 * GET /sending-domains?limit=&cursor= → the domains of our mailboxes, by name; POST /sending-domains/:domain/keys → 201, a new
 * key pair; POST /sending-domains/:domain/checks → asks DNS.
 */
export const DomainView = z.object({
  domain: z.string(),
  /** `none`: no key yet; `waiting`: its record has not been seen; `signing`: mail is signed; `rotating`: by the old key until the new one is seen. */
  signing: z.enum(['none', 'waiting', 'signing', 'rotating']),
  checkedAt: Timestamp.nullable(), records: z.array(DnsRecord),
});
export type DomainView = z.infer<typeof DomainView>;
export const DomainPage = pageOf(DomainView);
export const DomainParams = z.strictObject({ domain: z.string().trim().toLowerCase().min(1).max(255).regex(/^[^\s/@]+$/u) });

/** An address, or a whole domain. */
const Sender = z.string().trim().toLowerCase().max(320).regex(/^(?:[^\s@<>,;"]+@)?[^\s@<>,;"/]+$/u);
const Hostname = z.string().trim().toLowerCase().min(1).max(255).regex(/^[a-z0-9.:_-]+$/);
/**
 * GET /relays, POST /relays → 201, PUT and DELETE /relays/:id: mail servers that mail leaves through, beside the one of the
 * installation. PUT without a password keeps the one that is there, as long as host, port, encryption and user stay the same.
 */
export const RelayPut = z.strictObject({
  name: z.string().trim().min(1).max(200), host: Hostname, port: z.int().min(1).max(65_535).default(465), security: z.enum(['tls', 'starttls', 'none']).default('tls'),
  /** `password`, or by what somebody has signed in for at this provider, for the mailbox of `mailboxId`. */
  auth: z.enum(['password', ...SIGN_IN_PROVIDERS]).default('password'), mailboxId: Id.nullable().default(null),
  /** Empty: without signing in. */
  user: z.string().trim().max(320).default(''), password: z.string().min(1).max(1000).optional(),
  /** Addresses and domains of ours whose mail it carries; empty: all that no other relay carries. */
  senders: z.array(Sender).max(100).default([]),
  /** When it cannot be reached, mail leaves by the relay of the installation. */
  failsOver: z.boolean().default(false),
});
export type RelayPut = z.infer<typeof RelayPut>;
export const RelayView = RelayPut.omit({ password: true }).extend({ id: Id, /** False: somebody has to sign in at the provider again; mail waits until then. */ canSignIn: z.boolean() });
export type RelayView = z.infer<typeof RelayView>;
export const RelayPage = pageOf(RelayView);
/** POST /relays/tests: settings to try, as in PUT; `id` when the stored password of that relay is meant. → 200 ConnectionTest */
export const RelayTry = RelayPut.extend({ id: Id.optional() });
export type RelayTry = z.infer<typeof RelayTry>;

import type { Now } from '../../kernel/actor.ts';
import type { TestClock } from '../../platform/clock/clock.ts';
import type { Parser } from '../../platform/mail/parser.ts';
import type { DNSResolver } from '../../platform/mail/resolver.ts';

export type Settings = {
  readonly appUrl: string; readonly ownerUrl: string; readonly dataDir: string; readonly publicUrl: string;
  readonly secret: string;
  /** Secrets of before: what they signed in mail, and what they sealed, is still understood. */
  readonly earlierSecrets?: readonly string[];
  readonly relayUrl: string | null; readonly mailbox: string; readonly version: string;
  readonly smtp: { readonly host: string; readonly port: number };
  readonly trustedProxies?: readonly string[];
  /** In which header these say from which country somebody comes. */
  readonly countryHeader?: string | null;
  /** Mail servers that people may name although they are inside the private network. */
  readonly privateHosts?: readonly string[];
  /** Origins of sign-in services that may be private, and asked without encryption; for tests. */
  readonly signInServices?: readonly string[];
  /** Origins that webhooks may lead to although they are private, or not encrypted. */
  readonly privateWebhooks?: readonly string[];
  /** Origins of push services that may be private, or not encrypted. */
  readonly pushServices?: readonly string[];
  /** How long a mail server may be silent about news; for tests. */
  readonly lookAgainMs?: number;
  /** Names of mail servers in front of ours whose `Authentication-Results` are believed. */
  readonly believedServers?: readonly string[];
  /** Domains that pass mail on for others and whose seals (ARC) are trusted. */
  readonly trustedSealers?: readonly string[];
  /** Where files lie that are too large to upload. */
  readonly importDir?: string | null;
  /** How long, and how much of, what rules did is kept. */
  readonly ruleLog?: { readonly days: number; readonly most: number };
  /** Answers about names, for asking whether a domain vouches for a message; absent: the machine's own. */
  readonly mailResolver?: DNSResolver;
  /** Takes mail apart for several servers in one process, none of which closes it; for tests. */
  readonly parser?: Parser;
};
/**
 * Business time can be turned in tests; the machine's time is for leases, limits, sessions, tokens and undo windows.
 * `test`: business time can be set over the API.
 */
export type Clock = { readonly now: Now; readonly machineNow: Now; readonly test?: TestClock };

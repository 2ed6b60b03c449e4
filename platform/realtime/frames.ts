import { z } from 'zod';
import type { FollowedEvent } from '../events/followers.ts';

/** What a browser may say. Anything else ends the conversation. */
export const ClientFrame = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('hello'), ticket: z.string().min(1).max(1_000), since: z.int().min(0).nullable() }),
  z.strictObject({ type: z.literal('ping') }),
  z.strictObject({ type: z.literal('pong') }),
  z.strictObject({ type: z.literal('watch'), ticketId: z.uuid().nullable(), writing: z.boolean().optional(), idle: z.boolean().optional() }),
  /** Whether a list is in sight, in which it shows who has what open. */
  z.strictObject({ type: z.literal('faces'), on: z.boolean() }),
  /** Whether the numbers beside lists are in sight. */
  z.strictObject({ type: z.literal('numbers'), on: z.boolean() }),
]);
export type ClientFrame = z.infer<typeof ClientFrame>;

/** `idle`: open, but nobody has moved there for a while. */
export type Watcher = { readonly id: string; readonly name: string; readonly writing: boolean; readonly idle: boolean };
export type Watched = { readonly ticketId: string; readonly people: readonly Watcher[] };

/** What the server says. `seq` and `position` are places in the log; the browser gives back the last one it saw. */
export type ServerFrame =
  | { type: 'ready'; position: number }
  | { type: 'reset'; position: number }
  | { type: 'event'; seq: number; event: { type: string; ticketId: string | null; subjectId: string | null; actorId: string | null; data: object } }
  /** What time it is here: the machine's, and that of business, in ms. */
  | { type: 'pong'; machine: number; business: number }
  /** Never repeated, and in no order with the log. */
  | { type: 'fleeting'; event: { type: string; ticketId: string | null; subjectId: string | null; actorId: string | null; data: object } }
  | { type: 'watchers'; ticketId: string; people: readonly Watcher[] }
  /** Who has which tickets open, the reader included; `whole`: nothing else is open. */
  | { type: 'faces'; whole: boolean; tickets: readonly Watched[] }
  /** By room, as it answers who asks for them. Never repeated; asked for again after a cut. */
  | { type: 'numbers'; numbers: object };

export const CLOSE = { goingAway: 1012, tryLater: 1013, badFrame: 1008, signInAgain: 4401 } as const;

export const eventFrame = ({ position, type, ticketId, subjectId, actor, data }: FollowedEvent): string =>
  JSON.stringify({ type: 'event', seq: position, event: BARE.test(type) ? { type, ticketId, subjectId: null, actorId: null, data: {} } : { type, ticketId, subjectId, actorId: actor.id, data } } satisfies ServerFrame);

const PUBLIC = /^(?:(?:ticket|entry|draft|aside|ask|reminder|checklist|approval|sla|sla_policy|commitment|calendar|customer|mailbox|team|saved_reply|outbox|webhook|incoming_webhook|notice|presence|absence|queue|skill|routing|chat)\.[a-z_]+|person\.changed)$/;

/** Of settings and lists a browser has to know only that they are others now: what they are like, whoever may ask is told. */
const BARE = /^(?:(?:view|field|quarantine|workspace|company|import|article|knowledge|status|intake|sender|spam_filter|suppression)\.[a-z_]+|automation\.(?:rules_changed|stopped)|mail\.misdirected)$/;

/** What may reach browsers at all; events about sessions, tokens and the like never do. */
export const mayReachBrowsers = (type: string): boolean => PUBLIC.test(type) || BARE.test(type);

/** Those after which a person's rights may be others than when the socket was opened. */
const RIGHTS = new Set(['person.deactivated', 'person.changed', 'session.revoked', 'token.revoked']);
export const changesRights = (type: string): boolean => RIGHTS.has(type);

/** Those that end sessions or tokens which they do not name. */
export const endsCredentials = (type: string): boolean => RIGHTS.has(type) || type === 'person.password_changed';

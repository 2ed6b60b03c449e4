import { z } from 'zod';
import { Id, LanguageCode, MailAddress, PageQuery, PLAIN, Timestamp, pageOf } from '../../../kernel/contract.ts';
import { SIGN_IN_PROVIDERS } from './oauth/services.ts';
import { QuarantineState } from './quarantine-contract.ts';
import { QuarantineReason } from './quarantine.ts';

/** Stands in the headers of mails: no line breaks, no control characters. */
const Name = z.string().trim().max(200).regex(PLAIN);
const Acknowledgement = z.partialRecord(LanguageCode, z.strictObject({ subject: z.string().max(300), text: z.string().max(10_000) }));

const OptionalAddress = z.union([z.literal(''), MailAddress]);

/** Why a mail server cannot be used; each has its own words and remedy on the screen. */
export const TROUBLES = [
  'host_unknown', 'refused', 'unreachable', 'private_host', 'port_refused', 'unencrypted', 'certificate', 'tls_mode', 'password', 'app_password',
  'oauth_needed', 'oauth_expired', 'oauth_refused', 'oauth_client', 'oauth_unreachable', 'no_folder', 'too_busy', 'dropped', 'secret_unreadable', 'no_relay', 'failed',
] as const;
const TroubleCode = z.enum(TROUBLES);
export type TroubleCode = z.infer<typeof TroubleCode>;
/** `words` are the other server's own. */
const Trouble = z.object({ code: TroubleCode, words: z.string() });

/** `waiting`: it has not worked yet; `failing`: not for five minutes. `since` is when it last worked. */
const SourceState = z.object({ state: z.enum(['waiting', 'working', 'failing']), since: Timestamp.nullable(), trouble: Trouble.nullable() });

/** GET /mailboxes, POST /mailboxes → 201, PATCH /mailboxes/:id, DELETE /mailboxes/:id (disables: nothing is lost). */
export const MailboxView = z.object({
  id: Id, address: z.string(), name: z.string(), teamId: Id.nullable(), signature: z.string(),
  acknowledge: z.boolean(), acknowledgement: Acknowledgement,
  /** Answers go to `address+token`, for providers that change Message-IDs; they must deliver such addresses. */
  tokenInAddress: z.boolean(),
  /** Where answers go instead of the mailbox itself, and who gets a copy of everything that leaves from it; empty: nobody. */
  replyTo: z.string(), archive: z.string(),
  /** Where mail programs and relays deliver for it. */
  smtp: z.object({ host: z.string(), port: z.int() }),
  /** How fetching by IMAP goes; null when nothing is fetched for it. */
  source: SourceState.nullable(),
  /** Mail that leaves by this mailbox's sign-in at its provider waits: that is over, and somebody has to sign in again. */
  sendingWaits: z.boolean(),
});
export type MailboxView = z.infer<typeof MailboxView>;
export const MailboxPage = pageOf(MailboxView);
export const MailboxCreate = z.strictObject({
  address: MailAddress, name: Name.default(''), teamId: Id.nullable().optional(),
  signature: z.string().max(10_000).default(''), acknowledge: z.boolean().default(false), acknowledgement: Acknowledgement.default({}),
  tokenInAddress: z.boolean().default(false), replyTo: OptionalAddress.default(''), archive: OptionalAddress.default(''),
});
export const MailboxPatch = z.strictObject({
  name: Name.optional(), teamId: Id.nullable().optional(), signature: z.string().max(10_000).optional(),
  acknowledge: z.boolean().optional(), acknowledgement: Acknowledgement.optional(), tokenInAddress: z.boolean().optional(),
  replyTo: OptionalAddress.optional(), archive: OptionalAddress.optional(),
});

const FolderName = z.string().trim().min(1).max(500).regex(/^[^\u0000-\u001f\u007f]+$/);
const Hostname = z.string().trim().toLowerCase().min(1).max(255).regex(/^[a-z0-9.:_-]+$/);

/**
 * GET, PUT, DELETE /mailboxes/:id/source: where its mail is fetched from. PUT without a password keeps the one that is
 * there, as long as host, port, encryption and user stay the same.
 */
export const SourcePut = z.strictObject({
  host: Hostname, port: z.int().min(1).max(65_535).default(993), security: z.enum(['tls', 'starttls', 'none']).default('tls'),
  user: z.string().trim().min(1).max(320), password: z.string().min(1).max(1000).optional(),
  /** Without a password: by the sign-in of this provider, which must have been done for this user (POST /mailboxes/:id/sign-ins). */
  auth: z.enum(['password', ...SIGN_IN_PROVIDERS]).default('password'),
  folders: z.array(FolderName).min(1).max(20).default(['INBOX']),
  /** What happens on the server to a message that has become a ticket. */
  afterwards: z.enum(['leave', 'seen', 'move']).default('seen'), moveTo: z.string().trim().max(500).default(''),
  /** Also what lies there already. */
  takeExisting: z.boolean().default(false),
  /** Whose `Authentication-Results` are believed: the name that this server signs them with. */
  trustedServer: z.string().trim().toLowerCase().max(255).regex(/^[a-z0-9._-]*$/).default(''),
});
export type SourcePut = z.infer<typeof SourcePut>;
export const SourceView = SourcePut.omit({ password: true }).extend(SourceState.shape);
export type SourceView = z.infer<typeof SourceView>;
/** POST /mailboxes/:id/source/tests (the settings to try, as in PUT) and POST /relay/tests → 200: what is wrong, if anything is. */
export const ConnectionTest = z.object({ ok: z.boolean(), trouble: Trouble.nullable(), /** What there is to choose from. */ folders: z.array(z.string()) });
export type ConnectionTest = z.infer<typeof ConnectionTest>;

/** What a delivery report says of each address that it names; `hard`: trying again is of no use. */
const MailReport = z.object({
  kind: z.enum(['failed', 'delayed', 'delivered', 'read', 'complaint']),
  recipients: z.array(z.object({ address: z.string(), status: z.string().nullable(), hard: z.boolean(), reason: z.string(), words: z.string() })).readonly(),
});

/**
 * GET /email/ledger?q=&state=&limit=&cursor= → every message that was accepted, newest first, and what became of it.
 * `q` is the whole address of its author, or its Message-ID.
 */
const LedgerState = z.enum(['received', 'filed', 'duplicate', 'quarantined', 'bounce', 'autoreply']);
export const LedgerQuery = PageQuery.extend({ q: z.string().trim().max(1000).optional(), state: LedgerState.optional() });
export const LedgerItem = z.object({
  id: Id, messageId: z.string().nullable(), sha256: z.string(), from: z.string().nullable(), to: z.array(z.string()),
  state: LedgerState, ticketId: Id.nullable(), reason: z.string().nullable(), receivedAt: Timestamp, report: MailReport.nullable(),
  /** Empty for what was filed before subjects were kept here. */
  subject: z.string(), mailboxId: Id,
  /** Why it was held back, and what was decided about it. */
  quarantine: z.object({ reason: QuarantineReason, state: QuarantineState }).nullable(),
});
export type LedgerItem = z.infer<typeof LedgerItem>;
export const LedgerPage = pageOf(LedgerItem);
/** GET /email/suppressions?address=&limit=&cursor= → the addresses that mail is not sent to, newest first; DELETE /email/suppressions/:id lifts one. */
export const SuppressionQuery = PageQuery.extend({ address: MailAddress.optional() });
export const SuppressionView = z.object({
  id: Id, address: z.string(), reason: z.enum(['unknown_address', 'unknown_host', 'disabled', 'complaint', 'often_failing']),
  /** What the other side said. */
  words: z.string(), since: Timestamp,
});
export type SuppressionView = z.infer<typeof SuppressionView>;
export const SuppressionPage = pageOf(SuppressionView);

/** POST /email/inbound (message/rfc822, at most 50 MB; ?mailbox=address when the message does not name one of ours) → 202 */
export const InboundAccepted = z.object({ ledgerId: Id });
export const InboundQuery = z.strictObject({ mailbox: MailAddress.optional() });

/** GET /outbox?state=&limit=&cursor= → newest first; GET /outbox/:id with its text; POST /outbox/:id/retries → 202 */
export const OutboxState = z.enum(['queued', 'waiting', 'sending', 'accepted', 'failed', 'withdrawn']);
export const OutboxQuery = PageQuery.extend({ state: OutboxState.optional() });
export const OutboxItem = z.object({
  id: Id, purpose: z.string(), state: OutboxState, from: z.string(), to: z.array(z.string()), subject: z.string(),
  ticketId: Id.nullable(), messageId: z.string(), attempts: z.int(), response: z.string().nullable(),
  createdAt: Timestamp, nextAttemptAt: Timestamp.nullable(), acceptedAt: Timestamp.nullable(),
});
export const OutboxPage = pageOf(OutboxItem);
export const OutboxDetail = OutboxItem.extend({ text: z.string() });

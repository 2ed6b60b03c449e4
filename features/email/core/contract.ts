import { z } from 'zod';
import { Id, LanguageCode, MailAddress, PageQuery, Timestamp, pageOf } from '../../../kernel/contract.ts';

/** Stands in the headers of mails: no line breaks, no control characters. */
const Name = z.string().trim().max(200).regex(/^[^\p{Cc}\u2028\u2029]*$/u);
const Acknowledgement = z.partialRecord(LanguageCode, z.strictObject({ subject: z.string().max(300), text: z.string().max(10_000) }));

/** GET /mailboxes, POST /mailboxes → 201, PATCH /mailboxes/:id, DELETE /mailboxes/:id (disables: nothing is lost). */
export const MailboxView = z.object({
  id: Id, address: z.string(), name: z.string(), teamId: Id.nullable(), signature: z.string(),
  acknowledge: z.boolean(), acknowledgement: Acknowledgement,
  /** Where mail programs and relays deliver for it. */
  smtp: z.object({ host: z.string(), port: z.int() }),
});
export type MailboxView = z.infer<typeof MailboxView>;
export const MailboxPage = pageOf(MailboxView);
export const MailboxCreate = z.strictObject({
  address: MailAddress, name: Name.default(''), teamId: Id.nullable().optional(),
  signature: z.string().max(10_000).default(''), acknowledge: z.boolean().default(false), acknowledgement: Acknowledgement.default({}),
});
export const MailboxPatch = z.strictObject({
  name: Name.optional(), teamId: Id.nullable().optional(), signature: z.string().max(10_000).optional(),
  acknowledge: z.boolean().optional(), acknowledgement: Acknowledgement.optional(),
});

/** GET /email/ledger?limit=&cursor= → every message that was accepted, newest first, and what became of it. */
export const LedgerItem = z.object({
  id: Id, messageId: z.string().nullable(), sha256: z.string(), from: z.string().nullable(), to: z.array(z.string()),
  state: z.enum(['received', 'filed', 'duplicate', 'quarantined', 'bounce', 'autoreply']),
  ticketId: Id.nullable(), reason: z.string().nullable(), receivedAt: Timestamp,
});
export const LedgerPage = pageOf(LedgerItem);
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

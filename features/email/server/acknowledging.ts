import type { Now } from '../../../kernel/actor.ts';
import type { Language } from '../../../kernel/languages.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { domainOf, isPlainAddress } from '../../../platform/mail/header.ts';
import type { Outbox } from '../../../platform/mail/outbox.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { Workspaces } from '../../workspaces/server/workspaces.ts';
import { acknowledgementWords, answerAddress, mayAcknowledge, QUIET_HOURS } from '../core/acknowledgement.ts';
import type { MailName } from '../core/addresses.ts';
import { natureOf, type Nature } from '../core/robots.ts';
import { paragraphs } from './bodies.ts';
import { automaticMailSince, type Mailbox } from './store.ts';
import type { Suppressions } from './suppression/suppressions.ts';
import type { Tokens } from './tokens.ts';

export type Arrival = {
  readonly workspaceId: string; readonly mailbox: Mailbox; readonly own: ReadonlySet<string>; readonly ticketId: string;
  readonly opensTicket: boolean; readonly nature: Nature; readonly author: MailName; readonly addressees: readonly MailName[];
  readonly language: Language | null; readonly messageId: string | null;
  /** Where the envelope says that answers of machines go; null when it said nothing. */
  readonly returnPath: string | null;
  /** The author's domain vouches for the message. */
  readonly isVouched: boolean;
};
export type Acknowledge = (tx: Tx, arrival: Arrival) => Promise<void>;

/** An address behind which a machine sits. */
const isNobody = (address: string): boolean => natureOf({ headers: {}, fromAddress: address, subject: '', nullSender: false, report: null }) !== 'person';

const HOUR_MS = 3_600_000;

/** Tells the sender of a new ticket that it arrived, when that is safe. `now` is the time of the outbox. */
export function createAcknowledging({ outbox, tickets, workspaces, tokens, suppressions, now }: {
  outbox: Pick<Outbox, 'queue'>; tickets: Pick<Tickets, 'find'>; workspaces: Pick<Workspaces, 'get'>; tokens: Tokens; suppressions: Pick<Suppressions, 'among'>; now: Now;
}): Acknowledge {
  return async (tx, { workspaceId, mailbox, own, ticketId, opensTicket, nature, author, addressees, language, messageId, returnPath, isVouched }) => {
    const address = answerAddress({ from: author.address, returnPath, isVouched });
    const facts = { enabled: mailbox.acknowledge, nature, opensTicket, from: address, addressees, mailbox: mailbox.address, own };
    const allowed = (lately: { toSender: number; onTicket: number }): boolean =>
      mayAcknowledge({ ...facts, sentToSenderLately: lately.toSender, automaticOnTicketLately: lately.onTicket });
    if (!allowed({ toSender: 0, onTicket: 0 }) || !isPlainAddress(address) || isNobody(address)) return;
    if ((await suppressions.among(tx, workspaceId, [address])).length > 0) return;

    const at = now();
    const lately = await automaticMailSince(tx, workspaceId, {
      address, sinceForAddress: new Date(at.getTime() - QUIET_HOURS * HOUR_MS), ticketId, sinceForTicket: new Date(at.getTime() - HOUR_MS),
    });
    const ticket = allowed(lately) ? await tickets.find(tx, ticketId) : null;
    if (!ticket) return;

    const spoken = language ?? (await workspaces.get(workspaceId)).language;
    const { subject, text } = acknowledgementWords({
      own: mailbox.acknowledgement, language: spoken, number: ticket.number, mailboxName: mailbox.name || mailbox.address,
    });
    await outbox.queue(tx, workspaceId, {
      purpose: 'acknowledgement', ticketId, from: { name: mailbox.name, address: mailbox.address },
      messageId: tokens.messageId({ workspaceId, mailboxId: mailbox.id, ticketId, domain: domainOf(mailbox.address) }),
      // The name is the customer's own word, and stays out of a mail that anybody can cause.
      to: [{ name: '', address }], subject, text: `${text}\n`, html: paragraphs(text), language: spoken,
      ...(messageId && { inReplyTo: messageId, references: [messageId] }),
      headers: { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' }, notBefore: at, envelopeFrom: '',
    });
  };
}

import type { Tx } from '../../../platform/db/db.ts';
import { splitReply } from '../../../platform/html/quotes/split.ts';
import { forwardedIn } from '../../../platform/mail/forwarded.ts';
import type { ParsedMail, Parser } from '../../../platform/mail/parser.ts';
import { detectLanguage } from '../../../platform/search/language.ts';
import type { Customers } from '../../customers/server/customers.ts';
import type { Colleague, FromOutside, Incoming, SenderProof, StoredFile } from '../../tickets/core/incoming.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import { addressKey, splitPlus, type MailName } from '../core/addresses.ts';
import { notice } from '../core/notices.ts';
import type { Mailbox } from './store.ts';
import type { Claim } from './tokens.ts';

/** A mail whose author's address is that of somebody who works here. Whether it is really theirs, `proof` says. */
export type FromColleague = {
  readonly workspaceId: string; readonly mailbox: Mailbox; readonly own: ReadonlySet<string>; readonly colleague: Colleague; readonly mail: ParsedMail;
  readonly author: MailName; readonly claims: readonly Claim[]; readonly proof: SenderProof | null; readonly ledgerId: string; readonly at: Date;
  /** A person wrote it, not a machine on their behalf. */
  readonly byHand: boolean;
};
type Filed = { readonly ticketId: string; readonly entryId: string };
/** What a colleague passed on: the customer's own words and files, and what the colleague wrote above them. */
type PassedOn = { readonly above: string; readonly from: MailName; readonly message: Pick<Incoming, 'subject' | 'text' | 'quoted' | 'html' | 'safeHtml' | 'messageId'>; readonly files: ParsedMail['attachments'] };

/**
 * Colleagues who write from outside. On a ticket their mail is an answer to the customer only with their own token and
 * their domain's word; anything less is a note that stays inside. A customer's mail that they pass on becomes the
 * customer's ticket, with what they wrote above it as a note. Null: their mail is like everybody's.
 */
export function createColleagues({ tickets, customers, parser, store }: {
  tickets: Pick<Tickets, 'find' | 'receive' | 'replyFromOutside' | 'noteFromOutside'>; customers: Pick<Customers, 'known' | 'resolve'>;
  parser: Pick<Parser, 'parse'>; store: (tx: Tx, workspaceId: string, files: ParsedMail['attachments']) => Promise<StoredFile[]>;
}) {
  async function ticketIn(tx: Tx, claims: readonly Claim[]): Promise<{ claim: Claim; ticket: NonNullable<Awaited<ReturnType<Tickets['find']>>> } | null> {
    for (const claim of claims) {
      const ticket = claim.isOld ? null : await tickets.find(tx, claim.ticketId);
      if (ticket && !ticket.deletedAt) return { claim, ticket };
    }
    return null;
  }

  /** Whoever works here and asked something themselves is a customer on that ticket. */
  async function isRequester(tx: Tx, customerId: string, address: string): Promise<boolean> {
    const customer = await customers.known(tx, customerId);
    return Boolean(customer?.identities.some(({ kind, key }) => kind === 'email' && key === addressKey(address)));
  }

  async function onTicket(tx: Tx, from: FromColleague): Promise<Filed | null> {
    const { workspaceId, mail, author, colleague, proof, at } = from;
    const found = await ticketIn(tx, from.claims);
    if (!found || await isRequester(tx, found.ticket.customerId, author.address)) return null;
    const { claim, ticket } = found;
    const given: FromOutside = {
      ticketId: ticket.id, text: mail.text, quoted: mail.quoted, subject: mail.subject, attachments: await store(tx, workspaceId, mail.attachments),
      messageId: mail.messageId, ledgerId: from.ledgerId, authentication: proof, at,
    };
    const isProven = proof?.verdict === 'pass';
    if (isProven && claim.of === 'colleague' && from.byHand && mail.text.trim() !== '') {
      const entryId = await tickets.replyFromOutside(tx, workspaceId, colleague, given);
      if (entryId !== null) return { ticketId: ticket.id, entryId };
    }
    const entryId = await tickets.noteFromOutside(tx, workspaceId, {
      ...given, author, by: isProven ? colleague : null, notice: isProven ? notice.noteByMail : notice.unverifiedColleague,
    });
    return { ticketId: ticket.id, entryId };
  }

  async function passedOn({ mail }: FromColleague): Promise<PassedOn | null> {
    const letters = mail.attachments.filter(({ contentType }) => contentType === 'message/rfc822');
    if (letters.length === 1) return attached(mail, letters[0]!);
    const found = forwardedIn({ subject: mail.subject, text: [mail.text, mail.quoted].filter((part) => part !== '').join('\n\n') });
    if (!found) return null;
    const { written, quoted } = splitReply(found.text);
    return { above: found.above, from: found.from, message: { subject: found.subject, text: written, quoted, html: null, messageId: null }, files: mail.attachments };
  }

  async function attached(mail: ParsedMail, letter: ParsedMail['attachments'][number]): Promise<PassedOn | null> {
    const result = await parser.parse(Buffer.from(letter.bytes));
    if ('error' in result || !result.mail.from) return null;
    const { from, subject, text, quoted, html, messageId, attachments } = result.mail;
    return {
      above: mail.text, from, files: [...attachments, ...mail.attachments.filter((file) => file !== letter)],
      message: { subject, text, quoted, html: html?.raw ?? null, safeHtml: html && { html: html.safe, remoteImages: html.remoteImages }, messageId },
    };
  }

  async function forward(tx: Tx, from: FromColleague): Promise<Filed | null> {
    const { workspaceId, mailbox, own, colleague, at, ledgerId } = from;
    if (from.proof?.verdict !== 'pass' || !from.byHand) return null;
    const found = await passedOn(from);
    if (!found || own.has(addressKey(splitPlus(found.from.address).base)) || addressKey(found.from.address) === addressKey(from.author.address)) return null;

    const { language } = detectLanguage(found.message.text);
    const customer = await customers.resolve(tx, workspaceId, { email: found.from.address, name: found.from.name, language, at });
    const files = await store(tx, workspaceId, found.files);
    const filed = await tickets.receive(tx, workspaceId, {
      ...found.message, ticketId: null, customerId: customer.id, mailboxId: mailbox.id, teamId: mailbox.teamId, channel: 'email', author: found.from,
      recipients: { to: [{ name: mailbox.name, address: mailbox.address }], cc: [] }, ledgerId, language: language ?? customer.language, attachments: files,
      notice: notice.forwarded(colleague.name), automatic: false, participants: [], at, authentication: null,
    });
    if (found.above !== '') {
      await tickets.noteFromOutside(tx, workspaceId, {
        ticketId: filed.ticketId, text: found.above, quoted: '', subject: '', attachments: [], messageId: from.mail.messageId, ledgerId, authentication: from.proof,
        at: new Date(at.getTime() + 1), author: from.author, by: colleague, notice: null,
      });
    }
    return filed;
  }

  return { file: async (tx: Tx, from: FromColleague): Promise<Filed | null> => await onTicket(tx, from) ?? forward(tx, from) };
}

import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { LoggedEvent } from '../../../platform/events/events.ts';
import { domainOf, oneLine } from '../../../platform/mail/header.ts';
import type { Outbox } from '../../../platform/mail/outbox.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { Workspaces } from '../../workspaces/server/workspaces.ts';
import { addressKey, splitPlus } from '../core/addresses.ts';
import { mailBodies, type Quote } from './bodies.ts';
import { findMailbox, isMailbox, usualMailbox, type Mailbox } from './store.ts';
import type { Suppressions } from './suppression/suppressions.ts';
import type { Tokens } from './tokens.ts';

/** Mail programs thread by it; the beginning and the latest matter. */
const MAX_REFERENCES = 20;
const REPLY_MARK = /^\s*(?:re|aw|odp|отн|отг|رد)\s*:/i;
const FORWARD_MARK = /^\s*(?:fwd?|wg|pd|препр|пересл|إعادة توجيه)\s*:/i;

type Letter = Awaited<ReturnType<Tickets['outgoing']>>;

/** Makes the mail of an outgoing entry, in the transaction that wrote the entry. */
export function createOutgoing({ tickets, outbox, workspaces, tokens, suppressions }: {
  tickets: Pick<Tickets, 'outgoing' | 'sentAs'>; outbox: Pick<Outbox, 'queue'>; workspaces: Pick<Workspaces, 'get'>; tokens: Tokens; suppressions: Pick<Suppressions, 'refuse'>;
}) {
  async function send(tx: Tx, workspaceId: string, entryId: string, purpose: 'reply' | 'forward', isAutomatic = false): Promise<void> {
    const letter = await tickets.outgoing(tx, workspaceId, entryId);
    await suppressions.refuse(tx, workspaceId, [...letter.to, ...letter.cc].map(({ address }) => address));
    const mailbox = await mailboxFor(tx, workspaceId, letter.ticket);
    const subject = { workspaceId, mailboxId: mailbox.id, ticketId: letter.ticket.id };
    const messageId = tokens.messageId({ ...subject, domain: domainOf(mailbox.address) });
    const { language: usual, timeZone } = await workspaces.get(workspaceId);
    const language = letter.ticket.language ?? usual;
    const bodies = mailBodies({ text: letter.text, html: letter.html, signature: mailbox.signature, quote: quoteOf(letter, purpose), language, timeZone, mark: tokens.mark(subject) });
    await outbox.queue(tx, workspaceId, {
      purpose: isAutomatic ? 'notice' : purpose, entryId, ticketId: letter.ticket.id, messageId, from: { name: mailbox.name, address: mailbox.address },
      ...answersTo(tokens, mailbox, letter.ticket.id, workspaceId), ...(await keepsCopy(tx, workspaceId, mailbox) && { archive: mailbox.archive }),
      to: letter.to.map(tidy), cc: letter.cc.map(tidy), subject: subjectOf(letter, purpose), ...bodies, language,
      ...(purpose === 'reply' && threadOf(letter)),
      attachments: letter.attachments.map(({ sha256, name, contentType, contentId }) => ({ sha256, name, contentType, contentId })),
      notBefore: letter.notBefore, ...(isAutomatic && { envelopeFrom: '', headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' } }),
    });
    await tickets.sentAs(tx, entryId, messageId);
  }

  return {
    'entry.added': async (tx: Tx, event: LoggedEvent): Promise<void> => {
      const { type, direction, channel, automatic } = event.data;
      // What is written by itself, its sender sends by the rules of automatic mail.
      if (type === 'message' && direction === 'out' && channel === 'email' && automatic !== true && event.subjectId !== null) {
        await send(tx, event.workspaceId, event.subjectId, 'reply');
      }
    },
    'entry.forwarded': async (tx: Tx, event: LoggedEvent): Promise<void> => {
      if (event.subjectId !== null) await send(tx, event.workspaceId, event.subjectId, 'forward', event.data.automatic === true);
    },
  };
}

/** Where answers go, when it is not the mailbox itself. */
export function answersTo(tokens: Tokens, mailbox: Mailbox, ticketId: string, workspaceId: string): { replyTo?: { name: string; address: string } } {
  const own = mailbox.tokenInAddress ? tokens.answerAddress({ workspaceId, mailboxId: mailbox.id, ticketId, address: mailbox.address }) : null;
  const address = mailbox.replyTo === '' ? own : mailbox.replyTo;
  return address === null ? {} : { replyTo: { name: mailbox.name, address } };
}

/** The mailbox that the ticket came through; when it came through none, or that one is gone, its team's or the oldest. */
export async function mailboxFor(tx: Tx, workspaceId: string, { mailboxId, teamId }: { mailboxId: string | null; teamId: string | null }): Promise<Mailbox> {
  const own = mailboxId === null ? undefined : await findMailbox(tx, workspaceId, mailboxId);
  const mailbox = own ?? await usualMailbox(tx, workspaceId, teamId);
  if (!mailbox) throw new AppError('conflict', 'email.no_mailbox', 'There is no mailbox to write from; an admin can add one in the settings.');
  return mailbox;
}

/** An address that has become a mailbox of ours since it was named gets no copies: they would be tickets. */
const keepsCopy = async (tx: Tx, workspaceId: string, { archive }: Mailbox): Promise<boolean> =>
  archive !== '' && !await isMailbox(tx, workspaceId, addressKey(splitPlus(archive).base));

const tidy = ({ name, address }: { name: string; address: string }) => ({ name: oneLine(name, 300), address });

export function subjectOf({ ticket, about }: Letter, purpose: 'reply' | 'forward'): string {
  const subject = oneLine(ticket.subject, 900);
  if (purpose === 'forward') return FORWARD_MARK.test(subject) ? subject : `Fwd: ${subject}`;
  return about === null || REPLY_MARK.test(subject) ? subject : `Re: ${subject}`;
}

export function threadOf({ about, thread }: Letter): { inReplyTo?: string; references?: string[] } {
  const answered = about?.entry.messageId ?? thread.at(-1) ?? null;
  if (answered === null) return {};
  const chain = [...thread.filter((id) => id !== answered), answered];
  return { inReplyTo: answered, references: chain.length > MAX_REFERENCES ? [chain[0]!, ...chain.slice(1 - MAX_REFERENCES)] : chain };
}

function quoteOf({ about }: Letter, kind: 'reply' | 'forward'): Quote | null {
  if (about === null) return null;
  const { entry } = about;
  return {
    kind, author: { name: oneLine(entry.authorName, 300), address: entry.authorAddress ?? '' }, at: entry.createdAt,
    subject: oneLine(entry.subject, 900), text: kind === 'forward' && entry.quoted ? `${entry.text}\n\n${entry.quoted}` : entry.text,
    to: entry.recipients?.to ?? [],
  };
}

import type { Tx } from '../../../platform/db/db.ts';
import type { Files } from '../../../platform/files/files.ts';
import type { MailName } from '../../../platform/mail/header.ts';
import type { ParsedMail, Parser } from '../../../platform/mail/parser.ts';
import type { Customers } from '../../customers/server/customers.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import { addressKey, splitPlus } from '../core/addresses.ts';
import { findMailbox, isMailbox } from './store.ts';

export type PastOutcome = { readonly outcome: 'created' | 'updated'; readonly ticketId: string } | { readonly outcome: 'same'; readonly ticketId: string } | { readonly outcome: 'failed'; readonly why: string };

const MOST_ANCESTORS = 20;

/** Mail of before we were here, read as mail that comes in is read, and filed without a word to anybody. */
export function createHistory({ parser, files, tickets, customers }: {
  parser: Pick<Parser, 'parse'>; files: Pick<Files, 'putMany'>; customers: Pick<Customers, 'resolve'>;
  tickets: Pick<Tickets, 'entriesWithMessageIds' | 'recordPast' | 'putPastAway' | 'takesPart' | 'find'>;
}) {
  const isOurAddress = (tx: Tx, workspaceId: string, { address }: MailName): Promise<boolean> => isMailbox(tx, workspaceId, addressKey(splitPlus(address).base));

  /** The customer of the matter: who wrote to us, or whom we wrote to. */
  async function otherSide(tx: Tx, workspaceId: string, from: MailName, isOurs: boolean, mail: ParsedMail): Promise<MailName | null> {
    if (!isOurs) return from;
    for (const one of [...mail.to, ...mail.cc]) if (!await isOurAddress(tx, workspaceId, one)) return one;
    return null;
  }

  /** By what it answers, when whoever wrote it takes part there: a Message-ID alone proves nothing, in an old mailbox either. */
  async function threadOf(tx: Tx, mail: ParsedMail, from: MailName, isOurs: boolean): Promise<string | null> {
    if (mail.ancestors.length === 0) return null;
    for (const { ticketId } of await tickets.entriesWithMessageIds(tx, mail.ancestors.slice(0, MOST_ANCESTORS))) {
      if ((await tickets.find(tx, ticketId))?.deletedAt === null && (isOurs || await tickets.takesPart(tx, ticketId, from.address))) return ticketId;
    }
    return null;
  }

  return {
    hasMailbox: async (tx: Tx, workspaceId: string, id: string): Promise<boolean> => await findMailbox(tx, workspaceId, id) !== undefined,
    readPast: (raw: Buffer): ReturnType<Parser['parse']> => parser.parse(raw),

    async filePast(tx: Tx, workspaceId: string, mailboxId: string, mail: ParsedMail, at: Date): Promise<PastOutcome> {
      const mailbox = await findMailbox(tx, workspaceId, mailboxId);
      if (!mailbox) return { outcome: 'failed', why: 'The mailbox is gone.' };
      if (!mail.from) return { outcome: 'failed', why: 'The message says nothing about who wrote it.' };
      const [known] = mail.messageId === null ? [] : await tickets.entriesWithMessageIds(tx, [mail.messageId]);
      if (known) return await tickets.putPastAway(tx, workspaceId, known.ticketId, false) ? { outcome: 'created', ticketId: known.ticketId } : { outcome: 'same', ticketId: known.ticketId };
      const isOurs = await isOurAddress(tx, workspaceId, mail.from);
      const other = await otherSide(tx, workspaceId, mail.from, isOurs, mail);
      if (!other?.address.includes('@')) return { outcome: 'failed', why: 'No customer takes part in it.' };
      const customer = await customers.resolve(tx, workspaceId, { email: other.address, name: other.name, language: mail.language.sure ? mail.language.language : null, at });
      const stored = await files.putMany(tx, workspaceId, mail.attachments.map(({ bytes }) => bytes));
      const { ticketId, created } = await tickets.recordPast(tx, workspaceId, {
        ticketId: await threadOf(tx, mail, mail.from, isOurs), customerId: customer.id, homeId: customer.homeId, mailboxId, teamId: mailbox.teamId, isOurs, author: mail.from, recipients: { to: mail.to, cc: mail.cc },
        subject: mail.subject, text: mail.text, quoted: mail.quoted, findable: mail.findable, html: mail.html, messageId: mail.messageId, language: mail.language.language, at,
        attachments: mail.attachments.map(({ name, contentType, contentId }, i) => ({ ...stored[i]!, name, contentType, contentId })),
      });
      return { outcome: created ? 'created' : 'updated', ticketId };
    },
  };
}

import type { Tx } from '../../../platform/db/db.ts';
import { splitReply } from '../../../platform/html/quotes/split.ts';
import type { ParsedMail } from '../../../platform/mail/parser.ts';
import type { Incoming } from '../../tickets/core/incoming.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { Mailbox } from './store.ts';

/** Longer ones are no answers that somebody typed; the worker's reading stands. */
const MAX_BODY = 100_000;

/** What a person wrote in an answer: what we sent on the ticket is theirs to quote, however their mail program shows it. */
export async function answerIn(
  tx: Tx, tickets: Pick<Tickets, 'saidSoFar'>, ticketId: string | null, mail: Pick<ParsedMail, 'text' | 'quoted' | 'findable' | 'body'>, mailbox: Pick<Mailbox, 'signature'>,
): Promise<Pick<Incoming, 'text' | 'quoted' | 'findable'>> {
  const asRead = { text: mail.text, quoted: mail.quoted, findable: mail.findable };
  if (ticketId === null || mail.body.length > MAX_BODY) return asRead;
  const { sent, said } = await tickets.saidSoFar(tx, ticketId);
  if (sent === '') return asRead;
  const { written, quoted } = splitReply(mail.body, { sent: `${sent}\n${mailbox.signature}`, said });
  return { text: written, quoted, findable: written === mail.text ? mail.findable : null };
}

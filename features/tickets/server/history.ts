import type { Language } from '../../../kernel/languages.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { MailName, StoredFile } from '../core/incoming.ts';
import { snippetOf, type TicketState } from '../core/ticket.ts';
import { SAFE_VERSION } from './bodies.ts';
import type { Context } from './context.ts';
import { insertAttachments, insertEntry, type EntryRow } from './entries-store.ts';
import { newTicket } from './receiving.ts';
import { insertTicket, lockTicket, saveTicket } from './store.ts';

/** A letter of before we were here. `isOurs`: the company wrote it. */
export type PastLetter = {
  readonly ticketId: string | null; readonly customerId: string; /** With whom the address is at home, when records were merged. */ readonly homeId: string; readonly mailboxId: string; readonly teamId: string | null; readonly isOurs: boolean;
  readonly author: MailName; readonly recipients: { readonly to: readonly MailName[]; readonly cc: readonly MailName[] };
  readonly subject: string; readonly text: string; readonly quoted: string; readonly findable: { readonly language: Language | null; readonly vector: string } | null;
  readonly html: { readonly raw: string; readonly safe: string; readonly remoteImages: number } | null; readonly attachments: readonly StoredFile[];
  readonly messageId: string | null; readonly language: Language | null; readonly at: Date;
};

const MAX_SUBJECT = 1000;

/** What was written before we were here: nothing is told of it, so nobody is answered, reminded or given anything. */
export function createHistory(context: Context) {
  async function ticketOf(tx: Tx, workspaceId: string, { ticketId, subject, customerId, homeId, mailboxId, teamId, language, text, at }: PastLetter): Promise<{ ticket: TicketState; created: boolean }> {
    const known = ticketId === null ? undefined : await lockTicket(tx, ticketId);
    if (known) return { ticket: known, created: false };
    const begun = newTicket({ subject, channel: 'email', customerId, homeId: homeId === customerId ? null : homeId, teamId, mailboxId, language, status: 'closed' }, at);
    return { ticket: await insertTicket(tx, workspaceId, { ...begun, resolvedAt: at, closedAt: at, snippet: snippetOf(text) }), created: true };
  }

  return {
    /** Files it where it belongs, else on a ticket that is closed already. Dates stay what they were. */
    async recordPast(tx: Tx, workspaceId: string, letter: PastLetter): Promise<{ ticketId: string; created: boolean }> {
      const { isOurs, author, at, html } = letter;
      const { ticket, created } = await ticketOf(tx, workspaceId, letter);
      const entry: EntryRow = {
        id: newId(), ticketId: ticket.id, type: 'message', channel: 'email', direction: isOurs ? 'out' : 'in', authorKind: isOurs ? 'system' : 'customer', authorId: isOurs ? null : letter.homeId,
        authorName: author.name, authorAddress: author.address || null, subject: letter.subject.slice(0, MAX_SUBJECT), text: letter.text, quoted: letter.quoted, recipients: letter.recipients,
        messageId: letter.messageId, ledgerId: null, hasHtml: html !== null, notice: null, createdAt: at, leavesAt: null, forwardedEntryId: null, authentication: null,
      };
      await insertEntry(tx, workspaceId, entry, html && { version: SAFE_VERSION, ...html });
      const files = letter.attachments.map((file) => ({ ...file, id: newId(), entryId: entry.id, uploadedBy: null }));
      await insertAttachments(tx, workspaceId, files, at);
      const findable = { id: entry.id, at, authorName: entry.authorName, authorAddress: entry.authorAddress, text: letter.text, findable: letter.findable, fileNames: files.map(({ name }) => name) };
      if (created) await context.makeFindable(tx, workspaceId, ticket, findable);
      else await context.makeEntryFindable(tx, workspaceId, ticket, findable);
      if (!created && ticket.lastMessageAt < at) await saveTicket(tx, workspaceId, ticket, { ...ticket, lastMessageAt: at, snippet: snippetOf(letter.text), ...(ticket.status === 'closed' && { closedAt: at, resolvedAt: at, updatedAt: at }) });
      return { ticketId: ticket.id, created };
    },

    /** Into the bin and out again, without a word to anybody. False: it was so. */
    async putPastAway(tx: Tx, workspaceId: string, ticketId: string, away: boolean): Promise<boolean> {
      const ticket = await lockTicket(tx, ticketId);
      if (!ticket || (ticket.deletedAt !== null) === away) return false;
      await saveTicket(tx, workspaceId, ticket, { ...ticket, deletedAt: away ? context.now() : null, deletedBy: null });
      await context.search.hide(tx, workspaceId, ticketId, away);
      return true;
    },
  };
}

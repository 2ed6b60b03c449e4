import type { Now } from '../../../kernel/actor.ts';
import type { Language } from '../../../kernel/languages.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { domainOf, isPlainAddress, oneLine } from '../../../platform/mail/header.ts';
import type { Outbox } from '../../../platform/mail/outbox.ts';
import type { StoredFile } from '../../tickets/core/incoming.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { MailName } from '../core/addresses.ts';
import { mailBodies } from './bodies.ts';
import { answersTo, mailboxFor, threadOf } from './outgoing.ts';
import { ownAddresses } from './store.ts';
import type { Suppressions } from './suppression/suppressions.ts';
import type { Tokens } from './tokens.ts';

type Carried = {
  readonly ticketId: string;
  /** The last entry of those that go along; null: none does. */
  readonly entryId: string | null;
  readonly to: MailName; readonly subject: string; readonly text: string; readonly language: Language; readonly files: readonly StoredFile[];
};

/** Words that were said on another channel, taken to an address by mail: what answers them comes back to their ticket. */
export function createCarrying({ tickets, outbox, tokens, suppressions, machineNow }: {
  tickets: Pick<Tickets, 'current' | 'outgoing' | 'sentAs'>; outbox: Pick<Outbox, 'queue'>; tokens: Tokens; suppressions: Pick<Suppressions, 'among'>; machineNow: Now;
}) {
  return {
    /** False when nothing can go there: no address that mail is sent to, or one of our own. */
    async carry(tx: Tx, workspaceId: string, { ticketId, entryId, to, subject: about, text, language, files }: Carried): Promise<boolean> {
      if (!isPlainAddress(to.address) || (await ownAddresses(tx, workspaceId)).includes(to.address.toLowerCase())) return false;
      if ((await suppressions.among(tx, workspaceId, [to.address])).length > 0) return false;
      const ticket = await tickets.current(tx, ticketId);
      const mailbox = await mailboxFor(tx, workspaceId, ticket);
      const subject = { workspaceId, mailboxId: mailbox.id, ticketId };
      const messageId = tokens.messageId({ ...subject, domain: domainOf(mailbox.address) });
      const letter = entryId === null ? null : await tickets.outgoing(tx, workspaceId, entryId);
      const bodies = mailBodies({ text, html: null, signature: mailbox.signature, quote: null, language, timeZone: 'UTC', mark: tokens.mark(subject) });
      await outbox.queue(tx, workspaceId, {
        purpose: 'reply', ...(entryId !== null && { entryId }), ticketId, messageId, from: { name: mailbox.name, address: mailbox.address },
        ...answersTo(tokens, mailbox, ticketId, workspaceId), to: [{ name: oneLine(to.name, 300), address: to.address }], subject: oneLine(about, 900), ...bodies, language,
        ...(letter && threadOf(letter)),
        attachments: files.map(({ sha256, name, contentType, contentId }) => ({ sha256, name, contentType, contentId })),
        notBefore: machineNow(),
      });
      if (entryId !== null) await tickets.sentAs(tx, entryId, messageId);
      return true;
    },
  };
}

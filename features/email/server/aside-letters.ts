import type { Tx } from '../../../platform/db/db.ts';
import type { LoggedEvent } from '../../../platform/events/events.ts';
import { domainOf, oneLine } from '../../../platform/mail/header.ts';
import type { Outbox } from '../../../platform/mail/outbox.ts';
import type { Asides } from '../../asides/server/asides.ts';
import type { Workspaces } from '../../workspaces/server/workspaces.ts';
import { mailBodies } from './bodies.ts';
import { mailboxFor } from './outgoing.ts';
import type { Mailbox } from './store.ts';
import type { Suppressions } from './suppression/suppressions.ts';
import type { Tokens } from './tokens.ts';

/** It can be taken back for as long as a reply. */
const UNDO_MS = 10_000;

/** Makes the mail of a side conversation, in the transaction that wrote it: from the mailbox of the ticket, in a thread of its own. */
export function createAsideLetters({ asides, outbox, workspaces, tokens, suppressions, machineNow }: {
  asides: Pick<Asides, 'outgoing' | 'sentAs'>; outbox: Pick<Outbox, 'queue'>; workspaces: Pick<Workspaces, 'get'>; tokens: Tokens; suppressions: Pick<Suppressions, 'refuse'>; machineNow: () => Date;
}) {
  const answersTo = (mailbox: Mailbox, workspaceId: string, asideId: string) => {
    const own = mailbox.tokenInAddress ? tokens.answerAddress({ workspaceId, mailboxId: mailbox.id, asideId, address: mailbox.address }) : null;
    const address = mailbox.replyTo === '' ? own : mailbox.replyTo;
    return address === null ? {} : { replyTo: { name: mailbox.name, address } };
  };

  return {
    'aside.written': async (tx: Tx, { workspaceId, subjectId }: LoggedEvent): Promise<void> => {
      if (subjectId === null) return;
      const { ticket, aside, message, files, answered, messageIds } = await asides.outgoing(tx, workspaceId, subjectId);
      await suppressions.refuse(tx, workspaceId, message.recipients.map(({ address }) => address));
      const mailbox = await mailboxFor(tx, workspaceId, ticket);
      const subject = { workspaceId, mailboxId: mailbox.id, asideId: aside.id };
      const messageId = tokens.messageId({ ...subject, domain: domainOf(mailbox.address) });
      const { language, timeZone } = await workspaces.get(workspaceId);
      const quote = answered && { kind: 'reply' as const, author: { name: oneLine(answered.authorName, 300), address: answered.authorAddress ?? '' }, at: answered.createdAt, subject: '', text: answered.text, to: [] };
      const inReplyTo = answered?.messageId ?? messageIds.at(-1);
      await outbox.queue(tx, workspaceId, {
        purpose: 'aside', entryId: message.id, ticketId: ticket.id, messageId, from: { name: mailbox.name, address: mailbox.address }, ...answersTo(mailbox, workspaceId, aside.id),
        to: message.recipients.map(({ name, address }) => ({ name: oneLine(name, 300), address })), subject: `${messageIds.length > 0 ? 'Re: ' : ''}${oneLine(aside.subject, 900)}`,
        ...mailBodies({ text: message.text, html: null, signature: mailbox.signature, quote, language, timeZone, mark: tokens.mark(subject) }), language,
        ...(inReplyTo && { inReplyTo, references: messageIds }),
        attachments: files.map(({ sha256, name, contentType }) => ({ sha256, name, contentType, contentId: null })), notBefore: new Date(machineNow().getTime() + UNDO_MS),
      });
      await asides.sentAs(tx, message.id, messageId);
    },
  };
}

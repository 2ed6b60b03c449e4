import type { Actor } from '../../../kernel/actor.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import { can } from '../../people/core/permissions.ts';
import type { Colleague, FromOutside, MailName } from '../core/incoming.ts';
import { notFound, type Context } from './context.ts';
import { insertAttachments, insertEntry, type EntryRow } from './entries-store.ts';
import { lockTicket, markRead } from './store.ts';
import type { createSending } from './sending.ts';

type NoteFromOutside = Omit<FromOutside, 'ledgerId'> & {
  readonly ledgerId: string | null; readonly channel?: 'email' | 'web'; readonly author: MailName; readonly by: Colleague | null; readonly notice: string | null;
};

/** Colleagues who write by mail instead of here. Who they are, and what that is worth, the room of the channel has found out. */
export function createOutside(context: Context, { post }: Pick<ReturnType<typeof createSending>, 'post'>) {
  const store = (tx: Tx, workspaceId: string, { attachments, at }: Pick<FromOutside, 'attachments' | 'at'>, { entryId, uploadedBy }: { entryId: string | null; uploadedBy: string | null }) => {
    const files = attachments.map((file) => ({ ...file, id: newId(), entryId, uploadedBy }));
    return insertAttachments(tx, workspaceId, files, at).then(() => files.map(({ id }) => id));
  };

  return {
    /** The answer of a proven colleague: goes to the customer like one that was written here. Null when their role may not answer, and when somebody has to see it first: it waits for that, and the mail is a note. */
    async replyFromOutside(tx: Tx, workspaceId: string, person: Colleague, given: FromOutside): Promise<string | null> {
      const actor: Actor = { id: person.id, workspaceId, role: person.role, teamIds: [], credential: { kind: 'token', id: given.ledgerId }, scopes: null };
      const ticket = await lockTicket(tx, given.ticketId);
      if (!ticket || ticket.mergedInto || ticket.deletedAt) throw notFound();
      if (!can(actor, 'tickets.reply') || ticket.status === 'closed') return null;
      const attachmentIds = await store(tx, workspaceId, given, { entryId: null, uploadedBy: person.id });
      const sent = await post(tx, actor, ticket, { kind: 'reply', given: { text: given.text, attachmentIds } }, given.at);
      return 'heldAs' in sent ? null : sent.id;
    },

    /** Only ever a note: nobody outside gets it. `by` null: somebody, or a program, that says to be `author`. */
    async noteFromOutside(tx: Tx, workspaceId: string, given: NoteFromOutside): Promise<string> {
      const ticket = await lockTicket(tx, given.ticketId);
      if (!ticket) throw notFound();
      const { author, by, channel = 'email', at } = given;
      const authorAddress = author.address || null;
      const entry: EntryRow = {
        id: newId(), ticketId: ticket.id, type: 'note', channel, direction: 'internal', authorKind: by ? 'person' : 'system', authorId: by?.id ?? null,
        authorName: by?.name ?? author.name, authorAddress, subject: given.subject, text: given.text, quoted: given.quoted, recipients: null,
        messageId: given.messageId, ledgerId: given.ledgerId, hasHtml: false, notice: given.notice, createdAt: at, leavesAt: null, forwardedEntryId: null,
        authentication: given.authentication,
      };
      await insertEntry(tx, workspaceId, entry, null);
      await store(tx, workspaceId, given, { entryId: entry.id, uploadedBy: null });
      await context.makeEntryFindable(tx, workspaceId, ticket, {
        id: entry.id, at, authorName: entry.authorName, authorAddress, text: given.text, fileNames: given.attachments.map(({ name }) => name),
      });
      if (by) await markRead(tx, workspaceId, by.id, ticket.id, at);
      await context.emit(tx, workspaceId, {
        type: 'entry.added', ticketId: ticket.id, subjectId: entry.id, actor: by ? { kind: 'person', id: by.id } : { kind: 'system', id: null },
        data: { type: 'note', direction: 'internal', channel }, at,
      });
      return entry.id;
    },
  };
}

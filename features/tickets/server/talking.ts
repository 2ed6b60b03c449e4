import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import type { MailName } from '../core/incoming.ts';
import type { Context } from './context.ts';
import { attachmentsOf, entriesByIds, waitingSince, type AttachmentRow, type EntryRow } from './entries-store.ts';
import { addParticipants } from './store.ts';

/** What was said on tickets, for a room that shows it to the customer. */
type Said = Pick<EntryRow, 'id' | 'ticketId' | 'channel' | 'direction' | 'authorKind' | 'authorId' | 'authorName' | 'authorAddress' | 'recipients' | 'text' | 'createdAt'> & { readonly files: readonly AttachmentRow[] };

/** For the room of chats, inside its unit of work; whose words somebody may see, that room has found out. */
export const createTalking = (context: Pick<Context, 'now'>) => ({
  /** Of these entries the public messages that were not taken back. */
  async said(tx: Tx, entryIds: readonly string[]): Promise<Said[]> {
    if (entryIds.length === 0) return [];
    const [rows, files] = await Promise.all([entriesByIds(tx, entryIds), attachmentsOf(tx, entryIds)]);
    return rows.filter(({ type, direction }) => type === 'message' && direction !== 'internal').map((row) => ({ ...row, files: files.filter(({ entryId }) => entryId === row.id) }));
  },

  /** A guest's address is another from now on: who is written to at `before` no longer takes part. */
  async guestMovesTo(tx: Tx, workspaceId: string, ticketId: string, { before, now }: { before: string | null; now: MailName | null }): Promise<void> {
    if (before !== null) await tx.deleteFrom('participants').where('ticket_id', '=', ticketId).where('address_key', '=', before.toLowerCase()).execute();
    if (now !== null) await addParticipants(tx, workspaceId, ticketId, [now], context.now());
  },

  /** Since when the customer waits, by what is there. */
  waitingSince: (tx: Tx, ticketId: string): Promise<Date | null> => waitingSince(tx, ticketId),

  /** Short words of several tickets for a list, by id. */
  async brief(tx: Tx, ids: readonly string[]): Promise<Map<string, { number: number; snippet: string; waitingSince: Date | null; lastMessageAt: Date; flags: readonly string[] | null }>> {
    if (ids.length === 0) return new Map();
    const rows = await tx.selectFrom('tickets').select(['id', 'number', 'snippet', 'waiting_since as waitingSince', 'last_message_at as lastMessageAt'])
      .select((e) => e.selectFrom('customers as c').select('c.flags').whereRef('c.workspace_id', '=', 'tickets.workspace_id').whereRef('c.id', '=', 'tickets.customer_id').as('flags'))
      .where(sql<boolean>`id = any(${[...ids]}::uuid[])`).execute();
    return new Map(rows.map(({ id, ...row }) => [id, row]));
  },
});

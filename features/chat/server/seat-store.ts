import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';

/** Who sits in front of the chat on a ticket, for questions about them: of several that were merged into it, of the one that is open, else of the last. */
export const visitorIdOn = (tx: Tx, workspaceId: string, ticketId: string) =>
  tx.selectFrom('chat_conversations as c').select('c.visitor_id').where('c.workspace_id', '=', workspaceId).where('c.ticket_id', '=', ticketId)
    .orderBy(sql`c.state = 'ended'`).orderBy('c.began_at', 'desc').limit(1);

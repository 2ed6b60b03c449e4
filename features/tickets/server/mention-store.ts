import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';

/** As far back as a list of mentions goes. */
const MOST = 1_000;

export async function saveMentions(tx: Tx, workspaceId: string, ticketId: string, whomIds: readonly string[], at: Date): Promise<void> {
  if (whomIds.length === 0) return;
  await tx.insertInto('ticket_mentions').values(whomIds.map((id) => ({ workspace_id: workspaceId, whom_id: id, ticket_id: ticketId, at })))
    .onConflict((conflict) => conflict.columns(['workspace_id', 'whom_id', 'ticket_id']).doUpdateSet({ at })).execute();
}

/** The tickets whose notes name one of these people and teams, the latest thousand; of what was joined to another, that one. */
export async function mentionedIn(tx: Tx, whomIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct coalesce(t.merged_into, t.id) as id from (
      select workspace_id, ticket_id from ticket_mentions where whom_id = any(${[...whomIds]}::uuid[]) order by at desc limit ${MOST}) as m
    join tickets t on t.workspace_id = m.workspace_id and t.id = m.ticket_id`.execute(tx);
  return rows.map(({ id }) => id);
}

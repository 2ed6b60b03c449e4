import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import { changeAnswers } from '../../../platform/http/idempotency.ts';
import { MAX_WHAT } from '../core/contract.ts';

/** Takes passages out of the words of promises on these tickets, of what the event log tells of them, and of answers that are kept for repetitions. */
export async function strikeWords(tx: Tx, workspaceId: string, ticketIds: readonly string[], strike: (text: string) => string): Promise<void> {
  const promises = await tx.selectFrom('commitments').select(['id', 'what', 'note']).where('workspace_id', '=', workspaceId).where('ticket_id', 'in', ticketIds).execute();
  for (const { id, ...before } of promises) {
    const [what, note] = [short(strike(before.what)), short(strike(before.note))];
    if (what === before.what && note === before.note) continue;
    await tx.updateTable('commitments').set((e) => ({ what, note, version: e('version', '+', 1) })).where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
  }
  await changeAnswers(tx, promises.map(({ id }) => id), strike);
  const { rows } = await sql<{ seq: string; what: string }>`select seq, data ->> 'what' as what from events
    where workspace_id = ${workspaceId} and ticket_id = any(${[...ticketIds]}::uuid[]) and starts_with(type, 'commitment.') and data ? 'what'`.execute(tx);
  for (const { seq, what } of rows) {
    const after = short(strike(what));
    if (after !== what) await sql`select redact_event(${workspaceId}::uuid, ${seq}::bigint, ${JSON.stringify(after)}::jsonb)`.execute(tx);
  }
}

/** What stands for a passage may be longer than it was. */
const short = (text: string): string => text.slice(0, MAX_WHAT);

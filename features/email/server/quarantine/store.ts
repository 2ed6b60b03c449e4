import { sql } from 'kysely';
import type { Tx } from '../../../../platform/db/db.ts';
import { cut } from '../../../../platform/mail/header.ts';
import { searchVector } from '../../../../platform/search/stems.ts';
import type { MailName } from '../../core/addresses.ts';
import type { Judgement } from '../../core/quarantine.ts';

const MAX_WORDS = 2_000;

/** A message of the ledger waits for somebody to decide about it. */
export async function hold(tx: Tx, workspaceId: string, { id, mailboxId, reason, words, author, subject, at }: Judgement & {
  readonly id: string; readonly mailboxId: string; readonly author: MailName; readonly subject: string; readonly at: Date;
}): Promise<void> {
  const vector = searchVector([{ text: author.name, weight: 'A', names: true }, { text: author.address, weight: 'A' }, { text: subject, weight: 'B' }], null);
  const row = { reason, words: cut(words, MAX_WORDS), held_at: at, state: 'held' as const, vector: sql<string>`${vector}::tsvector` };
  await tx.insertInto('quarantine')
    .values({ workspace_id: workspaceId, id, mailbox_id: mailboxId, sender: author.address, sender_name: author.name, subject, ...row })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'id']).doUpdateSet({ ...row, decided_by: null, decided_at: null, decision_id: null }))
    .execute();
}

import { sql } from 'kysely';
import type { Tx } from '../../../../platform/db/db.ts';

export type LedgerCopy = {
  id: string; sha256: string; entryId: string | null; from: string | null; to: string[]; subject: string | null; reason: string | null; report: unknown;
  messageId: string | null; receivedAt: Date;
};

/** What the ledger has of tickets: the messages filed on them, and those that are copies of these. */
export function messagesOf(tx: Tx, workspaceId: string, ticketIds: readonly string[], ledgerIds: readonly string[]): Promise<LedgerCopy[]> {
  return tx.selectFrom('inbound_messages').select([
    'id', 'sha256', 'entry_id as entryId', 'from_address as from', 'to_addresses as to', 'subject', 'reason', 'report', 'message_id as messageId', 'received_at as receivedAt',
  ]).where('workspace_id', '=', workspaceId).where((e) => e.or([
    e('ticket_id', 'in', ticketIds), ...ledgerIds.length > 0 ? [e('id', 'in', ledgerIds)] : [],
  ])).where('state', '!=', 'received').orderBy('received_at').execute();
}

/** Every row that has these bytes has the copy now. */
export async function replaceBytes(tx: Tx, workspaceId: string, before: string, after: string): Promise<void> {
  await tx.updateTable('inbound_messages').set({ sha256: after, redacted_sha256: before }).where('workspace_id', '=', workspaceId).where('sha256', '=', before).execute();
}

export async function saveFacts(tx: Tx, workspaceId: string, { id, subject, reason, report }: Pick<LedgerCopy, 'id' | 'subject' | 'reason' | 'report'>): Promise<void> {
  await tx.updateTable('inbound_messages').set({ subject, reason, report: report === null ? null : JSON.stringify(report) })
    .where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

/** What was written down of mails that went to the wrong person. */
export async function changeIncidents(tx: Tx, workspaceId: string, ticketIds: readonly string[], text: (text: string) => string): Promise<void> {
  const rows = await tx.selectFrom('mail_incidents').select(['id', 'subject', 'note']).where('workspace_id', '=', workspaceId).where('ticket_id', 'in', ticketIds).execute();
  for (const { id, subject, note } of rows) {
    await tx.updateTable('mail_incidents').set({ subject: text(subject), note: text(note) }).where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
  }
}

/** What the quarantine wrote down of messages that were let out of it. */
export async function changeHeld(tx: Tx, workspaceId: string, ids: readonly string[], text: (text: string) => string): Promise<void> {
  const rows = await tx.selectFrom('quarantine').select(['id', 'subject', 'words', 'sender_name as senderName']).where('workspace_id', '=', workspaceId).where('id', 'in', ids).execute();
  for (const { id, ...before } of rows) {
    const after = { subject: text(before.subject), words: text(before.words), sender_name: text(before.senderName) };
    if (after.subject === before.subject && after.words === before.words && after.sender_name === before.senderName) continue;
    await tx.updateTable('quarantine').set({ ...after, vector: sql<string>`''::tsvector` }).where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
  }
}

/** The spam filter forgets words that were taken out. */
export async function forgetWords(tx: Tx, workspaceId: string, ledgerIds: readonly string[], text: (text: string) => string): Promise<void> {
  const lessons = await tx.selectFrom('spam_lessons').select(['ledger_id as ledgerId', 'words']).where('workspace_id', '=', workspaceId).where('ledger_id', 'in', ledgerIds).execute();
  const gone = new Set<string>();
  for (const { ledgerId, words } of lessons) {
    const kept = words.filter((word) => text(word) === word);
    if (kept.length === words.length) continue;
    for (const word of words) if (!kept.includes(word)) gone.add(word);
    await tx.updateTable('spam_lessons').set({ words: kept }).where('workspace_id', '=', workspaceId).where('ledger_id', '=', ledgerId).execute();
  }
  if (gone.size > 0) await tx.deleteFrom('spam_words').where('workspace_id', '=', workspaceId).where('word', 'in', [...gone]).execute();
}

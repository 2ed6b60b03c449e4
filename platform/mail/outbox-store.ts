import { sql } from 'kysely';
import { compiled } from '../db/compiled.ts';
import type { Tx } from '../db/db.ts';
import type { MailName } from './header.ts';

export type StoredAttachment = { readonly sha256: string; readonly name: string; readonly contentType: string; readonly contentId?: string | null };

/** What is composed into MIME at sending. `date` is fixed when the mail is queued, like the Message-ID. */
export type MailContent = {
  from: MailName; to: MailName[]; cc: MailName[]; replyTo: MailName | null; subject: string; text: string; html: string | null;
  language: string | null; inReplyTo: string | null; references: string[]; headers: Record<string, string>; date: string;
  /** Who gets a copy once it has left, unseen by the others. */
  archive?: string;
  /** Of a copy: the Message-ID of what it is a copy of. */
  copyOf?: string;
};

export type OutboxRow = {
  id: string;
  purpose: 'reply' | 'forward' | 'acknowledgement' | 'invitation' | 'reset' | 'notice' | 'archive' | 'bulk' | 'customer_sign_in' | 'aside';
  entryId: string | null; ticketId: string | null; /** Of mail that belongs to no ticket: those that it names. */ aboutTicketIds?: readonly string[]; messageId: string; envelopeFrom: string; envelopeTo: string[];
  content: MailContent; attachments: StoredAttachment[];
  state: 'queued' | 'sending' | 'accepted' | 'failed' | 'withdrawn';
  notBefore: Date; nextAttemptAt: Date; attempts: number; response: string | null; createdAt: Date; acceptedAt: Date | null;
};

/** What lets somebody in is not kept once it has left. */
export const SECRET_PURPOSES: readonly OutboxRow['purpose'][] = ['invitation', 'reset', 'customer_sign_in'];

const columns = [
  'id', 'purpose', 'entry_id as entryId', 'ticket_id as ticketId', 'message_id as messageId', 'envelope_from as envelopeFrom',
  'envelope_to as envelopeTo', 'content', 'attachments', 'state', 'not_before as notBefore', 'next_attempt_at as nextAttemptAt',
  'attempts', 'response', 'created_at as createdAt', 'accepted_at as acceptedAt',
] as const;

type Stored = Omit<OutboxRow, 'content' | 'attachments'> & { content: unknown; attachments: unknown };
const toRow = (stored: Stored): OutboxRow => stored as OutboxRow;

const valuesOf = (workspaceId: string, row: OutboxRow) => ({
  workspace_id: workspaceId, id: row.id, purpose: row.purpose, entry_id: row.entryId, ticket_id: row.ticketId,
  message_id: row.messageId, envelope_from: row.envelopeFrom, envelope_to: row.envelopeTo,
  content: JSON.stringify(row.content), attachments: JSON.stringify(row.attachments), state: row.state,
  not_before: row.notBefore, next_attempt_at: row.nextAttemptAt, created_at: row.createdAt, ...(row.aboutTicketIds && { about_ticket_ids: [...row.aboutTicketIds] }),
});

export async function insertMail(tx: Tx, workspaceId: string, row: OutboxRow): Promise<void> {
  await tx.insertInto('outbox').values(valuesOf(workspaceId, row)).execute();
}

/** The copy of a mail that left, once, however often it has to leave. */
export async function insertCopy(tx: Tx, workspaceId: string, row: OutboxRow): Promise<boolean> {
  const inserted = await tx.insertInto('outbox').values(valuesOf(workspaceId, row)).onConflict((conflict) => conflict.columns(['workspace_id', 'message_id']).doNothing())
    .returning('id').executeTakeFirst();
  return inserted !== undefined;
}

/** Locked until the transaction ends, so that the sender cannot take them meanwhile. */
export async function lockByEntry(tx: Tx, workspaceId: string, entryId: string): Promise<OutboxRow[]> {
  const rows = await tx.selectFrom('outbox').select(columns)
    .where('workspace_id', '=', workspaceId).where('entry_id', '=', entryId).forUpdate().execute();
  return rows.map(toRow);
}

/** Also what belongs to no ticket and names one of these. */
export async function lockByTickets(tx: Tx, workspaceId: string, ticketIds: readonly string[]): Promise<OutboxRow[]> {
  const names = sql<boolean>`(about_ticket_ids <> '{}' and about_ticket_ids && ${[...ticketIds]}::uuid[])`;
  const rows = await tx.selectFrom('outbox').select(columns).where('workspace_id', '=', workspaceId).where((e) => e.or([e('ticket_id', 'in', [...ticketIds]), names])).orderBy('id').forUpdate().execute();
  return rows.map(toRow);
}

export async function saveContent(tx: Tx, workspaceId: string, id: string, { content, attachments, response }: Pick<OutboxRow, 'content' | 'attachments' | 'response'>): Promise<void> {
  await tx.updateTable('outbox').set({ content: JSON.stringify(content), attachments: JSON.stringify(attachments), response })
    .where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

export async function markWithdrawn(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<void> {
  await tx.updateTable('outbox').set({ state: 'withdrawn' })
    .where('workspace_id', '=', workspaceId).where('id', 'in', [...ids]).execute();
}

/** Oldest first, so that the newest mail of an entry is seen last. */
export async function mailsByEntries(tx: Tx, workspaceId: string, entryIds: readonly string[]): Promise<OutboxRow[]> {
  return entryIds.length === 0 ? [] : (await mailsOf(tx, { workspaceId, entryIds })).map(toRow);
}

const mailsOf = compiled<{ workspaceId: string; entryIds: readonly string[] }, Stored>((tx, { workspaceId, entryIds }) => tx.selectFrom('outbox').select(columns)
  .where('workspace_id', '=', workspaceId).where(sql<boolean>`entry_id = any(${entryIds}::uuid[])`).orderBy('created_at').compile());

export async function mailsPage(tx: Tx, workspaceId: string, { state, limit, before }: {
  state: OutboxRow['state'] | undefined; limit: number; before: { createdAt: Date; id: string } | null;
}): Promise<OutboxRow[]> {
  let query = tx.selectFrom('outbox').select(columns).where('workspace_id', '=', workspaceId);
  if (state) query = query.where('state', '=', state);
  if (before) {
    query = query.where((eb) => eb.or([
      eb('created_at', '<', before.createdAt),
      eb.and([eb('created_at', '=', before.createdAt), eb('id', '<', before.id)]),
    ]));
  }
  const rows = await query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
  return rows.map(toRow);
}

export async function mailById(tx: Tx, workspaceId: string, id: string): Promise<OutboxRow | null> {
  const row = await tx.selectFrom('outbox').select(columns).where('workspace_id', '=', workspaceId).where('id', '=', id).executeTakeFirst();
  return row ? toRow(row) : null;
}

export async function markRetry(tx: Tx, workspaceId: string, id: string, now: Date): Promise<void> {
  await tx.updateTable('outbox').set({ state: 'queued', next_attempt_at: now, lease_until: null })
    .where('workspace_id', '=', workspaceId).where('id', '=', id).where('state', 'in', ['failed', 'queued']).execute();
}

export async function mailSentAs(tx: Tx, workspaceId: string, messageId: string): Promise<Pick<OutboxRow, 'ticketId' | 'entryId' | 'envelopeTo'> | null> {
  const row = await tx.selectFrom('outbox').select(['ticket_id as ticketId', 'entry_id as entryId', 'envelope_to as envelopeTo'])
    .where('workspace_id', '=', workspaceId).where('message_id', '=', messageId).where('state', 'in', ['accepted', 'failed']).executeTakeFirst();
  return row ?? null;
}

/** Marks the accepted mail with this Message-ID as failed, with the words of the report. */
export async function markBounced(tx: Tx, workspaceId: string, messageId: string, words: string): Promise<OutboxRow | null> {
  const row = await tx.updateTable('outbox').set({ state: 'failed', response: words })
    .where('workspace_id', '=', workspaceId).where('message_id', '=', messageId).where('state', 'in', ['accepted', 'failed'])
    .returning(columns).executeTakeFirst();
  return row ? toRow(row) : null;
}

import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import type { FieldValues } from '../../fields/core/types.ts';
import { OWN_FIELD } from '../../fields/core/values.ts';

const AT_ONCE = 100;

/** A ticket and those that were merged into it, however often. */
export async function ticketFamily(tx: Tx, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive family as (
      select id, workspace_id from tickets where id = ${id}
      union
      select t.id, t.workspace_id from tickets t join family f on t.workspace_id = f.workspace_id and t.merged_into = f.id
    ) select id from family limit 1000`.execute(tx);
  return rows.map((row) => row.id);
}

/** Tickets that became some of these by being split off, or from which some of these were. */
export async function splitWith(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.selectFrom('ticket_splits').select(['source_id as source', 'target_id as target'])
    .where((e) => e.or([e('source_id', 'in', ids), e('target_id', 'in', ids)])).limit(1_000).execute();
  return [...new Set(rows.flatMap(({ source, target }) => [source, target]))];
}

export type WholeEntry = {
  id: string; ticketId: string; authorName: string; authorAddress: string | null; subject: string; text: string; quoted: string; notice: string | null;
  recipients: unknown; ledgerId: string | null; messageId: string | null; createdAt: Date; isWithdrawn: boolean; html: string | null; safe: string | null;
};

/** All entries, those that were taken back included, in portions. */
export async function* allEntries(tx: Tx, ticketIds: readonly string[]): AsyncGenerator<WholeEntry[]> {
  for (const ticketId of ticketIds) {
    for (let last: WholeEntry | undefined, rows: WholeEntry[] = []; ; last = rows.at(-1)) {
      rows = await portion(tx, ticketId, last);
      if (rows.length > 0) yield rows;
      if (rows.length < AT_ONCE) break;
    }
  }
}

const portion = (tx: Tx, ticketId: string, after: WholeEntry | undefined): Promise<WholeEntry[]> =>
  tx.selectFrom('entries as e').leftJoin('entry_html as h', (join) => join.onRef('h.workspace_id', '=', 'e.workspace_id').onRef('h.entry_id', '=', 'e.id'))
    .select([
      'e.id', 'e.ticket_id as ticketId', 'e.author_name as authorName', 'e.author_address as authorAddress', 'e.subject', 'e.text', 'e.quoted', 'e.notice', 'e.recipients',
      'e.ledger_id as ledgerId', 'e.message_id as messageId', 'e.created_at as createdAt', 'h.html', 'h.safe', sql<boolean>`e.withdrawn_at is not null`.as('isWithdrawn'),
    ])
    .where('e.ticket_id', '=', ticketId)
    .$if(after !== undefined, (q) => q.where(sql<boolean>`(e.created_at, e.id) > (${after!.createdAt}::timestamptz, ${after!.id}::uuid)`))
    .orderBy('e.created_at').orderBy('e.id').limit(AT_ONCE).execute();

export async function saveWords(tx: Tx, entry: WholeEntry): Promise<void> {
  await tx.updateTable('entries').set({
    author_name: entry.authorName, subject: entry.subject, text: entry.text, quoted: entry.quoted, notice: entry.notice,
    recipients: entry.recipients === null ? null : JSON.stringify(entry.recipients),
  }).where('id', '=', entry.id).execute();
  if (entry.html !== null) await tx.updateTable('entry_html').set({ html: entry.html, safe: entry.safe }).where('entry_id', '=', entry.id).execute();
}

/** Files of these entries, and what somebody is about to send on these tickets. */
export async function filesOf(tx: Tx, entryIds: readonly string[], looseIds: readonly string[]) {
  if (entryIds.length + looseIds.length === 0) return [];
  return tx.selectFrom('attachments').select(['id', 'entry_id as entryId', 'name', 'content_type as contentType', 'size', 'sha256', 'content_id as contentId'])
    .where((e) => e.or([...entryIds.length > 0 ? [e('entry_id', 'in', entryIds)] : [], ...looseIds.length > 0 ? [e('id', 'in', looseIds)] : []])).execute();
}

export const replaceFile = (tx: Tx, id: string, file: { name: string; sha256: string; size: number }) =>
  tx.updateTable('attachments').set({ name: file.name, sha256: file.sha256, size: file.size }).where('id', '=', id).execute();

export const removeFiles = (tx: Tx, ids: readonly string[]) => tx.deleteFrom('attachments').where('id', 'in', ids).execute();

export const draftsOf = (tx: Tx, ticketIds: readonly string[]) =>
  tx.selectFrom('drafts').select(['id', 'body']).where('ticket_id', 'in', ticketIds).forUpdate().execute();

export const saveDraftBody = (tx: Tx, id: string, body: unknown) =>
  tx.updateTable('drafts').set((e) => ({ body: JSON.stringify(body), version: e('version', '+', 1) })).where('id', '=', id).execute();

export const headsOf = (tx: Tx, ticketIds: readonly string[]) =>
  tx.selectFrom('tickets').select(['id', 'subject', 'snippet', 'fields']).where('id', 'in', ticketIds).forUpdate().execute();

/** Without an event: it would say what was there before. */
export const saveHead = (tx: Tx, { id, subject, snippet, fields }: { id: string; subject: string; snippet: string; fields: FieldValues }) =>
  tx.updateTable('tickets').set((e) => ({ subject, snippet, fields: JSON.stringify(fields), version: e('version', '+', 1) })).where('id', '=', id).execute();

/** Earlier and later names of tickets, as the event log has them. */
export async function changeNames(tx: Tx, workspaceId: string, ticketIds: readonly string[], change: <T>(value: T) => T): Promise<void> {
  const events = await tx.selectFrom('events').select(['seq', 'data']).where('ticket_id', 'in', ticketIds).where('type', '=', 'ticket.changed').where(sql<boolean>`data ? 'subject'`).execute();
  for (const { seq, data } of events) {
    const before = (data as { subject: unknown }).subject;
    const after = change(before);
    if (JSON.stringify(before) !== JSON.stringify(after)) await sql`select redact_event(${workspaceId}::uuid, ${seq}::bigint, ${JSON.stringify(after)}::jsonb)`.execute(tx);
  }
}

/** Earlier and later values of these fields of tickets, as the event log has them. */
export async function changeToldValues(tx: Tx, workspaceId: string, ticketIds: readonly string[], keys: readonly string[], change: <T>(value: T) => T): Promise<void> {
  const told = keys.map((key) => OWN_FIELD + key);
  if (told.length === 0) return;
  const events = await tx.selectFrom('events').select(['seq', 'data']).where('ticket_id', 'in', ticketIds).where('type', '=', 'ticket.changed')
    .where(sql<boolean>`data ?| ${told}::text[]`).execute();
  for (const { seq, data } of events) {
    for (const key of told.filter((one) => Object.hasOwn(data as object, one))) {
      const before = (data as Record<string, unknown>)[key];
      const after = change(before);
      if (JSON.stringify(before) !== JSON.stringify(after)) await sql`select redact_event_field(${workspaceId}::uuid, ${seq}::bigint, ${key}, ${JSON.stringify(after)}::jsonb)`.execute(tx);
    }
  }
}

/** What a merge keeps for its way back. */
export async function changeMerges(tx: Tx, ticketIds: readonly string[], change: <T>(value: T) => T): Promise<void> {
  const merges = await tx.selectFrom('ticket_merges').select(['id', 'undo']).where((e) => e.or([e('source_id', 'in', ticketIds), e('target_id', 'in', ticketIds)])).execute();
  for (const { id, undo } of merges) {
    const after = change(undo);
    if (JSON.stringify(after) !== JSON.stringify(undo)) await tx.updateTable('ticket_merges').set({ undo: JSON.stringify(after) }).where('id', '=', id).execute();
  }
}

import { sql } from 'kysely';
import { compiled } from '../../../platform/db/compiled.ts';
import type { Connection, Tx } from '../../../platform/db/db.ts';
import { HANDED_IN, UNPROVEN_ADDRESS, type MailName, type SenderProof, type StoredFile } from '../core/incoming.ts';
import type { DraftWriter } from '../core/shared-draft.ts';

export type EntryRow = {
  readonly id: string; readonly ticketId: string;
  readonly type: 'message' | 'note' | 'call' | 'visit' | 'letter';
  readonly channel: 'email' | 'phone' | 'desk' | 'chat' | 'letter' | 'web';
  readonly direction: 'in' | 'out' | 'internal';
  readonly authorKind: 'customer' | 'person' | 'system'; readonly authorId: string | null;
  readonly authorName: string; readonly authorAddress: string | null;
  readonly subject: string; readonly text: string; readonly quoted: string;
  readonly recipients: { readonly to: readonly MailName[]; readonly cc: readonly MailName[] } | null;
  readonly messageId: string | null; readonly ledgerId: string | null; readonly hasHtml: boolean; readonly notice: string | null;
  readonly createdAt: Date; readonly leavesAt: Date | null; readonly forwardedEntryId: string | null;
  readonly authentication?: SenderProof | null;
  /** Whose words it holds besides its author's. */
  readonly writtenBy?: readonly DraftWriter[] | null;
};
export type EntryHtml = { readonly raw: string; readonly safe: string; readonly version: number; readonly remoteImages: number };

export type KnownEntry = { readonly ticketId: string; readonly direction: EntryRow['direction']; readonly authorAddress: string | null; readonly verdict: SenderProof['verdict'] | null };

export const columns = [
  'id', 'ticket_id as ticketId', 'type', 'channel', 'direction', 'author_kind as authorKind', 'author_id as authorId',
  'author_name as authorName', 'author_address as authorAddress', 'subject', 'text', 'quoted', 'recipients', 'message_id as messageId',
  'ledger_id as ledgerId', 'has_html as hasHtml', 'notice', 'created_at as createdAt', 'leaves_at as leavesAt',
  'forwarded_entry_id as forwardedEntryId', 'authentication', 'written_by as writtenBy',
] as const;

const entries = (tx: Connection) => tx.selectFrom('entries').select(columns).where('withdrawn_at', 'is', null)
  .$castTo<EntryRow>();

export async function insertEntry(tx: Tx, workspaceId: string, entry: EntryRow, html: EntryHtml | null): Promise<void> {
  const row = tx.insertInto('entries').values({
    workspace_id: workspaceId, id: entry.id, ticket_id: entry.ticketId, type: entry.type, channel: entry.channel,
    direction: entry.direction, author_kind: entry.authorKind, author_id: entry.authorId, author_name: entry.authorName,
    author_address: entry.authorAddress, subject: entry.subject, text: entry.text, quoted: entry.quoted,
    recipients: entry.recipients && JSON.stringify(entry.recipients), message_id: entry.messageId, ledger_id: entry.ledgerId,
    has_html: html !== null, notice: entry.notice, created_at: entry.createdAt, leaves_at: entry.leavesAt,
    forwarded_entry_id: entry.forwardedEntryId, authentication: entry.authentication ? JSON.stringify(entry.authentication) : null,
    written_by: entry.writtenBy && entry.writtenBy.length > 0 ? JSON.stringify(entry.writtenBy) : null,
  }).execute();
  const body = html && tx.insertInto('entry_html').values({
    workspace_id: workspaceId, entry_id: entry.id, html: html.raw, safe: html.safe, safe_version: html.version, remote_images: html.remoteImages,
  }).execute();
  await Promise.all([row, body]);
}

export const findEntry = (tx: Tx, id: string): Promise<EntryRow | undefined> => entries(tx).where('id', '=', id).executeTakeFirst();

export const entriesByIds = (tx: Tx, ids: readonly string[]): Promise<EntryRow[]> => entries(tx).where('id', 'in', ids).execute();

type Span = { readonly limit: number; readonly backwards: boolean; readonly from: readonly [at: string, id: string] | null };

/** One page of a ticket's entries by time; `backwards` walks from the newest. */
export const entriesOf = (tx: Tx, ticketId: string, { limit, backwards, from }: Span): Promise<EntryRow[]> =>
  entriesPage(tx, { ticketId, at: from?.[0], id: from?.[1] }, { limit, backwards, goesOn: from !== null });

type Walk = { readonly limit: number; readonly backwards: boolean; /** From where the last page ended. */ readonly goesOn: boolean };
type Place = { readonly ticketId: string; readonly at: string | undefined; readonly id: string | undefined };

const entriesPage = compiled<Place, EntryRow, Walk>((tx, { ticketId, at, id }, { limit, backwards, goesOn }) => {
  const direction = backwards ? 'desc' : 'asc';
  const query = entries(tx).where('ticket_id', '=', ticketId).orderBy('created_at', direction).orderBy('id', direction).limit(sql.lit(limit));
  return (goesOn ? query.where(sql<boolean>`(created_at, id) ${beyond(backwards)} (${at}::timestamptz, ${id}::uuid)`) : query).compile();
});

const beyond = (backwards: boolean) => sql.raw(backwards ? '<' : '>');

export type TicketEventRow = { seq: number; id: string; type: string; actorKind: 'person' | 'customer' | 'system'; actorId: string | null; actorName: string | null; data: Record<string, unknown>; at: Date };

/** What happened to a ticket besides its entries, straight from the event log. */
export const eventsOf = (tx: Tx, ticketId: string, types: readonly string[], { limit, backwards, from }: Span): Promise<TicketEventRow[]> =>
  eventsPage(tx, { ticketId, at: from?.[0], id: from?.[1] }, { types, limit, backwards, goesOn: from !== null });

const eventsPage = compiled<Place, TicketEventRow, Walk & { readonly types: readonly string[] }>((tx, place, { types, limit, backwards, goesOn }) => {
  const id = sql<string>`('00000000-0000-7000-8000-' || lpad(to_hex(e.seq), 12, '0'))::uuid`;
  const direction = backwards ? 'desc' : 'asc';
  const query = tx.selectFrom('events as e')
    .leftJoin('people as p', (j) => j.onRef('p.workspace_id', '=', 'e.workspace_id').onRef('p.id', '=', 'e.actor_id').on('e.actor_kind', '=', 'person'))
    .select(['e.seq', id.as('id'), 'e.type', 'e.actor_kind as actorKind', 'e.actor_id as actorId', 'p.name as actorName', 'e.data', 'e.at'])
    .where('e.ticket_id', '=', place.ticketId).where('e.type', 'in', types).orderBy('e.at', direction).orderBy('e.seq', direction).limit(sql.lit(limit))
    .$castTo<TicketEventRow>();
  return (goesOn ? query.where(sql<boolean>`(e.at, ${id}) ${beyond(backwards)} (${place.at}::timestamptz, ${place.id}::uuid)`) : query).compile();
});

export const latestIncoming = (tx: Tx, ticketId: string): Promise<EntryRow | undefined> =>
  entries(tx).where('ticket_id', '=', ticketId).where('type', '=', 'message').where('direction', '=', 'in')
    .orderBy('created_at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst();

export async function withoutNotice(tx: Tx, entryId: string): Promise<void> {
  await tx.updateTable('entries').set({ notice: null }).where('id', '=', entryId).execute();
}

/** The words of the latest messages, the latest first. */
export const latestWords = (tx: Tx, ticketId: string, limit: number) =>
  tx.selectFrom('entries').select(['direction', 'text']).where('ticket_id', '=', ticketId).where('type', '=', 'message').where('withdrawn_at', 'is', null)
    .orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute();

/** Message-IDs of the thread so far, oldest first, at most `limit` of the latest. */
export async function threadOf(tx: Tx, ticketId: string, limit: number): Promise<string[]> {
  const rows = await tx.selectFrom('entries').select('message_id').where('ticket_id', '=', ticketId).where('type', '=', 'message')
    .where('withdrawn_at', 'is', null).where('message_id', 'is not', null).orderBy('created_at', 'desc').limit(limit).execute();
  return rows.flatMap((row) => row.message_id ?? []).toReversed();
}

/** Entries that have one of these Message-IDs, the first that came first. */
export const entriesWithMessageIds = (tx: Tx, messageIds: readonly string[]): Promise<KnownEntry[]> =>
  tx.selectFrom('entries').select([
    'ticket_id as ticketId', 'direction', 'author_address as authorAddress', sql<SenderProof['verdict'] | null>`authentication ->> 'verdict'`.as('verdict'),
  ]).where('message_id', 'in', messageIds).where('withdrawn_at', 'is', null).orderBy('created_at').orderBy('id').limit(10).execute() as Promise<KnownEntry[]>;

export const htmlOf = async (tx: Tx, entryIds: readonly string[]): Promise<HtmlRow[]> => (entryIds.length === 0 ? [] : htmls(tx, { entryIds }));

type HtmlRow = { entryId: string; raw: string; safe: string | null; version: number; remoteImages: number };

const htmls = compiled<{ entryIds: readonly string[] }, HtmlRow>((tx, { entryIds }) => tx.selectFrom('entry_html')
  .select(['entry_id as entryId', 'html as raw', 'safe', 'safe_version as version', 'remote_images as remoteImages']).where(sql<boolean>`entry_id = any(${entryIds}::uuid[])`).compile());

export async function withdrawEntry(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('entries').set({ withdrawn_at: at }).where('id', '=', id).execute();
  await tx.updateTable('attachments').set({ entry_id: null }).where('entry_id', '=', id).execute();
}

/** Since when the customer waits, computed anew from what is there; an answer that did not arrive is none, nor is what we sent by ourselves. */
export async function waitingSince(tx: Tx, ticketId: string, undelivered: string | null = null): Promise<Date | null> {
  const { rows } = await sql<{ since: Date | null }>`
    select min(i.created_at) as since from entries i
    where i.ticket_id = ${ticketId} and i.direction = 'in' and i.type = 'message' and i.author_kind = 'customer' and i.withdrawn_at is null
      and i.created_at > coalesce((select max(o.created_at) from entries o where o.ticket_id = ${ticketId} and o.direction = 'out'
        and o.type = 'message' and o.author_kind <> 'system' and o.forwarded_entry_id is null and o.withdrawn_at is null
        and o.id is distinct from ${undelivered}::uuid), '-infinity')`.execute(tx);
  return rows[0]?.since ?? null;
}

export const moveEntries = (tx: Tx, filter: { ticketId: string } | { ids: readonly string[] }, to: string) =>
  tx.updateTable('entries').set({ ticket_id: to })
    .$if('ticketId' in filter, (q) => q.where('ticket_id', '=', (filter as { ticketId: string }).ticketId))
    .$if('ids' in filter, (q) => q.where('id', 'in', (filter as { ids: readonly string[] }).ids))
    .returning('id').execute();

// Attachments -----------------------------------------------------------------------------------------------------

const attachmentColumns = ['id', 'entry_id as entryId', 'name', 'content_type as contentType', 'size', 'sha256', 'content_id as contentId'] as const;
export type AttachmentRow = StoredFile & { readonly id: string; readonly entryId: string | null };

export const attachmentsOf = async (tx: Tx, entryIds: readonly string[]): Promise<AttachmentRow[]> => (entryIds.length === 0 ? [] : attachments(tx, { entryIds }));

const attachments = compiled<{ entryIds: readonly string[] }, AttachmentRow>((tx, { entryIds }) => tx.selectFrom('attachments').select(attachmentColumns)
  .where(sql<boolean>`entry_id = any(${entryIds}::uuid[])`).orderBy('created_at').orderBy('id').compile());

export const attachmentsById = (tx: Tx, ids: readonly string[]): Promise<AttachmentRow[]> =>
  ids.length === 0 ? Promise.resolve([]) : tx.selectFrom('attachments').select(attachmentColumns).where('id', 'in', [...new Set(ids)]).orderBy('created_at').orderBy('id').execute();

export const findAttachment = (tx: Tx, id: string): Promise<AttachmentRow | undefined> =>
  tx.selectFrom('attachments').select(attachmentColumns).where('id', '=', id).executeTakeFirst();

export async function insertAttachments(tx: Tx, workspaceId: string, files: readonly (StoredFile & { id: string; entryId: string | null; uploadedBy: string | null; kept?: boolean })[], at: Date): Promise<void> {
  if (files.length === 0) return;
  await tx.insertInto('attachments').values(files.map((file) => ({
    workspace_id: workspaceId, id: file.id, entry_id: file.entryId, uploaded_by: file.uploadedBy, name: file.name,
    content_type: file.contentType, size: file.size, sha256: file.sha256, content_id: file.contentId, created_at: at, kept: file.kept ?? false,
  }))).execute();
}

export async function keepAttachments(tx: Tx, ids: readonly string[], { kept, uploadedBy }: { kept: boolean; uploadedBy?: string }): Promise<void> {
  if (ids.length === 0) return;
  await tx.updateTable('attachments').set({ kept, ...(uploadedBy !== undefined && { uploaded_by: uploadedBy }) }).where('id', 'in', ids).where('entry_id', 'is', null).execute();
}

/** Of these ids: those that are kept for nobody in particular. */
export const keptAttachments = (tx: Tx, ids: readonly string[]): Promise<AttachmentRow[]> =>
  ids.length === 0 ? Promise.resolve([]) : tx.selectFrom('attachments').select(attachmentColumns).where('id', 'in', ids).where('entry_id', 'is', null).where('uploaded_by', 'is', null).where('kept', '=', true)
    .orderBy('created_at').orderBy('id').execute();

/** Whoever else counts what this person, or workspace, has uploaded waits until this unit of work has ended. */
export async function countAlone(tx: Tx, whose: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`uploads ${whose}`}, 0))`.execute(tx);
}

/** How much was uploaded since then that hangs on no entry, by one person or by everybody. */
export async function looseBytes(tx: Tx, workspaceId: string, since: Date, personId: string | null): Promise<number> {
  let query = tx.selectFrom('attachments').select(sql<number>`coalesce(sum(size), 0)::bigint`.as('bytes'))
    .where('workspace_id', '=', workspaceId).where('entry_id', 'is', null).where('created_at', '>', since);
  if (personId !== null) query = query.where('uploaded_by', '=', personId);
  return (await query.executeTakeFirstOrThrow()).bytes;
}

/** Of these ids: loose files of this person, and files that already hang on entries of the ticket. */
export const usableAttachments = (tx: Tx, ids: readonly string[], personId: string, ticketId: string | null): Promise<AttachmentRow[]> =>
  tx.selectFrom('attachments as a').select(['a.id', 'a.entry_id as entryId', 'a.name', 'a.content_type as contentType', 'a.size', 'a.sha256', 'a.content_id as contentId'])
    .where('a.id', 'in', ids)
    .where((e) => e.or([
      e.and([e('a.entry_id', 'is', null), e('a.uploaded_by', '=', personId)]),
      e.exists(e.selectFrom('entries as n').select('n.id').whereRef('n.workspace_id', '=', 'a.workspace_id')
        .whereRef('n.id', '=', 'a.entry_id').where('n.ticket_id', '=', ticketId)),
    ])).execute();

export const claimAttachments = (tx: Tx, ids: readonly string[], entryId: string) =>
  tx.updateTable('attachments').set({ entry_id: entryId }).where('id', 'in', ids).where('entry_id', 'is', null).execute();

/** The ledger's rows behind the newest incoming mails of a ticket. */
export const mailOf = async (tx: Tx, ticketId: string, limit: number): Promise<string[]> => {
  const rows = await tx.selectFrom('entries').select('ledger_id').where('ticket_id', '=', ticketId).where('direction', '=', 'in').where('ledger_id', 'is not', null)
    .orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
  return rows.flatMap(({ ledger_id: id }) => id ?? []);
};

/** Whether anything that came in on a ticket is somebody's by their word alone: by mail that nobody vouches for, by a program, or from a page where they did not sign in. */
export async function hasUnproven(tx: Tx, ticketId: string): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`select exists (
    select from entries where ticket_id = ${ticketId} and direction = 'in'
      and ((ledger_id is not null and coalesce(authentication ->> 'verdict', '') <> 'pass') or notice = ${UNPROVEN_ADDRESS} or starts_with(notice, ${`${HANDED_IN}:`}))) as is`.execute(tx);
  return rows[0]!.is;
}

export async function hasAnswered(tx: Tx, workspaceId: string, addressKey: string): Promise<boolean> {
  const { rows } = await sql<{ answered: boolean }>`
    select exists (
      select from identities i
      join tickets t on t.workspace_id = i.workspace_id and t.customer_id = i.customer_id
      join entries e on e.workspace_id = t.workspace_id and e.ticket_id = t.id
      where i.workspace_id = ${workspaceId} and i.kind = 'email' and i.value_key = ${addressKey} and t.spam_at is null
        and e.type = 'message' and e.direction = 'out' and e.author_kind = 'person' and e.withdrawn_at is null) as answered`.execute(tx);
  return rows[0]!.answered;
}

/** Whether a person here has written to the customer on this ticket. */
export const hasAnsweredOn = async (tx: Tx, ticketId: string): Promise<boolean> =>
  await tx.selectFrom('entries').select('id').where('ticket_id', '=', ticketId).where('type', '=', 'message').where('direction', '=', 'out')
    .where('author_kind', '=', 'person').where('withdrawn_at', 'is', null).limit(1).executeTakeFirst() !== undefined;

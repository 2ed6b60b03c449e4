import { sql, type RawBuilder } from 'kysely';
import type { Connection, Tx } from '../../../platform/db/db.ts';
import type { Move } from '../../tickets/core/merging.ts';

export type Somebody = { readonly name: string; readonly address: string };
export type StoredAside = { readonly id: string; readonly ticketId: string; readonly subject: string; readonly startedBy: string; readonly waits: boolean; readonly createdAt: Date; readonly lastAt: Date };
export type ShownAside = StoredAside & { readonly startedByName: string; readonly messages: number; readonly last: 'in' | 'out' | null; readonly people: Somebody[] };
export type StoredMessage = {
  readonly id: string; readonly asideId: string; readonly direction: 'in' | 'out'; readonly authorId: string | null; readonly authorName: string; readonly authorAddress: string | null;
  readonly recipients: Somebody[]; readonly text: string; readonly quoted: string; readonly fileIds: string[]; readonly messageId: string | null; readonly ledgerId: string | null;
  readonly verdict: string | null; readonly automatic: boolean; readonly createdAt: Date;
};

const COLUMNS = ['id', 'ticket_id as ticketId', 'subject', 'started_by as startedBy', 'waits', 'created_at as createdAt', 'last_at as lastAt'] as const;
const MESSAGE = [
  'id', 'aside_id as asideId', 'direction', 'author_id as authorId', 'author_name as authorName', 'author_address as authorAddress', sql<Somebody[]>`recipients`.as('recipients'), 'text', 'quoted',
  'file_ids as fileIds', 'message_id as messageId', 'ledger_id as ledgerId', 'verdict', 'automatic', 'created_at as createdAt',
] as const;

export async function insertAside(tx: Tx, workspaceId: string, { id, ticketId, subject, startedBy, waits, createdAt }: StoredAside): Promise<void> {
  await tx.insertInto('asides').values({ workspace_id: workspaceId, id, ticket_id: ticketId, subject, started_by: startedBy, waits, created_at: createdAt, last_at: createdAt }).execute();
}

/** Locked. */
export const lockAside = (tx: Tx, id: string): Promise<StoredAside | undefined> => tx.selectFrom('asides').select(COLUMNS).where('id', '=', id).forUpdate().executeTakeFirst();
export const findAside = (tx: Tx, id: string): Promise<StoredAside | undefined> => tx.selectFrom('asides').select(COLUMNS).where('id', '=', id).executeTakeFirst();

export async function saveAside(tx: Tx, id: string, { waits, lastAt }: Pick<StoredAside, 'waits' | 'lastAt'>): Promise<void> {
  await tx.updateTable('asides').set({ waits, last_at: lastAt }).where('id', '=', id).execute();
}

export const countAsides = async (tx: Tx, ticketId: string): Promise<number> =>
  Number((await tx.selectFrom('asides').select(sql<number>`count(*)`.as('count')).where('ticket_id', '=', ticketId).executeTakeFirstOrThrow()).count);

export const othersWait = async (tx: Tx, ticketId: string, id: string): Promise<boolean> =>
  await tx.selectFrom('asides').select('id').where('ticket_id', '=', ticketId).where('waits', '=', true).where('id', '!=', id).limit(1).executeTakeFirst() !== undefined;

/** With who takes part, how much was written and who wrote last; one whose every message was taken back is none. */
export async function shownAsides(tx: Tx, which: { readonly ticketId: string } | { readonly id: string }, limit: number, before: readonly [at: string, id: string] | null): Promise<ShownAside[]> {
  const { rows } = await sql<ShownAside>`
    select a.id, a.ticket_id as "ticketId", a.subject, a.started_by as "startedBy", p.name as "startedByName", a.waits, a.created_at as "createdAt", a.last_at as "lastAt",
      (select count(*) from aside_messages m where m.aside_id = a.id and m.withdrawn_at is null) as messages,
      (select m.direction from aside_messages m where m.aside_id = a.id and m.withdrawn_at is null order by m.created_at desc, m.id desc limit 1) as last,
      (select coalesce(jsonb_agg(jsonb_build_object('name', w.name, 'address', w.address) order by w.added_at, w.address_key), '[]') from aside_people w where w.aside_id = a.id) as people
    from asides a join people p on p.workspace_id = a.workspace_id and p.id = a.started_by
    where ${'id' in which ? sql`a.id = ${which.id}` : sql`a.ticket_id = ${which.ticketId}`}
      and exists (select 1 from aside_messages m where m.aside_id = a.id and m.withdrawn_at is null)
      ${before ? sql`and (a.last_at, a.id) < (${before[0]}::timestamptz, ${before[1]}::uuid)` : sql``}
    order by a.last_at desc, a.id desc limit ${limit}`.execute(tx);
  return rows.map((row) => ({ ...row, messages: Number(row.messages) }));
}

export const peopleOf = (tx: Tx, asideId: string): Promise<(Somebody & { key: string })[]> =>
  tx.selectFrom('aside_people').select(['name', 'address', 'address_key as key']).where('aside_id', '=', asideId).orderBy('added_at').orderBy('address_key').limit(100).execute();

export async function addPeople(tx: Tx, workspaceId: string, asideId: string, people: readonly Somebody[], at: Date): Promise<void> {
  if (people.length === 0) return;
  await tx.insertInto('aside_people').values(people.map(({ name, address }) => ({ workspace_id: workspaceId, aside_id: asideId, address_key: address.toLowerCase(), address, name, added_at: at })))
    .onConflict((conflict) => conflict.doNothing()).execute();
}

/** What they call themselves, from what they wrote. */
export async function nameThem(tx: Tx, asideId: string, { name, address }: Somebody): Promise<void> {
  await tx.updateTable('aside_people').set({ name: name.slice(0, 300) }).where('aside_id', '=', asideId).where('address_key', '=', address.toLowerCase()).where('name', '=', '').execute();
}

export async function insertMessage(tx: Tx, workspaceId: string, one: StoredMessage): Promise<void> {
  await tx.insertInto('aside_messages').values({
    workspace_id: workspaceId, id: one.id, aside_id: one.asideId, direction: one.direction, author_id: one.authorId, author_name: one.authorName, author_address: one.authorAddress,
    recipients: JSON.stringify(one.recipients), text: one.text, quoted: one.quoted, file_ids: one.fileIds, message_id: one.messageId, ledger_id: one.ledgerId, verdict: one.verdict,
    automatic: one.automatic, created_at: one.createdAt,
  }).execute();
}

export const findMessage = (tx: Tx, id: string): Promise<StoredMessage | undefined> =>
  tx.selectFrom('aside_messages').select(MESSAGE).where('id', '=', id).where('withdrawn_at', 'is', null).executeTakeFirst();

export const messagePage = (tx: Tx, asideId: string, limit: number, after: readonly [at: string, id: string] | null): Promise<StoredMessage[]> =>
  tx.selectFrom('aside_messages').select(MESSAGE).where('aside_id', '=', asideId).where('withdrawn_at', 'is', null)
    .$if(after !== null, (query) => query.where(sql<boolean>`(created_at, id) > (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? null}::uuid)`))
    .orderBy('created_at').orderBy('id').limit(limit).execute();

/** What came in last, and the Message-IDs of the thread, oldest first. */
export async function threadOf(tx: Tx, asideId: string, exceptId: string, limit: number): Promise<{ answered: StoredMessage | null; messageIds: string[] }> {
  const latest = await tx.selectFrom('aside_messages').select(MESSAGE).where('aside_id', '=', asideId).where('id', '!=', exceptId).where('withdrawn_at', 'is', null)
    .orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
  return { answered: latest.find(({ direction }) => direction === 'in') ?? null, messageIds: latest.flatMap(({ messageId }) => messageId ?? []).toReversed() };
}

export async function setMessageId(tx: Tx, id: string, messageId: string): Promise<void> {
  await tx.updateTable('aside_messages').set({ message_id: messageId }).where('id', '=', id).execute();
}

export async function withdrawMessage(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('aside_messages').set({ withdrawn_at: at }).where('id', '=', id).execute();
}

/** The ids of their messages, which go along. */
const movedWith = async (tx: Tx, asides: RawBuilder<unknown>): Promise<string[]> =>
  (await sql<{ id: string }>`with moved as (${asides} returning workspace_id, id) select m.id from moved a join aside_messages m on m.workspace_id = a.workspace_id and m.aside_id = a.id`.execute(tx)).rows.map(({ id }) => id);

export const moveAlong = (tx: Tx, { from, to, mergeId }: Move): Promise<string[]> =>
  movedWith(tx, sql`update asides set ticket_id = ${to}, path = path || ${mergeId}::uuid where ticket_id = ${from}`);

export const moveBack = (tx: Tx, { from, to, mergeId }: Move): Promise<string[]> =>
  movedWith(tx, sql`update asides set ticket_id = ${to}, path = trim_array(path, 1) where ticket_id = ${from} and path[cardinality(path)] = ${mergeId}::uuid`);

// In the search --------------------------------------------------------------------------------------------------------

/** Those that the index has not, in every workspace, the oldest first. */
export const unindexed = (owner: Connection, limit: number): Promise<{ workspaceId: string; id: string }[]> =>
  owner.selectFrom('aside_messages').select(['workspace_id as workspaceId', 'id']).where('is_indexed', '=', false).where('withdrawn_at', 'is', null).orderBy('created_at').orderBy('id').limit(limit).execute();

/** Locked; undefined where the index has it by now. */
export const lockMessage = (tx: Tx, id: string): Promise<StoredMessage | undefined> =>
  tx.selectFrom('aside_messages').select(MESSAGE).where('id', '=', id).where('is_indexed', '=', false).where('withdrawn_at', 'is', null).forUpdate().executeTakeFirst();

export async function saveIndexed(tx: Tx, id: string): Promise<void> {
  await tx.updateTable('aside_messages').set({ is_indexed: true }).where('id', '=', id).where('is_indexed', '=', false).execute();
}

export const messagesBeside = (tx: Tx, ticketIds: readonly string[]): Promise<StoredMessage[]> =>
  tx.selectFrom('aside_messages').select(MESSAGE).where('withdrawn_at', 'is', null)
    .where('aside_id', 'in', (e) => e.selectFrom('asides').select('asides.id').where('ticket_id', 'in', ticketIds)).execute();

/** What these say, as far as a passage is sought in it. */
export const wordsOfMessages = async (tx: Tx, ids: readonly string[], most: number) =>
  (await sql<{ id: string; text: string; authorName: string; asideId: string; fileIds: string[] }>`select id, left(text, ${most}::integer) as text, author_name as "authorName", aside_id as "asideId", file_ids as "fileIds" from aside_messages
    where id = any(${[...ids]}::uuid[]) and withdrawn_at is null`.execute(tx)).rows;

// Redaction ------------------------------------------------------------------------------------------------------------

/** Kept files of everything that was written beside these tickets. */
export const filesBeside = async (tx: Tx, ticketIds: readonly string[]): Promise<string[]> =>
  (await sql<{ id: string }>`select distinct unnest(m.file_ids) as id from aside_messages m join asides a on a.workspace_id = m.workspace_id and a.id = m.aside_id
    where a.ticket_id = any(${[...ticketIds]}::uuid[])`.execute(tx)).rows.map(({ id }) => id);

/** Takes passages out of all that was written beside these tickets, what was taken back included; answers the ids of what holds words. */
export async function strikeWords(tx: Tx, ticketIds: readonly string[], strike: (text: string) => string): Promise<string[]> {
  const asides = await tx.selectFrom('asides').select(['id', 'subject']).where('ticket_id', 'in', ticketIds).execute();
  const ids: string[] = [];
  for (const { id, subject } of asides) {
    ids.push(id);
    if (strike(subject) !== subject) await tx.updateTable('asides').set({ subject: strike(subject) }).where('id', '=', id).execute();
    for (const one of await peopleOf(tx, id)) {
      if (strike(one.name) !== one.name) await tx.updateTable('aside_people').set({ name: strike(one.name) }).where('aside_id', '=', id).where('address_key', '=', one.key).execute();
    }
    for (const { id: messageId, ...before } of await tx.selectFrom('aside_messages').select(['id', 'text', 'quoted', 'author_name']).where('aside_id', '=', id).execute()) {
      ids.push(messageId);
      const after = { text: strike(before.text), quoted: strike(before.quoted), author_name: strike(before.author_name) };
      if (JSON.stringify(after) !== JSON.stringify(before)) await tx.updateTable('aside_messages').set(after).where('id', '=', messageId).execute();
    }
  }
  return ids;
}

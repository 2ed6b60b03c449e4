import { sql } from 'kysely';
import type { Connection, Tx } from '../../../platform/db/db.ts';
import type { Course } from '../core/course.ts';
import type { NOTICES } from '../core/visitor-contract.ts';
import type { Values } from '../core/words.ts';
import type { Visitor } from './visitor-store.ts';

export type AskedCall = {
  readonly phone: string; readonly from: string; readonly to: string; readonly entryId: string;
  /** The promise of whoever leads, until somebody has the ticket. Absent: it is still to be made. */
  readonly promise?: { readonly id: string; readonly ownerId: string };
};
export type Conversation = Course & {
  readonly id: string; readonly visitorId: string; readonly ticketId: string; readonly agentId: string | null; readonly endedBy: 'visitor' | 'agent' | 'idle' | null; readonly endedAt: Date | null;
  readonly beganAt: Date; readonly firstReplyAt: Date | null; readonly firstReplySeconds: number | null; readonly rating: number | null; readonly ratingComment: string;
  readonly mailAt: Date | null; readonly mailedSeq: number; readonly transcriptAt: Date | null; readonly startedAt: Date;
  /** Asked for while nobody had the ticket; whoever takes it has the call too. */
  readonly call: AskedCall | null;
};

const columns = [
  'id', 'visitor_id as visitorId', 'ticket_id as ticketId', 'state', 'is_message as isMessage', 'agent_id as agentId', 'ended_by as endedBy', 'ended_at as endedAt', 'began_at as beganAt',
  'first_reply_at as firstReplyAt', 'first_reply_seconds as firstReplySeconds', 'rating', 'rating_comment as ratingComment', 'step', 'next_at as nextAt', 'mail_at as mailAt', 'mailed_seq as mailedSeq',
  'transcript_at as transcriptAt', 'started_at as startedAt', 'call',
] as const;

const conversations = (tx: Tx, workspaceId: string) => tx.selectFrom('chat_conversations').select(columns).where('workspace_id', '=', workspaceId).$castTo<Conversation>();

export const findConversation = (tx: Tx, workspaceId: string, id: string): Promise<Conversation | undefined> => conversations(tx, workspaceId).where('id', '=', id).executeTakeFirst();
/** The last that a visitor began. */
export const latestOf = (tx: Tx, { workspaceId, visitorId }: Visitor): Promise<Conversation | undefined> =>
  conversations(tx, workspaceId).where('visitor_id', '=', visitorId).orderBy('started_at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst();
/** The one of a ticket: of several that were merged into it, the one that is open, else the last. */
export const conversationOn = (tx: Tx, workspaceId: string, ticketId: string): Promise<Conversation | undefined> =>
  conversations(tx, workspaceId).where('ticket_id', '=', ticketId).orderBy(sql`state = 'ended'`).orderBy('began_at', 'desc').limit(1).executeTakeFirst();
/** Whether a visitor has one that is open. */
export const openOf = async (tx: Tx, { workspaceId, visitorId }: Visitor): Promise<boolean> =>
  await tx.selectFrom('chat_conversations').select('id').where('workspace_id', '=', workspaceId).where('visitor_id', '=', visitorId).where('state', '<>', 'ended').executeTakeFirst() !== undefined;

const courseRow = (course: Course) => ({ state: course.state, is_message: course.isMessage, step: course.step, next_at: course.nextAt });

export async function insertConversation(tx: Tx, workspaceId: string, { id, visitorId, ticketId, course, at }: { id: string; visitorId: string; ticketId: string; course: Course; at: Date }): Promise<void> {
  await tx.insertInto('chat_conversations').values({
    workspace_id: workspaceId, id, visitor_id: visitorId, ticket_id: ticketId, first_ticket_id: ticketId, began_at: at, started_at: at, ...courseRow(course),
  }).execute();
}

export type ConversationChange = Partial<Omit<Conversation, keyof Course | 'id' | 'visitorId' | 'startedAt'>> & { readonly course?: Course };
export async function saveConversation(tx: Tx, workspaceId: string, id: string, { course, ...change }: ConversationChange): Promise<void> {
  const named = Object.fromEntries(Object.entries(change).map(([key, value]) => [key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), key === 'call' && value !== null ? JSON.stringify(value) : value]));
  await tx.updateTable('chat_conversations').set({ ...named, ...(course && courseRow(course)) }).where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

/** How many wait for somebody, counted up to `most`. */
export async function countWaiting(tx: Tx, workspaceId: string, most: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from (select from chat_conversations where workspace_id = ${workspaceId} and state = 'waiting' limit ${most}) as capped`.execute(tx);
  return rows[0]!.count;
}

/** The open ones that somebody holds. */
export const heldBy = (tx: Tx, workspaceId: string, personId: string, limit: number): Promise<(Conversation & { name: string; hereAt: Date | null })[]> =>
  tx.selectFrom('chat_conversations as c').innerJoin('chat_visitors as v', (join) => join.onRef('v.workspace_id', '=', 'c.workspace_id').onRef('v.id', '=', 'c.visitor_id'))
    .select(columns.map((column) => `c.${column}` as const)).select(['v.name', 'v.here_at as hereAt'])
    .where('c.workspace_id', '=', workspaceId).where('c.agent_id', '=', personId).where('c.state', '<>', 'ended').orderBy('c.began_at').limit(limit)
    .$castTo<Conversation & { name: string; hereAt: Date | null }>().execute();

/** Seconds of working time to the first replies since then. */
export async function replySeconds(tx: Tx, workspaceId: string, since: Date, limit: number): Promise<number[]> {
  const rows = await tx.selectFrom('chat_conversations').select('first_reply_seconds as seconds').where('workspace_id', '=', workspaceId).where('first_reply_at', '>', since)
    .orderBy('first_reply_at', 'desc').limit(limit).execute();
  return rows.flatMap(({ seconds }) => seconds ?? []);
}

/** Those of a widget that go on, with as much of their tickets as it takes to lock them in one order. */
export const openOfWidget = (tx: Tx, workspaceId: string, widgetId: string, limit: number): Promise<Conversation[]> =>
  tx.selectFrom('chat_conversations as c').innerJoin('chat_visitors as v', (join) => join.onRef('v.workspace_id', '=', 'c.workspace_id').onRef('v.id', '=', 'c.visitor_id'))
    .select(columns.map((column) => `c.${column}` as const)).where('c.workspace_id', '=', workspaceId).where('c.state', '<>', 'ended').where('v.widget_id', '=', widgetId)
    .orderBy('c.ticket_id').limit(limit).$castTo<Conversation>().execute();

/** How many chats each of these holds. */
export async function heldByEach(tx: Tx, workspaceId: string, personIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; count: number }>`select agent_id as id, count(*) as count from chat_conversations
    where workspace_id = ${workspaceId} and agent_id = any(${[...personIds]}::uuid[]) and state <> 'ended' group by agent_id`.execute(tx);
  return new Map(rows.map(({ id, count }) => [id, count]));
}

export async function moveConversations(tx: Tx, workspaceId: string, from: string, to: string): Promise<void> {
  await tx.updateTable('chat_conversations').set({ ticket_id: to }).where('workspace_id', '=', workspaceId).where('ticket_id', '=', from).execute();
}
export async function bringBack(tx: Tx, workspaceId: string, ticketId: string): Promise<void> {
  await tx.updateTable('chat_conversations').set({ ticket_id: ticketId }).where('workspace_id', '=', workspaceId).where('first_ticket_id', '=', ticketId).execute();
}

// The order of what a visitor sees -------------------------------------------------------------------------------------

export type Line = {
  readonly seq: number; readonly id: string; readonly conversationId: string; readonly entryId: string | null; readonly clientId: string | null;
  readonly notice: (typeof NOTICES)[number] | null; readonly data: Values; readonly at: Date;
  /** Answers as buttons. */
  readonly choices: readonly string[];
};
const lineColumns = ['seq', 'id', 'conversation_id as conversationId', 'entry_id as entryId', 'client_id as clientId', 'notice', 'data', 'at', 'choices'] as const;
const lines = (tx: Tx, { workspaceId, visitorId }: Visitor) => tx.selectFrom('chat_messages').select(lineColumns).where('workspace_id', '=', workspaceId).where('visitor_id', '=', visitorId).$castTo<Line>();

/** The next in the count, whoever else writes. Undefined: the entry stands there already. `hasRead`: whoever says this has read all before it. */
export async function insertLine(tx: Tx, { workspaceId, visitorId }: Visitor, line: Omit<Line, 'seq' | 'choices'>, { hasRead = false } = {}): Promise<number | undefined> {
  const marks = hasRead ? sql`, taken_seq = seq + 1, seen_seq = seq + 1` : sql``;
  const { rows } = await sql<{ seq: number }>`
    with counted as (update chat_visitors set seq = seq + 1${marks} where workspace_id = ${workspaceId} and id = ${visitorId}
      and not exists (select from chat_messages where workspace_id = ${workspaceId} and visitor_id = ${visitorId} and entry_id = ${line.entryId}::uuid) returning seq)
    insert into chat_messages (workspace_id, visitor_id, seq, id, conversation_id, entry_id, client_id, notice, data, at)
    select ${workspaceId}, ${visitorId}, seq, ${line.id}, ${line.conversationId}, ${line.entryId}, ${line.clientId}, ${line.notice}, ${JSON.stringify(line.data)}, ${line.at} from counted returning seq`.execute(tx);
  return rows[0]?.seq;
}

export async function saveChoices(tx: Tx, { workspaceId, visitorId }: Visitor, entryId: string, choices: readonly string[]): Promise<void> {
  await tx.updateTable('chat_messages').set({ choices: JSON.stringify(choices) }).where('workspace_id', '=', workspaceId).where('visitor_id', '=', visitorId).where('entry_id', '=', entryId).execute();
}

export const lineByClient = (tx: Tx, visitor: Visitor, clientId: string): Promise<Line | undefined> => lines(tx, visitor).where('client_id', '=', clientId).executeTakeFirst();
export const linesAfter = (tx: Tx, visitor: Visitor, seq: number, limit: number): Promise<Line[]> => lines(tx, visitor).where('seq', '>', seq).orderBy('seq').limit(limit).execute();
/** The same for several who each have come so far, as asked for. */
export async function linesAfterEach(tx: Tx, workspaceId: string, asked: readonly { readonly visitorId: string; readonly since: number }[], limit: number): Promise<Line[][]> {
  const { rows } = await sql<Line & { n: number }>`
    select a.n::int as n, m.* from unnest(${asked.map(({ visitorId }) => visitorId)}::uuid[], ${asked.map(({ since }) => since)}::bigint[]) with ordinality as a (visitor_id, since, n)
    cross join lateral (
      select seq, id, conversation_id as "conversationId", entry_id as "entryId", client_id as "clientId", notice, data, at, choices from chat_messages c
      where c.workspace_id = ${workspaceId} and c.visitor_id = a.visitor_id and c.seq > a.since order by c.seq limit ${limit}) as m
    order by a.n, m.seq`.execute(tx);
  const found = Map.groupBy(rows, ({ n }) => n);
  return asked.map((_, i) => found.get(i + 1) ?? []);
}
export const linesBefore = async (tx: Tx, visitor: Visitor, seq: number, limit: number): Promise<Line[]> =>
  (await lines(tx, visitor).where('seq', '<', seq).orderBy('seq', 'desc').limit(limit).execute()).toReversed();
export const linesOfConversation = async (tx: Tx, visitor: Visitor, conversationId: string, limit: number): Promise<Line[]> =>
  (await lines(tx, visitor).where('conversation_id', '=', conversationId).orderBy('seq', 'desc').limit(limit).execute()).toReversed();

/** Where entries stand, of whichever visitor. */
export const placesOf = (tx: Tx, workspaceId: string, entryIds: readonly string[]): Promise<{ visitorId: string; id: string }[]> =>
  tx.selectFrom('chat_messages').select(['visitor_id as visitorId', 'id']).where('workspace_id', '=', workspaceId).where('entry_id', 'in', entryIds).execute();

/** By the time of the entry: the newest of ours that stands at or before a mark. */
export async function newestUpTo(tx: Tx, { workspaceId, visitorId }: Visitor, conversationId: string, seq: number): Promise<Date | null> {
  const row = await tx.selectFrom('chat_messages as m').innerJoin('entries as e', (join) => join.onRef('e.workspace_id', '=', 'm.workspace_id').onRef('e.id', '=', 'm.entry_id'))
    .select('m.at').where('m.workspace_id', '=', workspaceId).where('m.visitor_id', '=', visitorId).where('m.conversation_id', '=', conversationId).where('m.seq', '<=', seq).where('e.direction', '=', 'out')
    .orderBy('m.seq', 'desc').limit(1).executeTakeFirst();
  return row?.at ?? null;
}

// What is due ---------------------------------------------------------------------------------------------------------

export type Due = { readonly workspaceId: string; readonly id: string; readonly at: Date };
export const dueConversations = async (lookup: Connection, now: Date, limit: number): Promise<Due[]> =>
  (await sql<Due>`select workspace_id as "workspaceId", id, at from chat_due(${now}, ${limit})`.execute(lookup)).rows;
export const dueMails = async (lookup: Connection, now: Date, limit: number): Promise<Due[]> =>
  (await sql<Due>`select workspace_id as "workspaceId", id, at from chat_mail_due(${now}, ${limit})`.execute(lookup)).rows;

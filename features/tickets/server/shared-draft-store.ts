import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import { textOfHtml } from '../../../platform/html/reading.ts';
import { MOST_TRACES, tracesOf } from '../core/copies.ts';
import type { Move } from '../core/merging.ts';
import type { DraftWriter } from '../core/shared-draft.ts';

export type Body = { readonly html: string; readonly to?: readonly string[] | undefined; readonly cc?: readonly string[] | undefined; readonly attachmentIds: readonly string[] };
export type SharedDraft = {
  readonly id: string; readonly ticketId: string; readonly audience: 'team' | 'ticket'; readonly teamId: string | null; readonly authorId: string; readonly writers: readonly DraftWriter[]; readonly body: Body;
  readonly version: number; readonly editedBy: string; readonly editedAt: Date; readonly toldAt: Date; readonly sharedAt: Date; readonly outcome: 'sent' | 'held' | 'discarded' | null; readonly endedBy: string | null;
};
/** With the names of today. */
export type ShownDraft = SharedDraft & { readonly teamName: string | null; readonly authorName: string; readonly editorName: string };

/** Drafts of one ticket that an answer is compared with. */
const MOST_COMPARED = 50;

const columns = [
  'd.id', 'd.ticket_id as ticketId', 'd.audience', 'd.team_id as teamId', 'd.author_id as authorId', 'd.writers', 'd.body', 'd.version', 'd.edited_by as editedBy', 'd.edited_at as editedAt', 'd.told_at as toldAt',
  'd.shared_at as sharedAt', 'd.outcome', 'd.ended_by as endedBy',
] as const;

const shown = (tx: Tx) => tx.selectFrom('shared_drafts as d')
  .leftJoin('teams as t', (j) => j.onRef('t.workspace_id', '=', 'd.workspace_id').onRef('t.id', '=', 'd.team_id'))
  .leftJoin('people as a', (j) => j.onRef('a.workspace_id', '=', 'd.workspace_id').onRef('a.id', '=', 'd.author_id'))
  .leftJoin('people as e', (j) => j.onRef('e.workspace_id', '=', 'd.workspace_id').onRef('e.id', '=', 'd.edited_by'))
  .select([...columns, 't.name as teamName', 'a.name as authorName', 'e.name as editorName']).$castTo<ShownDraft>();

/** Those that nobody has sent or put away, who began first. */
export const openDrafts = (tx: Tx, ticketId: string): Promise<ShownDraft[]> => shown(tx).where('d.ticket_id', '=', ticketId).where('d.ended_at', 'is', null).orderBy('d.shared_at').orderBy('d.id').execute();

export const findShown = (tx: Tx, id: string): Promise<ShownDraft | undefined> => shown(tx).where('d.id', '=', id).executeTakeFirst();

export const lockShared = (tx: Tx, id: string): Promise<SharedDraft | undefined> =>
  tx.selectFrom('shared_drafts as d').select(columns).where('d.id', '=', id).forUpdate().$castTo<SharedDraft>().executeTakeFirst();

const textOf = ({ html }: Body): string => textOfHtml(html);

/** Each draft of a ticket, what became of it, whose words it held and their traces; the latest first. */
export const tracedOn = (tx: Tx, ticketId: string): Promise<{ writers: readonly DraftWriter[]; traces: readonly number[] }[]> =>
  tx.selectFrom('shared_drafts').select(['writers', 'traces']).where('ticket_id', '=', ticketId).orderBy('shared_at', 'desc').limit(MOST_COMPARED).$castTo<{ writers: readonly DraftWriter[]; traces: readonly number[] }>().execute();

export async function insertShared(tx: Tx, workspaceId: string, draft: SharedDraft): Promise<void> {
  await tx.insertInto('shared_drafts').values({
    workspace_id: workspaceId, id: draft.id, ticket_id: draft.ticketId, audience: draft.audience, team_id: draft.teamId, author_id: draft.authorId, writers: JSON.stringify(draft.writers), body: JSON.stringify(draft.body),
    version: draft.version, edited_by: draft.editedBy, edited_at: draft.editedAt, told_at: draft.toldAt, shared_at: draft.sharedAt, traces: JSON.stringify(tracesOf(textOf(draft.body))),
  }).execute();
}

export async function saveShared(tx: Tx, { id, writers, body, version, editedBy, editedAt, toldAt }: SharedDraft): Promise<void> {
  const before = (await tx.selectFrom('shared_drafts').select('traces').where('id', '=', id).$castTo<{ traces: readonly number[] }>().executeTakeFirst())?.traces ?? [];
  // What stood there and was taken out may have been copied before.
  const traces = [...new Set([...tracesOf(textOf(body)), ...before])].slice(0, MOST_TRACES);
  await tx.updateTable('shared_drafts').set({ writers: JSON.stringify(writers), body: JSON.stringify(body), version, edited_by: editedBy, edited_at: editedAt, told_at: toldAt, traces: JSON.stringify(traces) }).where('id', '=', id).execute();
}

type End = { readonly outcome: NonNullable<SharedDraft['outcome']>; readonly by: string; readonly at: Date; readonly entryId: string | null };

export async function endShared(tx: Tx, id: string, { outcome, by, at, entryId }: End): Promise<void> {
  await tx.updateTable('shared_drafts').set({ outcome, ended_by: by, ended_at: at, entry_id: entryId }).where('id', '=', id).execute();
}

/** It is there again, under a version of its own: whoever has it open reads it anew. */
export async function reopenShared(tx: Tx, which: { readonly id: string } | { readonly entryId: string }): Promise<void> {
  await tx.updateTable('shared_drafts').set((e) => ({ outcome: null, ended_by: null, ended_at: null, entry_id: null, version: e('version', '+', 1) }))
    .where('id' in which ? 'id' : 'entry_id', '=', 'id' in which ? which.id : which.entryId).execute();
}

export const countOpen = async (tx: Tx, ticketId: string): Promise<number> =>
  (await tx.selectFrom('shared_drafts').select(sql<number>`count(*)`.as('count')).where('ticket_id', '=', ticketId).where('ended_at', 'is', null).executeTakeFirstOrThrow()).count;

export async function sharedAlong(tx: Tx, { from, to, mergeId }: Move): Promise<void> {
  await sql`update shared_drafts set ticket_id = ${to}, path = path || ${mergeId}::uuid where ticket_id = ${from}`.execute(tx);
}

export async function sharedBack(tx: Tx, { from, to, mergeId }: Move): Promise<void> {
  await sql`update shared_drafts set ticket_id = ${to}, path = trim_array(path, 1) where ticket_id = ${from} and path[cardinality(path)] = ${mergeId}::uuid`.execute(tx);
}

/** For redaction: what was sent or put away as well. */
export const sharedOn = (tx: Tx, ticketIds: readonly string[]): Promise<{ id: string; body: Body }[]> =>
  tx.selectFrom('shared_drafts').select(['id', 'body']).where('ticket_id', 'in', ticketIds).forUpdate().$castTo<{ id: string; body: Body }>().execute();

export const saveSharedBody = (tx: Tx, id: string, body: Body) =>
  tx.updateTable('shared_drafts').set((e) => ({ body: JSON.stringify(body), version: e('version', '+', 1) })).where('id', '=', id).execute();

/** From the numbers it could be guessed what stood there: only those of what stands there now are left. */
export const forgetTraces = (tx: Tx, id: string, body: Body) =>
  tx.updateTable('shared_drafts').set({ traces: JSON.stringify(tracesOf(textOf(body))) }).where('id', '=', id).execute();

import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import { changeAnswers } from '../../../platform/http/idempotency.ts';
import type { Move } from '../../tickets/core/merging.ts';
import type { Item } from '../core/checklist.ts';
import { LONGEST_ITEM } from '../core/contract.ts';

export type Checklist = {
  readonly id: string; readonly ticketId: string; readonly templateId: string | null; readonly name: string; readonly createdAt: Date; readonly createdBy: string | null; readonly finishedAt: Date | null;
};
export type ShownItem = Item & { readonly checklistId: string; readonly doneByName: string | null; readonly ownerName: string | null };

const columns = ['id', 'ticket_id as ticketId', 'template_id as templateId', 'name', 'created_at as createdAt', 'created_by as createdBy', 'finished_at as finishedAt'] as const;

type Paging = { readonly limit: number; readonly after: readonly [string, string] | null };

export function checklistsOf(tx: Tx, workspaceId: string, ticketId: string, { limit, after }: Paging): Promise<Checklist[]> {
  let query = tx.selectFrom('checklists').select(columns).where('workspace_id', '=', workspaceId).where('ticket_id', '=', ticketId)
    .orderBy('created_at').orderBy('id').limit(limit);
  if (after) query = query.where((e) => e.or([e('created_at', '>', new Date(after[0])), e.and([e('created_at', '=', new Date(after[0])), e('id', '>', after[1])])]));
  return query.execute();
}

export const findChecklist = (tx: Tx, workspaceId: string, ticketId: string, id: string): Promise<Checklist | undefined> =>
  tx.selectFrom('checklists').select(columns).where('workspace_id', '=', workspaceId).where('ticket_id', '=', ticketId).where('id', '=', id).executeTakeFirst();

/** Whether one of this template stands on the ticket on which something is left to do. */
export const hasUnfinished = async (tx: Tx, workspaceId: string, ticketId: string, templateId: string): Promise<boolean> =>
  await tx.selectFrom('checklists').select('id').where('workspace_id', '=', workspaceId).where('ticket_id', '=', ticketId).where('template_id', '=', templateId)
    .where('finished_at', 'is', null).limit(1).executeTakeFirst() !== undefined;

export const countOn = async (tx: Tx, workspaceId: string, ticketId: string): Promise<number> =>
  (await tx.selectFrom('checklists').select((e) => e.fn.countAll<number>().as('count')).where('workspace_id', '=', workspaceId).where('ticket_id', '=', ticketId).executeTakeFirstOrThrow()).count;

/** In their order, with the names of people. */
export const itemsOf = (tx: Tx, workspaceId: string, checklistIds: readonly string[]): Promise<ShownItem[]> =>
  checklistIds.length === 0 ? Promise.resolve([]) : tx.selectFrom('checklist_items as i')
    .leftJoin('people as d', (on) => on.onRef('d.workspace_id', '=', 'i.workspace_id').onRef('d.id', '=', 'i.done_by'))
    .leftJoin('people as o', (on) => on.onRef('o.workspace_id', '=', 'i.workspace_id').onRef('o.id', '=', 'i.owner_id'))
    .select(['i.id', 'i.checklist_id as checklistId', 'i.text', 'i.done_at as doneAt', 'i.done_by as doneBy', 'i.owner_id as ownerId', 'i.due_at as dueAt', 'd.name as doneByName', 'o.name as ownerName'])
    .where('i.workspace_id', '=', workspaceId).where('i.checklist_id', 'in', checklistIds).orderBy('i.place').orderBy('i.id').execute();

export async function insertChecklist(tx: Tx, workspaceId: string, list: Checklist, items: readonly Item[]): Promise<void> {
  await tx.insertInto('checklists').values({
    workspace_id: workspaceId, id: list.id, ticket_id: list.ticketId, template_id: list.templateId, name: list.name, created_at: list.createdAt, created_by: list.createdBy, finished_at: list.finishedAt,
  }).execute();
  await insertItems(tx, workspaceId, list.id, items, 0);
}

export async function insertItems(tx: Tx, workspaceId: string, checklistId: string, items: readonly Item[], from: number): Promise<void> {
  await tx.insertInto('checklist_items').values(items.map((item, index) => ({
    workspace_id: workspaceId, id: item.id, checklist_id: checklistId, place: from + index, text: item.text, done_at: item.doneAt, done_by: item.doneBy, owner_id: item.ownerId, due_at: item.dueAt,
  }))).execute();
}

export async function saveItem(tx: Tx, workspaceId: string, item: Item): Promise<void> {
  await tx.updateTable('checklist_items').set({ text: item.text, done_at: item.doneAt, done_by: item.doneBy, owner_id: item.ownerId, due_at: item.dueAt })
    .where('workspace_id', '=', workspaceId).where('id', '=', item.id).execute();
}

export async function deleteItem(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.deleteFrom('checklist_items').where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

export async function setFinished(tx: Tx, workspaceId: string, id: string, finishedAt: Date | null): Promise<void> {
  await tx.updateTable('checklists').set({ finished_at: finishedAt }).where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

export async function deleteChecklist(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.deleteFrom('checklists').where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

export async function moveToTicket(tx: Tx, workspaceId: string, { from, to, mergeId }: Move): Promise<void> {
  await sql`update checklists set ticket_id = ${to}, merges = merges || ${mergeId}::uuid where workspace_id = ${workspaceId} and ticket_id = ${from}`.execute(tx);
}

export async function moveBack(tx: Tx, workspaceId: string, { from, to, mergeId }: Move): Promise<void> {
  await sql`update checklists set ticket_id = ${to}, merges = trim_array(merges, 1)
    where workspace_id = ${workspaceId} and ticket_id = ${from} and merges[cardinality(merges)] = ${mergeId}::uuid`.execute(tx);
}

/** Takes passages out of the lists of these tickets, and out of answers that are kept for repetitions. */
export async function strikeWords(tx: Tx, workspaceId: string, ticketIds: readonly string[], strike: (text: string) => string): Promise<void> {
  const lists = await tx.selectFrom('checklists').select(['id', 'name']).where('workspace_id', '=', workspaceId).where('ticket_id', 'in', ticketIds).execute();
  for (const { id, name } of lists) {
    const after = strike(name).slice(0, 200);
    if (after !== name) await tx.updateTable('checklists').set({ name: after }).where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
  }
  const ids = lists.map(({ id }) => id);
  for (const item of await itemsOf(tx, workspaceId, ids)) {
    const text = strike(item.text).slice(0, LONGEST_ITEM);
    if (text !== item.text) await saveItem(tx, workspaceId, { ...item, text });
  }
  await changeAnswers(tx, ids, strike);
}

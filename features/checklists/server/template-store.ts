import type { Tx } from '../../../platform/db/db.ts';

export type Template = { readonly id: string; readonly name: string; readonly teamId: string | null; readonly items: string[]; readonly createdAt: Date; readonly updatedAt: Date };
const columns = ['id', 'name', 'team_id as teamId', 'items', 'created_at as createdAt', 'updated_at as updatedAt'] as const;

type Wanted = { readonly teamIds: readonly string[] | null; readonly q: string; readonly limit: number; readonly after: readonly [string, string] | null };

/** By name; those of everybody and of the given teams. */
export function templates(tx: Tx, workspaceId: string, { teamIds, q, limit, after }: Wanted): Promise<Template[]> {
  let query = tx.selectFrom('checklist_templates').select(columns).where('workspace_id', '=', workspaceId).orderBy('name').orderBy('id').limit(limit);
  if (teamIds !== null) query = query.where((e) => e.or([e('team_id', 'is', null), ...(teamIds.length > 0 ? [e('team_id', 'in', teamIds)] : [])]));
  if (q !== '') query = query.where('name', 'ilike', `%${q.replace(/[\\%_]/g, '\\$&')}%`);
  if (after) query = query.where((e) => e.or([e('name', '>', after[0]), e.and([e('name', '=', after[0]), e('id', '>', after[1])])]));
  return query.execute();
}

export const findTemplate = (tx: Tx, workspaceId: string, id: string): Promise<Template | undefined> =>
  tx.selectFrom('checklist_templates').select(columns).where('workspace_id', '=', workspaceId).where('id', '=', id).executeTakeFirst();

export const countTemplates = async (tx: Tx, workspaceId: string): Promise<number> =>
  (await tx.selectFrom('checklist_templates').select((e) => e.fn.countAll<number>().as('count')).where('workspace_id', '=', workspaceId).executeTakeFirstOrThrow()).count;

const row = ({ name, teamId, items, createdAt, updatedAt }: Template) => ({ name, team_id: teamId, items, created_at: createdAt, updated_at: updatedAt });

export async function insertTemplate(tx: Tx, workspaceId: string, template: Template): Promise<void> {
  await tx.insertInto('checklist_templates').values({ workspace_id: workspaceId, id: template.id, ...row(template) }).execute();
}

export async function updateTemplate(tx: Tx, workspaceId: string, template: Template): Promise<void> {
  await tx.updateTable('checklist_templates').set(row(template)).where('workspace_id', '=', workspaceId).where('id', '=', template.id).execute();
}

export const deleteTemplate = async (tx: Tx, workspaceId: string, id: string): Promise<boolean> =>
  await tx.deleteFrom('checklist_templates').where('workspace_id', '=', workspaceId).where('id', '=', id).returning('id').executeTakeFirst() !== undefined;

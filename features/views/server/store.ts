import type { Tx } from '../../../platform/db/db.ts';
import type { Condition } from '../../conditions/core/condition.ts';
import type { ViewView } from '../core/contract.ts';

export type StoredView = {
  readonly id: string; readonly name: string; readonly ownerId: string | null; readonly teamId: string | null; readonly conditions: Condition;
  readonly shelf: ViewView['shelf']; readonly sort: ViewView['sort']; readonly columns: readonly string[]; readonly createdBy: string; readonly version: number; readonly createdAt: Date; readonly updatedAt: Date;
};
const columns = [
  'id', 'name', 'owner_id as ownerId', 'team_id as teamId', 'conditions', 'shelf', 'sort', 'columns', 'created_by as createdBy', 'version', 'created_at as createdAt', 'updated_at as updatedAt',
] as const;

type Viewer = { readonly id: string; readonly teamIds: readonly string[] };

/** By name: one's own, those of one's teams, everybody's. */
export const visibleViews = (tx: Tx, viewer: Viewer, { q, limit, after }: { q: string; limit: number; after: readonly [string, string] | null }): Promise<StoredView[]> => {
  let query = tx.selectFrom('views').select(columns).orderBy('name').orderBy('id').limit(limit).where((e) => e.or([
    e('owner_id', '=', viewer.id), e.and([e('owner_id', 'is', null), e('team_id', 'is', null)]), ...(viewer.teamIds.length > 0 ? [e('team_id', 'in', viewer.teamIds)] : []),
  ]));
  if (q !== '') query = query.where('name', 'ilike', `%${q.replace(/[\\%_]/g, '\\$&')}%`);
  if (after) query = query.where((e) => e.or([e('name', '>', after[0]), e.and([e('name', '=', after[0]), e('id', '>', after[1])])]));
  return query.$castTo<StoredView>().execute();
};

export const findView = (tx: Tx, id: string): Promise<StoredView | undefined> =>
  tx.selectFrom('views').select(columns).where('id', '=', id).$castTo<StoredView>().executeTakeFirst();

export const lockView = (tx: Tx, id: string): Promise<StoredView | undefined> =>
  tx.selectFrom('views').select(columns).where('id', '=', id).forUpdate().$castTo<StoredView>().executeTakeFirst();

/** So that nobody fills the table: of one person, whoever sees them. */
export const countMade = async (tx: Tx, personId: string): Promise<number> =>
  Number((await tx.selectFrom('views').select((e) => e.fn.countAll().as('count')).where('created_by', '=', personId).executeTakeFirstOrThrow()).count);

const row = (view: StoredView) => ({
  name: view.name, owner_id: view.ownerId, team_id: view.teamId, conditions: JSON.stringify(view.conditions), shelf: view.shelf, sort: view.sort, columns: [...view.columns], updated_at: view.updatedAt, version: view.version,
});

export async function insertView(tx: Tx, workspaceId: string, view: StoredView): Promise<void> {
  await tx.insertInto('views').values({ workspace_id: workspaceId, id: view.id, created_by: view.createdBy, created_at: view.createdAt, ...row(view) }).execute();
}

export async function updateView(tx: Tx, view: StoredView): Promise<void> {
  await tx.updateTable('views').set(row(view)).where('id', '=', view.id).execute();
}

export async function deleteView(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('views').where('id', '=', id).execute();
}

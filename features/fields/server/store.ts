import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import type { Condition } from '../../conditions/core/condition.ts';
import type { FieldOption, Names, Subject } from '../core/contract.ts';
import type { Demanding } from '../core/demands.ts';

export type StoredField = Omit<Demanding, 'options' | 'names'> & {
  readonly id: string; readonly subject: Subject; readonly names: Names; readonly hints: Partial<Names>; readonly options: readonly FieldOption[];
  readonly shownWhen: Condition | null; readonly requiredWhen: Condition | null; readonly position: number; readonly createdAt: Date; readonly updatedAt: Date;
};

const columns = [
  'id', 'subject', 'key', 'type', 'names', 'hints', 'options', 'currency', 'shown_when as shownWhen', 'required', 'required_when as requiredWhen', 'active', 'position',
  'created_at as createdAt', 'updated_at as updatedAt',
] as const;

/** Those that were not removed, in the order in which they are shown; there are few. */
export const fieldsOf = (tx: Tx, subject: Subject): Promise<StoredField[]> =>
  tx.selectFrom('field_definitions').select(columns).where('subject', '=', subject).where('deleted_at', 'is', null).orderBy('position').orderBy('id').$castTo<StoredField>().execute();

/** Keys of those that hold words of people's own, with those that were removed: their values stay on the records. */
export const wordedKeys = async (tx: Tx, subject: Subject): Promise<string[]> =>
  (await tx.selectFrom('field_definitions').select('key').where('subject', '=', subject).where('type', 'in', ['text', 'link']).execute()).map(({ key }) => key);

/** A page of them; `after` is a place in the order of subject, position and id. */
export async function fieldPage(tx: Tx, { subject, active, limit, after }: {
  subject: Subject | undefined; active: boolean | undefined; limit: number; after: readonly [subject: string, position: number | string, id: string] | null;
}): Promise<StoredField[]> {
  let query = tx.selectFrom('field_definitions').select(columns).where('deleted_at', 'is', null).orderBy('subject').orderBy('position').orderBy('id').limit(limit);
  if (subject) query = query.where('subject', '=', subject);
  if (active !== undefined) query = query.where('active', '=', active);
  if (after) query = query.where(sql<boolean>`(subject, position, id) > (${after[0]}, ${after[1]}::bigint, ${after[2]}::uuid)`);
  return query.$castTo<StoredField>().execute();
}

/** Locked, so that two people cannot change it at once. */
export const lockField = (tx: Tx, id: string): Promise<StoredField | undefined> =>
  tx.selectFrom('field_definitions').select(columns).where('id', '=', id).where('deleted_at', 'is', null).forUpdate().$castTo<StoredField>().executeTakeFirst();

const condition = (given: Condition | null): string | null => given && JSON.stringify(given);

const row = (field: StoredField) => ({
  names: JSON.stringify(field.names), hints: JSON.stringify(field.hints), options: JSON.stringify(field.options), currency: field.currency,
  shown_when: condition(field.shownWhen), required: field.required, required_when: condition(field.requiredWhen), active: field.active, updated_at: field.updatedAt,
});

/** False when the key is taken, be it by one that was removed. */
export async function insertField(tx: Tx, workspaceId: string, field: StoredField): Promise<boolean> {
  const done = await tx.insertInto('field_definitions').values({
    workspace_id: workspaceId, id: field.id, subject: field.subject, key: field.key, type: field.type, position: field.position, created_at: field.createdAt, ...row(field),
  }).onConflict((conflict) => conflict.columns(['workspace_id', 'subject', 'key']).doNothing()).returning('id').executeTakeFirst();
  return done !== undefined;
}

export async function saveField(tx: Tx, field: StoredField): Promise<void> {
  await tx.updateTable('field_definitions').set(row(field)).where('id', '=', field.id).execute();
}

export const removeField = (tx: Tx, id: string, at: Date) =>
  tx.updateTable('field_definitions').set({ deleted_at: at }).where('id', '=', id).where('deleted_at', 'is', null).returning('id').executeTakeFirst();

export async function saveOrder(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`update field_definitions f set position = o.place from unnest(${[...ids]}::uuid[]) with ordinality as o (id, place)
    where f.workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid and f.id = o.id`.execute(tx);
}

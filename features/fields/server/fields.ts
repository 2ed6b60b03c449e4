import { type RawBuilder, sql } from 'kysely';
import type { Actor, Now } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { Emit } from '../../../platform/events/events.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import { readCondition } from '../../conditions/core/check.ts';
import type { Condition } from '../../conditions/core/condition.ts';
import type { Fields as Attributes } from '../../conditions/core/fields.ts';
import { planOf } from '../../conditions/core/plan.ts';
import { demand, type Permission } from '../../people/core/permissions.ts';
import type { People } from '../../people/server/people.ts';
import { attributeOf, type Carrier, withFields } from '../core/attributes.ts';
import { type FieldCreate, type FieldPatch, type FieldView, MOST_FIELDS, type Subject } from '../core/contract.ts';
import { checkOptions } from '../core/options.ts';
import type { FieldValues } from '../core/types.ts';
import { createSetting } from './setting.ts';
import { createTables } from './tables.ts';
import { fieldPage, fieldsOf, insertField, lockField, removeField, saveField, saveOrder, type StoredField, wordedKeys } from './store.ts';

export type Fields = ReturnType<typeof createFields>;
/** What conditions may ask of each kind of record besides its fields: rooms above know it. */
type Known = Readonly<Record<Subject, () => Attributes<never>>>;

/** The front door of the fields room: what else a workspace wants to know of its tickets, customers and companies. */
export function createFields({ db, now, emit, people, known }: { db: Database; now: Now; emit: Emit; people: Pick<People, 'peopleByIds'>; known: Known }) {
  const work = <T>(actor: Actor, permission: Permission, act: (tx: Tx) => Promise<T>): Promise<T> => {
    demand(actor, permission);
    return db.work(actor.workspaceId, act);
  };
  const absent = () => new AppError('not_found', 'field.not_found', 'There is no such field.');
  const changed = (tx: Tx, actor: Actor, id: string | null, subject: Subject) =>
    emit(tx, actor.workspaceId, { type: 'field.changed', subjectId: id, actor: { kind: 'person', id: actor.id }, data: { subject }, at: now() });

  async function attributesOf(tx: Tx, subject: Subject): Promise<Attributes<never>> {
    return withFields(known[subject]() as Attributes<Carrier>, await fieldsOf(tx, subject), 'en') as Attributes<never>;
  }

  /** What is asked of one record at a moment: neither changes nor working time. */
  async function readWhen(tx: Tx, subject: Subject, json: unknown, pointer: string): Promise<Condition | null> {
    if (json === null || json === undefined) return null;
    const attributes = await attributesOf(tx, subject);
    const condition = readCondition(json, attributes, { pointer });
    planOf(condition, attributes, { now: new Date(0) });
    return condition;
  }

  function requireCurrency({ type, currency }: Pick<StoredField, 'type' | 'currency'>): void {
    if ((type === 'money') !== (currency !== null)) {
      throw new AppError('invalid', 'field.currency', type === 'money' ? 'Say in which currency the amounts are, such as EUR.' : 'Only money has a currency; leave it out.', { errors: [{ pointer: '#/currency', code: 'field.currency', detail: 'A field of money has a currency.' }] });
    }
  }

  return {
    ...createSetting({ now, people }),
    ...createTables({ people }),

    list: (actor: Actor, { subject, active, limit, cursor }: { subject?: Subject | undefined; active?: 'true' | 'false' | undefined; limit: number; cursor?: string | undefined }): Promise<Page<FieldView>> =>
      work(actor, 'fields.list', async (tx) => {
        const after = cursor === undefined ? null : decodeCursor(cursor, ['string', 'number', 'id']);
        const rows = await fieldPage(tx, { subject, active: active === undefined ? undefined : active === 'true', limit: limit + 1, after });
        return pageOfRows(rows, limit, (row) => [row.subject, row.position, row.id], present);
      }),

    create: (actor: Actor, given: FieldCreate): Promise<FieldView> =>
      work(actor, 'fields.manage', async (tx) => {
        const all = await fieldsOf(tx, given.subject);
        if (all.length >= MOST_FIELDS) throw new AppError('conflict', 'field.too_many', `There can be ${MOST_FIELDS} fields of a kind of record; remove one first.`);
        const at = now();
        const field: StoredField = {
          id: newId(), subject: given.subject, key: given.key, type: given.type, names: given.names, hints: given.hints ?? {}, options: checkOptions(given.type, given.options ?? [], []),
          currency: given.currency ?? null, shownWhen: await readWhen(tx, given.subject, given.shownWhen, '#/shownWhen'), required: given.required ?? false,
          requiredWhen: await readWhen(tx, given.subject, given.requiredWhen, '#/requiredWhen'), active: given.active ?? true, position: (all.at(-1)?.position ?? 0) + 1, createdAt: at, updatedAt: at,
        };
        requireCurrency(field);
        if (!await insertField(tx, actor.workspaceId, field)) {
          throw new AppError('conflict', 'field.key_taken', `The key "${field.key}" is or was another field's; choose another.`, { errors: [{ pointer: '#/key', code: 'field.key_taken', detail: 'It is or was another field’s.' }] });
        }
        await changed(tx, actor, field.id, field.subject);
        return present(field);
      }),

    change: (actor: Actor, id: string, { shownWhen, requiredWhen, options, ...patch }: FieldPatch): Promise<FieldView> =>
      work(actor, 'fields.manage', async (tx) => {
        const before = await lockField(tx, id);
        if (!before) throw absent();
        const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
        const field: StoredField = {
          ...before, ...given, updatedAt: now(),
          options: options === undefined ? before.options : checkOptions(before.type, options, before.options),
          shownWhen: shownWhen === undefined ? before.shownWhen : await readWhen(tx, before.subject, shownWhen, '#/shownWhen'),
          requiredWhen: requiredWhen === undefined ? before.requiredWhen : await readWhen(tx, before.subject, requiredWhen, '#/requiredWhen'),
        };
        requireCurrency(field);
        await saveField(tx, field);
        await changed(tx, actor, id, field.subject);
        return present(field);
      }),

    /** Its values stay on the records and are shown nowhere. */
    remove: (actor: Actor, id: string): Promise<void> =>
      work(actor, 'fields.manage', async (tx) => {
        const field = await lockField(tx, id);
        if (!field || !await removeField(tx, id, now())) throw absent();
        await changed(tx, actor, id, field.subject);
      }),

    order: (actor: Actor, subject: Subject, ids: readonly string[]): Promise<void> =>
      work(actor, 'fields.manage', async (tx) => {
        const there = (await fieldsOf(tx, subject)).map(({ id }) => id);
        if (ids.length !== there.length || new Set(ids).size !== ids.length || ids.some((id) => !there.includes(id))) {
          throw new AppError('conflict', 'field.other_fields', 'Name every field of this kind of record once; read the list again.');
        }
        await saveOrder(tx, ids);
        await changed(tx, actor, null, subject);
      }),

    /** For rooms above: what there is of a kind of record, in its order. */
    definitions: (tx: Tx, subject: Subject): Promise<StoredField[]> => fieldsOf(tx, subject),

    /** For rooms above that take words out of records. */
    wordedKeys,

    /** For rooms above that take conditions: their attributes with the workspace's own fields. */
    withOwn: async <R extends { readonly fields: FieldValues }>(tx: Tx, subject: Subject, attributes: Attributes<R>): Promise<Attributes<R>> =>
      withFields(attributes, await fieldsOf(tx, subject), 'en'),
  };
}

const present = ({ position: _position, createdAt: _createdAt, updatedAt, ...field }: StoredField): FieldView => ({
  ...field, names: { ...field.names }, hints: { ...field.hints }, options: [...field.options], shownWhen: field.shownWhen && { ...field.shownWhen }, requiredWhen: field.requiredWhen && { ...field.requiredWhen },
  updatedAt: updatedAt.toISOString(),
});

/**
 * Where the value of a field lies within a record's values, as conditions compare it. What is of another kind than its field
 * says is missing, as `attribute` reads it: one odd value must not break a list.
 */
export function valueColumn(values: RawBuilder<unknown>, id: string): RawBuilder<unknown> {
  const { type, key } = attributeOf(id) ?? { type: 'text', key: '' };
  const kindOf = sql`jsonb_typeof(${values} -> ${key}::text)`;
  const text = sql`nullif(${values} ->> ${key}::text, '')`;
  switch (type) {
    case 'number':
    case 'money': return sql`(case when ${kindOf} = 'number' then (${text})::double precision end)`;
    case 'date': return sql`(case when ${kindOf} = 'string' then (${text} || 'T00:00:00Z')::timestamptz end)`;
    case 'tree': return sql`(case when ${kindOf} = 'array' then array(select jsonb_array_elements_text(${values} -> ${key}::text)) end)`;
    case 'person': return sql`(case when ${kindOf} = 'string' then (${text})::uuid end)`;
    default: return sql`(case when ${kindOf} = 'string' then ${text} end)`;
  }
}

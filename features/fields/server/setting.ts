import type { Now } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { Fields as Attributes } from '../../conditions/core/fields.ts';
import type { People } from '../../people/server/people.ts';
import type { Carrier } from '../core/attributes.ts';
import { type FieldValuesPatch, MOST_VALUES_LENGTH, type Subject } from '../core/contract.ts';
import { lacking } from '../core/demands.ts';
import { type FieldValue, type FieldValues, valueIn } from '../core/types.ts';
import { readValue } from '../core/values.ts';
import { fieldsOf, type StoredField } from './store.ts';

function refuse(key: string, detail: string): never {
  throw new AppError('invalid', 'field.bad_value', `fields.${key} ${detail}`, { errors: [{ pointer: `#/fields/${key}`, code: 'field.bad_value', detail }] });
}

function isOffered({ type, options }: StoredField, value: FieldValue): boolean {
  if (type !== 'choice' && type !== 'tree') return true;
  return [value].flat().every((one) => options.some((option) => option.key === one && option.active));
}

/** Writing values, for the rooms whose records carry them. */
export function createSetting({ now, people }: { now: Now; people: Pick<People, 'peopleByIds'> }) {
  function read(field: StoredField | undefined, key: string, given: unknown, before: FieldValue | null): FieldValue | null {
    if (!field) refuse(key, 'is no field that there is; GET /fields lists them.');
    const result = readValue(field, given);
    if ('wrong' in result) refuse(key, result.wrong);
    const { value } = result;
    if (value === null || JSON.stringify(value) === JSON.stringify(before)) return value;
    if (!field.active) refuse(key, 'is not in use any more.');
    if (!isOffered(field, value)) refuse(key, 'is not offered any more; choose another.');
    return value;
  }

  async function requirePeople(tx: Tx, fields: readonly StoredField[], given: FieldValues, before: FieldValues): Promise<void> {
    const persons = fields.filter(({ type }) => type === 'person').flatMap(({ key }) => {
      const value = valueIn(given, key);
      return typeof value === 'string' && value !== valueIn(before, key) ? [{ key, id: value }] : [];
    });
    if (persons.length === 0) return;
    const there = await people.peopleByIds(tx, persons.map(({ id }) => id));
    const gone = persons.find(({ id }) => (there.get(id)?.deactivatedAt ?? (there.has(id) ? null : true)) !== null);
    if (gone) refuse(gone.key, 'must be the id of somebody who works here.');
  }

  return {
    /** The values after what somebody gave; throws `field.bad_value` with its place. */
    async setValues(tx: Tx, subject: Subject, before: FieldValues, patch: FieldValuesPatch): Promise<FieldValues> {
      const fields = await fieldsOf(tx, subject);
      const after = new Map(Object.entries(before));
      for (const [key, given] of Object.entries(patch)) {
        const value = read(fields.find((one) => one.key === key), key, given, valueIn(before, key));
        if (value === null) after.delete(key);
        else after.set(key, value);
      }
      const values = Object.fromEntries(after);
      if (JSON.stringify(values).length > MOST_VALUES_LENGTH) {
        throw new AppError('invalid', 'field.too_much', `All fields of a record together hold ${MOST_VALUES_LENGTH} characters; shorten the longest, or write a note.`);
      }
      await requirePeople(tx, fields, values, before);
      return values;
    },

    /** What is required of this record, and empty. */
    async lacking<R extends Carrier>(tx: Tx, subject: Subject, attributes: Attributes<R>, record: R): Promise<StoredField[]> {
      const fields = await fieldsOf(tx, subject);
      return fields.some(({ required }) => required) ? lacking(fields, attributes, record, now()) : [];
    },
  };
}

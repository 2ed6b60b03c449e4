import type { Tx } from '../../../platform/db/db.ts';
import type { People } from '../../people/server/people.ts';
import { cellOf, headsOf } from '../core/cells.ts';
import type { Subject } from '../core/contract.ts';
import { type FieldValues, valueIn } from '../core/types.ts';
import { fieldsOf, type StoredField } from './store.ts';

/** A kind of record's own fields as columns of a table, in their order; those that are not in use any more too. */
export type OwnColumns = { readonly heads: readonly string[]; readonly fields: readonly StoredField[] };

/** Fields in lists that leave the house. */
export function createTables({ people }: { people: Pick<People, 'peopleByIds'> }) {
  return {
    /** For rooms above. `others`: what stands at the head of the table besides. */
    async columnsFor(tx: Tx, subject: Subject, others: readonly string[]): Promise<OwnColumns> {
      const fields = await fieldsOf(tx, subject);
      return { heads: headsOf(fields, others), fields };
    },

    /** For rooms above: what stands in these columns, record by record. */
    async cellsIn(tx: Tx, { fields }: OwnColumns, records: readonly { readonly fields: FieldValues }[]): Promise<string[][]> {
      const persons = fields.filter(({ type }) => type === 'person');
      const ids = records.flatMap((record) => persons.flatMap(({ key }) => valueIn(record.fields, key) ?? [])).map(String);
      const known = ids.length === 0 ? new Map<string, { name: string }>() : await people.peopleByIds(tx, ids);
      return records.map((record) => fields.map((field) => cellOf(field, valueIn(record.fields, field.key), (id) => known.get(id)?.name ?? id)));
    },
  };
}

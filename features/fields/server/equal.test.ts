import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { createDatabase, type Connection } from '../../../platform/db/db.ts';
import { copyOfTemplate } from '../../../testing/postgres.ts';
import { readCondition } from '../../conditions/core/check.ts';
import { type Node } from '../../conditions/core/condition.ts';
import { arityOf, asksForChange, defineFields, operatorsOf } from '../../conditions/core/fields.ts';
import { toPredicate } from '../../conditions/core/predicate.ts';
import { toSql } from '../../conditions/server/conditions.ts';
import { type Carrier, withAnyField, withFields } from '../core/attributes.ts';
import { FIELD_TYPES, type FieldDefinition, type FieldType, type FieldValue } from '../core/types.ts';
import { valueColumn } from './fields.ts';

/*
 * Conditions on a workspace's own fields pick the same records in the database and in memory, read with the definitions or
 * judged by their ids alone, also where a value is of another kind than its field.
 */
const NOW = new Date('2026-03-29T01:30:00.000Z');
const IDS = ['018f0000-0000-7000-8000-000000000001', '018f0000-0000-7000-8000-000000000002'];
const OPTIONS = ['kettle', 'leaks', 'lamp'].map((key) => ({ key, names: { en: key }, parent: null, active: true }));
const DEFINITIONS: FieldDefinition[] = FIELD_TYPES.map((type) => ({ key: type, type, names: { en: type }, options: type === 'choice' || type === 'tree' ? OPTIONS : [], currency: type === 'money' ? 'EUR' : null }));
const BASE = defineFields<Carrier>([]);
const ASKED = withFields(BASE, DEFINITIONS, 'en');
const JUDGED = withAnyField(BASE);

const days = fc.constantFrom('2026-03-27', '2026-03-28', '2026-03-29', '2026-03-30', '1999-12-31');
const amounts = fc.constantFrom(-1, 0, 0.1, 0.3, 12.5, 1200, 1e15, 1e-7);
const words = fc.constantFrom('A-17', 'a-17', 'Łódź', 'чайник', '100%', 'https://example.org/7', 'x');
const VALUE: Record<FieldType, fc.Arbitrary<FieldValue>> = {
  text: words, link: words, number: amounts, money: amounts, date: days, choice: fc.constantFrom('kettle', 'lamp'), person: fc.constantFrom(...IDS),
  tree: fc.constantFrom(['kettle', 'leaks'], ['kettle'], ['lamp']),
};
/** Now and then of another kind. */
const kept = (type: FieldType) => fc.option(fc.oneof({ weight: 6, arbitrary: VALUE[type] }, { weight: 1, arbitrary: fc.constantFrom<FieldValue>('', 7, ['kettle']) }), { freq: 4 });
const record = fc.record(Object.fromEntries(FIELD_TYPES.map((type) => [type, kept(type)])) as Record<FieldType, fc.Arbitrary<FieldValue | null>>)
  .map((all): Carrier => ({ fields: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null)) as Carrier['fields'] }));

let owner: Connection;
let records: Carrier[];
beforeAll(async () => {
  const db = createDatabase(await copyOfTemplate());
  ({ owner } = db);
  await sql`create table probes (n integer primary key, fields jsonb not null)`.execute(owner);
  records = fc.sample(record, { numRuns: 80, seed: 5 });
  await sql`insert into probes values ${sql.join(records.map((one, n) => sql`(${n}::integer, ${JSON.stringify(one.fields)}::jsonb)`))}`.execute(owner);
  return () => db.destroy();
});

const span = fc.constantFrom({ amount: 1, unit: 'days' }, { amount: 3, unit: 'hours' });
const tests = ASKED.list.flatMap((field) => operatorsOf(field).filter((one) => !asksForChange(one) && one !== 'working_older_than').map((operator) => ({ field, operator })));

test.each(tests)('$field.id $operator', async ({ field, operator }) => {
  const type = field.id.split('.')[1] as FieldType;
  const one = type === 'date' ? days.map((day) => `${day}T00:00:00.000Z`) : type === 'tree' ? fc.constantFrom('kettle', 'leaks', 'lamp') : VALUE[type];
  const operand = { none: fc.constant(undefined), one, many: fc.array(one, { minLength: 1, maxLength: 2 }), span, range: fc.record({ from: one, to: one }) }[arityOf(operator)];
  await fc.assert(fc.asyncProperty(operand, async (value) => {
    const node = { field: field.id, operator, ...(value !== undefined && { value }) } as Node;
    const condition = readCondition(JSON.parse(JSON.stringify({ all: [node] })), ASKED);
    const { rows } = await sql<{ n: number }>`select n from probes where ${toSql(condition, JUDGED, { [field.id]: valueColumn(sql.ref('probes.fields'), field.id) }, { now: NOW })} order by n`.execute(owner);
    const picked = (holds: (one: Carrier) => boolean) => records.flatMap((one, n) => (holds(one) ? [n] : []));
    expect(rows.map(({ n }) => n)).toEqual(picked(toPredicate(condition, JUDGED, { now: NOW })));
    expect(rows.map(({ n }) => n)).toEqual(picked(toPredicate(condition, ASKED, { now: NOW })));
  }), { numRuns: arityOf(operator) === 'none' ? 1 : 8, seed: 3 });
});

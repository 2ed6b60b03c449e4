import { type RawBuilder, sql } from 'kysely';
import { attributeOf } from '../core/attributes.ts';

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

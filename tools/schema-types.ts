import type pg from 'pg';

const HEAD = `// Generated from the migrated database by \`npm run db:types\`. Do not edit.
import type { ColumnType, GeneratedAlways } from 'kysely';

type Generated<T> = T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>;
type Timestamp = ColumnType<Date, Date | string, Date | string>;
/** Read as parsed JSON, written as text. */
type JsonColumn = ColumnType<unknown, string, string>;

`;

const TYPES: Readonly<Record<string, string>> = {
  'uuid': 'string',
  'text': 'string',
  'sealed': 'string',
  'tsvector': 'string',
  'date': 'string',
  'bigint': 'number',
  'integer': 'number',
  'smallint': 'number',
  'double precision': 'number',
  'boolean': 'boolean',
  'bytea': 'Buffer',
  'timestamp with time zone': 'Timestamp',
  'jsonb': 'JsonColumn',
};

type Column = {
  table: string;
  name: string;
  type: string;
  required: boolean;
  has_default: boolean;
  identity: string;
  generated: string;
  /** Of a check on this column alone; null: none. */
  check: string | null;
};

/** The interface that Kysely is told, read from the catalogue. */
export async function typesText(client: pg.Client): Promise<string> {
  const { rows } = await client.query<Column>(`
    select c.relname as table, a.attname as name, format_type(a.atttypid, null) as type, a.attnotnull as required,
      a.atthasdef as has_default, a.attidentity as identity, a.attgenerated as generated,
      (select pg_get_constraintdef(k.oid) from pg_constraint k
        where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum] and pg_get_constraintdef(k.oid) like '%= ANY (ARRAY[%'
        order by k.conname limit 1) as check
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where n.nspname = 'public' and c.relkind in ('r', 'p', 'v') and not c.relispartition
    order by c.relname collate "C", a.attnum`);
  const tables = Map.groupBy(rows, ({ table }) => table);
  const bodies = [...tables].map(([table, columns]) =>
    [`  ${table}: {`, ...columns.map((column) => `    ${column.name}: ${columnType(column)};`), '  };'].join('\n'));
  return `${HEAD}export interface Schema {\n${bodies.join('\n')}\n}\n`;
}

function columnType({ type, required, has_default, identity, generated, check }: Column): string {
  const value = (check === null ? null : literals(check)) ?? plainType(type);
  const nullable = required ? value : `${value} | null`;
  if (identity === 'a' || generated !== '') return `GeneratedAlways<${nullable}>`;
  return has_default || identity === 'd' ? `Generated<${nullable}>` : nullable;
}

function plainType(type: string): string {
  if (type.endsWith('[]')) return `${plainType(type.slice(0, -2))}[]`;
  return TYPES[type] ?? 'unknown';
}

/** `col in ('a', 'b')`, as PostgreSQL writes it down; null when the check says more than that. */
function literals(check: string): string | null {
  const list = /^CHECK \(\((?:\([a-z_0-9]+ IS NULL\) OR \()?\(?[a-z_0-9]+ = ANY \(ARRAY\[([^\]]+)\]\)\)+$/.exec(check)?.[1];
  const values = list?.split(', ').map((item) => /^'([^']+)'::text$/.exec(item)?.[1]);
  return values?.every((item) => item !== undefined) ? values.map((item) => `'${item}'`).join(' | ') : null;
}

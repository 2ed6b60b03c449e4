import { type RawBuilder, sql, type SqlBool } from 'kysely';
import { AppError } from '../../../kernel/errors.ts';
import type { Condition } from '../core/condition.ts';
import type { Field, Fields } from '../core/fields.ts';
import { type Comparison, type Moment, type Plan, planOf, type Worked, workingAgo } from '../core/plan.ts';
import { folded } from './fold.ts';

/** Ids that lie in rows of their own. */
export type Linked = {
  /** All of them, as an array: looked up for each row that is tested. */
  readonly ids: RawBuilder<unknown>;
  /** Whether one of these is among them, from what is looked up once, however many rows are tested. */
  readonly hasAny: (ids: readonly string[]) => RawBuilder<SqlBool>;
};

/** Where each field lies, qualified, by the field's id. */
export type Columns = { readonly [field: string]: RawBuilder<unknown> | Linked };

/**
 * The condition as what stands behind `where`: there it picks exactly the rows for which `toPredicate` says true. (Elsewhere
 * it may be null instead of false, so that indexes can be used.) Values are parameters, columns the room's own.
 *
 * Under row-level security only tests on ids, options, whole numbers and moments can walk an index; narrow the rest by a shelf.
 */
export const toSql = <R>(condition: Condition, fields: Fields<R>, columns: Columns, moment: Moment): RawBuilder<SqlBool> =>
  compile(planOf(condition, fields, moment), columns);

function compile<R>(plan: Plan<R>, columns: Columns): RawBuilder<SqlBool> {
  switch (plan.kind) {
    case 'all': return joined(plan.parts, columns, { between: sql` and `, ofNothing: sql`true` });
    case 'any': return joined(plan.parts, columns, { between: sql` or `, ofNothing: sql`false` });
    case 'not': return sql<SqlBool>`(${compile(plan.part, columns)}) is not true`;
    case 'test': return test(plan.comparison, plan.field, columnOf(plan.field, columns));
    case 'changed': throw new AppError('invalid', 'condition.needs_change',
      `Whether ${plan.field.id} changed can be known only at the moment of a change; leave that test out here.`);
  }
}

function test<R>(comparison: Comparison, field: Field<R>, column: RawBuilder<unknown> | Linked): RawBuilder<SqlBool> {
  if (!('hasAny' in column)) return compare(comparison, field, column);
  if (comparison.is !== 'set') return compare(comparison, field, column.ids);
  const { how, values } = comparison;
  return how === 'covers' ? sql<SqlBool>`(${sql.join(values.map((one) => column.hasAny([one])), sql` and `)})` : column.hasAny(values);
}

function joined<R>(parts: readonly Plan<R>[], columns: Columns, { between, ofNothing }: Record<'between' | 'ofNothing', RawBuilder<unknown>>): RawBuilder<SqlBool> {
  return sql<SqlBool>`(${parts.length === 0 ? ofNothing : sql.join(parts.map((part) => compile(part, columns)), between)})`;
}

function columnOf<R>(field: Field<R>, columns: Columns): RawBuilder<unknown> | Linked {
  const column = Object.hasOwn(columns, field.id) ? columns[field.id] : undefined;
  if (!column) throw new AppError('invalid', 'condition.not_in_lists', `${field.id} can be asked of one record, not of a list; leave that test out here.`);
  return column;
}

type Column = RawBuilder<unknown>;

function compare<R>(comparison: Comparison, field: Field<R>, column: Column): RawBuilder<SqlBool> {
  switch (comparison.is) {
    case 'missing': return missing(field, column);
    case 'one_of': return oneOf(typeOf(field), column, comparison.values);
    case 'text': return text(comparison, column);
    case 'range': return range(comparison, field, column);
    case 'worked': return worked(comparison, field, column);
    case 'set': return set(comparison, field, column);
  }
}

function missing<R>({ type }: Field<R>, column: Column): RawBuilder<SqlBool> {
  if (type === 'text') return sql<SqlBool>`(${column} is null or ${column} = '')`;
  return type === 'tags' || type === 'ids' ? sql<SqlBool>`coalesce(cardinality(${column}), 0) = 0` : sql<SqlBool>`${column} is null`;
}

/** The type in which values are sent, so that the comparison is the one of the column's index. */
function typeOf<R>(field: Field<R>): 'uuid' | 'boolean' | 'bigint' | 'double precision' | 'text' {
  switch (field.type) {
    case 'id':
    case 'ids': return 'uuid';
    case 'boolean': return 'boolean';
    case 'duration': return 'bigint';
    case 'number': return field.integer === true ? 'bigint' : 'double precision';
    default: return 'text';
  }
}

const oneOf = (type: string, column: Column, values: readonly unknown[]): RawBuilder<SqlBool> =>
  (values.length === 1 ? sql<SqlBool>`${column} = ${values[0]}::${sql.raw(type)}` : sql<SqlBool>`${column} = any(${[...values]}::${sql.raw(type)}[])`);

function text({ how, values }: Extract<Comparison, { is: 'text' }>, column: Column): RawBuilder<SqlBool> {
  const [wanted] = values;
  switch (how) {
    case 'equals': return oneOf('text', folded(column), values);
    case 'contains': return sql<SqlBool>`strpos(${folded(column)}, ${wanted}) > 0`;
    case 'starts': return sql<SqlBool>`starts_with(${folded(column)}, ${wanted})`;
    case 'ends': return sql<SqlBool>`right(${folded(column)}, ${[...wanted ?? ''].length}::integer) = ${wanted}`;
  }
}

function range<R>({ min, max }: Extract<Comparison, { is: 'range' }>, field: Field<R>, column: Column): RawBuilder<SqlBool> {
  const end = (at: number) => (field.type === 'datetime' ? sql`${new Date(at).toISOString()}::timestamptz` : sql`${at}::${sql.raw(typeOf(field))}`);
  const ends = [
    ...(min ? [sql`${column} ${min.included ? sql`>=` : sql`>`} ${end(min.at)}`] : []),
    ...(max ? [sql`${column} ${max.included ? sql`<=` : sql`<`} ${end(max.at)}`] : []),
  ];
  return sql<SqlBool>`(${sql.join(ends, sql` and `)})`;
}

function worked<R>(comparison: Worked, field: Field<R>, column: Column): RawBuilder<SqlBool> {
  const at = workingAgo(comparison);
  return at === null ? sql<SqlBool>`false` : range({ is: 'range', max: { at, included: false } }, field, column);
}

function set<R>({ how, values }: Extract<Comparison, { is: 'set' }>, field: Field<R>, column: Column): RawBuilder<SqlBool> {
  const operator = how === 'covers' ? sql`@>` : sql`&&`;
  const there = field.type === 'ids' ? column : sql`array(select ${folded(sql`item`)} from unnest(${column}) as item)`;
  return sql<SqlBool>`${there} ${operator} ${[...values]}::${sql.raw(field.type === 'ids' ? 'uuid' : 'text')}[]`;
}

import { AppError } from '../../../kernel/errors.ts';
import type { WorkingTime } from '../../calendars/core/working-time.ts';
import { type Condition, isSpan, isTest, joinOf, minutesOf, type Node, type Operand, partsOf, type Scalar, type Span, type Test } from './condition.ts';
import type { Field, Fields } from './fields.ts';
import { fold } from './fold.ts';

/** What a condition may lean on besides the record. */
export type Moment = {
  readonly now: Date;
  /** Without it, ages in working time are refused. Seconds of working time between two moments; never less when they lie further apart. */
  readonly workingSeconds?: (from: Date, to: Date) => number;
};

/** A moment with the ages of one calendar. */
export const momentOf = (now: Date, time: WorkingTime): Moment => ({ now, workingSeconds: (from, to) => time.between(from, to).seconds });

/** What is left of an operator: each of these is one line of code and one of SQL. Values are of the field's type. */
export type Comparison =
  /** Null, no characters, no items. */
  | { readonly is: 'missing' }
  | { readonly is: 'one_of'; readonly values: readonly Scalar[] }
  /** Values are folded. */
  | { readonly is: 'text'; readonly how: 'equals' | 'contains' | 'starts' | 'ends'; readonly values: readonly string[] }
  /** Numbers; moments as milliseconds since 1970. A missing end is open. */
  | { readonly is: 'range'; readonly min?: End; readonly max?: End }
  | Worked
  | { readonly is: 'set'; readonly how: 'overlaps' | 'covers'; readonly values: readonly string[] };

/** A moment since which more than so many seconds of working time have passed; `since` tells how many have. */
export type Worked = { readonly is: 'worked'; readonly now: number; readonly seconds: number; readonly since: (at: number) => number };

export type End = { readonly at: number; readonly included: boolean };

/**
 * A condition with the moment filled in and the operators reduced to a few comparisons, from which both compilers start.
 * Everything is true or false: a comparison with what is missing is false, and `not` turns exactly that round.
 */
export type Plan<R> =
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Plan<R>[] }
  | { readonly kind: 'not'; readonly part: Plan<R> }
  | { readonly kind: 'test'; readonly field: Field<R>; readonly comparison: Comparison }
  /** The field has changed, from and to what the comparisons say. */
  | { readonly kind: 'changed'; readonly field: Field<R>; readonly from?: Comparison; readonly to?: Comparison };

export const planOf = <R>(condition: Condition, fields: Fields<R>, moment: Moment): Plan<R> => planNode(condition, fields, moment);

function planNode<R>(node: Node, fields: Fields<R>, moment: Moment): Plan<R> {
  if (isTest(node)) {
    const field = fields.get(node.field);
    // One of an earlier version, which was read when there was this field.
    if (!field) throw new AppError('invalid', 'condition.unknown_field', `There is no field "${node.field}" any more; leave it out of the condition.`);
    return planTest(node, field, moment);
  }
  const parts = partsOf(node).map((part) => planNode(part, fields, moment));
  const join = joinOf(node);
  return join === 'none' ? { kind: 'not', part: { kind: 'any', parts } } : { kind: join, parts };
}

/** The opposite of another operator, null or not. */
const OPPOSITE: Partial<Record<Test['operator'], Test['operator']>> = {
  is_not: 'is', not_in: 'in', not_contains: 'contains', has_none: 'has_any', present: 'empty',
};

function planTest<R>(test: Test, field: Field<R>, moment: Moment): Plan<R> {
  const opposite = OPPOSITE[test.operator];
  if (opposite) return { kind: 'not', part: planTest({ ...test, operator: opposite }, field, moment) };
  switch (test.operator) {
    case 'changed': return { kind: 'changed', field };
    case 'changed_from': return { kind: 'changed', field, from: equality(field, test.value) };
    case 'changed_to': return { kind: 'changed', field, to: equality(field, test.value) };
    case 'working_older_than': return { kind: 'test', field, comparison: worked(test.value as Span, moment) };
    default: return { kind: 'test', field, comparison: comparisonOf(test, field, moment) };
  }
}

const TEXT = { contains: 'contains', starts_with: 'starts', ends_with: 'ends' } as const;
const SET = { has_any: 'overlaps', has_all: 'covers' } as const;

function comparisonOf(test: Test, field: Field<never>, moment: Moment): Comparison {
  switch (test.operator) {
    case 'empty': return { is: 'missing' };
    case 'is':
    case 'in': return equality(field, test.value);
    case 'has_any':
    case 'has_all': return { is: 'set', how: SET[test.operator], values: field.type === 'tags' ? folded(test.value) : list(test.value).map(String) };
    case 'contains':
    case 'starts_with':
    case 'ends_with': return { is: 'text', how: TEXT[test.operator], values: folded(test.value) };
    default: return field.type === 'enum' ? ranks(field, test) : rangeOf(test, moment);
  }
}

const list = (value: Operand | undefined): readonly Scalar[] => (Array.isArray(value) ? value as readonly Scalar[] : [value as Scalar]);
const folded = (value: Operand | undefined): string[] => list(value).map((one) => fold(String(one)));

const equality = (field: Field<never>, value: Operand | undefined): Comparison =>
  (field.type === 'text' ? { is: 'text', how: 'equals', values: folded(value) } : { is: 'one_of', values: list(value) });

/** Options stand from low to high. */
function ranks(field: Extract<Field<never>, { type: 'enum' }>, { operator, value }: Test): Comparison {
  const rank = field.options.indexOf(value as string);
  return { is: 'one_of', values: operator === 'at_least' ? field.options.slice(rank) : field.options.slice(0, rank + 1) };
}

const MINUTE_MS = 60_000;
const SPAN_SECONDS = 60;

/** Numbers as they are, amounts of time as seconds, moments as milliseconds. */
function numberOf(value: Scalar | Span): number {
  if (isSpan(value)) return minutesOf(value) * SPAN_SECONDS;
  return typeof value === 'string' ? Date.parse(value) : Number(value);
}

const included = (at: number): End => ({ at, included: true });
const beyond = (at: number): End => ({ at, included: false });

function rangeOf({ operator, value }: Test, moment: Moment): Comparison {
  const now = moment.now.getTime();
  const span = () => minutesOf(value as Span) * MINUTE_MS;
  const one = () => numberOf(value as Scalar | Span);
  switch (operator) {
    case 'less':
    case 'before': return { is: 'range', max: beyond(one()) };
    case 'at_most': return { is: 'range', max: included(one()) };
    case 'greater':
    case 'after': return { is: 'range', min: beyond(one()) };
    case 'at_least': return { is: 'range', min: included(one()) };
    case 'within_last': return { is: 'range', min: included(now - span()), max: included(now) };
    case 'within_next': return { is: 'range', min: included(now), max: included(now + span()) };
    case 'older_than': return { is: 'range', max: beyond(now - span()) };
    default: {
      const { from, to } = value as { from: Scalar | Span; to: Scalar | Span };
      return { is: 'range', min: included(numberOf(from)), max: included(numberOf(to)) };
    }
  }
}

/** Nobody waits longer; what lies further back counts as if it lay here, and a calendar that never opens ends the search. */
const LONGEST_MS = 20 * 366 * 24 * 60 * MINUTE_MS;

function worked(span: Span, { now, workingSeconds }: Moment): Worked {
  if (!workingSeconds) throw new AppError('invalid', 'condition.needs_calendar', 'An age in working time can be asked only where a calendar counts; use older_than here.');
  const [today, longest] = [now.getTime(), now.getTime() - LONGEST_MS];
  return {
    is: 'worked', now: today, seconds: minutesOf(span) * SPAN_SECONDS,
    since: (at) => (at >= today ? 0 : workingSeconds(new Date(Math.max(at, longest)), now)),
  };
}

/**
 * The one moment that says the same of a whole column: what lies before it is older. Null when nothing is. Found by halving,
 * so that a calendar need only be able to measure.
 */
export function workingAgo({ now, seconds, since }: Worked): number | null {
  let reach = seconds * 1000;
  while (since(now - reach) <= seconds) {
    if (reach > LONGEST_MS) return null;
    reach *= 2;
  }
  let [old, young] = [now - reach, now];
  while (young - old > 1) {
    const middle = Math.floor((old + young) / 2);
    if (since(middle) > seconds) old = middle;
    else young = middle;
  }
  return young;
}

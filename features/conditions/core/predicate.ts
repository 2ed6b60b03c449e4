import { AppError } from '../../../kernel/errors.ts';
import { type Condition, type Scalar } from './condition.ts';
import type { Field, Fields } from './fields.ts';
import { fold } from './fold.ts';
import { type Comparison, type Moment, type Plan, planOf } from './plan.ts';

/**
 * Whether it holds for a record. `before` is the record before the change that is being judged, null when it has just come
 * into being or nothing changes: then nothing `changed`.
 */
export type Predicate<R> = (record: R, before?: R | null) => boolean;

export const toPredicate = <R>(condition: Condition, fields: Fields<R>, moment: Moment): Predicate<R> => compile(planOf(condition, fields, moment));

/** Of a condition that was kept: one of an earlier version that asks for what there is no more holds for nothing, and stops nobody. */
export function fitsKept<R>(condition: Condition, fields: Fields<R>, moment: Moment, record: R): boolean {
  try {
    return toPredicate(condition, fields, moment)(record);
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

function compile<R>(plan: Plan<R>): Predicate<R> {
  switch (plan.kind) {
    case 'all': {
      const parts = plan.parts.map((part) => compile(part));
      return (record, before) => parts.every((part) => part(record, before));
    }
    case 'any': {
      const parts = plan.parts.map((part) => compile(part));
      return (record, before) => parts.some((part) => part(record, before));
    }
    case 'not': {
      const part = compile(plan.part);
      return (record, before) => !part(record, before);
    }
    case 'test': {
      const holds = compare(plan.comparison);
      return (record) => holds(plan.field.read(record));
    }
    case 'changed': return changed(plan.field, plan.from, plan.to);
  }
}

type Value = ReturnType<Field<never>['read']>;

function changed<R>(field: Field<R>, from: Comparison | undefined, to: Comparison | undefined): Predicate<R> {
  const [was, is] = [from && compare(from), to && compare(to)];
  return (record, before) => {
    if (!before) return false;
    const [old, young] = [field.read(before), field.read(record)];
    return !same(old, young) && (was?.(old) ?? true) && (is?.(young) ?? true);
  };
}

/** To the letter: a corrected accent is a change. Sets have no order. */
function same(a: Value, b: Value): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item) => b.includes(item));
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
  return a === b;
}

const isMissing = (value: Value): boolean => value === null || value === '' || (Array.isArray(value) && value.length === 0);

function compare(comparison: Comparison): (value: Value) => boolean {
  switch (comparison.is) {
    case 'missing': return isMissing;
    case 'one_of': {
      const values = new Set(comparison.values);
      return (value) => values.has(value as Scalar);
    }
    case 'text': {
      const holds = HOW[comparison.how];
      return (value) => {
        if (value === null) return false;
        const text = fold(value as string);
        return comparison.values.some((wanted) => holds(text, wanted));
      };
    }
    case 'range': {
      const { min, max } = comparison;
      return (value) => {
        if (value === null) return false;
        const at = Number(value);
        return (!min || at > min.at || (min.included && at === min.at)) && (!max || at < max.at || (max.included && at === max.at));
      };
    }
    case 'worked': return (value) => value !== null && comparison.since(Number(value)) > comparison.seconds;
    case 'set': return inSet(comparison);
  }
}

const HOW: Record<Extract<Comparison, { is: 'text' }>['how'], (text: string, wanted: string) => boolean> = {
  equals: (text, wanted) => text === wanted,
  contains: (text, wanted) => text.includes(wanted),
  starts: (text, wanted) => text.startsWith(wanted),
  ends: (text, wanted) => text.endsWith(wanted),
};

function inSet({ how, values }: Extract<Comparison, { is: 'set' }>): (value: Value) => boolean {
  return (value) => {
    const there = new Set((value as readonly string[] | null ?? []).map(fold));
    return how === 'covers' ? values.every((wanted) => there.has(wanted)) : values.some((wanted) => there.has(wanted));
  };
}

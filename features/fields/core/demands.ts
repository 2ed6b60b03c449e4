import { type Condition } from '../../conditions/core/condition.ts';
import type { Fields } from '../../conditions/core/fields.ts';
import { fitsKept } from '../../conditions/core/predicate.ts';
import type { Carrier } from './attributes.ts';
import { type FieldDefinition, valueIn } from './types.ts';

export type Demanding = FieldDefinition & { readonly shownWhen: Condition | null; readonly required: boolean; readonly requiredWhen: Condition | null; readonly active: boolean };

const holds = <R>(condition: Condition | null, fields: Fields<R>, record: R, now: Date): boolean => condition === null || fitsKept(condition, fields, { now }, record);

/** What stands on the record's screen, in its order. */
export const shownOf = <D extends Demanding, R>(definitions: readonly D[], fields: Fields<R>, record: R, now: Date): D[] =>
  definitions.filter((one) => one.active && holds(one.shownWhen, fields, record, now));

/** Whether it has to be filled in; never what is not shown. */
export const isRequired = <R>(one: Demanding, fields: Fields<R>, record: R, now: Date): boolean =>
  one.required && one.active && holds(one.shownWhen, fields, record, now) && holds(one.requiredWhen, fields, record, now);

/** Required, and empty. */
export const lacking = <D extends Demanding, R extends Carrier>(definitions: readonly D[], fields: Fields<R>, record: R, now: Date): D[] =>
  definitions.filter((one) => valueIn(record.fields, one.key) === null && isRequired(one, fields, record, now));

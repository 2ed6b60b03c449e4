import type { Condition } from '../../conditions/core/condition.ts';

/** What "recently" means of something that is done. */
const DAYS = 30;

const within = (field: string): Condition => ({ version: 1, all: [{ field, operator: 'within_last', value: { amount: DAYS, unit: 'days' } }] });

export const RESOLVED_LATELY = within('resolvedAt');
/** Holds wherever the other does. */
export const CHANGED_LATELY = within('updatedAt');

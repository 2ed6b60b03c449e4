import type { Group } from '../../conditions/core/condition.ts';

/** Holds for everything, or for nothing. */
export const constant = (holds: boolean): Group => (holds ? { all: [] } : { none: [{ all: [] }] });

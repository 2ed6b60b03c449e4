import type { KINDS } from '../contract.ts';

/** How a language promises, and names days and hours. Patterns are without word bounds; those are put around them. */
export type Speech = {
  /** What a writer says who will do something, or who says that it will be done. */
  readonly promises: readonly string[];
  /** What makes it none. */
  readonly refusals: readonly string[];
  readonly kinds: readonly (readonly [kind: (typeof KINDS)[number], pattern: string])[];
  /** Days from today. */
  readonly days: readonly (readonly [days: number, pattern: string])[];
  /** Monday first. */
  readonly weekdays: readonly [string, string, string, string, string, string, string];
  /** In front of a weekday: the one of next week. */
  readonly next: string;
  /** January first. */
  readonly months: readonly string[];
  /** Around the number of a day (`#`) without a month. */
  readonly dayOfMonth: readonly string[];
  /** Around a number (`#`) of hours, days, working days or weeks. */
  readonly within: readonly (readonly [unit: 'hour' | 'day' | 'workday' | 'week', pattern: string])[];
  readonly numbers: Readonly<Record<string, number>>;
  readonly endOfWeek: string;
  /** In front of an hour (`#`, also 17:30). */
  readonly hours: readonly string[];
  /** After an hour. */
  readonly morning: string;
  readonly afternoon: string;
  readonly noon: string;
};

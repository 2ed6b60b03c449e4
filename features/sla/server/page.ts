import type { Clock, Ms } from '../core/clock.ts';
import type { Rule } from '../core/policy.ts';
import type { Sheet } from '../core/sheet.ts';

/** The sheet of a ticket in a unit of work; written once, at its end. */
export type Page = {
  readonly ticketId: string; sheet: Sheet; rule: Rule | null; version: number; savedDue: number | null; fresh: boolean;
  /** When time alone may choose another rule. */
  recheckAt: Ms | null;
  /** The sheet whose results are written down; null: none. */
  saved: Sheet | null;
  /** What has ended since, and under which rule. */
  ended: Map<string, { readonly clock: Clock; readonly rule: Rule | null }>;
  /** All that ever ended, where the history reads otherwise now. */
  history: readonly Clock[] | null;
  /** Who wrote or did what came last. */
  personId: string | null;
};

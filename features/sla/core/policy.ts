import type { Subject } from '../../calendars/core/places.ts';
import type { WorkingTime } from '../../calendars/core/working-time.ts';
import type { Condition } from '../../conditions/core/condition.ts';
import { momentOf } from '../../conditions/core/plan.ts';
import { fitsKept } from '../../conditions/core/predicate.ts';
import { TICKET_FIELDS } from '../../tickets/core/fields.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import { dueOf, nextThreshold, retarget, type Clock, type Goal, type Ms } from './clock.ts';
import type { Action, Target } from './contract.ts';
import type { Metric, Threshold } from './metrics.ts';
import type { Priority, Sheet } from './sheet.ts';

/** A policy as the clocks know it. */
export type Rule = {
  readonly id: string;
  readonly name: string;
  readonly calendarId: string | null;
  /** Null: every ticket. */
  readonly conditions: Condition | null;
  readonly targets: readonly Target[];
  readonly actions: readonly Action[];
  readonly time: WorkingTime;
  /** Which calendar that is, where the policy names none and something more particular holds for the ticket than the workspace's default. */
  readonly heldBy: string | null;
};

/** Which calendar holds for a ticket where its policy names none. */
export type Hours = { of(subject: Subject): { readonly calendarId: string | null; readonly time: WorkingTime }; timeOf(calendarId: string | null): WorkingTime };
export type Promised = { readonly list: readonly Rule[]; readonly hours: Hours };

const counting = (rule: Rule, heldBy: string | null, time: WorkingTime): Rule => (rule.time === time && rule.heldBy === heldBy ? rule : { ...rule, heldBy, time });

/** As it counts for a ticket. */
function ruleFor(rule: Rule, ticket: TicketState, hours: Hours): Rule {
  if (rule.calendarId !== null) return rule;
  const { calendarId, time } = hours.of(ticket);
  return counting(rule, calendarId, time);
}

/** As it was kept: by its id, and the calendar that held. */
export function ruleOf({ list, hours }: Promised, policyId: string | null, heldBy: string | null): Rule | null {
  const rule = list.find(({ id }) => id === policyId);
  if (!rule) return null;
  return rule.calendarId === null ? counting(rule, heldBy, hours.timeOf(heldBy)) : rule;
}

/** First match wins, ages in working time counted by each one's own calendar; null: nothing is promised. */
export function chooseRule({ list, hours }: Promised, ticket: TicketState, now: Date): Rule | null {
  for (const one of list) {
    const rule = ruleFor(one, ticket, hours);
    if (rule.conditions === null || fitsKept(rule.conditions, TICKET_FIELDS, momentOf(now, rule.time), ticket)) return rule;
  }
  return null;
}

/** Every hour counts; where no policy says otherwise. */
export const EVERY_HOUR: WorkingTime = {
  add: (from, seconds) => { const due = new Date(from.getTime() + seconds * 1000); return { due, counted: [{ from, to: due }] }; },
  between: (from, to) => (to > from ? { seconds: (to.getTime() - from.getTime()) / 1000, counted: [{ from, to }] } : { seconds: 0, counted: [] }),
  nextOpening: (from) => from,
  isOpen: () => true,
};

export const timeOf = (rule: Rule | null): WorkingTime => rule?.time ?? EVERY_HOUR;

/** A target of that very priority comes before one for all. */
export function goalOf(rule: Rule | null, metric: Metric, priority: Priority): Goal | null {
  const ours = rule?.targets.filter((target) => target.metric === metric) ?? [];
  const target = ours.find((one) => one.priority === priority) ?? ours.find((one) => one.priority === undefined);
  return target ? { seconds: target.seconds, working: target.time === 'working' } : null;
}

const sameGoal = (a: Goal | null, b: Goal | null): boolean => a?.seconds === b?.seconds && a?.working === b?.working;

/** Reads the clocks that go on by a rule. `byRules`: not the ticket has changed but what is promised. `otherHours`: it counts by another calendar now. */
export function fit(sheet: Sheet, rule: Rule | null, { now, byRules, otherHours = false }: { now: Ms; byRules: boolean; otherHours?: boolean }): Sheet {
  const read = (clock: Clock): Clock => {
    const goal = clock.end ? null : goalOf(rule, clock.metric, sheet.priority);
    return clock.end || (!byRules && sameGoal(goal, clock.goal) && !(otherHours && goal?.working)) ? clock : retarget(clock, goal, { now, time: timeOf(rule), byRules });
  };
  return { ...sheet, clocks: sheet.clocks.map(read) };
}

export type Step = { readonly clock: Clock; readonly threshold: Threshold; readonly at: Ms };

/** What is to be announced next, whether it has come or not; null: nothing. */
export function nextStep(sheet: Sheet, rule: Rule | null): Step | null {
  if (sheet.gone) return null;
  let first: Step | null = null;
  for (const clock of sheet.clocks) {
    const next = nextThreshold(clock, timeOf(rule));
    if (next && (first === null || next.at < first.at)) first = { clock, ...next };
  }
  return first;
}

export const announced = (sheet: Sheet, { clock, threshold }: Step): Sheet =>
  ({ ...sheet, clocks: sheet.clocks.map((one) => (one === clock ? { ...one, told: threshold, brokenAt: one.brokenAt ?? (threshold === 100 ? brokenOf(one) : null) } : one)) });

const brokenOf = ({ brokenAt, result }: Clock): Ms | null => brokenAt ?? result?.dueAt ?? null;

/** The deadline that comes first, or that has been missed the longest; null: none. */
export function earliestDue(sheet: Sheet, rule: Rule | null): Ms | null {
  if (sheet.gone) return null;
  const dues = sheet.clocks.flatMap((clock) => (clock.end ? [] : (dueOf(clock, timeOf(rule)) ?? [])));
  return dues.length === 0 ? null : Math.min(...dues);
}

import type { Subject } from '../../calendars/core/places.ts';
import type { WorkingTime } from '../../calendars/core/working-time.ts';
import type { Condition } from '../../conditions/core/condition.ts';
import { standingOf } from '../../conditions/core/standing.ts';
import { TICKET_FIELDS } from '../../tickets/core/fields.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import { breakIfDue, dueOf, nextThreshold, readEnded, retarget, type Clock, type Goal, type Ms } from './clock.ts';
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

/** `rule` null: nothing is promised. `until`: when time alone may choose another one; null: never. */
export type Choice = { readonly rule: Rule | null; readonly until: Ms | null };

/** What was set for the ticket, else the first match; ages in working time counted by each one's own calendar. */
export function chooseRule({ list, hours }: Promised, ticket: TicketState, now: Date): Choice {
  const set = list.find(({ id }) => id === ticket.slaPolicyId);
  if (set) return { rule: ruleFor(set, ticket, hours), until: null };
  let until = Number.POSITIVE_INFINITY;
  for (const one of list) {
    const rule = ruleFor(one, ticket, hours);
    const standing = rule.conditions === null ? ALWAYS : standingOf(rule.conditions, TICKET_FIELDS, { now, time: rule.time }, ticket);
    until = Math.min(until, standing.until);
    if (standing.holds) return { rule, until: finite(until) };
  }
  return { rule: null, until: finite(until) };
}

const ALWAYS = { holds: true, until: Number.POSITIVE_INFINITY };
const finite = (at: number): Ms | null => (Number.isFinite(at) ? at : null);

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

/** What has broken by the rule of until now; before another one is chosen, since no change of a ticket mends that. */
export const expired = (sheet: Sheet, rule: Rule | null, now: Ms): Sheet => ({ ...sheet, clocks: sheet.clocks.map((clock) => breakIfDue(clock, now, timeOf(rule))) });

/** Reads the clocks that go on by a rule. `byRules`: not the ticket has changed but what is promised. `otherHours`: it counts by another calendar now. */
export function fit(sheet: Sheet, rule: Rule | null, { now, byRules, otherHours = false }: { now: Ms; byRules: boolean; otherHours?: boolean }): Sheet {
  const read = (clock: Clock): Clock => {
    const goal = clock.end ? null : goalOf(rule, clock.metric, sheet.priority);
    if (clock.unread) return readEnded(clock, goalOf(rule, clock.metric, sheet.priority), timeOf(rule));
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

export const announced = (sheet: Sheet, { clock, threshold, at }: Step): Sheet =>
  ({ ...sheet, clocks: sheet.clocks.map((one) => (one === clock ? { ...one, told: threshold, brokenAt: one.brokenAt ?? (threshold === 100 ? at : null) } : one)) });

/** The deadline that comes first, or that has been missed the longest; null: none. */
export function earliestDue(sheet: Sheet, rule: Rule | null): Ms | null {
  if (sheet.gone) return null;
  const dues = sheet.clocks.flatMap((clock) => (clock.end ? [] : (dueOf(clock, timeOf(rule)) ?? [])));
  return dues.length === 0 ? null : Math.min(...dues);
}

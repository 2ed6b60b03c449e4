import { isRunning, countUntil, dueOf, type Clock, type Goal, type Ms } from './clock.ts';
import type { ClockView, UrgentView } from './contract.ts';
import type { ClockState } from './metrics.ts';
import { timeOf, type Rule } from './policy.ts';
import type { Sheet } from './sheet.ts';

const MOST_SHOWN = 500;
const MOST_AHEAD = 30;

const iso = (at: Ms): string => new Date(at).toISOString();
const intervalView = ([from, to]: readonly [Ms, Ms]) => ({ from: iso(from), to: iso(to) });

function stateOf(clock: Clock, due: Ms | null, now: Ms): ClockState {
  if (clock.end) return clock.result?.breached === true ? 'breached' : 'met';
  if (due !== null && due < now) return 'breached';
  return isCounted(clock) ? 'running' : 'paused';
}

/** A deadline that was agreed on comes, whatever the ticket does until then. */
const isCounted = (clock: Clock): boolean => isRunning(clock) || clock.agreed !== undefined;

/** Of a deadline that was missed, what led to it and not what came after. */
const until = (intervals: readonly (readonly [Ms, Ms])[], due: Ms) => intervals.flatMap(([from, to]) => (from < due ? [[from, Math.min(to, due)] as const] : []));

const goalOfClock = (clock: Clock): Goal | null => (clock.end ? clock.result : clock.goal);
const whole = (ms: number): number => Math.floor(ms / 1000);

/** One clock as it stands, and the intervals that make its deadline; null where nothing was promised. */
function clockView(clock: Clock, sheet: Sheet, rule: Rule | null, now: Ms): ClockView | null {
  const goal = goalOfClock(clock);
  if (!goal) return null;
  const due = dueOf(clock, timeOf(rule));
  const way = wayOf(clock, goal, rule);
  const { seconds, working } = way;
  const elapsed = countUntil(clock, clock.end?.at ?? now, working, timeOf(rule)).ms;
  return {
    metric: clock.metric, round: clock.round, state: stateOf(clock, due, now), dueAt: isoOrNull(due),
    remainingSeconds: seconds - whole(elapsed), workingTime: working, targetSeconds: seconds, elapsedSeconds: whole(elapsed),
    percent: Math.floor(elapsed / (seconds * 10)), startedAt: iso(clock.startedAt), ...endOf(clock),
    pausedBy: clock.end || isCounted(clock) ? null : sheet.status, ...explanation(clock, way, due, now, rule), agreed: agreedView(clock, rule),
  };
}

/** How long it is to the deadline: as promised, or from when another was agreed on; by every hour where no hour of work lies before it. */
function wayOf(clock: Clock, goal: Goal, rule: Rule | null): Goal {
  const { agreed } = clock;
  if (!agreed) return goal;
  const worked = goal.working ? countUntil(clock, agreed.at, true, timeOf(rule)).ms : 0;
  return worked > 0 ? { seconds: whole(worked), working: true } : { seconds: Math.max(1, whole(agreed.at - agreed.since)), working: false };
}

/** Names and words are not known here. */
function agreedView({ agreed, ...clock }: Clock, rule: Rule | null): ClockView['agreed'] {
  return agreed ? { since: iso(agreed.since), promisedFor: isoOrNull(dueOf({ ...clock, end: null, result: null }, timeOf(rule))), by: agreed.by === null ? null : { id: agreed.by, name: '' }, entryId: agreed.entryId, reason: '' } : null;
}

const isoOrNull = (at: Ms | null) => (at === null ? null : iso(at));
const endOf = ({ end }: Clock) => ({ endedAt: isoOrNull(end?.at ?? null), endedBy: end?.by ?? null });

function explanation(clock: Clock, goal: Goal, due: Ms | null, now: Ms, rule: Rule | null) {
  const { intervals } = countUntil(clock, clock.end?.at ?? due ?? now, goal.working, timeOf(rule));
  const counted = clock.end || due === null ? intervals : until(intervals, due);
  return { explanation: counted.slice(0, MOST_SHOWN).map(intervalView), explanationCut: counted.length > MOST_SHOWN };
}

const RANK: Record<ClockState, number> = { breached: 0, running: 1, paused: 2, met: 3 };
const rank = ({ state, endedAt }: ClockView): number => (endedAt === null ? RANK[state] : 4);

/** The promises of a ticket, the most urgent first, what has ended last. Of each metric the round at hand. */
export function clockViews(sheet: Sheet, rule: Rule | null, now: Ms): ClockView[] {
  const latest = sheet.clocks.filter((clock, i) => !sheet.clocks.some((other, j) => j > i && other.metric === clock.metric));
  return latest.flatMap((clock) => clockView(clock, sheet, rule, now) ?? [])
    .sort((a, b) => rank(a) - rank(b) || (a.dueAt ?? '').localeCompare(b.dueAt ?? ''));
}

/** What stands on a row: the promise that breaks next, or that broke; null when none goes on. */
export function urgentView(ticketId: string, sheet: Sheet, rule: Rule | null, now: Ms): UrgentView | null {
  const [first] = sheet.gone ? [] : clockViews(sheet, rule, now);
  if (!first || first.endedAt !== null || first.state === 'met') return null;
  const { metric, state, dueAt, remainingSeconds, workingTime, percent, pausedBy } = first;
  return { ticketId, metric, state, dueAt, remainingSeconds, workingTime, percent, pausedBy, openHours: state === 'running' && dueAt !== null ? openHours(rule, workingTime, now, Date.parse(dueAt)) : [] };
}

function openHours(rule: Rule | null, working: boolean, now: Ms, due: Ms): { from: string; to: string }[] {
  if (!working) return [{ from: iso(now), to: iso(due) }];
  return timeOf(rule).between(new Date(now), new Date(due)).counted.slice(0, MOST_AHEAD).map(({ from, to }) => ({ from: from.toISOString(), to: to.toISOString() }));
}

import type { WorkingTime } from '../../calendars/core/working-time.ts';
import { countUntil, type Clock, type Ms } from './clock.ts';
import type { Metric } from './metrics.ts';
import type { Sheet } from './sheet.ts';

/** What came of a promise: kept when it ended in time, broken from its deadline on, whether or not it has ended since. */
export type Outcome = {
  readonly metric: Metric; readonly round: number; readonly startedAt: Ms; readonly targetSeconds: number; readonly working: boolean;
  readonly dueAt: Ms | null; readonly endedAt: Ms | null; readonly decidedAt: Ms; readonly kept: boolean;
  /** Counted until the end, or until it broke while nobody has ended it. */
  readonly seconds: number;
};

export const keyOf = ({ metric, round }: Pick<Clock, 'metric' | 'round'>): string => `${metric} ${round}`;

/** Null while it is open which way it goes, and where nothing was promised. */
export function outcomeOf(clock: Clock, time: WorkingTime): Outcome | null {
  const { agreed: _agreed, ...ran } = clock;
  const { metric, round, startedAt, end, result, goal, brokenAt } = ran;
  if (end && result) {
    const decidedAt = result.breached ? (result.dueAt ?? end.at) : end.at;
    return {
      metric, round, startedAt, targetSeconds: result.seconds, working: result.working, dueAt: result.dueAt, endedAt: end.at, decidedAt, kept: !result.breached,
      seconds: Math.floor(countUntil(ran, end.at, result.working, time).ms / 1000),
    };
  }
  if (end || !goal || brokenAt === null) return null;
  return { metric, round, startedAt, targetSeconds: goal.seconds, working: goal.working, dueAt: brokenAt, endedAt: null, decidedAt: brokenAt, kept: false, seconds: goal.seconds };
}

const isDecided = ({ end, result, goal, brokenAt }: Clock, gone: boolean): boolean => (end ? result !== null : goal !== null && brokenAt !== null && !gone);

/** What tells whether the outcome is still the same. */
const markOf = ({ end, result, goal }: Clock): string => `${end?.at ?? ''} ${result?.breached ?? true} ${(result ?? goal)?.seconds}`;

/** The clocks of a sheet that are decided. What is thrown away has broken nothing that is still open. */
export const decidedOn = ({ clocks, gone }: Sheet): Map<string, Clock> => new Map(clocks.flatMap((clock) => (isDecided(clock, gone) ? [[keyOf(clock), clock] as const] : [])));

const same = (a: Clock | undefined, b: Clock): boolean => a !== undefined && markOf(a) === markOf(b);

export type Changed = { readonly decided: readonly Clock[]; readonly undone: readonly Pick<Clock, 'metric' | 'round'>[] };

/** What is to be written of a sheet. `ended`: clocks that ended on the way and have left it already. */
export function newlyDecided(before: Sheet | null, after: Sheet, ended: readonly Clock[]): Changed {
  const [old, now] = [before ? decidedOn(before) : new Map<string, Clock>(), decidedOn(after)];
  const there = new Set(after.clocks.map(keyOf));
  const left = new Map(ended.filter((clock) => clock.result !== null && !there.has(keyOf(clock))).map((clock) => [keyOf(clock), clock]));
  return {
    decided: [...[...now].filter(([key, clock]) => !same(old.get(key), clock)).map(([, clock]) => clock), ...left.values()],
    undone: [...old].filter(([key]) => !now.has(key) && (there.has(key) || after.gone)).map(([, clock]) => clock),
  };
}

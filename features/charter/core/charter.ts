import type { Target } from '../../sla/core/contract.ts';
import type { Metric } from '../../sla/core/metrics.ts';

/** Fewer decided promises than this say nothing about the next one. */
export const ENOUGH = 20;

/** What a policy promises of a metric: a target of that very priority comes before one for all. */
export const targetOf = (targets: readonly Target[], metric: Metric, priority: Target['priority']): Target | undefined =>
  targets.find((one) => one.metric === metric && one.priority === priority) ?? targets.find((one) => one.metric === metric && one.priority === undefined);

export type Figure = { readonly decided: number; readonly kept: number };

/** In whole percent, never better than it was: 999 of 1,000 are not all. Null where there were too few to tell. */
export const shareOf = ({ decided, kept }: Figure): number | null => (decided < ENOUGH ? null : Math.floor((kept * 100) / decided));

const [MINUTE, HOUR, DAY] = [60, 3_600, 86_400];
type Length = { readonly days?: number; readonly hours?: number; readonly minutes?: number; readonly seconds?: number };

/** Working time is told in hours, since a working day is not 24 of them; time by the clock in days from three on. */
export function lengthOf({ seconds, time }: Pick<Target, 'seconds' | 'time'>): Length {
  const days = time === 'calendar' && seconds >= 3 * DAY ? Math.floor(seconds / DAY) : 0;
  const rest = seconds - days * DAY;
  const [hours, minutes, left] = [Math.floor(rest / HOUR), Math.floor((rest % HOUR) / MINUTE), rest % MINUTE];
  return { ...(days > 0 && { days }), ...(hours > 0 && { hours }), ...(minutes > 0 && { minutes }), ...(left > 0 && { seconds: left }) };
}

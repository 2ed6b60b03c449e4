import { z } from 'zod';
import { Id, PageQuery, pageOf, Timestamp } from '../../../kernel/contract.ts';
import { MetricName } from './contract.ts';

const Named = z.object({ id: Id, name: z.string().meta({ description: 'Empty when it is gone.' }) });

/**
 * GET /sla/results?from=&to=&metric=&team=&kept=&limit=&cursor= → for leads: each promise that is decided, the latest first. Kept ones
 * are decided when they end, broken ones at their deadline. Without `from` and `to`: the last 31 days.
 */
export const ResultQuery = z.object({
  from: Timestamp.optional(), to: Timestamp.optional(), metric: MetricName.optional(), team: z.union([z.literal('none'), Id]).optional(),
  kept: z.enum(['true', 'false']).transform((text) => text === 'true').optional(), ...PageQuery.shape,
});
export type ResultQuery = z.infer<typeof ResultQuery>;
export const ResultView = z.object({
  ticket: z.object({ id: Id, number: z.int(), subject: z.string() }), metric: MetricName, round: z.int(), kept: z.boolean(),
  policy: Named.nullable(), team: Named.nullable(),
  /** Who answered; of the rest, who had the ticket. */
  person: Named.nullable(),
  startedAt: Timestamp, dueAt: Timestamp.nullable(),
  /** Null: broken, and nobody has ended it yet. */
  endedAt: Timestamp.nullable(), decidedAt: Timestamp, targetSeconds: z.int(), workingTime: z.boolean(),
  /** Counted until it ended; of what has not ended, until it broke. */
  seconds: z.int(),
});
export type ResultView = z.infer<typeof ResultView>;
export const ResultPage = pageOf(ResultView);

/** GET /sla/figures?months= (1 to 12, 3 if absent, this month among them) → for leads. Months are those of the workspace's time zone. */
export const FiguresQuery = z.object({ months: z.coerce.number().int().min(1).max(12).default(3) });
export const FigureView = z.object({
  /** 2026-03 */
  month: z.string(), metric: MetricName, team: Named.nullable(),
  /** The population: promises that ended in time, or whose deadline passed, in that month. What was thrown away counts while it was answered. */
  decided: z.int(), kept: z.int(),
  /** Broken, and not ended to this day. */
  open: z.int(),
  /** `kept` of `decided`, 0 to 1, and the bounds of its 95 % interval (Wilson). */
  share: z.number(), low: z.number(), high: z.number(),
  /**
   * Against the month before, of the same promise and team: how much the share has changed, the 95 % interval of that (Newcombe), how often chance alone makes
   * so much (`p`), and how many promises a month would be needed to notice a change of five points (80 % power). Null: there was nothing to compare with.
   */
  change: z.object({ difference: z.number(), low: z.number(), high: z.number(), p: z.number(), enough: z.int() }).nullable(),
});
export type FigureView = z.infer<typeof FigureView>;
export const FiguresView = z.object({ asOf: Timestamp, timeZone: z.string(), items: z.array(FigureView) });
export type FiguresView = z.infer<typeof FiguresView>;

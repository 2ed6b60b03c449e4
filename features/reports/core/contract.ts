import { z } from 'zod';
import { Id, Timestamp } from '../../../kernel/contract.ts';

/** GET /reports/today → for leads: what came in and went out since midnight of the workspace, who waits longest, who carries how much. */
export const TodayView = z.object({
  asOf: Timestamp, since: Timestamp,
  in: z.object({ tickets: z.int(), messages: z.int() }),
  out: z.object({ replies: z.int(), resolved: z.int() }),
  waiting: z.object({ tickets: z.int(), oldest: z.object({ ticketId: Id, number: z.int(), subject: z.string(), since: Timestamp }).nullable() }),
  load: z.array(z.object({ person: z.object({ id: Id, name: z.string() }).nullable(), active: z.int(), waiting: z.int(), repliesToday: z.int(), resolvedToday: z.int() })),
});
export type TodayView = z.infer<typeof TodayView>;

import { z } from 'zod';
import { Id, PageQuery, pageOf, PLAIN, Timestamp } from '../../../kernel/contract.ts';
import { ConditionJson } from '../../conditions/core/condition.ts';
import { Priority, Status, TicketView } from '../../tickets/core/contract.ts';
import { CLOCK_STATES, METRICS, THRESHOLDS } from './metrics.ts';

export const LIMITS = { policies: 100, targets: 40, actions: 40 } as const;
/** Shorter ones nobody can keep; longer ones nobody remembers. */
export const LEAST_SECONDS = 15;
export const MOST_SECONDS = 2 * 366 * 86_400;

export const MetricName = z.enum(METRICS);
const Interval = z.object({ from: Timestamp, to: Timestamp });

/**
 * GET /tickets/:id/clocks: the promises of a ticket, the most urgent first. `dueAt` is when it breaks or broke, null while
 * it stands still. `remainingSeconds` is negative once it is late; in working time when `workingTime`.
 */
export const ClockView = z.object({
  metric: MetricName,
  /** Reply clocks begin anew with each message or reply: first_reply 1, next_reply 1, 2, … */
  round: z.int(),
  state: z.enum(CLOCK_STATES),
  dueAt: Timestamp.nullable(),
  remainingSeconds: z.int(),
  /** It counts the hours of the policy's calendar; else every hour. */
  workingTime: z.boolean(),
  targetSeconds: z.int(),
  elapsedSeconds: z.int(),
  /** Of the target; above 100 when late. */
  percent: z.int(),
  startedAt: Timestamp,
  endedAt: Timestamp.nullable(),
  /** `reply`: somebody answered; `status`: the ticket was resolved. Null while it has not ended. */
  endedBy: z.enum(['reply', 'status']).nullable(),
  /** The status in which it stands still; null unless paused. */
  pausedBy: Status.nullable(),
  /** The intervals that were counted; of a running clock those up to its deadline. */
  explanation: z.array(Interval),
  /** More intervals than are shown (500). */
  explanationCut: z.boolean(),
  /** The deadline that somebody agreed on with the customer instead of the promised one; what is counted is counted since then. */
  agreed: z.object({
    since: Timestamp, /** When the promise alone would have it. */ promisedFor: Timestamp.nullable(), by: z.object({ id: Id, name: z.string() }).nullable(),
    /** The note that says why. */ entryId: Id, reason: z.string(),
  }).nullable(),
});
export type ClockView = z.infer<typeof ClockView>;
export const ClocksView = z.object({
  items: z.array(ClockView),
  /** The first policy whose conditions hold; null: nothing was promised. */
  policy: z.object({
    id: Id, name: z.string(),
    /** Somebody, or a rule, chose it for this ticket, whatever its conditions say. */
    chosen: z.boolean(),
    /** The one that it names, or that holds for the ticket; null: the workspace's default. */
    calendarId: Id.nullable(), calendarName: z.string().nullable(), timeZone: z.string(),
  }).nullable(),
});
export type ClocksView = z.infer<typeof ClocksView>;

/**
 * POST /tickets/:id/deadlines: another deadline than the promised one, as agreed with the customer; leads. The reason becomes a note of the ticket. A moment
 * that nothing pauses: 404 `sla.no_such_promise` where none goes on, 409 `sla.already_broken`, 400 `sla.deadline_past`. DELETE /tickets/:id/deadlines/:metric:
 * the promised one again.
 */
export const DeadlineCreate = z.strictObject({ metric: MetricName, dueAt: Timestamp, reason: z.string().trim().min(1).max(1_000) });
export type DeadlineCreate = z.infer<typeof DeadlineCreate>;
export const DeadlineParams = z.object({ id: Id, metric: MetricName });

/**
 * GET /sla/urgent?tickets=id,id,… (100 at most): the most urgent clock of each, for lists. What is not there, or has no clock
 * that runs, stands still or is late, is left out. `openHours` are the stretches that count from now to the deadline (30 at
 * most), so that a countdown stands still at night.
 */
export const UrgentQuery = z.object({ tickets: z.string().max(4_000).transform((list) => list.split(',')).pipe(z.array(Id).min(1).max(100)) });
export const UrgentView = z.object({
  ticketId: Id, metric: MetricName, state: z.enum(['running', 'paused', 'breached']), dueAt: Timestamp.nullable(), remainingSeconds: z.int(),
  workingTime: z.boolean(), percent: z.int(), pausedBy: Status.nullable(), openHours: z.array(Interval),
});
export type UrgentView = z.infer<typeof UrgentView>;
export const UrgentList = z.object({ items: z.array(UrgentView) });

/** GET /sla/board?team=&assignee=&limit=&cursor=: the active tickets with a deadline, the next to break first; those that broke stand before them. */
export const BoardQuery = z.object({ team: z.union([z.literal('mine'), z.literal('none'), Id]).optional(), assignee: z.union([z.literal('me'), z.literal('none'), Id]).optional(), ...PageQuery.shape });
export type BoardQuery = z.infer<typeof BoardQuery>;
/** `clock` is null when what is due is not a promise of this room, such as a commitment. */
export const BoardItem = z.object({ ticket: TicketView, clock: UrgentView.nullable() });
export type BoardItem = z.infer<typeof BoardItem>;
export const BoardPage = pageOf(BoardItem);
export type BoardPage = z.infer<typeof BoardPage>;

/** Without `priority`: for those that have no target of their own. One per metric and priority. */
export const Target = z.strictObject({ metric: MetricName, priority: Priority.optional(), seconds: z.int().min(LEAST_SECONDS).max(MOST_SECONDS), time: z.enum(['working', 'calendar']) });
export type Target = z.infer<typeof Target>;

const at = z.literal(THRESHOLDS);
/** Absent: for every metric. */
const of = { at, metric: MetricName.optional() };
/** What happens at so many percent of a target. */
export const Action = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('notify'), ...of, whom: z.enum(['assignee', 'team', 'leads']) }),
  z.strictObject({ do: z.literal('raise_priority'), ...of, to: z.enum(['high', 'urgent']) }),
  /** Null takes it away from them; absent leaves it as it is. */
  z.strictObject({ do: z.literal('reassign'), ...of, assigneeId: Id.nullable().optional(), teamId: Id.nullable().optional() }),
  z.strictObject({ do: z.literal('escalate'), ...of }),
  /**
   * An honest word to the customer, in their language: by when we said, that it takes longer, and by when they hear now, which becomes a commitment. Not
   * again while that time lies ahead. Where no mail may go and there is no chat, whoever has the ticket is told to call.
   */
  z.strictObject({ do: z.literal('tell_customer'), ...of }),
]);
export type Action = z.infer<typeof Action>;

const Name = z.string().trim().min(1).max(100).regex(PLAIN);
const Targets = z.array(Target).min(1).max(LIMITS.targets)
  .refine((all) => new Set(all.map(({ metric, priority }) => `${metric} ${priority ?? ''}`)).size === all.length, { message: 'A metric has one target for each priority.' });
const Actions = z.array(Action).max(LIMITS.actions);

/**
 * GET /sla-policies?limit=&cursor=, in the order in which they are tried; the first whose conditions hold applies. Ready-made
 * ones always stand after the owner's own. GET /sla-policies/:id.
 */
export const PolicyView = z.object({
  id: Id, name: z.string(),
  /** Null: the one that holds for each ticket: its team's on its channel, its team's, its office's, its brand's, its channel's, else the workspace's default. */
  calendarId: Id.nullable(),
  /** Null: every ticket. */
  conditions: ConditionJson.nullable(), targets: z.array(Target), actions: z.array(Action),
  /** 1 is tried first. */
  place: z.int(), enabled: z.boolean(),
  /** `mail_24h`, `letter_received`; null for one's own. */
  readyMade: z.string().nullable(),
  /** Counts the changes. */
  version: z.int(), createdAt: Timestamp, updatedAt: Timestamp,
});
export type PolicyView = z.infer<typeof PolicyView>;
export const PolicyPage = pageOf(PolicyView);

/** POST /sla-policies → 201, tried after the owner's others. Conditions that ask what changed are refused (400 `condition.needs_change`). */
export const PolicyCreate = z.strictObject({
  name: Name, calendarId: Id.nullable().default(null), conditions: ConditionJson.nullable().optional(), targets: Targets, actions: Actions.default([]), enabled: z.boolean().default(true),
});
export type PolicyCreate = z.infer<typeof PolicyCreate>;

/** PATCH /sla-policies/:id; 409 `sla_policy.changed_meanwhile` with an old `version`. DELETE /sla-policies/:id → 204. Open tickets follow in the background. */
export const PolicyPatch = z.strictObject({
  name: Name.optional(), calendarId: Id.nullable().optional(), conditions: ConditionJson.nullable().optional(), targets: Targets.optional(), actions: Actions.optional(),
  enabled: z.boolean().optional(), version: z.int().min(1).optional(),
});
export type PolicyPatch = z.infer<typeof PolicyPatch>;

/** PUT /sla-policies/order: the owner's own, all of them, in their new order (400 `sla_policy.order_incomplete`). */
export const PolicyOrder = z.strictObject({ ids: z.array(Id).max(LIMITS.policies) });

/** POST /sla-policies/matches {conditions}: how many open tickets they hold for now, counted up to 999. */
export const MatchRequest = z.strictObject({ conditions: ConditionJson.nullable() });
export const MatchView = z.object({ count: z.int(), more: z.boolean() });
export type MatchView = z.infer<typeof MatchView>;

/** GET /sla/flags?limit=&cursor=: what a lead should look at, newest first. DELETE /sla/flags/:id → 204: it was looked at. */
export const FLAG_KINDS = ['holding_replies', 'repeated_snoozes'] as const;
export const FlagView = z.object({
  id: Id, kind: z.enum(FLAG_KINDS), ticket: z.object({ id: Id, number: z.int(), subject: z.string() }),
  /** Who wrote or snoozed last. */
  person: z.object({ id: Id, name: z.string() }).nullable(),
  /** How many in a row. */
  count: z.int(), at: Timestamp,
});
export type FlagView = z.infer<typeof FlagView>;
export const FlagPage = pageOf(FlagView);

import { z } from 'zod';
import { Id, pageOf, PLAIN, Timestamp } from '../../../kernel/contract.ts';
import { ConditionJson, TestShape } from '../../conditions/core/condition.ts';
import { Status } from '../../tickets/core/contract.ts';
import { Action } from './actions.ts';
import { EVENTS } from './causes.ts';

/** How many rules a workspace can have, switched on or off. */
export const MOST_RULES = 500;
export const USUAL_HOURLY_LIMIT = 1_000;
export const MOST_AN_HOUR = 10_000;
export const MOST_ACTIONS = 20;

const Name = z.string().trim().min(1).max(200).regex(PLAIN);

/**
 * `event`: at once, when one of these has happened. `time`: as soon as the conditions hold, one of which must be an age
 * (older than, in working time too); once for each such age of a ticket.
 */
const Trigger = z.discriminatedUnion('on', [
  z.strictObject({ on: z.literal('event'), events: z.array(z.enum(EVENTS)).min(1).max(EVENTS.length) }),
  z.strictObject({ on: z.literal('time') }),
]);
export type Trigger = z.infer<typeof Trigger>;

const Definition = {
  name: Name,
  description: z.string().trim().max(2_000),
  trigger: Trigger,
  /** Of `RULE_FIELDS`; `changed`, `changed_from` and `changed_to` in rules on events only. */
  conditions: ConditionJson,
  /** By which "inside hours" and ages in working time are counted; null: the one that holds for the ticket, and for rules on time, which go through all tickets, the workspace's. */
  calendarId: Id.nullable(),
  actions: z.array(Action).min(1).max(MOST_ACTIONS),
  /** What is beyond it is left out (events) or waits for the next hour (time). */
  hourlyLimit: z.int().min(1).max(MOST_AN_HOUR),
  /** Of a rule on time: also the tickets that are older already when it is switched on. */
  includeExisting: z.boolean(),
  /** Sees and changes tickets of this team alone, so that its leads may write it; null: all tickets, written by those who manage rules. */
  teamId: Id.nullable(),
};

/** POST /rules → 201. It comes last. */
export const RuleCreate = z.strictObject({
  ...Definition, description: Definition.description.default(''), conditions: ConditionJson.default({ all: [] }), calendarId: Id.nullable().default(null),
  hourlyLimit: Definition.hourlyLimit.default(USUAL_HOURLY_LIMIT), includeExisting: z.boolean().default(false), teamId: Id.nullable().default(null), enabled: z.boolean().default(true),
});
type Whole = z.infer<typeof RuleCreate>;
/** Without a team it is for all tickets. */
export type RuleCreate = Omit<Whole, 'teamId'> & Partial<Pick<Whole, 'teamId'>>;

/**
 * PATCH /rules/:id; what is given is replaced as a whole. With `version`, only the rule that was read is changed (409
 * `rule.changed_meanwhile`). `enabled: false` stops it at once. DELETE /rules/:id → 204; its runs stay in the log.
 */
export const RulePatch = z.strictObject(Definition).partial().extend({ enabled: z.boolean().optional(), version: z.int().min(1).optional() });
export type RulePatch = z.infer<typeof RulePatch>;

/** GET /rules?limit=&cursor=, in the order in which they run; GET /rules/:id. */
export const RuleView = z.object({
  ...Definition, id: Id, enabled: z.boolean(),
  /** 1 for the first that runs. */
  position: z.int(),
  /** Counts the changes of what it does, not those of its place and of `enabled`. */
  version: z.int(),
  /** The key of the ready-made rule that it began as; null for one's own. */
  readyMade: z.string().nullable(),
  lastRun: z.object({ at: Timestamp, outcome: z.enum(['ran', 'failed', 'limited', 'looped']) }).nullable(),
  /** How often in the last 24 hours; 1000 stands for that or more. */
  ranLately: z.int(),
  createdAt: Timestamp, updatedAt: Timestamp,
});
export type RuleView = z.infer<typeof RuleView>;
export const RulePage = pageOf(RuleView);

/** PUT /rules/order: all rules, the first that runs first (409 `rule.order_changed` when the set is another one by now). → 204 */
export const RuleOrder = z.strictObject({ ids: z.array(Id).max(MOST_RULES) });

/** GET /rules/:id/versions, newest first. POST /rules/:id/restorations {version} → the rule, as a new version. */
export const RuleVersionView = z.object({
  version: z.int(), definition: z.object(Definition), changedBy: z.object({ id: Id, name: z.string() }).nullable(), changedAt: Timestamp,
});
export type RuleVersionView = z.infer<typeof RuleVersionView>;
export const RuleVersionPage = pageOf(RuleVersionView);
export const RestorationRequest = z.strictObject({ version: z.int().min(1) });

/** Why an action was not done, or did nothing: words for each are in the messages as `automation.reason.…`. */
export const REASONS = [
  'already_so', 'ticket_closed', 'no_such_person', 'no_such_team', 'no_such_template', 'no_such_webhook', 'no_such_checklist', 'no_such_ticket', 'no_such_place', 'no_such_policy', 'no_such_queue', 'ticket_done', 'ticket_gone', 'nothing_to_pass_on', 'refused',
  'no_address', 'robot', 'own_address', 'unproven_sender', 'unproven_author', 'undeliverable', 'too_many', 'needs_approval', 'nobody_to_tell',
] as const;
export type Reason = (typeof REASONS)[number];

const Effect = z.object({
  type: z.string(),
  effect: z.enum(['changes', 'nothing', 'refused']),
  reason: z.enum(REASONS).nullable(),
  /** What changed from what to what, when it is a field; ids as ids. */
  from: z.string().nullable(), to: z.string().nullable(),
});
export type Effect = z.infer<typeof Effect>;

/** GET /tickets/:id/rule-runs and GET /rules/:id/runs, newest first: which rule did what, and why. */
export const RuleRunView = z.object({
  id: Id,
  rule: z.object({ id: Id, name: z.string(), version: z.int(), isRemoved: z.boolean() }),
  ticket: z.object({ id: Id, number: z.int(), subject: z.string() }),
  /** What it ran on: an event, or null for a rule on time. */
  event: z.enum(EVENTS).nullable(),
  /** Of a rule on time: when it was due. */
  dueAt: Timestamp.nullable(),
  /** It ran later than it should have, since nothing ran then. */
  late: z.boolean(),
  /** 0: a person, a customer or time was the cause; above: another rule. */
  depth: z.int(),
  /** `limited`: the hour's limit was used up. `looped`: rules had set each other off too often. */
  outcome: z.enum(['ran', 'failed', 'limited', 'looped']),
  /** The conditions that held. */
  held: z.array(TestShape),
  effects: z.array(Effect),
  at: Timestamp,
});
export type RuleRunView = z.infer<typeof RuleRunView>;
export const RuleRunPage = pageOf(RuleRunView);

/**
 * POST /rules/dry-run {rule} and POST /rules/:id/dry-run {}: the tickets that match now, and what would happen to them.
 * Nothing is changed. `assumed`: what only the moment of an event could tell, and is taken to hold.
 */
const DryRunPaging = { shelf: z.enum(['active', 'done']).default('active'), limit: z.int().min(1).max(100).default(25), cursor: z.string().max(500).optional() };
export const DryRunRequest = z.strictObject(DryRunPaging);
export type DryRunRequest = z.infer<typeof DryRunRequest>;
export const DraftDryRunRequest = z.strictObject({ ...DryRunPaging, rule: RuleCreate });
export const DryRunView = pageOf(z.object({
  ticket: z.object({ id: Id, number: z.int(), subject: z.string(), status: Status }), effects: z.array(Effect),
})).extend({ assumed: z.array(TestShape), /** Whether the rule's hours allow it now; null when it does not ask. */ hoursFit: z.boolean().nullable() });
export type DryRunView = z.infer<typeof DryRunView>;


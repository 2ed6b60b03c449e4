import { z } from 'zod';
import { Id, PageQuery, pageOf, PLAIN, Timestamp } from '../../../kernel/contract.ts';
import { ConditionJson } from '../../conditions/core/condition.ts';
import { AttachmentView } from '../../tickets/core/contract.ts';

export const MOST_POLICIES = 100;
export const MOST_REMARK = 2_000;
/** Whose answers: roles of people, and what rules write. */
export const WRITERS = ['agent', 'lead', 'admin', 'owner', 'rule'] as const;
export const CHANNELS = ['email', 'chat'] as const;
export const STATES = ['waiting', 'returned', 'approved', 'withdrawn'] as const;

/** `leads`: of the ticket's team, where it has none all leads; administrators and owners may always. Never the writer. */
export const Reviewers = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('leads') }),
  z.strictObject({ by: z.literal('people'), ids: z.array(Id).min(1).max(20) }),
  z.strictObject({ by: z.literal('team'), id: Id }),
]);
export type Reviewers = z.infer<typeof Reviewers>;

const Policy = {
  name: z.string().trim().min(1).max(200).regex(PLAIN),
  enabled: z.boolean(),
  /** Of tickets; null: every ticket. */
  conditions: ConditionJson.nullable(),
  writers: z.array(z.enum(WRITERS)).min(1),
  /** `email`: forwards too. */
  channels: z.array(z.enum(CHANNELS)).min(1),
  reviewers: Reviewers,
};
/** GET /approval-policies; POST → 201, PATCH and DELETE /approval-policies/:id (administrators). In their order; any that holds is enough, and the first of them names the reviewers. */
export const PolicyCreate = z.strictObject({ ...Policy, enabled: Policy.enabled.default(true), conditions: Policy.conditions.default(null), writers: Policy.writers.default([...WRITERS]), channels: Policy.channels.default(['email']), reviewers: Reviewers.default({ by: 'leads' }) });
export type PolicyCreate = z.infer<typeof PolicyCreate>;
export const PolicyPatch = z.strictObject(Policy).partial();
export type PolicyPatch = z.infer<typeof PolicyPatch>;
export const PolicyView = z.object({ id: Id, ...Policy, updatedAt: Timestamp });
export type PolicyView = z.infer<typeof PolicyView>;
export const PolicyPage = pageOf(PolicyView);
/** PUT /approval-policies/order: all of them (409 `approval_policy.order_changed` when there are others by now). → 204 */
export const PolicyOrder = z.strictObject({ ids: z.array(Id).max(MOST_POLICIES) });

const Person = z.object({ id: Id.nullable(), name: z.string() });
/** A version of the words, or a word about them. */
const Step = z.object({
  number: z.int(), what: z.enum(['asked', 'edited', 'returned', 'approved', 'withdrawn']), by: Person, remark: z.string(), text: z.string(), html: z.string().nullable(), at: Timestamp,
});
export const ApprovalView = z.object({
  id: Id, ticket: z.object({ id: Id, number: z.int(), subject: z.string() }), kind: z.enum(['reply', 'chat', 'forward']), state: z.enum(STATES),
  /** `id` null: a rule. */
  writer: Person, reason: z.string(),
  to: z.array(z.string()), cc: z.array(z.string()), sendAt: Timestamp.nullable(),
  /** As it is now. */
  text: z.string(), html: z.string().nullable(), attachments: z.array(AttachmentView.extend({ url: z.string() })),
  steps: z.array(Step),
  /** What left in the end. */
  entryId: Id.nullable(),
  mayDecide: z.boolean(), askedAt: Timestamp, decidedAt: Timestamp.nullable(),
  /** Send it back with a decision: what is approved is what was read. */
  version: z.int(),
});
export type ApprovalView = z.infer<typeof ApprovalView>;
export const ApprovalPage = pageOf(ApprovalView);

/** GET /approvals: `mine` (those that I may decide, the oldest first) or `written` (mine that wait or came back). GET /tickets/:id/approvals: all of a ticket. */
export const ApprovalQuery = PageQuery.extend({ list: z.enum(['mine', 'written']).default('mine') });
/** GET /approvals/count → how many wait for me, `more` beyond 99; how many of mine wait or came back. `inUse`: some answers here need approval, or did. */
export const CountView = z.object({ count: z.int(), more: z.boolean(), waiting: z.int(), returned: z.int(), inUse: z.boolean() });
export type CountView = z.infer<typeof CountView>;

const Words = { text: z.string().max(200_000).optional(), html: z.string().max(500_000).optional() };
const Remark = z.string().trim().max(MOST_REMARK);
/** POST /approvals/:id/approval {version}: it leaves, with these words if there are any (they are a version of their own); the undo window begins. */
export const Approving = z.strictObject({ version: z.int(), remark: Remark.default(''), ...Words });
export type Approving = z.infer<typeof Approving>;
/** POST /approvals/:id/return {version, remark}: back to the writer. */
export const Returning = z.strictObject({ version: z.int(), remark: Remark.min(1) });
export type Returning = z.infer<typeof Returning>;
/** POST /approvals/:id/resubmission: the writer has changed it. DELETE /approvals/:id: the writer, or who may decide, takes it back. */
export const Resubmitting = z.strictObject({ version: z.int(), remark: Remark.default(''), ...Words }).refine((given) => Boolean(given.text?.trim() || given.html?.trim()), { message: 'Give text or html.' });
export type Resubmitting = z.infer<typeof Resubmitting>;

/** GET /tickets/:id/approval-need → whether a reply of mine would wait, and why. `demands`: rules that asked for it; DELETE /tickets/:id/approval-demands/:demandId by who may approve. */
export const NeedView = z.object({ needed: z.boolean(), reasons: z.array(z.string()), demands: z.array(z.object({ id: Id, name: z.string(), mayLift: z.boolean() })) });
export type NeedView = z.infer<typeof NeedView>;
export const DemandParams = z.strictObject({ id: Id, demandId: Id });

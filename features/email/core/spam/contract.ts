import { z } from 'zod';
import { Id, PageQuery, Timestamp, pageOf } from '../../../../kernel/contract.ts';
import { SENSITIVITIES } from './judgement.ts';

/**
 * GET, POST /email/blocked-senders and /email/allowed-senders, DELETE …/:id. `sender` is an address, or a domain with
 * everything below it; the more exact rule decides.
 */
export const SenderRuleView = z.object({
  id: Id, sender: z.string(), kind: z.enum(['address', 'domain']), reason: z.string(),
  createdBy: z.object({ id: Id, name: z.string() }).nullable(), createdAt: Timestamp,
});
export type SenderRuleView = z.infer<typeof SenderRuleView>;
export const SenderRulePage = pageOf(SenderRuleView);
export const SenderRuleQuery = PageQuery.extend({ q: z.string().trim().toLowerCase().max(320).default('') });
export const SenderRuleCreate = z.strictObject({ sender: z.string().trim().min(1).max(320), reason: z.string().trim().max(500).default('') });
export type SenderRuleCreate = z.infer<typeof SenderRuleCreate>;

const Limit = z.int().min(5).max(100_000);
/** GET, PATCH /email/spam-filter; DELETE /email/spam-filter/lessons makes it forget what it has learnt. */
export const SpamFilterPatch = z.strictObject({
  sensitivity: z.enum(SENSITIVITIES).optional(),
  /** What one sender may send before the rest is held back. */
  perTenMinutes: Limit.optional(), perHour: Limit.optional(),
  /** How many new messages with the same text, by whomever, within an hour. */
  equalTexts: Limit.optional(),
});
export type SpamFilterPatch = z.infer<typeof SpamFilterPatch>;
export const SpamFilterView = z.object({
  sensitivity: z.enum(SENSITIVITIES), perTenMinutes: z.int(), perHour: z.int(), equalTexts: z.int(),
  /** Messages that it has learnt from; it judges once there are `needed` of both. */
  learnt: z.object({ spam: z.int(), ham: z.int(), needed: z.int(), spamWords: z.array(z.string()), hamWords: z.array(z.string()) }),
});
export type SpamFilterView = z.infer<typeof SpamFilterView>;

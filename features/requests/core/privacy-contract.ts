import { z } from 'zod';
import { Id, PageQuery, Timestamp, pageOf } from '../../../kernel/contract.ts';

export const PRIVACY_KINDS = ['copy', 'delete'] as const;
export const PRIVACY_OUTCOMES = ['done', 'refused'] as const;

/** GET /privacy-requests?state=open|decided&limit&cursor: what customers asked about their own data; of the open ones the first due first, of the others the last decided first. */
export const PrivacyQuery = PageQuery.extend({ state: z.enum(['open', 'decided']).default('open') });
export const PrivacyRequestView = z.object({
  id: Id, kind: z.enum(PRIVACY_KINDS),
  /** Where it is talked about with them. */
  ticket: z.object({ id: Id, number: z.int() }),
  /** How we know who asks: they opened a mail to this address, or the company's own server vouched for it. */
  address: z.string(), proof: z.enum(['mail', 'company']),
  askedAt: Timestamp,
  /** A month later; what is asked on the 31st is due on the last day of a shorter month. */
  dueAt: Timestamp,
  decision: z.object({ outcome: z.enum(PRIVACY_OUTCOMES), at: Timestamp, byId: Id, byName: z.string() }).nullable(),
});
export type PrivacyRequestView = z.infer<typeof PrivacyRequestView>;
export const PrivacyPage = pageOf(PrivacyRequestView);

/**
 * POST /privacy-requests/:id/decision → 200. `text` goes to the customer as an answer on the ticket, which is resolved; with `isAnswered` nothing goes, since they were answered there
 * after they asked. 409 `privacy.decided`, `privacy.answer_needs_approval` (the letter could not leave yet, so nothing is decided), `privacy.not_answered`.
 */
export const PrivacyDecision = z.strictObject({ outcome: z.enum(PRIVACY_OUTCOMES), text: z.string().trim().max(10_000).default(''), isAnswered: z.boolean().default(false) })
  .refine(({ text, isAnswered }) => (text !== '') !== isAnswered, { message: 'Give text, or isAnswered, one of the two.' });
export type PrivacyDecision = z.infer<typeof PrivacyDecision>;

/** GET /privacy-requests/:id/export.json: what we keep of them and what passed between us, to hand over. Files are named, not contained. */

import { z } from 'zod';
import { Id, pageOf, Timestamp } from '../../../kernel/contract.ts';
import { ConditionJson } from '../../conditions/core/condition.ts';
import { Names, Texts } from './contract.ts';

/** Customers whom one notice may reach. */
export const MOST_CUSTOMERS = 5_000;
/** Nothing leaves for so long: until then it can be taken back whole. */
export const UNDO_MS = 60_000;

const Shelves = z.enum(['active', 'all']);
/** Of which tickets it asks: those that are open, or those that are done as well. */
const audience = { condition: ConditionJson, shelves: Shelves.default('active') };

/** POST /status-notices/audiences: how many customers have a ticket for which the condition holds, counted up to 5,000. */
export const AudienceRequest = z.strictObject(audience);
export type AudienceRequest = z.infer<typeof AudienceRequest>;
export const AudienceView = z.object({ customers: z.int(), more: z.boolean() });
export type AudienceView = z.infer<typeof AudienceView>;

/**
 * POST /status-notices → 201: a mail to each of them, in their language. `most`: refused with 409 `notice.too_many` when there are more
 * (what somebody previewed is what goes). Each customer and each address has it once.
 */
export const NoticeCreate = z.strictObject({ titles: Names, texts: Texts, ...audience, most: z.int().min(1).max(MOST_CUSTOMERS) });
export type NoticeCreate = z.infer<typeof NoticeCreate>;

export const SKIPPED = ['no_address', 'undeliverable', 'unsubscribed', 'ours', 'same_address', 'stopped'] as const;
/** `waiting`: it can still be taken back whole; `stopped`: what had not left never will. */
export const NOTICE_STATES = ['waiting', 'sending', 'sent', 'taken_back', 'stopped'] as const;
export const NoticeView = z.object({
  id: Id, titles: Names, texts: Texts, condition: ConditionJson, shelves: Shelves, state: z.enum(NOTICE_STATES), chosen: z.int(), written: z.int(),
  /** Why some got none. */
  skipped: z.partialRecord(z.enum(SKIPPED), z.int()), leavesAt: Timestamp, stoppedAt: Timestamp.nullable(), createdAt: Timestamp,
});
export type NoticeView = z.infer<typeof NoticeView>;
/** GET /status-notices?limit=&cursor=, the newest first. POST /status-notices/:id/withdrawal: nothing more of it leaves. */
export const NoticePage = pageOf(NoticeView);

import { z } from 'zod';
import { Id, PageQuery, pageOf, PLAIN, Timestamp } from '../../../kernel/contract.ts';
import { EVENT_NAMES } from './events.ts';

/** How long the secret of before signs too. */
export const BOTH_SIGN_MS = 24 * 3_600_000;

const Name = z.string().trim().min(1).max(100).regex(PLAIN);
const EventName = z.enum(EVENT_NAMES);
const Events = z.array(EventName).max(EVENT_NAMES.length).refine((all) => new Set(all).size === all.length, { message: 'An event stands here twice.' });
const Url = z.string().trim().min(1).max(2000).regex(PLAIN);
/** A condition on the ticket; null: every ticket, and what belongs to none. */
const Condition = z.record(z.string(), z.unknown()).nullable();

/** GET /webhooks?limit=&cursor=, by name; GET /webhooks/:id. */
export const WebhookView = z.object({
  id: Id, name: z.string(), url: z.string(), events: z.array(EventName), condition: Condition, content: z.boolean(),
  isEnabled: z.boolean(),
  /** `person` switched it off, the other side said that it is `gone` (410), or it was `failing` for three days. */
  disabledFor: z.enum(['person', 'gone', 'failing']).nullable(),
  failingSince: Timestamp.nullable(), lastOkAt: Timestamp.nullable(),
  /** Until when the secret of before signs too. */
  bothSignUntil: Timestamp.nullable(),
  /** It is on again, and was told nothing between this moment and then; null: nothing to make up for. */
  missedSince: Timestamp.nullable(),
  /** Events that were never queued because too many waited. */
  skipped: z.int(),
  version: z.int(), createdAt: Timestamp, updatedAt: Timestamp,
});
export type WebhookView = z.infer<typeof WebhookView>;
export const WebhookPage = pageOf(WebhookView);

/** POST /webhooks → 201 with the secret, which no other answer holds. Without a `name` it is called after its host. `events` by their public names; none: only rules send something there. */
export const WebhookCreate = z.strictObject({ name: Name.optional(), url: Url, events: Events, condition: Condition.default(null), content: z.boolean().default(false) });
export type WebhookCreate = z.infer<typeof WebhookCreate>;
export const WebhookCreated = WebhookView.extend({ secret: z.string() });

/** PATCH /webhooks/:id. What waits while it is switched off is sent when it is switched on again. DELETE /webhooks/:id takes its log along. */
export const WebhookPatch = z.strictObject({
  name: Name.optional(), url: Url.optional(), events: Events.optional(), condition: Condition.optional(), content: z.boolean().optional(), isEnabled: z.boolean().optional(),
  version: z.int().min(1).optional(),
});
export type WebhookPatch = z.infer<typeof WebhookPatch>;

/** POST /webhooks/:id/secrets → 201: a new one; until `bothSignUntil` the one of before signs too. */
export const SecretView = z.object({ secret: z.string(), bothSignUntil: Timestamp });

export const DELIVERY_STATES = ['waiting', 'sending', 'delivered', 'failed'] as const;
/** GET /webhooks/:id/deliveries?state=&limit=&cursor=, newest first; kept for 30 days. POST /webhooks/:id/tests → 202: a `webhook.test` for this one alone. */
export const DeliveryView = z.object({
  /** The `webhook-id` of every attempt. */
  id: Id,
  type: z.string(), ticketId: Id.nullable(), state: z.enum(DELIVERY_STATES), attempts: z.int(),
  happenedAt: Timestamp, createdAt: Timestamp, triedAt: Timestamp.nullable(), tookMs: z.int().nullable(),
  /** Of the last attempt: the status of the answer, or why there was none. */
  responseStatus: z.int().nullable(), errorCode: z.string().nullable(),
  nextAttemptAt: Timestamp.nullable(),
  /** The attempts of before, the latest last, 30 at most. */
  tried: z.array(z.object({ at: Timestamp, tookMs: z.int(), responseStatus: z.int().nullable(), errorCode: z.string().nullable() })),
  /** What was sent, without the content that goes along where that is asked for. */
  body: z.string(),
});
export type DeliveryView = z.infer<typeof DeliveryView>;
export const DeliveryPage = pageOf(DeliveryView);
export const DeliveryQuery = PageQuery.extend({ state: z.enum(DELIVERY_STATES).optional() });
export const DeliveryParams = z.strictObject({ id: Id, deliveryId: Id });

/** POST /webhooks/:id/deliveries/:deliveryId/replays → 202, under the same id. POST /webhooks/:id/replays {since}: what failed since then, up to 1000 at once, the oldest first. */
export const ReplaysRequest = z.strictObject({ since: Timestamp });
export const ReplaysView = z.object({ count: z.int(), more: z.boolean() });

/** What happened longer ago than this is not made up for. */
export const MOST_MISSED_DAYS = 30;
/**
 * POST /webhooks/:id/catch-ups → 202: queues what it was not told while it was off, from the log of events, the oldest first; some of it
 * at once, so as long as there is `more` it is asked again. Tickets are judged, and told of, as they are now. DELETE: it is left at that.
 */
export const CatchUpView = z.object({ count: z.int(), more: z.boolean() });

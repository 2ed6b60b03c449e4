import type { Now } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Vault } from '../../../platform/config/vault.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import type { Egress, EgressResponse } from '../../../platform/egress/egress.ts';
import type { Emit } from '../../../platform/events/events.ts';
import { createPump } from '../../../platform/events/pump.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import { nextAttempt, retryAfterMs } from '../core/retry.ts';
import { claimDue, MAX_BODY, settle, type ClaimedDelivery, type Outcome } from './delivery-store.ts';
import { WEBHOOK_SECRET } from './sealed.ts';
import { signatureHeaders } from './signature.ts';
import { disable, findWebhook, markFailing, markWorking, type StoredWebhook } from './store.ts';

const AT_ONCE = 48;
const PER_WEBHOOK = 4;
/** Whatever one workspace does, others have places. */
const PER_WORKSPACE = 32;
const POLL_MS = 1_000;
const TIMEOUT_MS = 15_000;
/** Longer than any attempt can take, so that a lease only ends when its process is gone. */
const LEASE_MS = 2 * 60_000;
const MAX_ANSWER = 64 * 1024;
const MAX_WORDS = 4_000;

type Answer = { readonly status: number; readonly retryAfter: string | undefined };

/**
 * Carries deliveries to the webhooks, at least once and not in order: ids and sequence numbers tell what is what. Any number
 * of processes may do so at once.
 */
export function createWebhookSender({ db, now, machineNow, emit, vault, egress, tickets, log, random = Math.random }: {
  db: Database; now: Now; machineNow: Now; emit: Emit; vault: Pick<Vault, 'open'>; egress: Pick<Egress, 'request'>; tickets: Pick<Tickets, 'find' | 'wordsOf'>; log: Log; random?: () => number;
}) {
  const inFlight = new Map<string, Promise<void>>();

  /** Starts what is due as far as there is room. Returns how many were started. */
  async function startDue(): Promise<number> {
    const limit = AT_ONCE - inFlight.size;
    if (limit <= 0) return 0;
    const at = machineNow();
    const claimed = await claimDue(db.owner, { now: at, leaseUntil: new Date(at.getTime() + LEASE_MS), limit, perWebhook: PER_WEBHOOK, perWorkspace: PER_WORKSPACE });
    for (const one of claimed) {
      inFlight.set(one.id, attempt(one).finally(() => {
        inFlight.delete(one.id);
        pump.wake();
      }));
    }
    return claimed.length;
  }

  const pump = createPump({
    step: async () => { await startDue(); return POLL_MS; },
    failed: (error) => {
      log.error({ err: error }, 'the deliveries of webhooks could not be read');
      return POLL_MS;
    },
  });

  async function attempt(delivery: ClaimedDelivery): Promise<void> {
    try {
      const began = machineNow().getTime();
      const sent = await send(delivery);
      if (sent) await conclude(delivery, sent, Math.max(0, machineNow().getTime() - began));
    } catch (error) {
      // The lease stands; it is due again when that ends.
      log.warn({ err: error, deliveryId: delivery.id }, 'a delivery of a webhook could not be settled');
    }
  }

  /** Null when there is nobody to send to any more. */
  async function send(delivery: ClaimedDelivery): Promise<Answer | AppError | null> {
    const { workspaceId, webhookId } = delivery;
    const prepared = await db.work(workspaceId, async (tx) => {
      const hook = await findWebhook(tx, workspaceId, webhookId);
      return hook && { hook, body: hook.content ? await withContent(tx, delivery) : delivery.body };
    });
    if (!prepared) return null;
    const { hook, body } = prepared;
    try {
      const { status, headers } = await request(hook, delivery, body);
      return { status, retryAfter: headers['retry-after'] };
    } catch (error) {
      if (error instanceof AppError) return error;
      throw error;
    }
  }

  function request(hook: StoredWebhook, { workspaceId, id }: ClaimedDelivery, body: string): Promise<EgressResponse> {
    const at = machineNow();
    const open = (sealed: string) => vault.open(WEBHOOK_SECRET.place(workspaceId, hook.id), sealed);
    const earlier = hook.earlierSecret !== null && hook.earlierUntil !== null && hook.earlierUntil > at ? [open(hook.earlierSecret)] : [];
    return egress.request(hook.url, {
      method: 'POST', body, redirects: 0, timeoutMs: TIMEOUT_MS, maxBytes: MAX_ANSWER,
      headers: { 'content-type': 'application/json', 'user-agent': 'Rapport-Webhooks', ...signatureHeaders([open(hook.secret), ...earlier], id, at, body) },
    });
  }

  /** As it is now: nothing that was written is kept with the delivery. */
  async function withContent(tx: Tx, { body, ticketId, entryId }: ClaimedDelivery): Promise<string> {
    const ticket = ticketId === null ? null : await tickets.find(tx, ticketId);
    if (!ticket || ticket.deletedAt) return body;
    const words = entryId === null ? null : await tickets.wordsOf(tx, entryId);
    const message = JSON.parse(body) as { data: { ticket?: object; entry?: object } };
    const { id, number, subject, status, priority, kind, channel, tags, language, assigneeId, teamId, customerId } = ticket;
    message.data.ticket = { id, number, subject: subject.slice(0, 500), status, priority, kind, channel, tags, language, assignee: assigneeId, team: teamId, customer: customerId };
    if (words !== null) message.data.entry = { id: entryId, text: words.slice(0, MAX_WORDS) };
    const full = JSON.stringify(message);
    return Buffer.byteLength(full) < MAX_BODY ? full : body;
  }

  async function conclude(delivery: ClaimedDelivery, sent: Answer | AppError, tookMs: number): Promise<void> {
    const at = machineNow();
    const { workspaceId, webhookId } = delivery;
    const outcome = outcomeOf(delivery, sent, tookMs, at);
    await db.work(workspaceId, async (tx) => {
      if (!await settle(tx, delivery, outcome, at)) return;
      if (outcome.state === 'delivered') { await markWorking(tx, workspaceId, webhookId, at); return; }
      await markFailing(tx, workspaceId, webhookId, at);
      const gone = outcome.responseStatus === 410;
      // Everything was tried for days, and nothing else arrived either.
      const off = gone ? await disable(tx, workspaceId, webhookId, { reason: 'gone', at, now: now() })
        : outcome.state === 'failed' && await disable(tx, workspaceId, webhookId, { reason: 'failing', at, now: now(), unlessSince: delivery.createdAt });
      if (off) await emit(tx, workspaceId, { type: 'webhook.disabled', subjectId: webhookId, actor: { kind: 'system', id: null }, data: { reason: gone ? 'gone' : 'failing' }, at: now() });
    });
  }

  function outcomeOf({ attempts }: ClaimedDelivery, sent: Answer | AppError, tookMs: number, at: Date): Outcome {
    const told = sent instanceof AppError ? { tookMs, responseStatus: null, errorCode: sent.code } : { tookMs, responseStatus: sent.status, errorCode: null };
    if (told.responseStatus !== null && told.responseStatus >= 200 && told.responseStatus < 300) return { state: 'delivered', ...told };
    if (told.responseStatus === 410) return { state: 'failed', ...told };
    const next = nextAttempt({ attempts, at, retryAfterMs: sent instanceof AppError ? 0 : retryAfterMs(sent.retryAfter, at), random: random() });
    return next ? { state: 'waiting', nextAttemptAt: next, ...told } : { state: 'failed', ...told };
  }

  return {
    wake: (): void => pump.wake(),
    start: (): void => pump.start(),
    /** Takes nothing new, and lets what is on its way arrive. */
    async stop(): Promise<void> {
      await pump.stop();
      await Promise.all(inFlight.values());
    },
    /** Sends what is due and waits for the outcome; for tests and for one pass by hand. */
    async sendDue(): Promise<number> {
      let sent = 0;
      for (let started = await startDue(); started > 0; started = await startDue()) {
        sent += started;
        await Promise.all(inFlight.values());
      }
      return sent;
    },
  };
}

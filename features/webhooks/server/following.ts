import type { Json } from '../../../kernel/json.ts';
import type { Now } from '../../../kernel/actor.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { FollowedEvent, Follower } from '../../../platform/events/followers.ts';
import { fitsKept } from '../../conditions/core/predicate.ts';
import { TICKET_FIELDS } from '../../tickets/core/fields.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import { HEARD, toldOf } from '../core/events.ts';
import { insertDeliveries, isFull, MAX_BODY, wereQueued, type NewDelivery } from './delivery-store.ts';
import { countSkipped, enabledWebhooks, type StoredWebhook } from './store.ts';

const OWN = ['webhook.created', 'webhook.changed', 'webhook.removed', 'webhook.disabled'];
const ASKED = 'automation.webhook_asked';
/** Who else may have changed them while this process did not follow is seen after so long. */
const KNOWN_MS = 5_000;
const MOST_KNOWN = 1_000;
/** Beyond these nothing more is queued for a webhook. */
export const MOST_WAITING = 20_000;

type Wanted = { readonly hook: StoredWebhook; readonly name: string; readonly cause: string; readonly facts: { readonly [key: string]: Json | undefined }; readonly entryId: string | null };

/** Writes down for every webhook what it is to be told, once for each event. `queued` may be lost: it is a hint. */
export function createFollowing({ db, tickets, machineNow, queued, mostWaiting = MOST_WAITING }: {
  db: Database; tickets: Pick<Tickets, 'find'>; machineNow: Now; queued: () => void; mostWaiting?: number;
}): Follower {
  const known = new Map<string, { hooks: readonly StoredWebhook[]; until: number }>();

  async function hooksOf(workspaceId: string): Promise<readonly StoredWebhook[]> {
    const cached = known.get(workspaceId);
    const now = machineNow().getTime();
    if (cached && cached.until > now) return cached.hooks;
    const hooks = await db.work(workspaceId, (tx) => enabledWebhooks(tx, workspaceId));
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(workspaceId, { hooks, until: now + KNOWN_MS });
    return hooks;
  }

  /** A webhook's condition is about the ticket; what belongs to none is told to those without. */
  function fits({ condition }: StoredWebhook, ticket: TicketState | null, at: Date): boolean {
    if (condition === null) return true;
    if (ticket === null) return false;
    return fitsKept(condition, TICKET_FIELDS, { now: at }, ticket);
  }

  async function queue(tx: Tx, event: FollowedEvent, wanted: readonly Wanted[]): Promise<void> {
    const ticket = event.ticketId === null ? null : await tickets.find(tx, event.ticketId);
    const fitting = wanted.filter(({ hook, cause }) => cause.startsWith('rule:') || fits(hook, ticket, event.at));
    const deliveries: NewDelivery[] = [];
    for (const { hook, name, cause, facts, entryId } of fitting) {
      if (await isFull(tx, event.workspaceId, hook.id, mostWaiting)) {
        if (!await wereQueued(tx, event.workspaceId, hook.id, cause)) await countSkipped(tx, event.workspaceId, hook.id);
      } else {
        deliveries.push({
          id: newId(), webhookId: hook.id, cause, type: name, ticketId: event.ticketId, entryId, happenedAt: event.at, createdAt: machineNow(),
          body: bodyOf(name, event, ticket, facts),
        });
      }
    }
    await insertDeliveries(tx, event.workspaceId, deliveries);
  }

  function wantedBy(hooks: readonly StoredWebhook[], event: FollowedEvent): Wanted[] {
    if (event.type === ASKED) {
      const { webhookId, ruleId = null } = event.data;
      return hooks.filter(({ id }) => id === webhookId).map((hook) => ({ hook, name: 'rule.asked', cause: `rule:${event.seq}`, facts: { rule: { id: ruleId } }, entryId: null }));
    }
    return toldOf(event).flatMap(({ name, facts, entryId = null }) =>
      hooks.filter(({ events }) => events.includes(name)).map((hook) => ({ hook, name, cause: `event:${event.seq}:${name}`, facts, entryId })));
  }

  return {
    name: 'webhooks',
    types: [...HEARD, ASKED, ...OWN],
    from: 'now',
    async handle(event) {
      if (OWN.includes(event.type)) { known.delete(event.workspaceId); return; }
      const wanted = wantedBy(await hooksOf(event.workspaceId), event);
      if (wanted.length === 0) return;
      await db.work(event.workspaceId, (tx) => queue(tx, event, wanted));
      queued();
    },
  };
}

/** What is too long for a message is left out and said to be: the ids tell where to ask. */
function bodyOf(type: string, { at, seq, actor }: FollowedEvent, ticket: TicketState | null, facts: Wanted['facts']): string {
  const told = (what: Wanted['facts']) => JSON.stringify({ type, timestamp: at.toISOString(), data: { sequence: seq, actor, ...(ticket && { ticket: { id: ticket.id, number: ticket.number } }), ...what } });
  const whole = told(facts);
  return Buffer.byteLength(whole) < MAX_BODY ? whole : told({ shortened: true });
}

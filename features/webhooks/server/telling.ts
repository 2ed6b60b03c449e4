import type { Json } from '../../../kernel/json.ts';
import type { Now } from '../../../kernel/actor.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { LoggedEvent } from '../../../platform/events/events.ts';
import { fitsKept } from '../../conditions/core/predicate.ts';
import { TICKET_FIELDS } from '../../tickets/core/fields.ts';
import type { TicketState } from '../../tickets/core/ticket.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import { toldOf } from '../core/events.ts';
import { insertDeliveries, isFull, MAX_BODY, wereQueued, type NewDelivery } from './delivery-store.ts';
import { countSkipped, type StoredWebhook } from './store.ts';

/** A rule asks one webhook to be told. */
export const ASKED = 'automation.webhook_asked';
/** Beyond these nothing more is queued for a webhook. */
export const MOST_WAITING = 20_000;

type Wanted = { readonly hook: StoredWebhook; readonly name: string; readonly cause: string; readonly facts: { readonly [key: string]: Json | undefined }; readonly entryId: string | null };
export type Telling = ReturnType<typeof createTelling>;

/** From an event of the log to what webhooks are told of it, once each however often it is said. */
export function createTelling({ tickets, machineNow, mostWaiting = MOST_WAITING }: { tickets: Pick<Tickets, 'find'>; machineNow: Now; mostWaiting?: number | undefined }) {
  /** A webhook's condition is about the ticket; what belongs to none is told to those without. */
  function fits({ condition }: StoredWebhook, ticket: TicketState | null, at: Date): boolean {
    if (condition === null) return true;
    if (ticket === null) return false;
    return fitsKept(condition, TICKET_FIELDS, { now: at }, ticket);
  }

  async function queue(tx: Tx, event: LoggedEvent, wanted: readonly Wanted[]): Promise<number> {
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
    return insertDeliveries(tx, event.workspaceId, deliveries);
  }

  function wantedBy(hooks: readonly StoredWebhook[], event: LoggedEvent): Wanted[] {
    if (event.type === ASKED) {
      const { webhookId, ruleId = null } = event.data;
      return hooks.filter(({ id }) => id === webhookId).map((hook) => ({ hook, name: 'rule.asked', cause: `rule:${event.seq}`, facts: { rule: { id: ruleId } }, entryId: null }));
    }
    return toldOf(event).flatMap(({ name, facts, entryId = null }) =>
      hooks.filter(({ events }) => events.includes(name)).map((hook) => ({ hook, name, cause: `event:${event.seq}:${name}`, facts, entryId })));
  }

  return { wantedBy, queue };
}

/** What is too long for a message is left out and said to be: the ids tell where to ask. */
function bodyOf(type: string, { at, seq, actor }: LoggedEvent, ticket: TicketState | null, facts: Wanted['facts']): string {
  const told = (what: Wanted['facts']) => JSON.stringify({ type, timestamp: at.toISOString(), data: { sequence: seq, actor, ...(ticket && { ticket: { id: ticket.id, number: ticket.number } }), ...what } });
  const whole = told(facts);
  return Buffer.byteLength(whole) < MAX_BODY ? whole : told({ shortened: true });
}

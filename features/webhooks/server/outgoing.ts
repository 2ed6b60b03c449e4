import type { Actor, Now } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Vault } from '../../../platform/config/vault.ts';
import { afterCommit, type Database, type Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import { refusing } from '../../../platform/db/refusals.ts';
import type { Emit } from '../../../platform/events/events.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import { readCondition } from '../../conditions/core/check.ts';
import type { Condition } from '../../conditions/core/condition.ts';
import { toPredicate } from '../../conditions/core/predicate.ts';
import { demand } from '../../people/core/permissions.ts';
import { TICKET_FIELDS } from '../../tickets/core/fields.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import { BOTH_SIGN_MS, type DeliveryView, type WebhookCreate, type WebhookPatch, type WebhookView } from '../core/contract.ts';
import { type createCatchingUp, offFrom } from './catching-up.ts';
import { deliveryPage, failedAgain, findDelivery, insertDeliveries, sendAgain, type StoredDelivery } from './delivery-store.ts';
import { WEBHOOK_SECRET } from './sealed.ts';
import { newSecret } from './signature.ts';
import { countWebhooks, deleteWebhook, findWebhook, insertWebhook, lockWebhooks, saveCatchUp, saveWebhook, webhookPage, type StoredWebhook } from './store.ts';

const MAX_WEBHOOKS = 50;
const MOST_REPLAYS = 1_000;
const TAKEN = { webhooks_name: () => new AppError('conflict', 'webhook.name_taken', 'Another webhook has this name; take another.') };

type Paging = { limit: number; cursor?: string | undefined };

/** What those who configure do with webhooks. `plain`: origins that the environment names, which may be private and asked without encryption. */
export function createOutgoing({ db, now, machineNow, emit, vault, tickets, plain, catchUp, queued }: {
  db: Database; now: Now; machineNow: Now; emit: Emit; vault: Pick<Vault, 'seal'>; tickets: Pick<Tickets, 'attributes'>; plain: readonly string[]; catchUp: ReturnType<typeof createCatchingUp>; queued: () => void;
}) {
  const work = <T>(actor: Actor, act: (tx: Tx) => Promise<T>): Promise<T> => {
    demand(actor, 'webhooks.manage');
    return db.work(actor.workspaceId, act);
  };
  const manage = <T>(actor: Actor, act: (tx: Tx) => Promise<T>): Promise<T> => refusing(work(actor, async (tx) => {
    await lockWebhooks(tx, actor.workspaceId);
    return act(tx);
  }), TAKEN);

  async function required(tx: Tx, actor: Actor, id: string): Promise<StoredWebhook> {
    const hook = await findWebhook(tx, actor.workspaceId, id);
    if (!hook) throw new AppError('not_found', 'webhook.not_found', 'There is no such webhook.');
    return hook;
  }

  async function requiredDelivery(tx: Tx, actor: Actor, webhookId: string, id: string): Promise<StoredDelivery> {
    const delivery = await findDelivery(tx, actor.workspaceId, webhookId, id);
    if (!delivery) throw new AppError('not_found', 'webhook.delivery_not_found', 'There is no such delivery; they are kept for 30 days.');
    return delivery;
  }

  const announce = (tx: Tx, actor: Actor, what: 'created' | 'changed' | 'removed', { id, version }: Pick<StoredWebhook, 'id' | 'version'>): Promise<void> =>
    emit(tx, actor.workspaceId, { type: `webhook.${what}`, subjectId: id, actor: { kind: 'person', id: actor.id }, data: { version }, at: now() });

  async function save(tx: Tx, actor: Actor, before: StoredWebhook, change: Partial<StoredWebhook>): Promise<StoredWebhook> {
    const hook = { ...before, ...change, version: before.version + 1, updatedAt: now() };
    await saveWebhook(tx, actor.workspaceId, hook);
    await announce(tx, actor, 'changed', hook);
    return hook;
  }

  /** What is told to nobody while it is off can be made up for. */
  async function missing(tx: Tx, actor: Actor, before: StoredWebhook, isEnabled: boolean | undefined): Promise<Partial<StoredWebhook>> {
    const isOn = before.disabledAt === null;
    if (isEnabled === undefined || isEnabled === isOn) return {};
    return isEnabled ? { offUntil: now() } : offFrom(tx, actor.workspaceId, before, now());
  }

  function checkUrl(text: string): string {
    const url = URL.canParse(text) ? new URL(text) : null;
    const isPlain = url?.protocol === 'http:' && plain.includes(url.origin);
    if (!url || (url.protocol !== 'https:' && !isPlain) || url.username !== '' || url.password !== '') {
      throw new AppError('invalid', 'webhook.bad_url', 'Give an address that begins with https://, without a name or password in it.', { errors: [{ pointer: '#/url', code: 'webhook.bad_url', detail: 'must begin with https://, without a name or password.' }] });
    }
    return url.href;
  }

  /** Judged at the moment of the event, without a calendar: what asks for working time is refused here. */
  async function checkCondition(tx: Tx, given: unknown): Promise<Condition | null> {
    if (given === null) return null;
    const condition = readCondition(given, await tickets.attributes(tx, TICKET_FIELDS), { pointer: '#/condition' });
    toPredicate(condition, TICKET_FIELDS, { now: now() });
    return condition;
  }

  return {
    list: (actor: Actor, { limit, cursor }: Paging): Promise<Page<WebhookView>> =>
      work(actor, async (tx) => {
        const rows = await webhookPage(tx, actor.workspaceId, limit + 1, cursor === undefined ? null : decodeCursor(cursor, ['string', 'id']));
        return pageOfRows(rows, limit, (row) => [row.nameKey, row.id], (row) => present(row, machineNow()));
      }),

    get: (actor: Actor, id: string): Promise<WebhookView> => work(actor, async (tx) => present(await required(tx, actor, id), machineNow())),

    /** The secret is in this answer and in no other. */
    create: (actor: Actor, { name, url, events, condition, content }: WebhookCreate): Promise<WebhookView & { secret: string }> =>
      manage(actor, async (tx) => {
        if (await countWebhooks(tx, actor.workspaceId) >= MAX_WEBHOOKS) throw new AppError('conflict', 'webhook.too_many', `There can be ${MAX_WEBHOOKS} webhooks; remove one first.`);
        const [id, at, secret] = [newId(), now(), newSecret()];
        const hook: StoredWebhook = {
          id, name: name ?? hostOf(url), url: checkUrl(url), events, condition: await checkCondition(tx, condition), content, secret: vault.seal(WEBHOOK_SECRET.place(actor.workspaceId, id), secret),
          earlierSecret: null, earlierUntil: null, disabledAt: null, disabledFor: null, failingSince: null, lastOkAt: null, offSeq: null, offSince: null, offUntil: null, skipped: 0, version: 1, createdAt: at, updatedAt: at,
        };
        await insertWebhook(tx, actor.workspaceId, hook);
        await announce(tx, actor, 'created', hook);
        return { ...present(hook, machineNow()), secret };
      }),

    change: (actor: Actor, id: string, { version, isEnabled, ...patch }: WebhookPatch): Promise<WebhookView> =>
      manage(actor, async (tx) => {
        const before = await required(tx, actor, id);
        if (version !== undefined && version !== before.version) {
          throw new AppError('conflict', 'webhook.changed_meanwhile', 'Somebody changed this webhook since it was read; read it again.', { version: before.version });
        }
        const hook = await save(tx, actor, before, {
          ...switched(before, isEnabled, machineNow()), ...await missing(tx, actor, before, isEnabled), name: patch.name ?? before.name, url: patch.url === undefined ? before.url : checkUrl(patch.url), events: patch.events ?? before.events,
          condition: patch.condition === undefined ? before.condition : await checkCondition(tx, patch.condition), content: patch.content ?? before.content,
        });
        if (isEnabled) afterCommit(queued);
        return present(hook, machineNow());
      }),

    remove: (actor: Actor, id: string): Promise<void> =>
      manage(actor, async (tx) => {
        const hook = await required(tx, actor, id);
        await deleteWebhook(tx, actor.workspaceId, id);
        await announce(tx, actor, 'removed', hook);
      }),

    /** A new secret; the one of before signs too for a day. One that was replaced before that is forgotten at once. */
    rotate: (actor: Actor, id: string): Promise<{ secret: string; bothSignUntil: string }> =>
      manage(actor, async (tx) => {
        const before = await required(tx, actor, id);
        const secret = newSecret();
        const earlierUntil = new Date(machineNow().getTime() + BOTH_SIGN_MS);
        await save(tx, actor, before, { secret: vault.seal(WEBHOOK_SECRET.place(actor.workspaceId, id), secret), earlierSecret: before.secret, earlierUntil });
        return { secret, bothSignUntil: earlierUntil.toISOString() };
      }),

    /** One delivery for this webhook alone, to see whether anything arrives. */
    test: (actor: Actor, id: string): Promise<DeliveryView> =>
      work(actor, async (tx) => {
        const hook = await required(tx, actor, id);
        if (hook.disabledAt !== null) throw new AppError('conflict', 'webhook.disabled', 'This webhook is switched off; switch it on first.');
        const deliveryId = newId();
        await insertDeliveries(tx, actor.workspaceId, [{
          id: deliveryId, webhookId: id, cause: `test:${deliveryId}`, type: 'webhook.test', ticketId: null, entryId: null, happenedAt: now(), createdAt: machineNow(),
          body: JSON.stringify({ type: 'webhook.test', timestamp: now().toISOString(), data: { actor: { kind: 'person', id: actor.id } } }),
        }]);
        afterCommit(queued);
        return presentDelivery(await requiredDelivery(tx, actor, id, deliveryId));
      }),

    deliveries: (actor: Actor, id: string, { state, limit, cursor }: Paging & { state?: DeliveryView['state'] | undefined }): Promise<Page<DeliveryView>> =>
      work(actor, async (tx) => {
        await required(tx, actor, id);
        const rows = await deliveryPage(tx, actor.workspaceId, id, { state, limit: limit + 1, after: cursor === undefined ? null : decodeCursor(cursor, ['time', 'id']) });
        return pageOfRows(rows, limit, (row) => [row.createdAt.toISOString(), row.id], presentDelivery);
      }),

    delivery: (actor: Actor, id: string, deliveryId: string): Promise<DeliveryView> =>
      work(actor, async (tx) => presentDelivery(await requiredDelivery(tx, actor, id, deliveryId))),

    replay: (actor: Actor, id: string, deliveryId: string): Promise<DeliveryView> =>
      work(actor, async (tx) => {
        await requiredDelivery(tx, actor, id, deliveryId);
        if (!await sendAgain(tx, actor.workspaceId, deliveryId, machineNow())) throw new AppError('conflict', 'webhook.on_its_way', 'This delivery is on its way right now; look again in a moment.');
        afterCommit(queued);
        return presentDelivery(await requiredDelivery(tx, actor, id, deliveryId));
      }),

    /** Some of what it was not told while it was off. */
    catchUp: (actor: Actor, id: string): Promise<{ count: number; more: boolean }> =>
      manage(actor, async (tx) => {
        const done = await catchUp(tx, actor.workspaceId, await required(tx, actor, id));
        afterCommit(queued);
        return done;
      }),

    leaveMissed: (actor: Actor, id: string): Promise<void> =>
      manage(actor, async (tx) => {
        const hook = await required(tx, actor, id);
        if (hook.disabledAt === null) await saveCatchUp(tx, actor.workspaceId, id, null);
      }),

    replayFailed: (actor: Actor, id: string, since: Date): Promise<{ count: number; more: boolean }> =>
      work(actor, async (tx) => {
        await required(tx, actor, id);
        const count = await failedAgain(tx, actor.workspaceId, id, { since, limit: MOST_REPLAYS, at: machineNow() });
        afterCommit(queued);
        return { count, more: count === MOST_REPLAYS };
      }),
  };
}

function switched(before: StoredWebhook, isEnabled: boolean | undefined, at: Date): Pick<StoredWebhook, 'disabledAt' | 'disabledFor' | 'failingSince'> {
  if (isEnabled === false) return { disabledAt: before.disabledAt ?? at, disabledFor: before.disabledFor ?? 'person', failingSince: before.failingSince };
  if (isEnabled === undefined) return before;
  // Whoever switches it on says that it is mended.
  return { disabledAt: null, disabledFor: null, failingSince: null };
}

const present = (hook: StoredWebhook, at: Date): WebhookView => ({
  id: hook.id, name: hook.name, url: hook.url, events: [...hook.events], condition: hook.condition, content: hook.content, isEnabled: hook.disabledAt === null, disabledFor: hook.disabledFor,
  failingSince: hook.failingSince?.toISOString() ?? null, lastOkAt: hook.lastOkAt?.toISOString() ?? null,
  bothSignUntil: hook.earlierUntil !== null && hook.earlierUntil > at ? hook.earlierUntil.toISOString() : null,
  missedSince: hook.offUntil === null ? null : hook.offSince?.toISOString() ?? null, skipped: hook.skipped, version: hook.version, createdAt: hook.createdAt.toISOString(), updatedAt: hook.updatedAt.toISOString(),
});

const presentDelivery = (row: StoredDelivery): DeliveryView => ({
  id: row.id, type: row.type, ticketId: row.ticketId, state: row.state, attempts: row.attempts, happenedAt: row.happenedAt.toISOString(), createdAt: row.createdAt.toISOString(),
  triedAt: row.triedAt?.toISOString() ?? null, tookMs: row.tookMs, responseStatus: row.responseStatus, errorCode: row.errorCode,
  nextAttemptAt: row.state === 'waiting' ? row.nextAttemptAt.toISOString() : null, tried: row.tried, body: row.body,
});

/** What an address is called whose owner gave no name. */
const hostOf = (url: string): string => (URL.parse(url)?.host ?? url).slice(0, 100);

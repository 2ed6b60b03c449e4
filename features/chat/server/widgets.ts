import { randomBytes } from 'node:crypto';
import type { Actor } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import { refusing } from '../../../platform/db/refusals.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import { QueueCreate } from '../../routing/core/contract.ts';
import type { SecretCreate, WidgetCreate, WidgetPatch, WidgetView } from '../core/contract.ts';
import { inkOn } from '../core/ink.ts';
import { frameAncestors } from './sites.ts';
import { findConversation, openOfWidget } from './store.ts';
import type { createEnding } from './ending.ts';
import type { WidgetLook } from '../core/visitor-contract.ts';
import { byPerson, type Context } from './context.ts';
import { publicKeyOf } from './proving.ts';
import { CHAT_SECRET } from './sealed.ts';
import {
  countWidgets, deleteSecrets, endSecrets, findWidget, insertSecret, insertWidget, lockWidgets, placeOfWidget, saveWidget, secretsOf, widgetPage, type StoredSecret, type StoredWidget,
} from './widget-store.ts';

const MOST_WIDGETS = 20;
const HOUR_MS = 3_600_000;
const SECRET_BYTES = 32;
/** Chats that are ended with the widget they stand in, at once. */
const MOST_ENDED = 200;
const REFUSALS = {
  chat_widgets_name: () => new AppError('conflict', 'chat.name_taken', 'Another chat has this name; take another.'),
  chat_widgets_workspace_id_team_id_fkey: () => new AppError('invalid', 'chat.no_such_team', 'There is no such team.'),
};

/** The chats that stand on a company's sites: where, how they look, and who may prove what. Tells `chat.widget_created`, `.widget_changed`. */
export function createWidgets(context: Context, { finish }: ReturnType<typeof createEnding>) {
  const { db, now, machineNow, emit, vault, calendars, people, routing } = context;

  const manage = <T>(actor: Actor, act: (tx: Tx) => Promise<T>): Promise<T> => refusing(context.work(actor, 'chat.manage', async (tx) => {
    await lockWidgets(tx, actor.workspaceId);
    return act(tx);
  }), REFUSALS);

  async function required(tx: Tx, { workspaceId }: Actor, id: string): Promise<StoredWidget> {
    const widget = await findWidget(tx, workspaceId, id);
    if (!widget || widget.deletedAt) throw new AppError('not_found', 'chat.widget_not_found', 'There is no such chat.');
    return widget;
  }

  const announce = (tx: Tx, actor: Actor, what: 'widget_created' | 'widget_changed' | 'widget_deleted', { id, version }: StoredWidget): Promise<void> =>
    emit(tx, actor.workspaceId, { type: `chat.${what}`, subjectId: id, actor: byPerson(actor), data: { version }, at: now() });

  async function views(tx: Tx, actor: Actor, widgets: readonly StoredWidget[]): Promise<WidgetView[]> {
    const at = machineNow();
    const secrets = (await secretsOf(tx, actor.workspaceId, widgets.map(({ id }) => id))).filter(({ endsAt }) => endsAt === null || endsAt > at);
    return widgets.map((widget) => present(widget, secrets.filter(({ widgetId }) => widgetId === widget.id)));
  }

  async function change(tx: Tx, actor: Actor, widget: StoredWidget): Promise<StoredWidget> {
    const saved = { ...widget, version: widget.version + 1, updatedAt: now() };
    await saveWidget(tx, actor.workspaceId, saved);
    await announce(tx, actor, 'widget_changed', saved);
    return saved;
  }

  /** A chat that nobody is asked to take waits for ever: the first one brings a queue that asks whoever is there. */
  async function firstQueue(tx: Tx, actor: Actor): Promise<void> {
    const { items } = await routing.queues(actor, { limit: 1 });
    if (items.length > 0) return;
    await routing.addQueue(actor, QueueCreate.parse({ name: 'Chat', mode: 'push', conditions: { version: 1, all: [{ field: 'channel', operator: 'in', value: ['chat'] }] } }));
  }

  return {
    widgets: (actor: Actor, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<WidgetView>> => context.work(actor, 'chat.read', async (tx) => {
      const rows = await widgetPage(tx, actor.workspaceId, limit + 1, cursor === undefined ? null : decodeCursor(cursor, ['string', 'id']));
      const page = pageOfRows(rows, limit, (row) => [row.nameKey, row.id], (row) => row);
      return { items: await views(tx, actor, page.items), nextCursor: page.nextCursor };
    }),

    widget: (actor: Actor, id: string): Promise<WidgetView> => context.work(actor, 'chat.read', async (tx) => (await views(tx, actor, [await required(tx, actor, id)]))[0]!),

    createWidget: (actor: Actor, { name, sites }: WidgetCreate): Promise<WidgetView> => manage(actor, async (tx) => {
      if (await countWidgets(tx, actor.workspaceId) >= MOST_WIDGETS) throw new AppError('conflict', 'chat.too_many', `There can be ${MOST_WIDGETS} chats; change one of them.`);
      const at = now();
      const widget: StoredWidget = {
        id: newId(), name, offAt: null, deletedAt: null, sites, colour: '#3b4cca', position: 'end', offsetPixels: 20, greeting: {}, calendarId: null, teamId: null, allowsGuests: true, preChat: [], proactive: [], choices: [], offersCalls: false, intakeKinds: [],
        idleMinutes: 5, closeMinutes: 5, version: 1, createdAt: at, updatedAt: at,
      };
      await insertWidget(tx, actor.workspaceId, widget);
      await announce(tx, actor, 'widget_created', widget);
      await firstQueue(tx, actor);
      return present(widget, []);
    }),

    changeWidget: (actor: Actor, id: string, { version, isOn, ...patch }: WidgetPatch): Promise<WidgetView> => manage(actor, async (tx) => {
      const before = await required(tx, actor, id);
      if (version !== undefined && version !== before.version) throw new AppError('conflict', 'chat.changed_meanwhile', 'Somebody changed this chat since it was read; read it again.', { version: before.version });
      if (patch.calendarId) await calendars.require(tx, actor.workspaceId, patch.calendarId);
      if (patch.teamId) await people.requireTeams(tx, [patch.teamId]);
      const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
      return (await views(tx, actor, [await change(tx, actor, { ...before, ...given, offAt: isOn === undefined ? before.offAt : isOn ? null : before.offAt ?? now() })]))[0]!;
    }),

    /** What goes on in it ends with a word to the visitor, and what agents said and nobody saw still goes by mail. What was said stays on the tickets. */
    deleteWidget: (actor: Actor, id: string): Promise<void> => manage(actor, async (tx) => {
      const widget = await required(tx, actor, id);
      const open = await openOfWidget(tx, actor.workspaceId, id, MOST_ENDED + 1);
      if (open.length > MOST_ENDED) throw new AppError('conflict', 'chat.too_many_open', 'Too many chats go on in it: switch it off first, and delete it when most have ended.');
      const at = now();
      for (const { ticketId, id: conversationId } of open) {
        await context.tickets.lock(tx, ticketId);
        const conversation = await findConversation(tx, actor.workspaceId, conversationId);
        if (conversation) await finish(tx, actor.workspaceId, conversation, { by: 'agent', at, actor: byPerson(actor) });
      }
      await deleteSecrets(tx, actor.workspaceId, id);
      const gone = { ...widget, offAt: widget.offAt ?? at, deletedAt: at, version: widget.version + 1, updatedAt: at };
      await saveWidget(tx, actor.workspaceId, gone);
      await announce(tx, actor, 'widget_deleted', gone);
    }),

    /** Those of before stay good for a while, so that a company's servers can change one after another. */
    createSecret: (actor: Actor, id: string, { publicKey, overlapHours }: SecretCreate): Promise<{ id: string; algorithm: 'HS256' | 'ES256'; secret: string | null }> => manage(actor, async (tx) => {
      const widget = await required(tx, actor, id);
      const at = machineNow();
      const isFirst = (await secretsOf(tx, actor.workspaceId, [id])).every(({ endsAt }) => endsAt !== null && endsAt <= at);
      await endSecrets(tx, actor.workspaceId, id, { at, endsAt: new Date(at.getTime() + overlapHours * HOUR_MS) });
      const secretId = newId();
      const secret = publicKey === undefined ? randomBytes(SECRET_BYTES).toString('base64url') : null;
      await insertSecret(tx, actor.workspaceId, {
        id: secretId, widgetId: id, algorithm: secret === null ? 'ES256' : 'HS256', secret: secret === null ? null : vault.seal(CHAT_SECRET.place(actor.workspaceId, secretId), secret),
        publicKey: publicKey === undefined ? null : publicKeyOf(publicKey), createdAt: at, endsAt: null,
      });
      await change(tx, actor, isFirst ? { ...widget, allowsGuests: false } : widget);
      return { id: secretId, algorithm: secret === null ? 'ES256' : 'HS256', secret };
    }),

    /** Tokens prove nothing from now on. */
    removeSecrets: (actor: Actor, id: string): Promise<void> => manage(actor, async (tx) => {
      const widget = await required(tx, actor, id);
      await deleteSecrets(tx, actor.workspaceId, id);
      await change(tx, actor, widget);
    }),

    /** For any page: how it looks, and what its panel may be shown in. Null when there is none, or it is switched off. */
    async look(id: string): Promise<{ look: WidgetLook; frameAncestors: string } | null> {
      const workspaceId = await placeOfWidget(db.lookup, id);
      if (workspaceId === null) return null;
      const widget = await db.work(workspaceId, (tx) => findWidget(tx, workspaceId, id));
      return widget && !widget.offAt ? { look: lookOf(widget), frameAncestors: frameAncestors(widget.sites) } : null;
    },
  };
}

export const lookOf = ({ id, name, colour, position, offsetPixels, greeting, choices, offersCalls, preChat, proactive, intakeKinds, allowsGuests }: StoredWidget): WidgetLook =>
  ({ id, name, colour, ink: inkOn(colour), position, offsetPixels, greeting, choices, offersCalls, preChat, proactive: proactive.filter(({ isOn }) => isOn), intakeKinds, allowsGuests });

const present = ({ offAt, deletedAt: _deletedAt, createdAt, updatedAt, ...widget }: StoredWidget, secrets: readonly StoredSecret[]): WidgetView => ({
  ...widget, isOn: offAt === null, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString(),
  secrets: secrets.map(({ id, algorithm, createdAt: madeAt, endsAt }) => ({ id, algorithm, createdAt: madeAt.toISOString(), endsAt: endsAt?.toISOString() ?? null })),
});

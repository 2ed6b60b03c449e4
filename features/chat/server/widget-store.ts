import { sql } from 'kysely';
import type { Connection, Tx } from '../../../platform/db/db.ts';
import type { WidgetView } from '../core/contract.ts';
import { visitorIdOn } from './seat-store.ts';

export type StoredWidget = Omit<WidgetView, 'isOn' | 'secrets' | 'createdAt' | 'updatedAt'> & { readonly offAt: Date | null; readonly deletedAt: Date | null; readonly createdAt: Date; readonly updatedAt: Date };
export type StoredSecret = { readonly id: string; readonly widgetId: string; readonly algorithm: 'HS256' | 'ES256'; readonly secret: string | null; readonly publicKey: string | null; readonly createdAt: Date; readonly endsAt: Date | null };

const columns = [
  'id', 'name', 'off_at as offAt', 'deleted_at as deletedAt', 'sites', 'colour', 'position', 'offset_pixels as offsetPixels', 'greeting', 'calendar_id as calendarId', 'team_id as teamId', 'allows_guests as allowsGuests',
  'pre_chat as preChat', 'proactive', 'choices', 'offers_calls as offersCalls', 'intake_kinds as intakeKinds', 'idle_minutes as idleMinutes', 'close_minutes as closeMinutes', 'version', 'created_at as createdAt', 'updated_at as updatedAt',
] as const;

const widgets = (tx: Tx, workspaceId: string) => tx.selectFrom('chat_widgets').select(columns).where('workspace_id', '=', workspaceId).$castTo<StoredWidget>();

/** In whose workspace a widget stands; anybody may ask. */
export async function placeOfWidget(lookup: Connection, id: string): Promise<string | null> {
  const { rows } = await sql<{ place: string | null }>`select chat_widget_place(${id}) as place`.execute(lookup);
  return rows[0]?.place ?? null;
}

/** Also one that is gone: what was said in it stays. */
export const findWidget = (tx: Tx, workspaceId: string, id: string): Promise<StoredWidget | undefined> => widgets(tx, workspaceId).where('id', '=', id).executeTakeFirst();

const inFrontOf = (tx: Tx, workspaceId: string, visitorId: string | ReturnType<typeof visitorIdOn>): Promise<StoredWidget | undefined> =>
  widgets(tx, workspaceId).where('id', '=', (of) => of.selectFrom('chat_visitors as v').select('v.widget_id').where('v.workspace_id', '=', workspaceId).where('v.id', '=', visitorId)).executeTakeFirst();
/** The one in front of which a visitor sits. */
export const widgetOf = (tx: Tx, workspaceId: string, visitorId: string): Promise<StoredWidget | undefined> => inFrontOf(tx, workspaceId, visitorId);
export const widgetOn = (tx: Tx, workspaceId: string, ticketId: string): Promise<StoredWidget | undefined> => inFrontOf(tx, workspaceId, visitorIdOn(tx, workspaceId, ticketId));

/** Changes of a workspace's widgets one after another. */
export async function lockWidgets(tx: Tx, workspaceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('chat widgets ' || ${workspaceId}, 0))`.execute(tx);
}

export async function countWidgets(tx: Tx, workspaceId: string): Promise<number> {
  const { count } = await tx.selectFrom('chat_widgets').select(sql<number>`count(*)`.as('count')).where('workspace_id', '=', workspaceId).where('deleted_at', 'is', null).executeTakeFirstOrThrow();
  return count;
}

/** By name. */
export function widgetPage(tx: Tx, workspaceId: string, limit: number, after: readonly [nameKey: string, id: string] | null): Promise<(StoredWidget & { nameKey: string })[]> {
  let query = widgets(tx, workspaceId).select(sql<string>`lower(name)`.as('nameKey')).where('deleted_at', 'is', null);
  if (after) query = query.where(sql<boolean>`(lower(name), id) > (${after[0]}, ${after[1]}::uuid)`);
  return query.orderBy(sql`lower(name)`).orderBy('id').limit(limit).execute() as Promise<(StoredWidget & { nameKey: string })[]>;
}

const row = (widget: StoredWidget) => ({
  name: widget.name, off_at: widget.offAt, deleted_at: widget.deletedAt, sites: [...widget.sites], colour: widget.colour, position: widget.position, offset_pixels: widget.offsetPixels, greeting: JSON.stringify(widget.greeting),
  calendar_id: widget.calendarId, team_id: widget.teamId, allows_guests: widget.allowsGuests, pre_chat: JSON.stringify(widget.preChat), proactive: JSON.stringify(widget.proactive), choices: JSON.stringify(widget.choices), offers_calls: widget.offersCalls, intake_kinds: [...widget.intakeKinds],
  idle_minutes: widget.idleMinutes, close_minutes: widget.closeMinutes, version: widget.version, updated_at: widget.updatedAt,
});

export async function insertWidget(tx: Tx, workspaceId: string, widget: StoredWidget): Promise<void> {
  await tx.insertInto('chat_widgets').values({ workspace_id: workspaceId, id: widget.id, created_at: widget.createdAt, ...row(widget) }).execute();
}

export async function saveWidget(tx: Tx, workspaceId: string, widget: StoredWidget): Promise<void> {
  await tx.updateTable('chat_widgets').set(row(widget)).where('workspace_id', '=', workspaceId).where('id', '=', widget.id).execute();
}

/** Newest first, with those that are over. */
export const secretsOf = (tx: Tx, workspaceId: string, widgetIds: readonly string[]): Promise<StoredSecret[]> =>
  widgetIds.length === 0 ? Promise.resolve([]) : tx.selectFrom('chat_secrets').select(['id', 'widget_id as widgetId', 'algorithm', 'secret', 'public_key as publicKey', 'created_at as createdAt', 'ends_at as endsAt'])
    .where('workspace_id', '=', workspaceId).where('widget_id', 'in', widgetIds).orderBy('created_at', 'desc').orderBy('id', 'desc').execute() as Promise<StoredSecret[]>;

export async function insertSecret(tx: Tx, workspaceId: string, { id, widgetId, algorithm, secret, publicKey, createdAt }: StoredSecret): Promise<void> {
  await tx.insertInto('chat_secrets').values({ workspace_id: workspaceId, id, widget_id: widgetId, algorithm, secret, public_key: publicKey, created_at: createdAt, ends_at: null }).execute();
}

/** Those of before are good until then; those that are over already go. */
export async function endSecrets(tx: Tx, workspaceId: string, widgetId: string, { at, endsAt }: { at: Date; endsAt: Date }): Promise<void> {
  await tx.deleteFrom('chat_secrets').where('workspace_id', '=', workspaceId).where('widget_id', '=', widgetId).where('ends_at', '<=', at).execute();
  await tx.updateTable('chat_secrets').set({ ends_at: sql`least(ends_at, ${endsAt}::timestamptz)` }).where('workspace_id', '=', workspaceId).where('widget_id', '=', widgetId).execute();
}

export async function deleteSecrets(tx: Tx, workspaceId: string, widgetId: string): Promise<void> {
  await tx.deleteFrom('chat_secrets').where('workspace_id', '=', workspaceId).where('widget_id', '=', widgetId).execute();
}

import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { Place } from '../core/places.ts';

/** All of a workspace; there are a few hundred at most. */
export const placesOf = async (tx: Tx, workspaceId: string): Promise<Place[]> =>
  (await sql<Place>`
    select p.id, p.kind, p.name, p.channel, p.calendar_id as "calendarId",
      coalesce(array_agg(m.team_id::text order by m.id) filter (where m.team_id is not null), '{}') as "teamIds",
      coalesce(array_agg(m.mailbox_id::text order by m.id) filter (where m.mailbox_id is not null), '{}') as "mailboxIds",
      coalesce(array_agg(m.widget_id::text order by m.id) filter (where m.widget_id is not null), '{}') as "widgetIds", p.has_pages as "hasPages", p.host
    from calendar_places p left join calendar_place_members m on m.workspace_id = p.workspace_id and m.place_id = p.id
    where p.workspace_id = ${workspaceId} group by p.workspace_id, p.id order by p.created_at, p.id`.execute(tx)).rows;

/** Puts it there, or in the stead of the one with its id. */
export async function savePlace(tx: Tx, workspaceId: string, place: Place, at: Date): Promise<void> {
  const content = { kind: place.kind, name: place.name, channel: place.channel, calendar_id: place.calendarId, has_pages: place.hasPages, host: place.host };
  await tx.insertInto('calendar_places').values({ workspace_id: workspaceId, id: place.id, created_at: at, ...content })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'id']).doUpdateSet(content)).execute();
  await tx.deleteFrom('calendar_place_members').where('workspace_id', '=', workspaceId).where('place_id', '=', place.id).execute();
  const none = { team_id: null, mailbox_id: null, widget_id: null };
  const members = [...place.teamIds.map((id) => ({ ...none, team_id: id })), ...place.mailboxIds.map((id) => ({ ...none, mailbox_id: id })), ...place.widgetIds.map((id) => ({ ...none, widget_id: id }))];
  if (members.length > 0) await tx.insertInto('calendar_place_members').values(members.map((member) => ({ workspace_id: workspaceId, place_id: place.id, id: newId(), ...member }))).execute();
}

export async function deletePlace(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom('calendar_places').where('workspace_id', '=', workspaceId).where('id', '=', id).executeTakeFirst();
  return numDeletedRows > 0n;
}

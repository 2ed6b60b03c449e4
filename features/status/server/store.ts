import { sql } from 'kysely';
import type { Language } from '../../../kernel/languages.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import type { ComponentState, Impact, IncidentKind, State, Texts } from '../core/contract.ts';

// Components -------------------------------------------------------------------------------------------------------

export type Component = { readonly id: string; readonly names: Texts; readonly place: number; readonly state: ComponentState; readonly createdAt: Date; readonly updatedAt: Date };
const componentColumns = ['id', 'names', 'place', 'state', 'created_at as createdAt', 'updated_at as updatedAt'] as const;

export const componentsOf = (tx: Tx, workspaceId: string, limit: number): Promise<Component[]> =>
  tx.selectFrom('status_components').select(componentColumns).where('workspace_id', '=', workspaceId).where('archived_at', 'is', null).orderBy('place').orderBy('id').limit(limit)
    .$castTo<Component>().execute();

export async function insertComponent(tx: Tx, workspaceId: string, { id, names, place, state, createdAt, updatedAt }: Component): Promise<void> {
  await tx.insertInto('status_components').values({ workspace_id: workspaceId, id, names: JSON.stringify(names), place, state, created_at: createdAt, updated_at: updatedAt }).execute();
}

/** False when there is none (any more). */
export const changeComponent = async (tx: Tx, workspaceId: string, id: string, { names, place, state, at }: { names?: Texts | undefined; place?: number | undefined; state?: ComponentState | undefined; at: Date }): Promise<boolean> =>
  (await tx.updateTable('status_components').set({
    updated_at: at, ...(names && { names: JSON.stringify(names) }), ...(place !== undefined && { place }), ...(state && { state }),
  }).where('workspace_id', '=', workspaceId).where('id', '=', id).where('archived_at', 'is', null).executeTakeFirst()).numUpdatedRows > 0n;

export const archiveComponent = async (tx: Tx, workspaceId: string, id: string, at: Date): Promise<boolean> =>
  (await tx.updateTable('status_components').set({ archived_at: at }).where('workspace_id', '=', workspaceId).where('id', '=', id).where('archived_at', 'is', null).executeTakeFirst()).numUpdatedRows > 0n;

// Incidents --------------------------------------------------------------------------------------------------------

export type Incident = {
  readonly id: string; readonly kind: IncidentKind; readonly titles: Texts; readonly impact: Impact; readonly state: State; readonly banner: boolean;
  readonly startsAt: Date; readonly endsAt: Date | null; readonly endedAt: Date | null; readonly createdAt: Date; readonly updatedAt: Date;
};
export type Update = { readonly id: string; readonly incidentId: string; readonly state: State; readonly texts: Texts; readonly at: Date };
const incidentColumns = [
  'id', 'kind', 'titles', 'impact', 'state', 'banner', 'starts_at as startsAt', 'ends_at as endsAt', 'ended_at as endedAt', 'created_at as createdAt', 'updated_at as updatedAt',
] as const;
const incidents = (tx: Tx, workspaceId: string) => tx.selectFrom('status_incidents').select(incidentColumns).where('workspace_id', '=', workspaceId).$castTo<Incident>();

/** The newest first. `openAt`: what has not ended by then; work that was announced ends when its time is over. */
export function incidentPage(tx: Tx, workspaceId: string, { limit, before, openAt }: { limit: number; before: readonly [string, string] | null; openAt: Date | null }): Promise<Incident[]> {
  let query = incidents(tx, workspaceId).orderBy('starts_at', 'desc').orderBy('id', 'desc').limit(limit);
  if (openAt) query = query.where('ended_at', 'is', null).where((e) => e.or([e('ends_at', 'is', null), e('ends_at', '>', openAt)]));
  if (before) query = query.where(sql<boolean>`(starts_at, id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`);
  return query.execute();
}

export const findIncident = (tx: Tx, workspaceId: string, id: string): Promise<Incident | undefined> => incidents(tx, workspaceId).where('id', '=', id).executeTakeFirst();
export const lockIncident = (tx: Tx, workspaceId: string, id: string): Promise<Incident | undefined> => incidents(tx, workspaceId).where('id', '=', id).forUpdate().executeTakeFirst();

export async function insertIncident(tx: Tx, workspaceId: string, { id, kind, titles, impact, state, banner, startsAt, endsAt, endedAt, createdAt, updatedAt }: Incident): Promise<void> {
  await tx.insertInto('status_incidents').values({
    workspace_id: workspaceId, id, kind, titles: JSON.stringify(titles), impact, state, banner, starts_at: startsAt, ends_at: endsAt, ended_at: endedAt, created_at: createdAt, updated_at: updatedAt,
  }).execute();
}

export async function saveIncident(tx: Tx, workspaceId: string, id: string, { state, banner, endedAt, updatedAt }: Pick<Incident, 'state' | 'banner' | 'endedAt' | 'updatedAt'>): Promise<void> {
  await tx.updateTable('status_incidents').set({ state, banner, ended_at: endedAt, updated_at: updatedAt }).where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

export async function insertUpdate(tx: Tx, workspaceId: string, { id, incidentId, state, texts, at }: Update, byId: string): Promise<void> {
  await tx.insertInto('status_updates').values({ workspace_id: workspaceId, id, incident_id: incidentId, state, texts: JSON.stringify(texts), at, by_id: byId }).execute();
}

const MOST_UPDATES = 1_000;
export const updatesOf = (tx: Tx, workspaceId: string, incidentIds: readonly string[]): Promise<Update[]> =>
  incidentIds.length === 0 ? Promise.resolve([]) : tx.selectFrom('status_updates').select(['id', 'incident_id as incidentId', 'state', 'texts', 'at']).where('workspace_id', '=', workspaceId)
    .where('incident_id', 'in', incidentIds).orderBy('at', 'desc').orderBy('id', 'desc').limit(MOST_UPDATES).$castTo<Update>().execute();

export const affectedOf = (tx: Tx, workspaceId: string, incidentIds: readonly string[]): Promise<{ incidentId: string; componentId: string }[]> =>
  incidentIds.length === 0 ? Promise.resolve([]) : tx.selectFrom('status_affected').select(['incident_id as incidentId', 'component_id as componentId']).where('workspace_id', '=', workspaceId)
    .where('incident_id', 'in', incidentIds).execute();

export async function affect(tx: Tx, workspaceId: string, incidentId: string, componentIds: readonly string[]): Promise<void> {
  if (componentIds.length === 0) return;
  await tx.insertInto('status_affected').values(componentIds.map((componentId) => ({ workspace_id: workspaceId, incident_id: incidentId, component_id: componentId })))
    .onConflict((conflict) => conflict.doNothing()).execute();
}

/** What an incident held and no other one that is open holds runs again. */
export async function setRight(tx: Tx, workspaceId: string, incidentId: string, at: Date): Promise<void> {
  await sql`update status_components c set state = 'operational', updated_at = ${at} from status_affected a
    where a.workspace_id = ${workspaceId} and a.incident_id = ${incidentId} and c.workspace_id = a.workspace_id and c.id = a.component_id and c.state <> 'operational'
      and not exists (select from status_affected o join status_incidents i on i.workspace_id = o.workspace_id and i.id = o.incident_id
        where o.workspace_id = a.workspace_id and o.component_id = a.component_id and o.incident_id <> a.incident_id and i.kind = 'incident' and i.ended_at is null)`.execute(tx);
}

// Tickets that are about it ----------------------------------------------------------------------------------------

/** Which of them are new to it. */
export async function attachTickets(tx: Tx, workspaceId: string, { incidentId, ticketIds, byId, at }: { incidentId: string; ticketIds: readonly string[]; byId: string; at: Date }): Promise<string[]> {
  if (ticketIds.length === 0) return [];
  const { rows } = await sql<{ id: string }>`insert into status_tickets (workspace_id, incident_id, ticket_id, by_id, at)
    select ${workspaceId}, ${incidentId}, t, ${byId}, ${at} from unnest(${ticketIds}::uuid[]) as t on conflict do nothing returning ticket_id as id`.execute(tx);
  return rows.map(({ id }) => id);
}

export const incidentsAbout = async (tx: Tx, workspaceId: string, ticketId: string): Promise<string[]> =>
  (await tx.selectFrom('status_tickets').select('incident_id as id').where('workspace_id', '=', workspaceId).where('ticket_id', '=', ticketId).orderBy('at', 'desc').limit(20).execute()).map(({ id }) => id);

export const incidentsByIds = (tx: Tx, workspaceId: string, ids: readonly string[]): Promise<Incident[]> =>
  ids.length === 0 ? Promise.resolve([]) : incidents(tx, workspaceId).where('id', 'in', ids).orderBy('starts_at', 'desc').orderBy('id', 'desc').execute();

export const latestUpdateId = async (tx: Tx, workspaceId: string, incidentId: string): Promise<string | null> =>
  (await tx.selectFrom('status_updates').select('id').where('workspace_id', '=', workspaceId).where('incident_id', '=', incidentId).orderBy('at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst())?.id ?? null;

/** Tickets that came later are told what was said last. */
export async function oweTickets(tx: Tx, workspaceId: string, { updateId, ticketIds, at }: { updateId: string; ticketIds: readonly string[]; at: Date }): Promise<void> {
  await sql`insert into status_letters (workspace_id, update_id, ticket_id, at) select ${workspaceId}, ${updateId}, t, ${at} from unnest(${ticketIds}::uuid[]) as t`.execute(tx);
}

export async function detachTicket(tx: Tx, workspaceId: string, incidentId: string, ticketId: string): Promise<void> {
  await tx.deleteFrom('status_tickets').where('workspace_id', '=', workspaceId).where('incident_id', '=', incidentId).where('ticket_id', '=', ticketId).execute();
}

export async function ticketCounts(tx: Tx, workspaceId: string, incidentIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (incidentIds.length === 0) return new Map();
  const rows = await tx.selectFrom('status_tickets').select((e) => ['incident_id as id', e.fn.countAll<number>().as('count')]).where('workspace_id', '=', workspaceId)
    .where('incident_id', 'in', incidentIds).groupBy('incident_id').execute();
  return new Map(rows.map(({ id, count }) => [id, count]));
}

// Subscribers, and the mails that are owed --------------------------------------------------------------------------

export type Subscription = { readonly id: string; readonly address: string; readonly language: Language; readonly confirmedAt: Date | null };
const subscriptions = (tx: Tx, workspaceId: string) => tx.selectFrom('status_subscriptions').select(['id', 'address', 'language', 'confirmed_at as confirmedAt'])
  .where('workspace_id', '=', workspaceId).$castTo<Subscription>();

export const subscriptionOf = (tx: Tx, workspaceId: string, addressKey: string): Promise<Subscription | undefined> => subscriptions(tx, workspaceId).where('address_key', '=', addressKey).executeTakeFirst();
export const subscriptionByToken = (tx: Tx, workspaceId: string, tokenHash: Buffer): Promise<Subscription | undefined> => subscriptions(tx, workspaceId).where('token_hash', '=', tokenHash).executeTakeFirst();
export const subscriptionById = (tx: Tx, workspaceId: string, id: string): Promise<Subscription | undefined> => subscriptions(tx, workspaceId).where('id', '=', id).executeTakeFirst();

/** A wish that waits for the mailbox; a later one takes the place of an earlier. */
export async function wishSubscription(tx: Tx, workspaceId: string, { id, address, language, tokenHash, at }: { id: string; address: string; language: Language; tokenHash: Buffer; at: Date }): Promise<void> {
  const row = { address, language, token_hash: tokenHash, created_at: at };
  await tx.insertInto('status_subscriptions').values({ workspace_id: workspaceId, id, address_key: address.toLowerCase(), ...row })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'address_key']).doUpdateSet(row)).execute();
}

export async function confirmSubscription(tx: Tx, workspaceId: string, id: string, at: Date): Promise<void> {
  await tx.updateTable('status_subscriptions').set({ confirmed_at: at }).where('workspace_id', '=', workspaceId).where('id', '=', id).where('confirmed_at', 'is', null).execute();
}

/** An update owes a mail to each confirmed subscriber, and to each ticket that is about the incident. */
export async function oweLetters(tx: Tx, workspaceId: string, { updateId, incidentId, at }: { updateId: string; incidentId: string; at: Date }): Promise<void> {
  await sql`insert into status_letters (workspace_id, update_id, subscription_id, at)
    select ${workspaceId}, ${updateId}, id, ${at} from status_subscriptions where workspace_id = ${workspaceId} and confirmed_at is not null`.execute(tx);
  await sql`insert into status_letters (workspace_id, update_id, ticket_id, at)
    select ${workspaceId}, ${updateId}, ticket_id, ${at} from status_tickets where workspace_id = ${workspaceId} and incident_id = ${incidentId}`.execute(tx);
}

export type Owed = { readonly workspaceId: string; readonly id: string };
export type Letter = { readonly updateId: string; readonly ticketId: string | null; readonly subscriptionId: string | null };

export const owedLetters = (owner: Database['owner'], limit: number): Promise<Owed[]> =>
  owner.selectFrom('status_letters').select(['workspace_id as workspaceId', 'id']).orderBy('at').orderBy('id').limit(limit).execute();

/** Null when another process has it, or has written it. */
export const takeLetter = async (tx: Tx, workspaceId: string, id: string): Promise<Letter | null> => {
  const { rows } = await sql<Letter>`delete from status_letters where workspace_id = ${workspaceId} and id in (
    select id from status_letters where workspace_id = ${workspaceId} and id = ${id} for update skip locked)
    returning update_id as "updateId", ticket_id as "ticketId", subscription_id as "subscriptionId"`.execute(tx);
  return rows[0] ?? null;
};

export const updateById = (tx: Tx, workspaceId: string, id: string): Promise<Update | undefined> =>
  tx.selectFrom('status_updates').select(['id', 'incident_id as incidentId', 'state', 'texts', 'at']).where('workspace_id', '=', workspaceId).where('id', '=', id).$castTo<Update>().executeTakeFirst();

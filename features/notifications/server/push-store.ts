import { sql } from 'kysely';
import type { Language } from '../../../kernel/languages.ts';
import type { Connection, Tx } from '../../../platform/db/db.ts';
import type { Kind } from '../core/kinds.ts';

export type StoredKeys = { readonly publicKey: string; /** Sealed. */ readonly privateKey: string };
export type Device = {
  readonly id: string; readonly personId: string; readonly sessionId: string; readonly endpoint: string; readonly publicKey: string; /** Sealed. */ readonly authSecret: string;
  readonly subjects: boolean; readonly createdAt: Date; readonly toldAt: Date | null;
};
export type MessageKey = { readonly workspaceId: string; readonly deviceId: string; readonly noticeId: string };
/** All that is needed for telling it. */
export type PushJob = {
  readonly device: Device; readonly language: Language; readonly tries: number; readonly kind: Kind; readonly urgent: boolean; readonly data: { readonly [key: string]: unknown };
  readonly ticketId: string | null; readonly number: number | null; readonly subject: string | null; /** Whom it is for still works here, and has not read it. */ readonly isWanted: boolean;
};

const COLUMNS = ['id', 'person_id as personId', 'session_id as sessionId', 'endpoint', 'public_key as publicKey', 'auth_secret as authSecret', 'subjects', 'created_at as createdAt', 'told_at as toldAt'] as const;

/** Whose session in that browser is over hears nothing there any more. */
const LIVE = sql<boolean>`exists (select from sessions s where s.workspace_id = push_devices.workspace_id and s.id = push_devices.session_id and s.revoked_at is null and s.expires_at > now())`;

export const keysOf = (tx: Tx, workspaceId: string): Promise<StoredKeys | undefined> =>
  tx.selectFrom('push_keys').select(['public_key as publicKey', 'private_key as privateKey']).where('workspace_id', '=', workspaceId).executeTakeFirst();

/** Of two that make some at once the first one's stay. */
export async function insertKeys(tx: Tx, workspaceId: string, { publicKey, privateKey }: StoredKeys, at: Date): Promise<void> {
  await tx.insertInto('push_keys').values({ workspace_id: workspaceId, public_key: publicKey, private_key: privateKey, created_at: at }).onConflict((conflict) => conflict.column('workspace_id').doNothing()).execute();
}

/** With what each browser calls itself. */
export const devicesOf = (tx: Tx, workspaceId: string, personId: string): Promise<(Device & { readonly userAgent: string })[]> =>
  tx.selectFrom('push_devices').select(COLUMNS).select(sql<string>`(select s.user_agent from sessions s where s.workspace_id = push_devices.workspace_id and s.id = push_devices.session_id)`.as('userAgent'))
    .where('workspace_id', '=', workspaceId).where('person_id', '=', personId).where(LIVE).orderBy('created_at', 'desc').orderBy('id').execute();

export const deviceAt = (tx: Tx, workspaceId: string, endpointHash: Buffer): Promise<Device | undefined> =>
  tx.selectFrom('push_devices').select(COLUMNS).where('workspace_id', '=', workspaceId).where('endpoint_hash', '=', endpointHash).forUpdate().executeTakeFirst();

export async function insertDevice(tx: Tx, workspaceId: string, device: Device, endpointHash: Buffer): Promise<void> {
  await tx.insertInto('push_devices').values({
    workspace_id: workspaceId, id: device.id, person_id: device.personId, session_id: device.sessionId, endpoint: device.endpoint, endpoint_hash: endpointHash, public_key: device.publicKey,
    auth_secret: device.authSecret, subjects: device.subjects, created_at: device.createdAt,
  }).execute();
}

/** Those of one person, the oldest of which make room. */
export async function keepNewest(tx: Tx, workspaceId: string, personId: string, most: number): Promise<void> {
  await sql`delete from push_devices where workspace_id = ${workspaceId} and id in (
    select id from push_devices where workspace_id = ${workspaceId} and person_id = ${personId} order by created_at desc, id offset ${most})`.execute(tx);
}

export const setSubjects = (tx: Tx, workspaceId: string, { personId, id }: { personId: string; id: string }, subjects: boolean): Promise<Device | undefined> =>
  tx.updateTable('push_devices').set({ subjects }).where('workspace_id', '=', workspaceId).where('person_id', '=', personId).where('id', '=', id).returning(COLUMNS).executeTakeFirst();

export async function removeDevice(tx: Tx, workspaceId: string, { personId, id }: { personId?: string; id: string }): Promise<boolean> {
  const gone = await tx.deleteFrom('push_devices').where('workspace_id', '=', workspaceId).where('id', '=', id).$if(personId !== undefined, (query) => query.where('person_id', '=', personId!)).returning('id').executeTakeFirst();
  return gone !== undefined;
}

/** Who of these has a browser that wants to be told. */
export async function withDevices(tx: Tx, workspaceId: string, personIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.selectFrom('push_devices').select('person_id as personId').distinct().where('workspace_id', '=', workspaceId).where('person_id', 'in', personIds).where(LIVE).execute();
  return new Set(rows.map(({ personId }) => personId));
}

/** To each browser of whom each is for. */
export async function enqueue(tx: Tx, workspaceId: string, notices: readonly { readonly id: string; readonly personId: string; readonly due: Date }[]): Promise<void> {
  if (notices.length === 0) return;
  await sql`insert into push_messages (workspace_id, device_id, notice_id, due_at)
    select d.workspace_id, d.id, n.id, n.due from unnest(${notices.map(({ id }) => id)}::uuid[], ${notices.map(({ personId }) => personId)}::uuid[], ${notices.map(({ due }) => due)}::timestamptz[]) as n(id, person_id, due)
    join notices o on o.workspace_id = ${workspaceId} and o.id = n.id
    join push_devices d on d.workspace_id = ${workspaceId} and d.person_id = n.person_id on conflict do nothing`.execute(tx);
}

export async function dueMessages(owner: Connection, at: Date, limit: number): Promise<MessageKey[]> {
  return owner.selectFrom('push_messages').select(['workspace_id as workspaceId', 'device_id as deviceId', 'notice_id as noticeId']).where('due_at', '<=', at).orderBy('due_at').limit(limit).execute();
}

/** For one process, until then; null when another has it. */
export async function claim(tx: Tx, { workspaceId, deviceId, noticeId }: MessageKey, { at, until }: { at: Date; until: Date }): Promise<PushJob | null> {
  const row = await tx.selectFrom('push_messages').select('tries').where('workspace_id', '=', workspaceId).where('device_id', '=', deviceId).where('notice_id', '=', noticeId)
    .where('due_at', '<=', at).forUpdate().skipLocked().executeTakeFirst();
  if (!row) return null;
  await putOff(tx, { workspaceId, deviceId, noticeId }, { until, tries: row.tries + 1 });
  const device = await tx.selectFrom('push_devices').select([...COLUMNS, LIVE.as('live')]).where('workspace_id', '=', workspaceId).where('id', '=', deviceId).executeTakeFirstOrThrow();
  const { rows: [notice] } = await sql<Omit<PushJob, 'device' | 'tries'>>`
    select n.kind, n.urgent, n.data, n.ticket_id as "ticketId", t.number, t.subject, p.language, p.joined_at is not null and p.deactivated_at is null and n.read_at is null and t.deleted_at is null as "isWanted"
    from notices n join people p on p.workspace_id = n.workspace_id and p.id = n.person_id left join tickets t on t.workspace_id = n.workspace_id and t.id = n.ticket_id
    where n.workspace_id = ${workspaceId} and n.id = ${noticeId} and n.person_id = ${device.personId}`.execute(tx);
  const { live, ...rest } = device;
  // The browser may have come to somebody else since.
  return notice ? { ...notice, device: rest, tries: row.tries + 1, isWanted: notice.isWanted && live } : null;
}

export async function putOff(tx: Tx, { workspaceId, deviceId, noticeId }: MessageKey, { until, tries }: { until: Date; tries: number }): Promise<void> {
  await tx.updateTable('push_messages').set({ due_at: until, tries }).where('workspace_id', '=', workspaceId).where('device_id', '=', deviceId).where('notice_id', '=', noticeId).execute();
}

export async function removeMessage(tx: Tx, { workspaceId, deviceId, noticeId }: MessageKey): Promise<void> {
  await tx.deleteFrom('push_messages').where('workspace_id', '=', workspaceId).where('device_id', '=', deviceId).where('notice_id', '=', noticeId).execute();
}

/** Answers how often it was refused in a row. */
export async function markTold(tx: Tx, { workspaceId, deviceId }: MessageKey, outcome: 'taken' | 'refused', at: Date): Promise<number> {
  const { refusals } = await tx.updateTable('push_devices').set((e) => (outcome === 'taken' ? { told_at: at, refusals: 0 } : { refusals: e('refusals', '+', 1) }))
    .where('workspace_id', '=', workspaceId).where('id', '=', deviceId).returning('refusals').executeTakeFirst() ?? { refusals: 0 };
  return refusals;
}

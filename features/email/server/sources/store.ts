import { sql } from 'kysely';
import type { Database, Tx } from '../../../../platform/db/db.ts';
import type { Security } from '../../../../platform/mail/hosts.ts';
import type { SourcePut } from '../../core/contract.ts';

export type Afterwards = 'leave' | 'seen' | 'move';
export type Source = {
  readonly id: string; readonly mailboxId: string; /** By password, or by a sign-in at this provider. */ readonly auth: SourcePut['auth']; readonly host: string; readonly port: number; readonly security: Security;
  readonly username: string; /** Sealed; of no meaning without one. */ readonly password: string; readonly afterwards: Afterwards; readonly moveTo: string;
  readonly authservId: string; readonly takenSince: Date | null; readonly version: number; readonly lastOkAt: Date | null;
  readonly errorCode: string | null; readonly errorWords: string | null; readonly announcedAt: Date | null; readonly createdAt: Date;
};

const columns = [
  's.id', 's.mailbox_id as mailboxId', 's.auth', 's.host', 's.port', 's.security', 's.username', 's.password', 's.afterwards', 's.move_to as moveTo',
  's.authserv_id as authservId', 's.taken_since as takenSince', 's.version', 's.last_ok_at as lastOkAt', 's.error_code as errorCode',
  's.error_words as errorWords', 's.announced_at as announcedAt', 's.created_at as createdAt',
] as const;

const sources = (tx: Tx, workspaceId: string) =>
  tx.selectFrom('mail_sources as s').select(columns).where('s.workspace_id', '=', workspaceId).$castTo<Source>();

export const sourceOf = (tx: Tx, workspaceId: string, mailboxId: string): Promise<Source | undefined> =>
  sources(tx, workspaceId).where('s.mailbox_id', '=', mailboxId).executeTakeFirst();

export const sourcesOf = (tx: Tx, workspaceId: string, mailboxIds: readonly string[]): Promise<Source[]> =>
  mailboxIds.length === 0 ? Promise.resolve([]) : sources(tx, workspaceId).where('s.mailbox_id', 'in', mailboxIds).execute();

export const lockSource = (tx: Tx, workspaceId: string, id: string): Promise<Source | undefined> =>
  sources(tx, workspaceId).where('s.id', '=', id).forUpdate().executeTakeFirst();

const settingsOf = (source: Source) => ({
  auth: source.auth, host: source.host, port: source.port, security: source.security, username: source.username, password: source.password,
  afterwards: source.afterwards, move_to: source.moveTo, authserv_id: source.authservId, taken_since: source.takenSince, version: source.version,
});

export async function insertSource(tx: Tx, workspaceId: string, source: Source): Promise<void> {
  await tx.insertInto('mail_sources').values({
    workspace_id: workspaceId, id: source.id, mailbox_id: source.mailboxId, ...settingsOf(source), created_at: source.createdAt,
  }).execute();
}

/** What was wrong before the change is forgotten with it. */
export async function saveSource(tx: Tx, workspaceId: string, source: Source): Promise<void> {
  await tx.updateTable('mail_sources').set({ ...settingsOf(source), error_code: null, error_words: null })
    .where('workspace_id', '=', workspaceId).where('id', '=', source.id).execute();
}

export async function deleteSource(tx: Tx, workspaceId: string, mailboxId: string): Promise<boolean> {
  const gone = await tx.deleteFrom('mail_sources').where('workspace_id', '=', workspaceId).where('mailbox_id', '=', mailboxId).returning('id').execute();
  return gone.length > 0;
}

export async function saveState(tx: Tx, workspaceId: string, { id, lastOkAt, errorCode, errorWords, announcedAt }: Source): Promise<void> {
  await tx.updateTable('mail_sources').set({ last_ok_at: lastOkAt, error_code: errorCode, error_words: errorWords, announced_at: announcedAt })
    .where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

// Folders ----------------------------------------------------------------------------------------------------------

export const foldersOf = async (tx: Tx, workspaceId: string, sourceId: string): Promise<string[]> =>
  (await tx.selectFrom('mail_folders').select('name').where('workspace_id', '=', workspaceId).where('source_id', '=', sourceId)
    .orderBy(sql`lower(name) <> 'inbox'`).orderBy('name').execute()).map(({ name }) => name);

/** Folders that stay keep their place; `anew` begins all of them from the first message. */
export async function setFolders(tx: Tx, workspaceId: string, sourceId: string, names: readonly string[], { anew }: { anew: boolean }): Promise<void> {
  await tx.deleteFrom('mail_folders').where('workspace_id', '=', workspaceId).where('source_id', '=', sourceId)
    .$if(!anew, (query) => query.where('name', 'not in', [...names])).execute();
  await tx.insertInto('mail_folders').values(names.map((name) => ({ workspace_id: workspaceId, source_id: sourceId, name })))
    .onConflict((conflict) => conflict.doNothing()).execute();
}

// Leases -----------------------------------------------------------------------------------------------------------

export type Held = { readonly workspaceId: string; readonly id: string; readonly version: number };

/** Takes what is free, keeps what is already `owner`'s, and says which sources it holds now. */
export async function holdSources(db: Database['owner'], { owner, now, until, limit }: { owner: string; now: Date; until: Date; limit: number }): Promise<Held[]> {
  const { rows } = await sql<Held>`
    update mail_sources s set lease_owner = ${owner}, lease_until = ${until}
    from (
      select c.workspace_id, c.id from mail_sources c join mailboxes m on m.workspace_id = c.workspace_id and m.id = c.mailbox_id
      where m.disabled_at is null and (c.lease_until is null or c.lease_until < ${now} or c.lease_owner = ${owner})
      order by c.lease_owner = ${owner} desc nulls last, c.created_at limit ${limit} for update of c skip locked
    ) free
    where s.workspace_id = free.workspace_id and s.id = free.id
    returning s.workspace_id as "workspaceId", s.id, s.version`.execute(db);
  return rows;
}

export async function releaseSources(db: Database['owner'], owner: string): Promise<void> {
  await db.updateTable('mail_sources').set({ lease_owner: null, lease_until: null }).where('lease_owner', '=', owner).execute();
}

/** Sources of every workspace that have not worked since `before`, or for which somebody must sign in. */
export async function countFailing(db: Database['owner'], before: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from mail_sources s join mailboxes m on m.workspace_id = s.workspace_id and m.id = s.mailbox_id
    where m.disabled_at is null and (coalesce(s.last_ok_at, s.created_at) <= ${before} or s.error_code = 'oauth_expired')`.execute(db);
  return rows[0]!.count;
}

import { sql } from 'kysely';
import type { Database, Tx } from '../../../../platform/db/db.ts';

const DEFAULT_KEEP_DAYS = 30;
const DEFAULT_DIGEST_HOUR = 9;

/** Somebody is to be told at the next hour for that, unless that is arranged already. */
export async function expectDigest(tx: Tx, workspaceId: string, at: Date): Promise<void> {
  // The row of a workspace is locked only when nothing is arranged: a wave of messages must not wait for itself.
  await sql`insert into quarantine_settings (workspace_id, digest_due_at)
    select ${workspaceId}::uuid, quarantine_digest_after(${workspaceId}, ${at}, coalesce((select digest_hour from quarantine_settings where workspace_id = ${workspaceId}), ${DEFAULT_DIGEST_HOUR}))
    where not exists (select from quarantine_settings where workspace_id = ${workspaceId} and digest_due_at is not null)
    on conflict (workspace_id) do update set digest_due_at = excluded.digest_due_at where quarantine_settings.digest_due_at is null`.execute(tx);
}

export type OwnerRef = { readonly personId: string | null; readonly teamId: string | null };
export type Settings = { readonly keepDays: number; /** Of the workspace's own day. */ readonly digestHour: number; readonly owner: OwnerRef; readonly mailboxes: readonly { readonly mailboxId: string; readonly owner: OwnerRef }[] };

export async function settingsOf(tx: Tx, workspaceId: string): Promise<Settings> {
  const row = await tx.selectFrom('quarantine_settings').select(['keep_days as keepDays', 'digest_hour as digestHour', 'person_id as personId', 'team_id as teamId'])
    .where('workspace_id', '=', workspaceId).executeTakeFirst();
  const owners = await tx.selectFrom('quarantine_owners').select(['mailbox_id as mailboxId', 'person_id as personId', 'team_id as teamId'])
    .where('workspace_id', '=', workspaceId).orderBy('mailbox_id').limit(500).execute();
  return {
    keepDays: row?.keepDays ?? DEFAULT_KEEP_DAYS, digestHour: row?.digestHour ?? DEFAULT_DIGEST_HOUR, owner: { personId: row?.personId ?? null, teamId: row?.teamId ?? null },
    mailboxes: owners.map(({ mailboxId, ...owner }) => ({ mailboxId, owner })),
  };
}

export async function saveSettings(tx: Tx, workspaceId: string, { keepDays, digestHour, owner, mailboxes }: Settings, at: Date): Promise<void> {
  const own = { keep_days: keepDays, digest_hour: digestHour, person_id: owner.personId, team_id: owner.teamId };
  await tx.insertInto('quarantine_settings').values({ workspace_id: workspaceId, ...own }).onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(own)).execute();
  await sql`update quarantine_settings set digest_due_at = quarantine_digest_after(workspace_id, ${at}, digest_hour)
    where workspace_id = ${workspaceId} and digest_due_at > ${at}`.execute(tx);
  await tx.deleteFrom('quarantine_owners').where('workspace_id', '=', workspaceId).execute();
  if (mailboxes.length === 0) return;
  await tx.insertInto('quarantine_owners').values(mailboxes.map(({ mailboxId, owner: its }) => ({
    workspace_id: workspaceId, mailbox_id: mailboxId, person_id: its.personId, team_id: its.teamId,
  }))).execute();
}

/** Which of these exist, are not gone, and may look into the quarantine at all. */
export async function existing(tx: Tx, workspaceId: string, { people, teams, mailboxes }: { people: readonly string[]; teams: readonly string[]; mailboxes: readonly string[] }): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from people where workspace_id = ${workspaceId} and id = any(${[...people]}::uuid[]) and deactivated_at is null and role in ('owner', 'admin', 'lead')
    union all select id from teams where workspace_id = ${workspaceId} and id = any(${[...teams]}::uuid[]) and archived_at is null
    union all select id from mailboxes where workspace_id = ${workspaceId} and id = any(${[...mailboxes]}::uuid[]) and disabled_at is null`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}

export const teamsOf = async (tx: Tx, workspaceId: string, personId: string): Promise<string[]> =>
  (await tx.selectFrom('team_members').select('team_id as id').where('workspace_id', '=', workspaceId).where('person_id', '=', personId).execute()).map(({ id }) => id);

export const mailboxIdsOf = async (tx: Tx, workspaceId: string): Promise<string[]> =>
  (await tx.selectFrom('mailboxes').select('id').where('workspace_id', '=', workspaceId).execute()).map(({ id }) => id);

// Telling ----------------------------------------------------------------------------------------------------------

export const dueDigests = async (owner: Database['owner'], due: Date, limit: number): Promise<string[]> =>
  (await owner.selectFrom('quarantine_settings').select('workspace_id as id').where('digest_due_at', '<=', due).orderBy('digest_due_at').limit(limit).execute()).map(({ id }) => id);

/** True for one process only; the next one is due a day later. */
export async function claimDigest(tx: Tx, workspaceId: string, due: Date): Promise<boolean> {
  const next = sql<Date>`quarantine_digest_after(workspace_id, ${due}, digest_hour)`;
  const claimed = await tx.updateTable('quarantine_settings').set({ digest_due_at: next }).where('workspace_id', '=', workspaceId).where('digest_due_at', '<=', due)
    .returning('workspace_id').executeTakeFirst();
  return claimed !== undefined;
}

/** There is nothing left to tell about. */
export async function expectNoDigest(tx: Tx, workspaceId: string): Promise<void> {
  await tx.updateTable('quarantine_settings').set({ digest_due_at: null }).where('workspace_id', '=', workspaceId).execute();
}

export type Group = { mailboxId: string; isCode: boolean; held: number; fresh: number; discarded: number; ageing: number };

/** What lies there, by mailbox and by who may see it. `ageing` is to be announced. */
export async function groups(tx: Tx, workspaceId: string, { freshSince, oldBefore }: { freshSince: Date; oldBefore: Date }): Promise<Group[]> {
  const { rows } = await sql<Group>`
    select mailbox_id as "mailboxId", reason = 'verification_code' as "isCode", count(*) filter (where state = 'held') as held,
      count(*) filter (where state = 'held' and held_at > ${freshSince}) as fresh, count(*) filter (where state = 'discarded') as discarded,
      count(*) filter (where held_at <= ${oldBefore} and announced_at is null) as ageing
    from quarantine where workspace_id = ${workspaceId} and state in ('held', 'discarded') group by 1, 2 order by 1, 2`.execute(tx);
  return rows;
}

export async function announce(tx: Tx, workspaceId: string, { mailboxId, isCode }: Pick<Group, 'mailboxId' | 'isCode'>, { oldBefore, at, mailId }: { oldBefore: Date; at: Date; mailId: string }): Promise<void> {
  await sql`update quarantine set announced_at = ${at}, announced_in = ${mailId}
    where workspace_id = ${workspaceId} and state in ('held', 'discarded') and held_at <= ${oldBefore} and announced_at is null
      and mailbox_id = ${mailboxId} and (reason = 'verification_code') = ${isCode}`.execute(tx);
}

// Removing ---------------------------------------------------------------------------------------------------------

/** Messages of every workspace whose time is over, and whose end was announced before `announcedBefore` in a mail that has left. */
export async function dueRemovals(owner: Database['owner'], { at, announcedBefore, limit }: { at: Date; announcedBefore: Date; limit: number }): Promise<{ workspaceId: string; id: string }[]> {
  const { rows } = await sql<{ workspaceId: string; id: string }>`
    select q.workspace_id as "workspaceId", q.id from quarantine_settings s
      join quarantine q on q.workspace_id = s.workspace_id and q.state in ('held', 'discarded') and q.held_at <= ${at}::timestamptz - make_interval(days => s.keep_days::int)
    where q.announced_at <= ${announcedBefore}
      and exists (select from outbox o where o.workspace_id = q.workspace_id and o.id = q.announced_in and o.state = 'accepted')
    limit ${limit}`.execute(owner);
  return rows;
}

/** The bytes go, what became of the message stays. `nothing` is the hash of an empty file. */
export async function remove(tx: Tx, workspaceId: string, ids: readonly string[], nothing: string): Promise<number> {
  const gone = await tx.updateTable('quarantine').set({ state: 'purged', vector: sql<string>`''::tsvector` }).where('workspace_id', '=', workspaceId)
    .where('id', 'in', ids).where('state', 'in', ['held', 'discarded']).returning('id').execute();
  if (gone.length === 0) return 0;
  // Copies that came for other mailboxes or by other ways have the same bytes.
  const removed = gone.map(({ id }) => id);
  await tx.updateTable('inbound_messages').set((eb) => ({ purged_sha256: eb.ref('sha256'), sha256: nothing }))
    .where('workspace_id', '=', workspaceId).where('purged_sha256', 'is', null)
    .where((eb) => eb.or([eb('id', 'in', removed), eb.and([eb('state', '=', 'duplicate'),
      eb('sha256', 'in', eb.selectFrom('inbound_messages as i').select('i.sha256').where('i.workspace_id', '=', workspaceId).where('i.id', 'in', removed))])])).execute();
  return gone.length;
}

import { sql } from 'kysely';
import type { Role } from '../../../kernel/actor.ts';
import type { Language } from '../../../kernel/languages.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import type { Words } from '../core/acknowledgement.ts';

export type Mailbox = {
  id: string; address: string; name: string; teamId: string | null; signature: string; acknowledge: boolean;
  acknowledgement: Partial<Record<Language, Words>>; createdAt: Date;
  /** Answers go to an address with a token, `support+token@`. */
  tokenInAddress: boolean;
  /** Where answers go instead, and who gets a copy of what leaves; empty: nobody. */
  replyTo: string; archive: string;
};

const columns = ['id', 'address', 'name', 'team_id as teamId', 'signature', 'acknowledge', 'acknowledgement', 'created_at as createdAt', 'reply_to as replyTo', 'archive', 'token_in_address as tokenInAddress'] as const;

const mailboxes = (tx: Tx, workspaceId: string) =>
  tx.selectFrom('mailboxes').select(columns).where('workspace_id', '=', workspaceId).where('disabled_at', 'is', null).$castTo<Mailbox>();

/** Oldest first: the first is the one for tickets that came through none. */
export async function mailboxPage(tx: Tx, workspaceId: string, limit: number, after: readonly [createdAt: string, id: string] | null): Promise<Mailbox[]> {
  let query = mailboxes(tx, workspaceId);
  if (after) query = query.where(sql<boolean>`(created_at, id) > (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  return query.orderBy('created_at').orderBy('id').limit(limit).execute();
}

export const findMailbox = (tx: Tx, workspaceId: string, id: string): Promise<Mailbox | undefined> =>
  mailboxes(tx, workspaceId).where('id', '=', id).executeTakeFirst();

export const lockMailbox = (tx: Tx, workspaceId: string, id: string): Promise<Mailbox | undefined> =>
  mailboxes(tx, workspaceId).where('id', '=', id).forUpdate().executeTakeFirst();

/** The one to write from: of the team, if it has one, else the oldest. */
export const usualMailbox = (tx: Tx, workspaceId: string, teamId: string | null): Promise<Mailbox | undefined> =>
  mailboxes(tx, workspaceId).orderBy(sql`team_id is not distinct from ${teamId}::uuid and team_id is not null`, 'desc')
    .orderBy('created_at').orderBy('id').limit(1).executeTakeFirst();

/** False when some workspace of this installation has the address already, disabled or not. */
export async function insertMailbox(tx: Tx, workspaceId: string, mailbox: Mailbox): Promise<boolean> {
  const row = {
    address: mailbox.address, name: mailbox.name, team_id: mailbox.teamId, signature: mailbox.signature,
    acknowledge: mailbox.acknowledge, acknowledgement: JSON.stringify(mailbox.acknowledgement), token_in_address: mailbox.tokenInAddress,
    reply_to: mailbox.replyTo, archive: mailbox.archive,
  };
  const inserted = await tx.insertInto('mailboxes')
    .values({ workspace_id: workspaceId, id: mailbox.id, address_key: mailbox.address.toLowerCase(), created_at: mailbox.createdAt, ...row })
    .onConflict((conflict) => conflict.column('address_key').doNothing()).returning('id').executeTakeFirst();
  return inserted !== undefined;
}

export const disabledMailbox = (tx: Tx, workspaceId: string, address: string): Promise<{ id: string } | undefined> =>
  tx.selectFrom('mailboxes').select('id').where('workspace_id', '=', workspaceId).where('address_key', '=', address.toLowerCase())
    .where('disabled_at', 'is not', null).forUpdate().executeTakeFirst();

export async function saveMailbox(tx: Tx, workspaceId: string, mailbox: Mailbox): Promise<void> {
  await tx.updateTable('mailboxes').set({
    name: mailbox.name, team_id: mailbox.teamId, signature: mailbox.signature, acknowledge: mailbox.acknowledge,
    acknowledgement: JSON.stringify(mailbox.acknowledgement), token_in_address: mailbox.tokenInAddress, reply_to: mailbox.replyTo, archive: mailbox.archive, disabled_at: null,
  }).where('workspace_id', '=', workspaceId).where('id', '=', mailbox.id).execute();
}

export async function disableMailbox(tx: Tx, workspaceId: string, id: string, at: Date): Promise<void> {
  await tx.updateTable('mailboxes').set({ disabled_at: at }).where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

/** Whether mail to this address comes in again, here. */
export const isMailbox = async (tx: Tx, workspaceId: string, key: string): Promise<boolean> =>
  await tx.selectFrom('mailboxes').select('id').where('workspace_id', '=', workspaceId).where('address_key', '=', key).executeTakeFirst() !== undefined;

/** The keys of our own addresses, disabled ones too. */
export const ownAddresses = async (tx: Tx, workspaceId: string): Promise<string[]> =>
  (await tx.selectFrom('mailboxes').select('address_key').where('workspace_id', '=', workspaceId).execute()).map((row) => row.address_key);

export type Staff = { id: string; name: string; email: string; language: Language; role: Role; teamIds: string[] };

/** Everybody who may look into the quarantine. */
export async function leadingStaff(tx: Tx, workspaceId: string): Promise<Staff[]> {
  const { rows } = await sql<Staff>`
    select p.id, p.name, p.email, p.language, p.role,
      array(select m.team_id::text from team_members m where m.workspace_id = p.workspace_id and m.person_id = p.id) as "teamIds"
    from people p where p.workspace_id = ${workspaceId} and p.deactivated_at is null and p.joined_at is not null and p.role in ('owner', 'admin', 'lead')
    order by p.created_at limit 500`.execute(tx);
  return rows;
}

export const teamExists = async (tx: Tx, workspaceId: string, id: string): Promise<boolean> =>
  await tx.selectFrom('teams').select('id').where('workspace_id', '=', workspaceId).where('id', '=', id).where('archived_at', 'is', null).executeTakeFirst() !== undefined;

export type Destination = { workspaceId: string; mailboxId: string; address: string };

/** Which mailboxes of which workspaces receive mail for these addresses; unknown ones are missing. */
export async function destinationsOf(lookup: Database['lookup'], keys: readonly string[]): Promise<Destination[]> {
  const { rows } = await sql<Destination>`
    select m.workspace_id as "workspaceId", m.mailbox_id as "mailboxId", a.key as address
    from unnest(${[...keys]}::text[]) as a (key) cross join lateral mailbox_lookup(a.key) m`.execute(lookup);
  return rows;
}

/** What was sent to this address by itself since then, and what automatic mail the ticket has had since then. */
export async function automaticMailSince(tx: Tx, workspaceId: string, { address, sinceForAddress, ticketId, sinceForTicket }: {
  address: string; sinceForAddress: Date; ticketId: string; sinceForTicket: Date;
}): Promise<{ toSender: number; onTicket: number }> {
  // Two messages of one sender at once are looked at one after the other.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`acknowledge ${workspaceId} ${address.toLowerCase()}`}, 0))`.execute(tx);
  const { rows } = await sql<{ toSender: number; onTicket: number }>`
    select (select count(*) from outbox where workspace_id = ${workspaceId} and purpose = 'acknowledgement'
        and lower(envelope_to[1]) = ${address.toLowerCase()} and created_at > ${sinceForAddress}) as "toSender",
      (select count(*) from outbox where workspace_id = ${workspaceId} and ticket_id = ${ticketId}
        and purpose in ('acknowledgement', 'notice') and created_at > ${sinceForTicket}) as "onTicket"`.execute(tx);
  return rows[0]!;
}

import { sql } from 'kysely';
import { sealedColumn } from '../config/sealed.ts';
import { compiled } from '../db/compiled.ts';
import type { Tx } from '../db/db.ts';
import type { Security } from './hosts.ts';

export type StoredRelay = {
  readonly id: string; readonly name: string; readonly host: string; readonly port: number; readonly security: Security;
  readonly auth: 'password' | 'google' | 'microsoft' | 'other'; /** Whose sign-in at the provider is used; null: a password. */ readonly mailboxId: string | null;
  readonly user: string; /** Sealed; null without a user, or with a sign-in. */ readonly password: string | null;
  readonly senders: readonly string[]; readonly failsOver: boolean; readonly version: number; readonly createdAt: Date;
};

const columns = [
  'id', 'name', 'host', 'port', 'security', 'auth', 'mailbox_id as mailboxId', 'username as user', 'password', 'senders', 'fails_over as failsOver', 'version', 'created_at as createdAt',
] as const;

export const RELAY_PASSWORD = sealedColumn('mail_relays', 'password', { key: 'id' });

const relays = (tx: Tx, workspaceId: string) => tx.selectFrom('mail_relays').select(columns).where('workspace_id', '=', workspaceId).$castTo<StoredRelay>();

/** Oldest first. */
export async function relayPage(tx: Tx, workspaceId: string, limit: number, after: readonly [createdAt: string, id: string] | null): Promise<StoredRelay[]> {
  let query = relays(tx, workspaceId);
  if (after) query = query.where(sql<boolean>`(created_at, id) > (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  return query.orderBy('created_at').orderBy('id').limit(limit).execute();
}

export const findRelay = (tx: Tx, workspaceId: string, id: string): Promise<StoredRelay | undefined> =>
  relays(tx, workspaceId).where('id', '=', id).forUpdate().executeTakeFirst();

/** The one for mail from this address: that names the address, else its domain, else that names nobody. */
export const relayFor = (tx: Tx, workspaceId: string, address: string): Promise<StoredRelay | undefined> => {
  const key = address.toLowerCase();
  const domain = key.slice(key.lastIndexOf('@') + 1);
  return relays(tx, workspaceId)
    .where(sql<boolean>`(senders = '{}' or senders && ${[key, domain]}::text[])`)
    .orderBy(sql`case when ${key}::text = any (senders) then 0 when senders = '{}' then 2 else 1 end`).orderBy('created_at').orderBy('id').limit(1).executeTakeFirst();
};

export const hasRelay = async (tx: Tx, workspaceId: string): Promise<boolean> =>
  (await firstRelay(tx, { workspaceId })).length > 0;

const firstRelay = compiled<{ workspaceId: string }, { id: string }>((tx, { workspaceId }) => tx.selectFrom('mail_relays').select('id').where('workspace_id', '=', workspaceId).limit(sql.lit(1)).compile());

export const countRelays = async (tx: Tx, workspaceId: string): Promise<number> =>
  Number((await tx.selectFrom('mail_relays').select(({ fn }) => fn.countAll().as('count')).where('workspace_id', '=', workspaceId).executeTakeFirstOrThrow()).count);

export async function saveRelay(tx: Tx, workspaceId: string, relay: StoredRelay): Promise<void> {
  const settings = {
    name: relay.name, host: relay.host, port: relay.port, security: relay.security, auth: relay.auth, mailbox_id: relay.mailboxId, username: relay.user, password: relay.password,
    senders: [...relay.senders], fails_over: relay.failsOver, version: relay.version,
  };
  await tx.insertInto('mail_relays').values({ workspace_id: workspaceId, id: relay.id, created_at: relay.createdAt, ...settings })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'id']).doUpdateSet(settings)).execute();
}

export async function deleteRelay(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  return (await tx.deleteFrom('mail_relays').where('workspace_id', '=', workspaceId).where('id', '=', id).returning('id').execute()).length > 0;
}

import { sql } from 'kysely';
import type { Database, Tx } from '../../../../platform/db/db.ts';
import type { DnsRecord } from '../../core/sending-contract.ts';

export type Found = { readonly records: readonly Pick<DnsRecord, 'name' | 'kind' | 'state' | 'there'>[] };
export type StoredDomain = { readonly domain: string; readonly checkedAt: Date | null; readonly found: Found | null };

/** Until a record that was just shown may stand there. */
const HOUR_MS = 3_600_000;
const PER_DOMAIN = sql<string>`substr(address_key, strpos(address_key, '@') + 1)`;

/** The domains of our mailboxes by name, with what is known of them. */
export async function domainPage(tx: Tx, workspaceId: string, limit: number, after: string | null): Promise<StoredDomain[]> {
  const { rows } = await sql<StoredDomain>`
    select m.domain, d.checked_at as "checkedAt", d.found
    from (select distinct ${PER_DOMAIN} as domain from mailboxes where workspace_id = ${workspaceId} and disabled_at is null) m
      left join sending_domains d on d.workspace_id = ${workspaceId} and d.domain = m.domain
    where ${after}::text is null or m.domain > ${after}
    order by m.domain limit ${limit}`.execute(tx);
  return rows;
}

export async function domainOfOurs(tx: Tx, workspaceId: string, domain: string): Promise<StoredDomain | undefined> {
  const { rows } = await sql<StoredDomain>`
    select m.domain, d.checked_at as "checkedAt", d.found
    from (select ${PER_DOMAIN} as domain from mailboxes where workspace_id = ${workspaceId} and disabled_at is null and ${PER_DOMAIN} = ${domain} limit 1) m
      left join sending_domains d on d.workspace_id = ${workspaceId} and d.domain = m.domain`.execute(tx);
  return rows[0];
}

/** Kept from now on, and locked until the transaction ends: two people make no two keys at once. */
export async function keepDomain(tx: Tx, workspaceId: string, domain: string, at: Date): Promise<void> {
  await tx.insertInto('sending_domains').values({ workspace_id: workspaceId, domain, created_at: at, check_due_at: new Date(at.getTime() + HOUR_MS) }).onConflict((conflict) => conflict.doNothing()).execute();
  await tx.selectFrom('sending_domains').select('domain').where('workspace_id', '=', workspaceId).where('domain', '=', domain).forUpdate().execute();
}

export async function saveFound(tx: Tx, workspaceId: string, domain: string, { found, at, nextAt }: { found: Found; at: Date; nextAt: Date }): Promise<void> {
  await tx.updateTable('sending_domains').set({ found: JSON.stringify(found), checked_at: at, check_due_at: nextAt })
    .where('workspace_id', '=', workspaceId).where('domain', '=', domain).execute();
}

/** Asked about again not later than then; by the next check otherwise. */
export async function checkBy(tx: Tx, workspaceId: string, domain: string, at: Date): Promise<void> {
  await tx.updateTable('sending_domains').set({ check_due_at: at }).where('workspace_id', '=', workspaceId).where('domain', '=', domain).where('check_due_at', '>', at).execute();
}

/** Domains of every workspace about which DNS is to be asked. */
export const dueChecks = (owner: Database['owner'], due: Date, limit: number): Promise<{ workspaceId: string; domain: string }[]> =>
  owner.selectFrom('sending_domains').select(['workspace_id as workspaceId', 'domain']).where('check_due_at', '<=', due).orderBy('check_due_at').limit(limit).execute();

/** True for one process only; `nextAt` holds when the answer never comes. */
export async function claimCheck(tx: Tx, workspaceId: string, domain: string, due: Date, nextAt: Date): Promise<boolean> {
  const claimed = await tx.updateTable('sending_domains').set({ check_due_at: nextAt }).where('workspace_id', '=', workspaceId).where('domain', '=', domain)
    .where('check_due_at', '<=', due).returning('domain').executeTakeFirst();
  return claimed !== undefined;
}

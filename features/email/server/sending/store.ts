import { sql } from 'kysely';
import type { Tx } from '../../../../platform/db/db.ts';
import type { DnsRecord } from '../../core/sending-contract.ts';

export type Found = { readonly records: readonly Pick<DnsRecord, 'name' | 'kind' | 'state' | 'there'>[] };
export type StoredDomain = { readonly domain: string; readonly checkedAt: Date | null; readonly found: Found | null };

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
  await tx.insertInto('sending_domains').values({ workspace_id: workspaceId, domain, created_at: at }).onConflict((conflict) => conflict.doNothing()).execute();
  await tx.selectFrom('sending_domains').select('domain').where('workspace_id', '=', workspaceId).where('domain', '=', domain).forUpdate().execute();
}

export async function saveFound(tx: Tx, workspaceId: string, domain: string, { found, at }: { found: Found; at: Date }): Promise<void> {
  await tx.updateTable('sending_domains').set({ found: JSON.stringify(found), checked_at: at })
    .where('workspace_id', '=', workspaceId).where('domain', '=', domain).execute();
}

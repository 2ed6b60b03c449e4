import { sealedColumn } from '../config/sealed.ts';
import type { Tx } from '../db/db.ts';
import type { Algorithm } from './dkim.ts';

export type StoredKey = {
  readonly id: string; readonly domain: string; readonly selector: string; readonly algorithm: Algorithm; readonly publicKey: string;
  /** Sealed; null once nothing is signed with it. */
  readonly privateKey: string | null; readonly createdAt: Date; readonly seenAt: Date | null; readonly retiredAt: Date | null;
};

const columns = [
  'id', 'domain', 'selector', 'algorithm', 'public_key as publicKey', 'private_key as privateKey', 'created_at as createdAt', 'seen_at as seenAt', 'retired_at as retiredAt',
] as const;

export const DKIM_KEY = sealedColumn('dkim_keys', 'private_key', { key: 'id' });

const keys = (tx: Tx, workspaceId: string) => tx.selectFrom('dkim_keys').select(columns).where('workspace_id', '=', workspaceId).$castTo<StoredKey>();

/** Newest first, without those whose time is long over. */
export const keysOf = (tx: Tx, workspaceId: string, domains: readonly string[], retiredAfter: Date): Promise<StoredKey[]> =>
  domains.length === 0 ? Promise.resolve([]) : keys(tx, workspaceId).where('domain', 'in', [...domains])
    .where((eb) => eb.or([eb('retired_at', 'is', null), eb('retired_at', '>', retiredAfter)]))
    .orderBy('created_at', 'desc').orderBy('selector').execute();

/** What mail of this domain is signed with now: keys that the world has been able to look up. */
export const signingKeys = (tx: Tx, workspaceId: string, domain: string): Promise<StoredKey[]> =>
  keys(tx, workspaceId).where('domain', '=', domain).where('seen_at', 'is not', null).where('retired_at', 'is', null).where('private_key', 'is not', null)
    .orderBy('created_at', 'desc').orderBy('algorithm', 'desc').limit(4).execute();

export async function insertKey(tx: Tx, workspaceId: string, key: StoredKey): Promise<void> {
  await tx.insertInto('dkim_keys').values({
    workspace_id: workspaceId, id: key.id, domain: key.domain, selector: key.selector, algorithm: key.algorithm, public_key: key.publicKey,
    private_key: key.privateKey, created_at: key.createdAt,
  }).execute();
}

export async function markSeen(tx: Tx, workspaceId: string, ids: readonly string[], at: Date): Promise<void> {
  if (ids.length === 0) return;
  await tx.updateTable('dkim_keys').set({ seen_at: at }).where('workspace_id', '=', workspaceId).where('id', 'in', [...ids]).where('seen_at', 'is', null).execute();
}

/** Nothing is signed with them any more; their records must stay in DNS while mail is on its way. */
export async function retireKeys(tx: Tx, workspaceId: string, domain: string, { before, at }: { before: Date; at: Date }): Promise<void> {
  await tx.updateTable('dkim_keys').set({ retired_at: at, private_key: null }).where('workspace_id', '=', workspaceId).where('domain', '=', domain)
    .where('created_at', '<', before).where('retired_at', 'is', null).execute();
}

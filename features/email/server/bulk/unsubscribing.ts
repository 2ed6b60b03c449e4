import type { Now } from '../../../../kernel/actor.ts';
import { AppError } from '../../../../kernel/errors.ts';
import type { Language } from '../../../../kernel/languages.ts';
import type { Database, Tx } from '../../../../platform/db/db.ts';
import type { Signer } from '../../../../platform/http/signing.ts';
import { addressKey } from '../../core/addresses.ts';

/** Longer than anybody keeps a mail that they want no more of. */
const GOOD_FOR_MS = 400 * 24 * 3_600_000;

type Subscription = { readonly workspaceId: string; readonly list: string; readonly address: string };

/** The way out of mail that many get (RFC 2369 and 8058): the headers, and what pressing them means. */
export function createUnsubscribing({ db, signer, publicUrl, now }: { db: Database; signer: Signer; publicUrl: string; now: Now }) {
  function read(token: string): Subscription & { language: Language } {
    const [kind, workspaceId, list, address, language] = signer.open(token, now()) ?? [];
    if (kind !== 'unsubscribe' || !workspaceId || !list || !address) throw new AppError('not_found', 'link.expired', 'This link is out of date.');
    return { workspaceId, list, address, language: language as Language };
  }

  return {
    /** Due on every mail of the purpose `bulk`, which goes to one address each. */
    headersFor({ workspaceId, list, address, language }: Subscription & { language: Language }): Record<string, string> {
      const token = signer.sign(['unsubscribe', workspaceId, list, addressKey(address), language], new Date(now().getTime() + GOOD_FOR_MS));
      return { 'List-Unsubscribe': `<${publicUrl}/api/v1/unsubscriptions/${token}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
    },

    /** Of these addresses, those that want no more of it. */
    async among(tx: Tx, workspaceId: string, list: string, addresses: readonly string[]): Promise<ReadonlySet<string>> {
      if (addresses.length === 0) return new Set();
      const rows = await tx.selectFrom('mail_unsubscriptions').select('address_key').where('workspace_id', '=', workspaceId).where('list', '=', list)
        .where('address_key', 'in', addresses.map(addressKey)).execute();
      return new Set(rows.map((row) => row.address_key));
    },

    /** They asked for it again. */
    async forget(tx: Tx, workspaceId: string, list: string, address: string): Promise<void> {
      await tx.deleteFrom('mail_unsubscriptions').where('workspace_id', '=', workspaceId).where('list', '=', list).where('address_key', '=', addressKey(address)).execute();
    },

    /** Looks only: scanners of mail follow every link. */
    read,

    /** Harmless twice. */
    async unsubscribe(token: string): Promise<Subscription & { language: Language }> {
      const subscription = read(token);
      const { workspaceId, list, address } = subscription;
      await db.work(workspaceId, (tx) => tx.insertInto('mail_unsubscriptions').values({ workspace_id: workspaceId, list, address_key: address, at: now() })
        .onConflict((conflict) => conflict.doNothing()).execute());
      return subscription;
    },
  };
}

import type { Now } from '../../../kernel/actor.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { Files } from '../../../platform/files/files.ts';
import { addressKey } from '../core/addresses.ts';
import type { Waiting } from './filing-queue.ts';
import { insertLedgerRows, rowWithContent } from './ledger-store.ts';
import type { Hold } from './quarantine/holding.ts';

/** A message that we fetched ourselves, for one mailbox. `receivedAt` is when its server got it. */
type Fetched = { readonly mailboxId: string; readonly address: string; readonly raw: Buffer; readonly receivedAt: Date | null; readonly believed: readonly string[] };
/** Writes in the transaction that makes the message ours. */
type Alongside = (tx: Tx, ledgerId: string) => Promise<void>;

export type Take = {
  /** The same bytes for the same mailbox are the row that has them already. */
  message(workspaceId: string, fetched: Fetched, alongside: Alongside): Promise<void>;
  /** What could not be taken whole: in the ledger for a person to look at, never filed by itself. */
  aside(workspaceId: string, fetched: Fetched & { readonly reason: string }, alongside: Alongside): Promise<void>;
};

/** The way into the ledger for those who fetch mail; `file` hands over for filing and waits while there is no room. */
export function createTakingIn({ db, files, hold, now, nextAttemptAt, file }: {
  db: Database; files: Pick<Files, 'put' | 'forget'>; hold: Hold; now: Now; nextAttemptAt: Now; file: (waiting: Waiting) => Promise<void>;
}): Take {
  const rowOf = ({ mailboxId, address, raw, receivedAt }: Fetched) => ({
    id: newId(), mailboxId, door: 'imap' as const, size: raw.length, envelopeFrom: '', envelopeTo: [addressKey(address)],
    receivedAt: receivedAt !== null && receivedAt < now() ? receivedAt : now(), nextAttemptAt: nextAttemptAt(),
  });

  return {
    async message(workspaceId, fetched, alongside) {
      const row = rowOf(fetched);
      const isNew = await db.work(workspaceId, async (tx) => {
        const { sha256 } = await files.put(tx, workspaceId, fetched.raw);
        const known = await rowWithContent(tx, workspaceId, { mailboxId: fetched.mailboxId, sha256 });
        if (!known) await insertLedgerRows(tx, workspaceId, [{ ...row, sha256 }]);
        // Bytes that something was taken out of do not come back.
        else await files.forget(tx, workspaceId, sha256);
        await alongside(tx, known?.id ?? row.id);
        return !known;
      });
      if (isNew) await file({ workspaceId, id: row.id, raw: fetched.raw, origin: { client: null, envelopeFrom: '', believed: fetched.believed }, receivedAt: row.receivedAt });
    },

    async aside(workspaceId, { reason, ...fetched }, alongside) {
      await db.work(workspaceId, async (tx) => {
        const { sha256 } = await files.put(tx, workspaceId, fetched.raw);
        const row = rowOf(fetched);
        await insertLedgerRows(tx, workspaceId, [{ ...row, sha256, quarantined: { reason, at: now() } }]);
        await hold(tx, workspaceId, { id: row.id, mailboxId: fetched.mailboxId, reason: 'unreadable', words: reason, author: { name: '', address: '' }, subject: '' });
        await alongside(tx, row.id);
      });
    },
  };
}

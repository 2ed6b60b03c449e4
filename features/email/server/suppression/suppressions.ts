import type { Actor, Now } from '../../../../kernel/actor.ts';
import type { Page } from '../../../../kernel/contract.ts';
import { AppError } from '../../../../kernel/errors.ts';
import type { Database, Tx } from '../../../../platform/db/db.ts';
import { newId } from '../../../../platform/db/ids.ts';
import type { Emit } from '../../../../platform/events/events.ts';
import { decodeCursor, pageOfRows } from '../../../../platform/http/cursor.ts';
import { addressKey } from '../../core/addresses.ts';
import type { SuppressionView } from '../../core/contract.ts';
import { demand } from '../../../people/core/permissions.ts';
import {
  countSoftFailure, forgetSoftFailures, insertSuppression, liftSuppression, lockSuppression, suppressionPage, suppressionsOf, type Suppression, type SuppressionReason,
} from './store.ts';

/** An address that failed softly on so many days within the window is given up like a dead one. */
const SOFT_DAYS = 5;
const SOFT_WINDOW_MS = 30 * 24 * 3_600_000;

export type Suppressions = ReturnType<typeof createSuppressions>;
type Failure = { readonly address: string; readonly words: string; readonly ledgerId: string };

/** The addresses that mail is not sent to: those whose mail came back for good, and those who called it spam. */
export function createSuppressions({ db, emit, now }: { db: Database; emit: Emit; now: Now }) {
  const changed = (tx: Tx, workspaceId: string, type: 'suppression.added' | 'suppression.lifted', actor: { kind: 'system' | 'person'; id: string | null }, { id, address, reason }: Pick<Suppression, 'id' | 'address' | 'reason'>): Promise<void> =>
    emit(tx, workspaceId, { type, ticketId: null, subjectId: id, actor, data: { address, reason }, at: now() });

  async function suppress(tx: Tx, workspaceId: string, { address, words, ledgerId }: Failure, reason: SuppressionReason): Promise<void> {
    const row = { id: newId(), address, addressKey: addressKey(address), reason, words, ledgerId, since: now() };
    if (await insertSuppression(tx, workspaceId, row)) await changed(tx, workspaceId, 'suppression.added', { kind: 'system', id: null }, row);
  }

  return {
    suppress,

    /** A failure that may pass by itself: counted, and only an address that goes on failing for days is given up. */
    async softly(tx: Tx, workspaceId: string, failure: Failure): Promise<void> {
      const days = await countSoftFailure(tx, workspaceId, addressKey(failure.address), { at: now(), since: new Date(now().getTime() - SOFT_WINDOW_MS) });
      if (days >= SOFT_DAYS) await suppress(tx, workspaceId, failure, 'often_failing');
    },

    /** Those of the addresses that mail is not sent to. */
    async among(tx: Tx, workspaceId: string, addresses: readonly string[]): Promise<Suppression[]> {
      return suppressionsOf(tx, workspaceId, addresses.map(addressKey));
    },

    /** Refuses, and says how to go on, when mail to one of the addresses would only come back. */
    async refuse(tx: Tx, workspaceId: string, addresses: readonly string[]): Promise<void> {
      const dead = await suppressionsOf(tx, workspaceId, addresses.map(addressKey));
      if (dead.length === 0) return;
      const names = dead.map(({ address }) => address).join(', ');
      throw new AppError('conflict', 'email.address_suppressed', `Mail to ${names} came back for good. Use another address, or lift the stop under Settings, Undeliverable addresses, and send again.`, {
        suppressions: dead.map(({ id, address, reason, words }) => ({ id, address, reason, words })),
      });
    },

    async list(actor: Actor, { limit, cursor, address }: { limit: number; cursor?: string | undefined; address?: string | undefined }): Promise<Page<SuppressionView>> {
      demand(actor, 'customers.read');
      return db.work(actor.workspaceId, async (tx) => {
        const rows = address === undefined
          ? await suppressionPage(tx, actor.workspaceId, limit + 1, cursor ? decodeCursor(cursor, ['time', 'id']) : null)
          : await suppressionsOf(tx, actor.workspaceId, [addressKey(address)]);
        return pageOfRows(rows, limit, (row) => [row.since.toISOString(), row.id], ({ since, ...row }) => ({ ...row, since: since.toISOString() }));
      });
    },

    /** Mail may go there again, until it comes back again. */
    async lift(actor: Actor, id: string): Promise<void> {
      demand(actor, 'tickets.reply');
      await db.work(actor.workspaceId, async (tx) => {
        const row = await lockSuppression(tx, actor.workspaceId, id);
        if (!row) throw new AppError('not_found', 'email.suppression_not_found', 'There is no such suppressed address.');
        await liftSuppression(tx, actor.workspaceId, id, { at: now(), by: actor.id });
        await forgetSoftFailures(tx, actor.workspaceId, addressKey(row.address));
        await changed(tx, actor.workspaceId, 'suppression.lifted', { kind: 'person', id: actor.id }, row);
      });
    },
  };
}

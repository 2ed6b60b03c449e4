import type { Actor } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import type { Files } from '../../../platform/files/files.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import type { Outbox, OutboxMail, OutboxState } from '../../../platform/mail/outbox.ts';
import { can, demand } from '../../people/core/permissions.ts';
import { addressKey } from '../core/addresses.ts';
import type { LedgerItem, OutboxItem } from '../core/contract.ts';
import { hasMessageId, ledgerPage, ledgerRow, type LedgerFilter, type LedgerRow, type LedgerState } from './ledger-store.ts';
import type { z } from 'zod';

/** What people may see of the mail that came and the mail that leaves. */
export function createLedgers({ db, files, outbox }: { db: Database; files: Pick<Files, 'read'>; outbox: Outbox }) {
  return {
    async ledger(actor: Actor, { q = '', state, limit, cursor }: { q?: string | undefined; state?: LedgerState | undefined; limit: number; cursor?: string | undefined }): Promise<Page<LedgerItem>> {
      demand(actor, 'ledger.read');
      return db.work(actor.workspaceId, async (tx) => {
        const filter = { state, ...q !== '' && await sought(tx, actor.workspaceId, q) };
        const rows = await ledgerPage(tx, actor.workspaceId, filter, limit + 1, cursor ? decodeCursor(cursor, ['time', 'id']) : null);
        return pageOfRows(rows, limit, (row) => [row.receivedAt.toISOString(), row.id], (row) => toLedgerItem(row, can(actor, 'quarantine.codes')));
      });
    },

    async ledgerItem(actor: Actor, id: string): Promise<LedgerItem> {
      demand(actor, 'ledger.read');
      const row = await db.work(actor.workspaceId, (tx) => ledgerRow(tx, actor.workspaceId, id));
      if (!row) throw noMessage();
      return toLedgerItem(row, can(actor, 'quarantine.codes'));
    },

    /** The message as it came; what was held back only for those who may look there. */
    async raw(actor: Actor, ledgerId: string): Promise<Buffer> {
      demand(actor, 'tickets.read');
      const row = await db.work(actor.workspaceId, (tx) => ledgerRow(tx, actor.workspaceId, ledgerId));
      const needed = row?.heldFor === 'verification_code' ? 'quarantine.codes' : 'quarantine.read';
      if (!row || (isHeld(row) && !can(actor, needed))) throw noMessage();
      if (row.purgedSha256 !== null) throw new AppError('not_found', 'email.message_purged', 'This message was removed when its time in the quarantine was over.');
      return this.rawOf(actor.workspaceId, ledgerId);
    },

    /** For whoever brings a signed link to it; the room that signed it has checked the right. */
    rawOf: (workspaceId: string, ledgerId: string): Promise<Buffer> =>
      db.work(workspaceId, async (tx) => {
        const row = await ledgerRow(tx, workspaceId, ledgerId);
        const raw = row && await files.read(tx, workspaceId, row.sha256);
        if (!raw) throw noMessage();
        return raw;
      }),

    async outbox(actor: Actor, { state, limit, cursor }: { state?: OutboxState | undefined; limit: number; cursor?: string | undefined }): Promise<Page<z.infer<typeof OutboxItem>>> {
      demand(actor, 'outbox.read');
      const [createdAt, id] = cursor ? decodeCursor(cursor, ['time', 'id']) : [];
      return db.work(actor.workspaceId, async (tx) => {
        const before = createdAt !== undefined && id !== undefined ? { createdAt: new Date(createdAt), id } : null;
        const rows = await outbox.list(tx, actor.workspaceId, { state, limit: limit + 1, before });
        return pageOfRows(rows, limit, (row) => [row.createdAt.toISOString(), row.id], toOutboxItem);
      });
    },

    async outboxMail(actor: Actor, id: string): Promise<z.infer<typeof OutboxItem> & { text: string }> {
      demand(actor, 'outbox.read');
      const mail = await db.work(actor.workspaceId, (tx) => outbox.get(tx, actor.workspaceId, id));
      return { ...toOutboxItem(mail), text: mail.text };
    },

    async retry(actor: Actor, id: string): Promise<void> {
      demand(actor, 'outbox.retry');
      await db.work(actor.workspaceId, (tx) => outbox.retry(tx, actor.workspaceId, id));
    },
  };
}

const noMessage = (): AppError => new AppError('not_found', 'email.message_not_found', 'There is no such message.');

/** A Message-ID looks like an address: it is one when a message has it. */
async function sought(tx: Tx, workspaceId: string, q: string): Promise<LedgerFilter> {
  const messageId = q.startsWith('<') ? q : `<${q}>`;
  return q.startsWith('<') || await hasMessageId(tx, workspaceId, messageId) ? { messageId } : { sender: addressKey(q) };
}

const isHeldCode = (row: Pick<LedgerRow, 'state' | 'heldFor' | 'heldAs'>): boolean => row.heldFor === 'verification_code' && isHeld(row);

/** Itself, or the message of which it is a copy. */
const isHeld = ({ state, heldAs }: Pick<LedgerRow, 'state' | 'heldAs'>): boolean => state === 'quarantined' || (state === 'duplicate' && heldAs !== null && heldAs !== 'released');

function toLedgerItem({ envelopeFrom, envelopeTo, receivedAt, heldFor, heldAs, ...row }: LedgerRow, seesCodes: boolean): LedgerItem {
  const { id, messageId, state, ticketId, reason, report, mailboxId } = row;
  const isSecret = !seesCodes && isHeldCode({ state, heldFor, heldAs });
  return {
    id, messageId, sha256: row.purgedSha256 ?? row.sha256, from: row.from ?? (envelopeFrom || null), to: row.to.length > 0 ? row.to : envelopeTo,
    state, ticketId, reason, report, receivedAt: receivedAt.toISOString(), subject: isSecret ? '' : row.subject ?? '', mailboxId,
    quarantine: state === 'duplicate' ? null : heldFor && heldAs && { reason: heldFor, state: heldAs },
  };
}

const toOutboxItem = ({ text: _text, createdAt, nextAttemptAt, acceptedAt, ...mail }: OutboxMail): z.infer<typeof OutboxItem> => ({
  ...mail, createdAt: createdAt.toISOString(), nextAttemptAt: nextAttemptAt?.toISOString() ?? null, acceptedAt: acceptedAt?.toISOString() ?? null,
});

import { readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Now } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { Files } from '../../../platform/files/files.ts';
import { sha256Of } from '../../../platform/files/slices.ts';
import type { Email } from '../../email/server/email.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import { isMbox, messageAt } from './mbox.ts';
import type { Moved } from './moving.ts';
import { keepKey, subjectOf, type ImportRecord } from './store.ts';

/** Taking a message apart takes longer than reading a row. */
const AT_ONCE = 15;
const MOST_MESSAGE_BYTES = 40_000_000;
const MOST_SERVER_BYTES = 500_000_000;

const failed = (detail: string): Moved => ({ outcome: 'failed', reason: { column: '', code: 'refused', detail }, subjectId: null, change: null });

/** The mail of before, out of a mailbox file. `directory`: where the operator puts files that are too large to upload. */
export function createMailMoving({ email, tickets, files, directory, now }: {
  email: Pick<Email, 'hasMailbox' | 'readPast' | 'filePast'>; tickets: Pick<Tickets, 'putPastAway'>; files: Pick<Files, 'read'>; directory: string | null; now: Now;
}) {
  let open: { sha256: string; bytes: Buffer } | null = null;

  async function bytesOf(tx: Tx, workspaceId: string, { sha256 }: ImportRecord): Promise<Buffer | null> {
    if (open?.sha256 === sha256) return open.bytes;
    const bytes = await files.read(tx, workspaceId, sha256);
    open = bytes && { sha256, bytes };
    return bytes;
  }

  async function move(tx: Tx, workspaceId: string, one: ImportRecord, raw: Buffer): Promise<Moved> {
    if (raw.length > MOST_MESSAGE_BYTES) return failed('The message is too large.');
    // What has no Message-ID is known by its bytes.
    const key = await sha256Of(raw);
    const known = await subjectOf(tx, workspaceId, 'mail', key);
    if (known !== null) return await tickets.putPastAway(tx, workspaceId, known, false) ? { outcome: 'created', reason: null, subjectId: known, change: {} } : { outcome: 'same', reason: null, subjectId: known, change: null };
    const read = await email.readPast(raw);
    if ('error' in read) return failed(`The message could not be taken apart (${read.error}).`);
    const dated = read.mail.date === null ? now() : new Date(read.mail.date);
    const filed = await email.filePast(tx, workspaceId, one.options.mailboxId ?? '', read.mail, dated < now() ? dated : now());
    if (filed.outcome === 'failed') return failed(filed.why);
    await keepKey(tx, workspaceId, 'mail', key, filed.ticketId, one.id);
    return { outcome: filed.outcome, reason: null, subjectId: filed.ticketId, change: filed.outcome === 'same' ? null : {} };
  }

  return {
    mailbox: email.hasMailbox,

    async step(tx: Tx, workspaceId: string, one: ImportRecord): Promise<{ rows: Moved[]; place: number; isOver: boolean } | null> {
      const bytes = await bytesOf(tx, workspaceId, one);
      if (!bytes) return null;
      const rows: Moved[] = [];
      let { place } = one;
      while (rows.length < AT_ONCE) {
        const found = messageAt(bytes, place);
        if (!found) {
          open = null;
          return { rows, place: bytes.length, isOver: true };
        }
        rows.push(await move(tx, workspaceId, one, found.raw));
        place = found.next;
      }
      return { rows, place, isOver: false };
    },

    /** Into the bin: tickets that came with it; what joined one that was there stays. */
    takeBack: async (tx: Tx, workspaceId: string, ticketId: string, outcome: 'created' | 'updated'): Promise<'undone' | 'kept'> =>
      (outcome === 'created' && await tickets.putPastAway(tx, workspaceId, ticketId, true) ? 'undone' : 'kept'),

    demandMbox(bytes: Buffer): void {
      if (!isMbox(bytes)) throw new AppError('invalid', 'import.no_mbox', 'A mailbox file (mbox) begins with "From ". Save the mail in that format, as Thunderbird and Google Takeout do.');
    },

    /** A file in the directory that the operator named; no path leads out of it. */
    async fromServer(name: string): Promise<Buffer> {
      if (directory === null) throw new AppError('conflict', 'import.no_directory', 'Whoever operates this server has named no directory for files to bring in (RAPPORT_IMPORT_DIR); upload the file.');
      const root = await realpath(directory).catch(() => null);
      const path = root === null ? null : await realpath(join(root, name)).catch(() => null);
      const facts = root !== null && path?.startsWith(root + sep) ? await stat(path) : null;
      if (path === null || !facts?.isFile()) throw new AppError('invalid', 'import.no_such_file', 'There is no such file in the directory for files to bring in.');
      if (facts.size > MOST_SERVER_BYTES) throw new AppError('too_large', 'import.too_large', `A file has ${MOST_SERVER_BYTES} bytes at most; part it.`);
      return readFile(path);
    },
  };
}

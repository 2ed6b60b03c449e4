import type { Actor } from '../../../../kernel/actor.ts';
import { afterCommit, type Database, type Tx } from '../../../../platform/db/db.ts';
import type { Files } from '../../../../platform/files/files.ts';
import { changeAnswers } from '../../../../platform/http/idempotency.ts';
import { composeMime } from '../../../../platform/mail/compose.ts';
import { oneLine, type MailName } from '../../../../platform/mail/header.ts';
import type { Outbox } from '../../../../platform/mail/outbox.ts';
import type { Log } from '../../../../platform/mail/sender.ts';
import type { RedactionCreate, RedactionView } from '../../../tickets/core/redaction.ts';
import type { Tickets } from '../../../tickets/server/tickets.ts';
import { demand } from '../../../people/core/permissions.ts';
import { COPY_OF } from '../ledger-store.ts';
import { changeHeld, changeIncidents, forgetWords, messagesOf, replaceBytes, saveFacts, type LedgerCopy } from './store.ts';

type Redacted = Awaited<ReturnType<Tickets['redact']>>;
type RedactedEntry = Redacted['mails'][number];
type Strike = Redacted['strike'];

/** Larger messages are replaced when what was filed of them changed, and not looked through byte by byte. */
const MAX_LOOKED_THROUGH = 10 * 1024 * 1024;

/** Takes passages and files out of a ticket and of all mail that came or left for it. What was removed is nowhere any more. */
export function createRedaction({ db, tickets, outbox, files, log }: {
  db: Database; tickets: Pick<Tickets, 'redact'>; outbox: Pick<Outbox, 'rewrite'>; files: Pick<Files, 'put' | 'read' | 'forget' | 'sweepOne'>; log: Log;
}) {
  async function redactMail(tx: Tx, workspaceId: string, done: Redacted): Promise<string[]> {
    const { strike, mails, ticketIds } = done;
    const rows = await messagesOf(tx, workspaceId, ticketIds, mails.flatMap(({ ledgerId }) => ledgerId ?? []));
    const replaced = new Map<string, string>();
    for (const row of rows) {
      const mail = mails.find(({ ledgerId }) => ledgerId === row.id) ?? null;
      if (!replaced.has(row.sha256) && await isToBeReplaced(tx, workspaceId, row, mail, strike)) replaced.set(row.sha256, await putCopy(tx, workspaceId, row, mail, done));
      await saveFacts(tx, workspaceId, { id: row.id, ...strike.value({ subject: row.subject, reason: row.reason, report: row.report }) });
    }
    await replaceCopies(tx, workspaceId, rows, replaced, done);
    for (const [before, after] of replaced) await replaceBytes(tx, workspaceId, before, after);
    const ids = rows.map(({ id }) => id);
    if (ids.length > 0) {
      await changeHeld(tx, workspaceId, ids, strike.text);
      await forgetWords(tx, workspaceId, ids, strike.text);
    }
    return [...replaced.keys()];
  }

  /** The same message with other bytes, that came by another way: what is taken out of one is taken out of both. */
  async function replaceCopies(tx: Tx, workspaceId: string, rows: readonly LedgerCopy[], replaced: Map<string, string>, done: Redacted): Promise<void> {
    const changed = new Set(rows.filter(({ sha256 }) => replaced.has(sha256)).map(({ id }) => `${COPY_OF}${id}`));
    for (const row of rows) {
      if (row.reason !== null && changed.has(row.reason) && !replaced.has(row.sha256)) replaced.set(row.sha256, await putCopy(tx, workspaceId, row, null, done));
    }
  }

  async function isToBeReplaced(tx: Tx, workspaceId: string, row: LedgerCopy, mail: RedactedEntry | null, strike: Strike): Promise<boolean> {
    if (mail?.isChanged) return true;
    const raw = await files.read(tx, workspaceId, row.sha256);
    return raw !== null && raw.length <= MAX_LOOKED_THROUGH && holds(raw, strike.text);
  }

  async function putCopy(tx: Tx, workspaceId: string, row: LedgerCopy, mail: RedactedEntry | null, { strike, at }: Redacted): Promise<string> {
    const raw = await composeMime({
      ...addressed(row, mail, strike), replyTo: null, subject: oneLine(strike.text(row.subject ?? '')), text: mail === null ? '' : wordsOf(mail), html: mail?.html ?? null,
      language: null, inReplyTo: null, references: [], headers: { 'X-Rapport-Redacted': at.toISOString() }, date: row.receivedAt.toISOString(),
    }, strike.text(row.messageId ?? `<${row.id}@redacted.invalid>`), []);
    return (await files.put(tx, workspaceId, raw)).sha256;
  }

  return {
    /** Cannot be undone. */
    async redact(actor: Actor, ticketId: string, entryId: string, given: RedactionCreate): Promise<RedactionView> {
      demand(actor, 'tickets.redact');
      demand(actor, 'tickets.read');
      return db.work(actor.workspaceId, async (tx) => {
        const done = await tickets.redact(tx, actor, ticketId, entryId, given);
        const { strike } = done;
        await outbox.rewrite(tx, actor.workspaceId, done.ticketIds, strike, done.files);
        await changeIncidents(tx, actor.workspaceId, done.ticketIds, strike.text);
        const gone = [...await redactMail(tx, actor.workspaceId, done), ...done.files.keys()];
        await changeAnswers(tx, done.ticketIds, strike.html);
        for (const sha256 of gone) await files.forget(tx, actor.workspaceId, sha256);
        // Awaited: whoever is told that it is done finds it nowhere any more.
        afterCommit(async () => {
          for (const sha256 of gone) await files.sweepOne(db.owner, sha256).catch((error: unknown) => { log.warn({ err: error }, 'a redacted file is removed by the nightly sweep'); });
        });
        return { entries: done.entries, attachments: done.attachments, unsearched: [...done.unsearched] };
      });
    },
  };
}

function addressed(row: LedgerCopy, mail: RedactedEntry | null, { text }: Strike): { from: MailName; to: MailName[]; cc: MailName[] } {
  const from = { name: oneLine(mail?.authorName ?? ''), address: text(row.from ?? 'unknown@invalid') };
  const named = mail?.recipients as { to: MailName[]; cc: MailName[] } | null | undefined;
  return { from, ...named ?? { to: row.to.map((address) => ({ name: '', address: text(address) })), cc: [] } };
}

const wordsOf = ({ text, quoted }: RedactedEntry): string => [text, quoted].filter((part) => part !== '').join('\n\n');

/** Whether a message holds a passage, in plain or in the two encodings that mail programs use. */
function holds(raw: Buffer, text: (text: string) => string): boolean {
  const differs = (given: string): boolean => text(given) !== given;
  const plain = raw.toString('utf8');
  if (differs(plain)) return true;
  const joined = raw.toString('latin1').replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  if (differs(Buffer.from(joined, 'latin1').toString('utf8'))) return true;
  const parts = raw.toString('latin1').split(/\r?\n(?:\r?\n|--[^\r\n]*\r?\n)/);
  return parts.some((part) => /^[A-Za-z0-9+/=\r\n]{8,}$/.test(part) && differs(Buffer.from(part, 'base64').toString('utf8')));
}

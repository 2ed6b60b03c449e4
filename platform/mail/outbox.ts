import type { Emit } from '../events/events.ts';
import { newId } from '../db/ids.ts';
import { afterCommit, type Tx } from '../db/db.ts';
import { AppError } from '../../kernel/errors.ts';
import type { Now } from '../../kernel/actor.ts';
import { checkHeader, checkName, type MailName } from './header.ts';
import { hasRelay } from './relay-store.ts';
import {
  insertCopy, insertMail, lockByEntry, mailById, mailSentAs, markBounced, mailsByEntries, mailsPage, markRetry, markWithdrawn, lockByTickets, saveContent,
  SECRET_PURPOSES, type MailContent, type OutboxRow, type StoredAttachment,
} from './outbox-store.ts';

export type { MailName } from './header.ts';

export type OutgoingMail = {
  readonly purpose: 'reply' | 'forward' | 'acknowledgement' | 'invitation' | 'reset' | 'notice' | 'bulk' | 'customer_sign_in' | 'aside';
  /** The timeline entry that this mail delivers. */
  readonly entryId?: string;
  readonly ticketId?: string;
  /** Of mail that belongs to no ticket: those whose words stand in it. */
  readonly aboutTicketIds?: readonly string[];
  /** With angle brackets; the same for every attempt. `newMessageId` makes one, the email room makes signed ones. */
  readonly messageId: string;
  readonly from: MailName;
  readonly replyTo?: MailName;
  readonly to: readonly MailName[];
  readonly cc?: readonly MailName[];
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly language?: string;
  readonly inReplyTo?: string;
  readonly references?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly attachments?: readonly StoredAttachment[];
  /** Leaves not before this moment; until then it can be taken back. */
  readonly notBefore: Date;
  /** Absent: the address of `from`. Empty: the null sender, for automatic mail. */
  readonly envelopeFrom?: string;
  /** Gets a copy once the mail has left; the recipients do not see it. */
  readonly archive?: string;
};

export type Delivery = {
  readonly mailId: string;
  readonly state: 'queued' | 'waiting' | 'sending' | 'accepted' | 'failed';
  readonly undoUntil: string | null;
  readonly at: string | null;
  readonly response: string | null;
  readonly attempts: number;
};

export type OutboxState = Delivery['state'] | 'withdrawn';
export type OutboxMail = {
  readonly id: string; readonly purpose: string; readonly state: OutboxState; readonly from: string; readonly to: string[];
  readonly subject: string; readonly ticketId: string | null; readonly messageId: string; readonly attempts: number;
  readonly response: string | null; readonly createdAt: Date; readonly nextAttemptAt: Date | null; readonly acceptedAt: Date | null;
  readonly text: string;
};

/** How texts change: plain ones, HTML, and all of a value. */
type Rewriting = { readonly text: (text: string) => string; readonly html: (html: string) => string; readonly value: <T>(value: T) => T };

const MAX_RECIPIENTS = 100;
/** Links in these mails let somebody in: their text is for the recipient alone. */
const withoutSecrets = (purpose: OutboxRow['purpose'], text: string): string => {
  // This one can be typed as well.
  if (purpose === 'customer_sign_in') return '[…]';
  return SECRET_PURPOSES.includes(purpose) ? text.replace(/https?:\/\/\S+/g, '[…]') : text;
};

export type Outbox = ReturnType<typeof createOutbox>;

/**
 * Everything that leaves by mail, written in the transaction that causes it; `sender.ts` carries it out.
 * Without a relay mail waits here: never lost, never silently sent. `now` is the machine's time outside tests.
 */
export function createOutbox({ emit, relayConfigured, now }: { emit: Emit; relayConfigured: boolean; now: Now }) {
  const listeners: (() => void)[] = [];
  const hint = (): void => { for (const listener of listeners) listener(); };

  const changed = (tx: Tx, workspaceId: string, row: Pick<OutboxRow, 'id' | 'ticketId' | 'entryId'>, state: string): Promise<void> =>
    emit(tx, workspaceId, {
      type: 'outbox.changed', ticketId: row.ticketId, subjectId: row.id, actor: { kind: 'system', id: null },
      data: { entryId: row.entryId, state }, at: now(),
    });

  /** Whether there is a way out: the installation's, or one of the workspace's own. */
  const leaves = async (tx: Tx, workspaceId: string): Promise<boolean> => relayConfigured || await hasRelay(tx, workspaceId);

  const visible = (state: OutboxRow['state'], goes: boolean): OutboxState => (state === 'queued' && !goes ? 'waiting' : state);

  const toDelivery = (row: OutboxRow, goes: boolean): Delivery | null => {
    const state = visible(row.state, goes);
    if (state === 'withdrawn') return null;
    return {
      mailId: row.id, state, attempts: row.attempts, response: row.response,
      undoUntil: row.state === 'queued' && row.attempts === 0 && row.notBefore > now() ? row.notBefore.toISOString() : null,
      at: row.acceptedAt?.toISOString() ?? null,
    };
  };

  const toMail = (row: OutboxRow, goes: boolean): OutboxMail => ({
    id: row.id, purpose: row.purpose, state: visible(row.state, goes), from: row.content.from.address, to: row.envelopeTo,
    subject: row.content.subject, ticketId: row.ticketId, messageId: row.messageId, attempts: row.attempts,
    response: row.response, createdAt: row.createdAt,
    nextAttemptAt: row.state === 'queued' ? row.nextAttemptAt : null, acceptedAt: row.acceptedAt,
    text: withoutSecrets(row.purpose, row.content.text),
  });

  return {
    leaves,

    /** Refuses bad addresses and header fields; the mail leaves once the transaction has committed and `notBefore` has come. */
    async queue(tx: Tx, workspaceId: string, mail: OutgoingMail): Promise<{ id: string }> {
      check(mail);
      const row = toRow(mail, newId(), now());
      await insertMail(tx, workspaceId, row);
      await changed(tx, workspaceId, row, visible('queued', await leaves(tx, workspaceId)));
      afterCommit(hint);
      return { id: row.id };
    },

    /** Takes the mail of an entry back. False when it is already leaving or has left, or when an attempt was made. */
    async withdraw(tx: Tx, workspaceId: string, entryId: string): Promise<boolean> {
      const rows = await lockByEntry(tx, workspaceId, entryId);
      if (rows.length === 0 || rows.some((row) => row.state !== 'queued' || row.attempts > 0)) return false;
      await markWithdrawn(tx, workspaceId, rows.map((row) => row.id));
      for (const row of rows) await changed(tx, workspaceId, row, 'withdrawn');
      return true;
    },

    /** Who has the mail of an entry, or may have it, and who has it not; null when it has none. Locks it. */
    async whoGot(tx: Tx, workspaceId: string, entryId: string): Promise<WhoGot | null> {
      const rows = await lockByEntry(tx, workspaceId, entryId);
      return rows.length === 0 ? null : whoGot(rows);
    },

    /** Nothing of the mail of an entry leaves any more; whoever had it has it. */
    async stop(tx: Tx, workspaceId: string, entryId: string): Promise<void> {
      const waiting = (await lockByEntry(tx, workspaceId, entryId)).filter(isWaiting);
      if (waiting.length === 0) return;
      await markWithdrawn(tx, workspaceId, waiting.map((row) => row.id));
      for (const row of waiting) await changed(tx, workspaceId, row, 'withdrawn');
    },

    async deliveries(tx: Tx, workspaceId: string, entryIds: readonly string[]): Promise<Map<string, Delivery>> {
      const found = new Map<string, Delivery>();
      const [goes, mails] = await Promise.all([leaves(tx, workspaceId), mailsByEntries(tx, workspaceId, entryIds)]);
      for (const row of mails) {
        const delivery = toDelivery(row, goes);
        if (row.entryId && delivery) found.set(row.entryId, delivery);
      }
      return found;
    },

    /** Newest first. */
    async list(tx: Tx, workspaceId: string, { state, limit, before }: {
      state?: OutboxState | undefined; limit: number; before: { createdAt: Date; id: string } | null;
    }): Promise<OutboxMail[]> {
      const goes = await leaves(tx, workspaceId);
      if (state === (goes ? 'waiting' : 'queued')) return [];
      return (await mailsPage(tx, workspaceId, { state: state === 'waiting' ? 'queued' : state, limit, before })).map((row) => toMail(row, goes));
    },

    async get(tx: Tx, workspaceId: string, id: string): Promise<OutboxMail> {
      return toMail(await required(tx, workspaceId, id), await leaves(tx, workspaceId));
    },

    /** By hand: a failed or waiting mail is tried again now, with the same Message-ID. */
    async retry(tx: Tx, workspaceId: string, id: string): Promise<void> {
      const row = await required(tx, workspaceId, id);
      if (row.state !== 'failed' && row.state !== 'queued') {
        throw new AppError('conflict', 'outbox.not_waiting', 'Only a mail that failed or still waits can be tried again.', { state: row.state });
      }
      await markRetry(tx, workspaceId, id, now());
      await changed(tx, workspaceId, row, visible('queued', await leaves(tx, workspaceId)));
      afterCommit(hint);
    },

    /** A report came back for a mail that had been accepted: it failed after all. Null when we never sent such a mail. */
    async bounced(tx: Tx, workspaceId: string, messageId: string, words: string): Promise<{ ticketId: string | null; entryId: string | null } | null> {
      const row = await markBounced(tx, workspaceId, messageId, words);
      if (!row) return null;
      await changed(tx, workspaceId, row, 'failed');
      return { ticketId: row.ticketId, entryId: row.entryId };
    },

    /** Who a mail with this Message-ID went to, and what it belongs to; null when we never sent such a mail. */
    async sentAs(tx: Tx, workspaceId: string, messageId: string): Promise<{ ticketId: string | null; entryId: string | null; envelopeTo: readonly string[] } | null> {
      return mailSentAs(tx, workspaceId, messageId);
    },

    /** The copy for the archive, when the mail asks for one and somebody has taken the mail. From nobody: nothing comes back about a copy. */
    async keepCopy(tx: Tx, workspaceId: string, id: string): Promise<void> {
      // As it is now: words may have been taken out of it while it was on its way.
      const { messageId, content: { archive, ...content }, attachments, ticketId } = await required(tx, workspaceId, id);
      if (!archive) return;
      const at = now();
      await insertCopy(tx, workspaceId, {
        id: newId(), purpose: 'archive', entryId: null, ticketId, messageId: `archive:${messageId}`, envelopeFrom: '', envelopeTo: [archive],
        content: { ...content, copyOf: messageId }, attachments, state: 'queued', notBefore: at, nextAttemptAt: at, attempts: 0, response: null, createdAt: at, acceptedAt: null,
      });
      afterCommit(hint);
    },

    /** Changes the texts of all mails of tickets, sent or not; `files` says by its hash what a file is now, null for none. */
    async rewrite(tx: Tx, workspaceId: string, ticketIds: readonly string[], { text, html, value }: Rewriting, files: ReadonlyMap<string, { sha256: string; name: string } | null>): Promise<void> {
      for (const row of await lockByTickets(tx, workspaceId, ticketIds)) {
        const content = { ...value(row.content), html: row.content.html === null ? null : html(row.content.html) };
        const attachments = row.attachments.flatMap((file) => {
          const now = files.get(file.sha256);
          return now === null ? [] : [{ ...file, name: text(file.name), sha256: now?.sha256 ?? file.sha256 }];
        });
        await saveContent(tx, workspaceId, row.id, { content, attachments, response: row.response === null ? null : text(row.response) });
      }
    },

    /** Announces a change that the sender made. */
    announce: changed,

    /** Called when something may be due. Only a hint: the sender polls as well. */
    onQueued(listener: () => void): void { listeners.push(listener); },
  };
}

type WhoGot = { readonly reached: readonly string[]; readonly withheld: readonly string[]; readonly sentAt: Date | null; readonly subject: string; readonly isUntouched: boolean };

/** Failed without having been taken, a person may still try it again by hand: that counts as waiting. */
const isWaiting = ({ state, acceptedAt }: OutboxRow): boolean => state === 'queued' || (state === 'failed' && acceptedAt === null);

/** Whom a relay has taken it for is not among the recipients of what still waits. */
function whoGot(rows: readonly OutboxRow[]): WhoGot {
  const withheld = rows.filter((row) => isWaiting(row) || row.state === 'withdrawn').flatMap((row) => row.envelopeTo);
  const kept = new Set(withheld.map((address) => address.toLowerCase()));
  const meant = rows.flatMap(({ content }) => [...content.to, ...content.cc].map(({ address }) => address));
  const reached = [...new Map(meant.map((address) => [address.toLowerCase(), address])).values()].filter((address) => !kept.has(address.toLowerCase()));
  return {
    reached, withheld, subject: rows[0]!.content.subject, isUntouched: rows.every((row) => row.state === 'queued' && row.attempts === 0),
    sentAt: reached.length === 0 ? null : rows[0]!.acceptedAt ?? rows[0]!.createdAt,
  };
}

async function required(tx: Tx, workspaceId: string, id: string): Promise<OutboxRow> {
  const row = await mailById(tx, workspaceId, id);
  if (!row) throw new AppError('not_found', 'outbox.not_found', 'There is no such mail in the outbox.');
  return row;
}

function check(mail: OutgoingMail): void {
  const recipients = [...mail.to, ...(mail.cc ?? [])];
  if (recipients.length === 0) throw new AppError('invalid', 'mail.no_recipient', 'A mail needs at least one recipient.');
  if (recipients.length > MAX_RECIPIENTS) {
    throw new AppError('invalid', 'mail.too_many_recipients', `A mail can go to ${MAX_RECIPIENTS} addresses at most.`);
  }
  checkWayOut(mail);
  for (const author of [mail.from, mail.replyTo]) if (author) checkName('from', author);
  for (const recipient of recipients) checkName('to', recipient);
  if (mail.archive) checkName('archive', { name: '', address: mail.archive });
  for (const [field, value] of headerValues(mail)) checkHeader(field, value);
}

function checkWayOut({ purpose, headers }: OutgoingMail): void {
  if (purpose === 'bulk' && !headers?.['List-Unsubscribe-Post']) {
    throw new AppError('invalid', 'mail.no_way_out', 'Mail to many needs a List-Unsubscribe header, so that each can refuse more of it.');
  }
}

function headerValues(mail: OutgoingMail): [field: string, value: string][] {
  const own = Object.entries(mail.headers ?? {});
  const bad = own.find(([name]) => !/^[A-Za-z0-9-]{1,76}$/.test(name));
  if (bad) throw new AppError('invalid', 'mail.header_refused', 'A header name has only letters, digits and hyphens.', { field: bad[0] });
  const ids = [mail.messageId, mail.inReplyTo ?? '', ...(mail.references ?? [])];
  const files = (mail.attachments ?? []).flatMap((file) => [file.name, file.contentType, file.contentId ?? '']);
  return [['subject', mail.subject], ...own, ...ids.map((id): [string, string] => ['Message-ID', id]), ...files.map((value): [string, string] => ['attachment', value])];
}

function toRow(mail: OutgoingMail, id: string, at: Date): OutboxRow {
  const content = contentOf(mail, at);
  return {
    id, purpose: mail.purpose, entryId: mail.entryId ?? null, ticketId: mail.ticketId ?? null, ...(mail.aboutTicketIds && { aboutTicketIds: mail.aboutTicketIds }), messageId: mail.messageId,
    envelopeFrom: mail.envelopeFrom ?? mail.from.address,
    envelopeTo: [...new Map([...content.to, ...content.cc].map(({ address }) => [address.toLowerCase(), address])).values()],
    content, attachments: [...(mail.attachments ?? [])], state: 'queued', notBefore: mail.notBefore,
    nextAttemptAt: mail.notBefore, attempts: 0, response: null, createdAt: at, acceptedAt: null,
  };
}

const contentOf = (mail: OutgoingMail, at: Date): MailContent => ({
  from: mail.from, to: [...mail.to], cc: [...(mail.cc ?? [])], replyTo: mail.replyTo ?? null, subject: mail.subject,
  text: mail.text, html: mail.html ?? null, language: mail.language ?? null, inReplyTo: mail.inReplyTo ?? null,
  references: [...(mail.references ?? [])], headers: { ...mail.headers },
  date: (mail.notBefore > at ? mail.notBefore : at).toISOString(), ...(mail.archive && { archive: mail.archive }),
});

import type { Actor } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { strikeHtml } from '../../../platform/html/strike.ts';
import { BLACKED, seekerOf, strike, strikeValue, type RedactionCreate } from '../core/redaction.ts';
import { DraftBody } from '../core/draft.ts';
import type { FieldValues } from '../../fields/core/types.ts';
import type { TicketState } from '../core/ticket.ts';
import { changeAnswers } from '../../../platform/http/idempotency.ts';
import { byPerson, type Context } from './context.ts';
import { forgetWords } from './file-words.ts';
import { findEntry, usableAttachments } from './entries-store.ts';
import { forgetTraces, saveSharedBody, sharedOn } from './shared-draft-store.ts';
import {
  allEntries, changeMerges, changeNames, changeToldValues, draftsOf, filesOf, headsOf, removeFiles, replaceFile, saveDraftBody, saveHead, saveWords, splitWith, ticketFamily, type WholeEntry,
} from './redaction-store.ts';

const MAX_FAMILY = 1_000;
/** Larger files are not looked through. */
const MAX_SEARCHED = 2 * 1024 * 1024;
const READABLE = /^(?:text\/(?:plain|csv|html|markdown|calendar|xml|tab-separated-values)|application\/(?:json|xml))$/;

/** What takes passages out of texts and of HTML. */
type Strike = { readonly text: (text: string) => string; readonly html: (html: string) => string; readonly value: <T>(value: T) => T };

type RedactedEntry = WholeEntry & { readonly isChanged: boolean };
type Redacted = {
  readonly ticketIds: readonly string[]; readonly strike: Strike; readonly at: Date;
  /** Entries that came by mail, as they are now. */
  readonly mails: readonly RedactedEntry[];
  /** Files by their hash: what they are now, null for what was removed. */
  readonly files: ReadonlyMap<string, { readonly sha256: string; readonly name: string } | null>;
  readonly entries: number; readonly attachments: number; readonly unsearched: readonly { readonly id: string; readonly name: string }[];
};

/** Other rooms that keep words of these tickets. */
type Heard = (tx: Tx, workspaceId: string, redacted: Pick<Redacted, 'ticketIds' | 'strike'> & { readonly passages: readonly string[]; /** What files were called that were beside the entries and are gone. */ readonly goneNames: readonly string[] }) => Promise<void>;

type KeptBeside = (tx: Tx, ticketIds: readonly string[]) => Promise<readonly string[]>;

type File = Awaited<ReturnType<typeof filesOf>>[number];
type FileChanges = { readonly files: Map<string, { sha256: string; name: string } | null>; readonly unsearched: File[]; readonly entryIds: Set<string>; readonly goneNames: string[]; count: number };

/** Takes passages and files out of everything that this room keeps of a ticket; for good. */
export function createRedacting(context: Context) {
  const heard: Heard[] = [];
  const keptBeside: KeptBeside[] = [];

  return {
    /** Whoever keeps words of tickets takes the passages out of them in the same unit of work; `files`: kept files that belong to such words. */
    onRedacted: (hear: Heard, files?: KeptBeside): void => {
      heard.push(hear);
      if (files) keptBeside.push(files);
    },

    /** In the caller's unit of work, which takes them out of the mail as well. */
    async redact(tx: Tx, actor: Actor, ticketId: string, entryId: string, { passages, attachmentIds, reason }: RedactionCreate): Promise<Redacted> {
      const ticket = await context.access(tx, ticketId);
      if ((await findEntry(tx, entryId))?.ticketId !== ticket.id) throw new AppError('not_found', 'entry.not_found', 'There is no such entry on this ticket.');
      const ticketIds = await familyOf(tx, ticket.id);
      const made = strikeOf(passages);
      const looseIds = await redactDrafts(tx, ticketIds, made, attachmentIds);
      const redaction: FileChanges = { files: await chosenFiles(tx, actor, ticket, attachmentIds), unsearched: [], entryIds: new Set(), goneNames: [], count: 0 };
      for (const ids of keptBeside) looseIds.push(...await ids(tx, ticketIds));
      await redactLoose(tx, actor, looseIds, made, redaction);
      const { mails, entries } = await redactEntries(tx, actor, ticket, ticketIds, made, redaction);
      const worded = await context.fields.wordedKeys(tx, 'ticket');
      await redactHeads(tx, actor.workspaceId, ticketIds, made, worded);
      await changeToldValues(tx, actor.workspaceId, ticketIds, worded, made.value);
      await changeNames(tx, actor.workspaceId, ticketIds, made.value);
      await changeMerges(tx, ticketIds, made.value);
      for (const hear of heard) await hear(tx, actor.workspaceId, { ticketIds, strike: made, passages, goneNames: redaction.goneNames });
      const at = context.now();
      await context.emit(tx, actor.workspaceId, {
        type: 'entry.redacted', ticketId: ticket.id, subjectId: entryId, actor: byPerson(actor), at, data: { reason: made.text(reason), entries, attachments: redaction.count, ticketIds },
      });
      return {
        ticketIds, strike: made, at, mails, files: redaction.files, entries, attachments: redaction.count,
        unsearched: passages.length === 0 ? [] : redaction.unsearched.map(({ id, name }) => ({ id, name: made.text(name) })),
      };
    },
  };

  /** With what was merged into it, and with what was split off, where the same words went: as far as this person may go. */
  async function familyOf(tx: Tx, id: string): Promise<string[]> {
    const found = new Set<string>();
    const open = [id];
    for (let next = open.pop(); next !== undefined && found.size < MAX_FAMILY; next = open.pop()) {
      const members = await ticketFamily(tx, next);
      for (const member of members) found.add(member);
      for (const other of await splitWith(tx, members)) if (!found.has(other) && !open.includes(other) && await isOpenTo(tx, other)) open.push(other);
    }
    return [...found];
  }

  function isOpenTo(tx: Tx, id: string): Promise<boolean> {
    return context.access(tx, id).then(() => true, (error: unknown) => {
      if (error instanceof AppError && error.kind === 'not_found') return false;
      throw error;
    });
  }

  /** The same file may hang on several entries: whoever removes it here means all of them. */
  async function chosenFiles(tx: Tx, actor: Actor, ticket: TicketState, ids: readonly string[]): Promise<FileChanges['files']> {
    const chosen = ids.length === 0 ? [] : await usableAttachments(tx, ids, actor.id, ticket.id);
    if (chosen.length < new Set(ids).size) throw new AppError('not_found', 'attachment.not_found', 'There is no such attachment on this ticket.');
    return new Map(chosen.map(({ sha256 }) => [sha256, null]));
  }

  async function redactEntries(tx: Tx, actor: Actor, ticket: TicketState, ticketIds: readonly string[], made: Strike, redaction: FileChanges): Promise<{ mails: RedactedEntry[]; entries: number }> {
    const mails: RedactedEntry[] = [];
    let entries = 0;
    for await (const portion of allEntries(tx, ticketIds)) {
      const ids = portion.map(({ id }) => id);
      await redactFiles(tx, actor, await filesOf(tx, ids, []), made, redaction);
      const files = await filesOf(tx, ids, []);
      // What stands in a file that cannot be changed is not shown by its words either.
      await forgetWords(tx, files.map(({ id }) => id));
      for (const before of portion) {
        const { entry, isNew } = await redactWords(tx, before, made);
        const isChanged = isNew || redaction.entryIds.has(entry.id);
        if (isChanged) entries++;
        // The index has the ticket's name, as it was when it was written, with every entry.
        if (!entry.isWithdrawn) await makeFindable(tx, actor.workspaceId, ticket, entry, files, made);
        if (entry.ledgerId !== null) mails.push({ ...entry, isChanged });
      }
    }
    return { mails, entries };
  }

  async function redactWords(tx: Tx, before: WholeEntry, made: Strike): Promise<{ entry: WholeEntry; isNew: boolean }> {
    const entry = wordsWithout(before, made);
    const isNew = JSON.stringify(before) !== JSON.stringify(entry);
    if (isNew) await saveWords(tx, entry);
    return { entry, isNew };
  }

  async function makeFindable(tx: Tx, workspaceId: string, ticket: TicketState, entry: WholeEntry, files: readonly File[], { text }: Strike): Promise<void> {
    const fileNames = files.filter(({ entryId }) => entryId === entry.id).map(({ name }) => text(name));
    await context.makeEntryFindable(tx, workspaceId, { ...ticket, subject: text(ticket.subject) }, { ...entry, at: entry.createdAt, fileNames });
  }

  /** Ids of the files that hang on drafts. */
  async function redactDrafts(tx: Tx, ticketIds: readonly string[], { html, value }: Strike, attachmentIds: readonly string[]): Promise<string[]> {
    const loose: string[] = [];
    for (const { id, body } of await draftsOf(tx, ticketIds)) {
      const draft = DraftBody.parse(body);
      const after = { ...value(draft), html: html(draft.html), attachmentIds: draft.attachmentIds.filter((one) => !attachmentIds.includes(one)) };
      if (JSON.stringify(after) !== JSON.stringify(draft)) await saveDraftBody(tx, id, after);
      loose.push(...after.attachmentIds);
    }
    const shared = await sharedOn(tx, ticketIds);
    for (const { id, body } of shared) {
      const after = { ...value(body), html: html(body.html), attachmentIds: body.attachmentIds.filter((one) => !attachmentIds.includes(one)) };
      if (JSON.stringify(after) !== JSON.stringify(body)) await saveSharedBody(tx, id, after);
      await forgetTraces(tx, id, after);
      loose.push(...after.attachmentIds);
    }
    await changeAnswers(tx, shared.map(({ id }) => id), html);
    return loose;
  }

  async function redactLoose(tx: Tx, actor: Actor, looseIds: readonly string[], made: Strike, changes: FileChanges): Promise<void> {
    await redactFiles(tx, actor, (await filesOf(tx, [], looseIds)).filter(({ entryId }) => entryId === null), made, changes);
  }

  async function redactFiles(tx: Tx, actor: Actor, files: readonly File[], made: Strike, changes: FileChanges): Promise<void> {
    for (const file of files) {
      const known = changes.files.get(file.sha256);
      const after = known === null ? null : await contentWithout(tx, actor.workspaceId, file, made, changes);
      if (after === file) continue;
      changes.count++;
      if (file.entryId !== null) changes.entryIds.add(file.entryId);
      else if (after === null) changes.goneNames.push(file.name);
      changes.files.set(file.sha256, after);
      await (after === null ? removeFiles(tx, [file.id]) : replaceFile(tx, file.id, after));
    }
  }

  /** The file itself when nothing of it changes. */
  async function contentWithout(tx: Tx, workspaceId: string, file: File, made: Strike, { unsearched }: FileChanges): Promise<File> {
    const name = made.text(file.name);
    const text = await textOf(tx, workspaceId, file);
    if (text === null) unsearched.push(file);
    const struck = text === null ? null : file.contentType === 'text/html' ? made.html(text) : made.text(text);
    if (struck === text) return name === file.name ? file : { ...file, name };
    return { ...file, name, ...await context.files.put(tx, workspaceId, Buffer.from(struck ?? '')) };
  }

  async function textOf(tx: Tx, workspaceId: string, { contentType, size, sha256 }: File): Promise<string | null> {
    if (!READABLE.test(contentType) || size > MAX_SEARCHED) return null;
    const bytes = await context.files.read(tx, workspaceId, sha256);
    const text = bytes?.toString('utf8') ?? null;
    return text === null || text.includes('\ufffd') || text.includes('\0') ? null : text;
  }

  async function redactHeads(tx: Tx, workspaceId: string, ticketIds: readonly string[], { text }: Strike, worded: readonly string[]): Promise<void> {
    for (const head of await headsOf(tx, ticketIds)) {
      const fields = head.fields as FieldValues;
      const after = {
        id: head.id, subject: text(head.subject), snippet: text(head.snippet),
        fields: Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, typeof value === 'string' && worded.includes(key) ? text(value) : value])),
      };
      if (after.subject === head.subject && after.snippet === head.snippet && JSON.stringify(after.fields) === JSON.stringify(fields)) continue;
      await saveHead(tx, after);
      await context.makeFindable(tx, workspaceId, await context.look(tx, head.id));
    }
  }
}

function strikeOf(passages: readonly string[]): Strike {
  const seek = seekerOf(passages);
  const text = (given: string): string => strike(given, seek);
  return { text, html: (html) => strikeHtml(html, seek, BLACKED), value: (value) => strikeValue(value, text) };
}

function wordsWithout(entry: WholeEntry, { text, html, value }: Strike): WholeEntry {
  const maybe = (given: string | null): string | null => (given === null ? null : html(given));
  return {
    ...entry, authorName: text(entry.authorName), subject: text(entry.subject), text: text(entry.text), quoted: text(entry.quoted), notice: entry.notice === null ? null : text(entry.notice),
    recipients: value(entry.recipients), html: maybe(entry.html), safe: maybe(entry.safe),
  };
}

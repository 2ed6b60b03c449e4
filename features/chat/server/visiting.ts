import { AppError } from '../../../kernel/errors.ts';
import { newId } from '../../../platform/db/ids.ts';
import { useOne, type Quota } from '../../../platform/db/quota.ts';
import { countedAs } from '../../../platform/mail/header.ts';
import { cleanFileName } from '../../tickets/core/file-name.ts';
import { fileTypeOf } from '../core/file-type.ts';
import { MAX_FILE_BYTES, type MessageView, type VisitorState } from '../core/visitor-contract.ts';
import { mailWords } from '../core/words.ts';
import { BY_ITSELF, toOf, type Context } from './context.ts';
import type { createEnding } from './ending.ts';
import { tooFast, type createSessions } from './sessions.ts';
import type { createStream } from './stream.ts';
import { latestOf, saveConversation } from './store.ts';
import { insertUpload, lockVisitor, uploadedSince, type Visitor } from './visitor-store.ts';

const DAY_MS = 86_400_000;
const MOST_FILES_A_DAY = 50;
const MOST_BYTES_A_DAY = 100 * 1024 * 1024;
const FILES: Quota = { uses: 20, seconds: 60 };
const RATINGS: Quota = { uses: 10, seconds: 600 };
/** Of all visitors of one network: whoever wants more disk only has to come as somebody new. */
const NETWORK_FILES: Quota = { uses: 500, seconds: 86_400 };
/** To one address, whoever asks. */
const TRANSCRIPTS: Quota = { uses: 3, seconds: 86_400 };
const MOST_LINES = 1_000;

/** What a visitor does besides talking. */
export function createVisiting(context: Context, { state, admit }: Pick<ReturnType<typeof createSessions>, 'state' | 'admit'>, stream: ReturnType<typeof createStream>, { finish }: ReturnType<typeof createEnding>) {
  const { db, tickets, files, email, now, machineNow } = context;

  return {
    /** Kept for a day, for the message that it goes with. */
    async upload(visitor: Visitor, name: string, bytes: Buffer) {
      const retryAfter = await useOne(db.lookup, `chat file ${visitor.visitorId}`, FILES);
      if (retryAfter !== null) throw tooFast(retryAfter);
      if (bytes.length === 0) throw new AppError('invalid', 'visitor.empty_file', 'Send the file as the body, with Content-Type application/octet-stream.');
      if (bytes.length > MAX_FILE_BYTES) throw new AppError('too_large', 'visitor.file_too_large', `A file can be ${MAX_FILE_BYTES / 1024 / 1024} MB at most.`);
      const contentType = fileTypeOf(name, bytes);
      if (contentType === null) throw new AppError('mismatch', 'visitor.file_type', 'Programs are not taken; send a picture, a document or a text.');
      return db.work(visitor.workspaceId, async (tx) => {
        await lockVisitor(tx, visitor);
        const { visitor: row } = await context.visitor(tx, visitor);
        admit(row);
        const wait = row.network === null ? null : await useOne(db.lookup, `chat file ${visitor.workspaceId} ${row.network}`, NETWORK_FILES);
        if (wait !== null) throw tooFast(wait);
        const at = machineNow();
        const today = await uploadedSince(tx, visitor, new Date(at.getTime() - DAY_MS));
        if (today.count >= MOST_FILES_A_DAY || today.bytes + bytes.length > MOST_BYTES_A_DAY) throw new AppError('rate_limited', 'visitor.too_many_files', 'That is a lot of files for one day; send them by mail.', { retryAfter: 3_600 });
        const stored = await files.put(tx, visitor.workspaceId, bytes);
        const file = { id: newId(), ...stored, name: cleanFileName(name), contentType };
        await insertUpload(tx, visitor, file, at);
        return { id: file.id, name: file.name, contentType, size: file.size };
      });
    },

    /** What nobody has answered stays a question of ours; the rest is settled. */
    async end(visitor: Visitor): Promise<VisitorState> {
      await db.work(visitor.workspaceId, async (tx) => {
        await lockVisitor(tx, visitor);
        const latest = await latestOf(tx, visitor);
        if (!latest || latest.state === 'ended' || !await tickets.lockLive(tx, latest.ticketId)) return;
        const at = now();
        await finish(tx, visitor.workspaceId, latest, { by: 'visitor', at, actor: { kind: 'customer', id: null } });
        const ticket = await tickets.current(tx, latest.ticketId);
        if (ticket.waitingSince === null && (ticket.status === 'new' || ticket.status === 'open')) await tickets.changeBy(tx, visitor.workspaceId, ticket, { status: 'resolved' }, BY_ITSELF);
      });
      return state(visitor);
    },

    async rate(visitor: Visitor, { score, comment }: { score: number; comment: string }): Promise<VisitorState> {
      const retryAfter = await useOne(db.lookup, `chat rating ${visitor.visitorId}`, RATINGS);
      if (retryAfter !== null) throw tooFast(retryAfter);
      await db.work(visitor.workspaceId, async (tx) => {
        await lockVisitor(tx, visitor);
        const latest = await latestOf(tx, visitor);
        if (!latest || latest.firstReplyAt === null) throw new AppError('conflict', 'visitor.nothing_to_rate', 'There is no answer yet that could be rated.');
        await saveConversation(tx, visitor.workspaceId, latest.id, { rating: score, ratingComment: comment });
        await context.emit(tx, visitor.workspaceId, { type: 'chat.rated', ticketId: latest.ticketId, subjectId: latest.id, actor: { kind: 'customer', id: null }, data: { score }, at: now() });
        await context.tellVisitor(tx, visitor.workspaceId, visitor.visitorId);
      });
      return state(visitor);
    },

    /** Only what a person here took part in, once for each conversation: an address that somebody typed is nobody's proof. */
    transcript: (visitor: Visitor): Promise<{ to: string }> => db.work(visitor.workspaceId, async (tx) => {
      await lockVisitor(tx, visitor);
      const { visitor: row } = await context.visitor(tx, visitor);
      const latest = await latestOf(tx, visitor);
      if (row.email === null) throw new AppError('conflict', 'visitor.no_address', 'Leave an address first.');
      if (!latest || latest.firstReplyAt === null) throw new AppError('conflict', 'visitor.nothing_said', 'There is a transcript once somebody has answered.');
      if (latest.transcriptAt !== null) throw new AppError('conflict', 'visitor.transcript_sent', 'The transcript was sent already.');
      const retryAfter = await useOne(db.lookup, `chat transcript ${countedAs(row.email)}`, TRANSCRIPTS);
      if (retryAfter !== null) throw tooFast(retryAfter);
      await tickets.lock(tx, latest.ticketId);
      const language = await context.languageOf(visitor, row);
      const lines = await stream.ofConversation(tx, visitor, row, latest.id, MOST_LINES);
      // An address that was typed is nobody's proof: what its owner gets from us is ours, never what somebody else wrote.
      const isKept = (from: MessageView['from']): boolean => from !== 'visitor' || row.subject !== null;
      const text = lines.map(({ from, author, text: words, files: sent }) => (isKept(from)
        ? [from === 'system' ? '—' : `${from === 'visitor' ? row.name || '·' : author}:`, words, ...sent.map((file) => `[${file.name}]`)].join('\n') : mailWords(language).own)).join('\n\n');
      const isSent = await email.carry(tx, visitor.workspaceId, { ticketId: latest.ticketId, entryId: null, to: toOf(row, row.email), subject: mailWords(language).transcript, text, language, files: [] });
      if (!isSent) throw new AppError('conflict', 'visitor.address_unusable', 'Mail to this address comes back; leave another one.');
      await saveConversation(tx, visitor.workspaceId, latest.id, { transcriptAt: now() });
      await stream.append(tx, visitor, { conversationId: latest.id, notice: 'transcript_sent', data: { address: row.email }, at: now() });
      return { to: row.email };
    }),
  };
}

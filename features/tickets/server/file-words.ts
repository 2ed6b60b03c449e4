import { sql } from 'kysely';
import type { Log } from '../../../kernel/log.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { DocumentReader } from '../../../platform/documents/reader.ts';
import { dueRows, type DueWork } from '../../../platform/jobs/due.ts';
import type { Context } from './context.ts';
import { findTicket } from './store.ts';

/** Larger files are not read: what they say stays in them. */
const MOST_BYTES = 25 * 1024 * 1024;
/** What takes the process with it each time is let be; once or twice it may have been the machine. */
const MOST_TRIES = 3;

type Unread = { readonly workspaceId: string; readonly id: string };
type File = { readonly sha256: string; readonly size: number; readonly name: string; readonly ticketId: string; readonly at: Date; readonly authorName: string; readonly isWithdrawn: boolean };

/** The condition of `attachments_words_due`, word for word, so that the index serves it. */
const UNREAD = sql`words_due and entry_id is not null
  and (content_type in ('application/pdf', 'text/plain', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document') or lower(name) ~ '\\.(pdf|docx|txt)$')`;

const fileOf = async (tx: Tx, id: string): Promise<File | undefined> =>
  (await sql<File>`select a.sha256, a.size, a.name, e.ticket_id as "ticketId", e.created_at as at, e.author_name as "authorName", e.withdrawn_at is not null as "isWithdrawn"
    from attachments a join entries e on e.workspace_id = a.workspace_id and e.id = a.entry_id where a.id = ${id}::uuid and a.words_due`.execute(tx)).rows[0];

/** Of these files nothing is found any more by what they say. */
export async function forgetWords(tx: Tx, attachmentIds: readonly string[]): Promise<void> {
  if (attachmentIds.length === 0) return;
  const ids = sql`any(${[...attachmentIds]}::uuid[])`;
  await sql`delete from attachment_words where attachment_id = ${ids}`.execute(tx);
  await sql`delete from search_documents where kind = 'file' and id = ${ids} and workspace_id = nullif(current_setting('rapport.workspace', true), '')::uuid`.execute(tx);
  await sql`update attachments set words_due = false where id = ${ids}`.execute(tx);
}

export function createFileWords(context: Context) {
  async function keep(tx: Tx, workspaceId: string, id: string, file: File, text: string): Promise<void> {
    const ticket = await findTicket(tx, file.ticketId);
    if (!ticket) return;
    await tx.insertInto('attachment_words').values({ workspace_id: workspaceId, attachment_id: id, text }).execute();
    await context.search.index(tx, {
      workspaceId, kind: 'file', id, subjectId: ticket.id, at: file.at, language: ticket.language,
      texts: [
        { text: `${ticket.number}`, weight: 'A' }, { text: ticket.subject, weight: 'B' }, { text: file.authorName, weight: 'B', names: true },
        { text: file.name, weight: 'C' }, { text, weight: 'D' },
      ],
    });
    if (ticket.deletedAt || ticket.mergedInto) await context.search.hide(tx, workspaceId, ticket.id, true);
  }

  /** The bytes of a file that is to be read; null where it is let be. The try is written down before. */
  const begin = async (tx: Tx, workspaceId: string, id: string): Promise<(File & { readonly bytes: Buffer | null }) | null> => {
    const file = await fileOf(tx, id);
    if (!file || file.isWithdrawn || file.size > MOST_BYTES) return null;
    const { rows: [tried] } = await sql<{ isHopeless: boolean }>`update attachments set words_tries = words_tries + 1 where id = ${id}::uuid returning words_tries > ${MOST_TRIES} as "isHopeless"`.execute(tx);
    return !tried || tried.isHopeless ? null : { ...file, bytes: await context.files.read(tx, workspaceId, file.sha256) };
  };

  return {
    /** Reads what the files of entries say, each once, the oldest first. */
    fileWords: (reader: Pick<DocumentReader, 'read'>, log: Log): DueWork => dueRows<Unread>({
      name: 'words of files', log, machineNow: context.machineNow, idOf: ({ id }) => id,
      find: async (_at, limit) => (await sql<Unread>`select workspace_id as "workspaceId", id from attachments where ${UNREAD} order by created_at, id limit ${Math.min(limit, 20)}`.execute(context.db.owner)).rows,
      async handle({ workspaceId, id }) {
        const bytes = await context.db.work(workspaceId, (tx) => begin(tx, workspaceId, id));
        const text = bytes?.bytes ? await reader.read(bytes.bytes) : null;
        await context.db.work(workspaceId, async (tx) => {
          await sql`select id from attachments where id = ${id}::uuid for update`.execute(tx);
          const file = await fileOf(tx, id);
          // It may be another by now, which is read in its turn.
          if (!file || (bytes && file.sha256 !== bytes.sha256)) return;
          await sql`update attachments set words_due = false where id = ${id}::uuid`.execute(tx);
          if (text !== null && !file.isWithdrawn) await keep(tx, workspaceId, id, file, text);
        });
      },
    }),
  };
}

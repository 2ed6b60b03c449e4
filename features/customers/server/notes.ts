import type { Actor } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import { newId } from '../../../platform/db/ids.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import { can } from '../../people/core/permissions.ts';
import { byPerson, type Context } from './context.ts';
import { deleteNote, insertNote, notesOf, setPopsUp } from './store.ts';

const presentNote = (row: Awaited<ReturnType<typeof notesOf>>[number]) => ({
  id: row.id, author: { id: row.authorId, name: row.authorName }, text: row.text, popsUp: row.popsUp, createdAt: row.createdAt.toISOString(),
});

/** What somebody here wrote down of a person. */
export function createNotes({ work, exists, access, emit, now }: Context) {
  const noSuchNote = () => new AppError('not_found', 'customer.note_not_found', 'There is no such note.');

  return {
    notes: (actor: Actor, id: string, { limit, cursor, popsUp }: { limit: number; cursor?: string | undefined; popsUp?: '1' | undefined }) =>
      work(actor, 'customers.read', async (tx) => {
        await exists(tx, id);
        const rows = await notesOf(tx, id, { limit: limit + 1, before: cursor ? decodeCursor(cursor, ['time', 'id']) : null, popsUp: popsUp === '1' });
        return pageOfRows(rows, limit, (row) => [row.createdAt.toISOString(), row.id], presentNote);
      }),

    addNote: (actor: Actor, id: string, { text, popsUp = false }: { text: string; popsUp?: boolean | undefined }) =>
      work(actor, 'tickets.note', async (tx) => {
        await access(tx, id);
        const [noteId, at] = [newId(), now()];
        await insertNote(tx, actor.workspaceId, { id: noteId, customerId: id, authorId: actor.id, text, popsUp, at });
        await emit(tx, actor.workspaceId, { type: 'customer.noted', subjectId: id, actor: byPerson(actor), at });
        return presentNote((await notesOf(tx, id, { limit: 1, before: null, only: noteId }))[0]!);
      }),

    /** Whether it opens by itself with every matter of theirs. */
    changeNote: (actor: Actor, id: string, noteId: string, { popsUp }: { popsUp: boolean }) =>
      work(actor, 'tickets.note', async (tx) => {
        await access(tx, id);
        if (!await setPopsUp(tx, id, noteId, popsUp)) throw noSuchNote();
        await emit(tx, actor.workspaceId, { type: 'customer.noted', subjectId: id, actor: byPerson(actor), at: now() });
        return presentNote((await notesOf(tx, id, { limit: 1, before: null, only: noteId }))[0]!);
      }),

    removeNote: (actor: Actor, id: string, noteId: string): Promise<void> =>
      work(actor, 'tickets.note', async (tx) => {
        await exists(tx, id);
        // A colleague takes back only what is theirs.
        const author = can(actor, 'customers.change') ? null : actor.id;
        if (!await deleteNote(tx, id, noteId, author)) throw noSuchNote();
        await emit(tx, actor.workspaceId, { type: 'customer.noted', subjectId: id, actor: byPerson(actor), at: now() });
      }),
  };
}

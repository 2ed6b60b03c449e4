import type { Actor } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { AttachmentView } from '../core/contract.ts';
import type { StoredFile } from '../core/incoming.ts';
import type { Context } from './context.ts';
import { attachmentsById, insertAttachments, keepAttachments, keptAttachments, usableAttachments, type AttachmentRow } from './entries-store.ts';
import { createLinks, presentAttachment, type Reader } from './present.ts';
import { demandRoomFor } from './quotas.ts';

/** Files of words that have not left, for the rooms that keep those: they stay for as long as they are kept, however long nothing is sent. */
export function createKeptFiles(context: Context) {
  const links = createLinks(context);
  async function copy(tx: Tx, workspaceId: string, files: readonly AttachmentRow[], whose: { uploadedBy: string | null; kept: boolean }): Promise<AttachmentRow[]> {
    const copies = files.map((file) => ({ ...file, id: newId(), entryId: null, ...whose }));
    await insertAttachments(tx, workspaceId, copies, context.machineNow());
    return copies;
  }
  return {
    /** Shown to this reader. */
    keptFiles: async (tx: Tx, reader: Reader, ids: readonly string[]): Promise<(AttachmentView & { url: string })[]> =>
      (await attachmentsById(tx, ids)).map((file) => ({ ...presentAttachment(file), url: links.file(reader, file.id) })),

    /** What they are called, for rooms above that make them found. */
    fileNames: async (tx: Tx, ids: readonly string[]): Promise<{ id: string; name: string }[]> => (ids.length === 0 ? [] : (await attachmentsById(tx, ids)).map(({ id, name }) => ({ id, name }))),

    /** From now on they stay, for this person to send. */
    keepFiles: (tx: Tx, ids: readonly string[], uploadedBy: string): Promise<void> => keepAttachments(tx, ids, { kept: true, uploadedBy }),
    /** Nobody needs them any more; they go with what was never sent. */
    releaseFiles: (tx: Tx, ids: readonly string[]): Promise<void> => keepAttachments(tx, ids, { kept: false }),

    /** Copies of what this person has uploaded, or what lies on that ticket, which nobody can send away. Refused when one is not theirs. */
    async keepCopies(tx: Tx, actor: Actor, ids: readonly string[], ticketId: string | null = null): Promise<string[]> {
      if (ids.length === 0) return [];
      const files = await usableAttachments(tx, [...new Set(ids)], actor.id, ticketId);
      if (files.length < new Set(ids).size) throw new AppError('invalid', 'attachment.not_found', 'One of the attachments is not there any more; attach it again.');
      const inOrder = ids.flatMap((id) => files.find((file) => file.id === id) ?? []);
      return (await copy(tx, actor.workspaceId, inOrder, { uploadedBy: null, kept: true })).map(({ id }) => id);
    },

    /** What came in with words that a room above keeps. */
    async keepReceived(tx: Tx, workspaceId: string, files: readonly StoredFile[]): Promise<string[]> {
      const kept = files.map((file) => ({ ...file, id: newId(), entryId: null, uploadedBy: null, kept: true }));
      await insertAttachments(tx, workspaceId, kept, context.machineNow());
      return kept.map(({ id }) => id);
    },

    /** Copies of kept files for this person to send, as if they had uploaded them. */
    async copiesFor(tx: Tx, actor: Actor, ids: readonly string[]): Promise<AttachmentView[]> {
      const files = await keptAttachments(tx, ids);
      if (files.length === 0) return [];
      await demandRoomFor(tx, actor, files.reduce((sum, { size }) => sum + size, 0), context.machineNow());
      return (await copy(tx, actor.workspaceId, files, { uploadedBy: actor.id, kept: false })).map(presentAttachment);
    },

    /** Their names and sizes, in the order of the ids. */
    async namesOf(tx: Tx, ids: readonly string[]): Promise<AttachmentView[]> {
      const files = await attachmentsById(tx, ids);
      return ids.flatMap((id) => { const file = files.find((one) => one.id === id); return file ? [presentAttachment(file)] : []; });
    },
  };
}

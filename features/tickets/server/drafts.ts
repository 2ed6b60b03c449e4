import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Actor } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import { cleanFileName } from '../core/file-name.ts';
import { DraftBody } from '../core/draft.ts';
import type { AttachmentView } from '../core/contract.ts';
import type { DraftKind, DraftView } from '../core/draft.ts';
import type { z } from 'zod';
import { notFound, type Context } from './context.ts';
import { findAttachment, insertAttachments, usableAttachments } from './entries-store.ts';
import { presentAttachment } from './present.ts';
import { demandRoomFor } from './quotas.ts';

type Kind = z.infer<typeof DraftKind>;
type Body = z.infer<typeof DraftBody>;
const NO_TICKET = '00000000-0000-0000-0000-000000000000';
const MAX_UPLOAD = 25 * 1024 * 1024;

/** What a person is writing, and the files that hang on it. Nobody sees another's. */
export function createDrafts(context: Context) {
  const mine = (tx: Tx, actor: Actor, kind: Kind, ticketId: string | null) =>
    tx.selectFrom('drafts').select(['body', 'version', 'updated_at as updatedAt'])
      .where('person_id', '=', actor.id).where('kind', '=', kind)
      .where(sql<boolean>`coalesce(ticket_id, ${NO_TICKET}::uuid) = ${ticketId ?? NO_TICKET}::uuid`).executeTakeFirst();

  async function view(tx: Tx, actor: Actor, kind: Kind, ticketId: string | null): Promise<z.infer<typeof DraftView> | null> {
    const draft = await mine(tx, actor, kind, ticketId);
    if (!draft) return null;
    const body = DraftBody.parse(draft.body);
    const files = body.attachmentIds.length === 0 ? [] : await usableAttachments(tx, body.attachmentIds, actor.id, ticketId);
    const byId = new Map(files.map((file) => [file.id, file]));
    const attachments = body.attachmentIds.flatMap((id) => { const file = byId.get(id); return file ? [presentAttachment(file)] : []; });
    return { body: { ...body, attachmentIds: attachments.map((file) => file.id) }, version: draft.version, updatedAt: draft.updatedAt.toISOString(), attachments };
  }

  return {
    /** Null when there is none, as there mostly is. */
    draft: (actor: Actor, kind: Kind, ticketId: string | null) =>
      context.work(actor, 'tickets.note', async (tx) => {
        if (ticketId !== null) await context.look(tx, ticketId);
        return view(tx, actor, kind, ticketId);
      }),

    saveDraft: (actor: Actor, kind: Kind, ticketId: string | null, body: Body) =>
      context.work(actor, 'tickets.note', async (tx) => {
        if (ticketId !== null) await context.look(tx, ticketId);
        await sql`
          insert into drafts (workspace_id, id, person_id, ticket_id, kind, body, version, updated_at)
          values (${actor.workspaceId}, ${newId()}, ${actor.id}, ${ticketId}, ${kind}, ${JSON.stringify(body)}, 1, ${context.machineNow()})
          on conflict (workspace_id, person_id, kind, coalesce(ticket_id, '00000000-0000-0000-0000-000000000000'))
          do update set body = excluded.body, version = drafts.version + 1, updated_at = excluded.updated_at`.execute(tx);
        return (await view(tx, actor, kind, ticketId))!;
      }),

    discardDraft: (actor: Actor, kind: Kind, ticketId: string | null): Promise<void> =>
      context.work(actor, 'tickets.note', async (tx) => {
        await tx.deleteFrom('drafts').where('person_id', '=', actor.id).where('kind', '=', kind)
          .where(sql<boolean>`coalesce(ticket_id, ${NO_TICKET}::uuid) = ${ticketId ?? NO_TICKET}::uuid`).execute();
      }),

    upload: (actor: Actor, { name, contentType, bytes }: { name: string; contentType: string; bytes: Buffer }): Promise<AttachmentView> =>
      context.work(actor, 'tickets.note', async (tx) => {
        if (bytes.length > MAX_UPLOAD) throw new AppError('too_large', 'upload.too_large', `A file can be ${MAX_UPLOAD / 1024 / 1024} MB at most; send a link instead.`);
        await demandRoomFor(tx, actor, bytes.length, context.machineNow());
        const stored = await context.files.put(tx, actor.workspaceId, bytes);
        const file = { id: newId(), ...stored, name: cleanFileName(name), contentType: safeType(contentType), contentId: null, entryId: null };
        await insertAttachments(tx, actor.workspaceId, [{ ...file, uploadedBy: actor.id }], context.machineNow());
        return presentAttachment(file);
      }),

    /** For a signed link: the bytes of a file, without a person. The signature is the right. */
    file: (workspaceId: string, id: string) =>
      context.db.work(workspaceId, async (tx) => {
        const file = await findAttachment(tx, id);
        const bytes = file && await context.files.read(tx, workspaceId, file.sha256);
        if (!file || !bytes) throw notFound();
        return { name: file.name, contentType: file.contentType, bytes, etag: createHash('sha256').update(file.sha256).digest('base64url').slice(0, 22) };
      }),
  };
}

const safeType = (type: string): string => (/^[a-z0-9][\w.+-]{0,60}\/[\w.+-]{1,80}$/i.test(type) ? type.toLowerCase() : 'application/octet-stream');

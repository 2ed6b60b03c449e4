import { z } from 'zod';
import { Id, Timestamp } from '../../../kernel/contract.ts';
import { AttachmentView, Channel } from './contract.ts';

/** GET /drafts/:kind?ticket= → DraftView, null when there is none; PUT likewise saves; DELETE discards. Nobody sees another's. */
export const DraftKind = z.enum(['reply', 'note', 'forward', 'new']);
export const DraftParams = z.strictObject({ kind: DraftKind });
export const DraftQuery = z.strictObject({ ticket: Id.optional() });
export const DraftBody = z.strictObject({
  html: z.string().max(500_000).default(''), subject: z.string().max(1000).optional(),
  to: z.array(z.string().max(320)).max(50).optional(), cc: z.array(z.string().max(320)).max(50).optional(),
  channel: Channel.optional(), attachmentIds: z.array(Id).max(50).default([]), mailboxId: Id.optional(),
});
export const DraftView = z.object({ body: DraftBody, version: z.int(), updatedAt: Timestamp, attachments: z.array(AttachmentView) });

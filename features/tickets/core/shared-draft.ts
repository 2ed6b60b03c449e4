import { z } from 'zod';
import { Id, pageOf, Timestamp } from '../../../kernel/contract.ts';
import { AttachmentView } from './contract.ts';
import { DraftBody } from './draft.ts';

/** On one ticket at a time. */
export const MOST_SHARED = 20;

const Named = z.object({ id: Id, name: z.string() });
export type DraftWriter = z.infer<typeof Named>;
const Words = DraftBody.pick({ html: true, to: true, cc: true, attachmentIds: true });

/** POST /tickets/:id/shared-drafts → 201 SharedDraftView. `teamId`: for that team; else for everybody who may answer the ticket. The draft of the same reply that was one's own is this one from now on. */
export const SharedDraftCreate = z.strictObject({ ...Words.shape, teamId: Id.optional() });
export type SharedDraftCreate = z.infer<typeof SharedDraftCreate>;

/** PUT /shared-drafts/:id → SharedDraftView. `version`: the one on which these words rest; 409 `draft.changed_meanwhile` with `draft` when somebody else has written since. */
export const SharedDraftChange = z.strictObject({ ...Words.shape, version: z.int().min(1) });
export type SharedDraftChange = z.infer<typeof SharedDraftChange>;

/** GET /tickets/:id/shared-drafts and /shared-drafts/:id. PUT /shared-drafts/:id/discarding puts one away, DELETE brings it back. Sent by naming it in a reply. */
export const SharedDraftView = z.object({
  id: Id, ticketId: Id, audience: z.enum(['team', 'ticket']), /** Null when it is gone: then only who began it sees it. */ team: Named.nullable(),
  author: Named, /** Everybody whose words stand in it, who began first. */ writers: z.array(Named), editedBy: Named, editedAt: Timestamp, sharedAt: Timestamp,
  body: Words.extend({ html: z.string() }), attachments: z.array(AttachmentView), version: z.int(),
});
export type SharedDraftView = z.infer<typeof SharedDraftView>;
export const SharedDraftPage = pageOf(SharedDraftView);

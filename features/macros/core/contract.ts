import { z } from 'zod';
import { Id, LanguageCode, pageOf, PLAIN, Timestamp } from '../../../kernel/contract.ts';
import { AttachmentView, TicketPatch } from '../../tickets/core/contract.ts';
import { MacroAction, MOST_MACRO_ACTIONS } from './actions.ts';

const Variants = z.partialRecord(LanguageCode, z.string().max(50_000));
const Actions = z.array(MacroAction).max(MOST_MACRO_ACTIONS);
export const LONGEST_FOLDER = 100;
const Folder = z.union([z.literal(''), z.string().trim().max(LONGEST_FOLDER).regex(PLAIN)]);
const MOST_FILES = 20;
/** Of one's own uploads, and of those that it has already. */
const AttachmentIds = z.array(Id).max(MOST_FILES);

/**
 * GET /saved-replies?q= by folder and name, POST → 201, PATCH /saved-replies/:id, DELETE /saved-replies/:id. With `actions` it is a macro, which may
 * have no text. A bad placeholder is refused: 400 `saved_reply.unknown_placeholder`; one that says and does nothing: `saved_reply.empty`.
 */
export const SavedReplyView = z.object({
  id: Id, name: z.string(), teamId: Id.nullable(),
  /** Under what it is looked for; empty: none. */
  folder: z.string(),
  /** What goes along with the text; rules send the text alone. */
  attachments: z.array(AttachmentView),
  variants: z.partialRecord(LanguageCode, z.string()), actions: z.array(MacroAction),
  /** How often it was put into an answer or done. */
  usedCount: z.int(), lastUsedAt: Timestamp.nullable(), updatedAt: Timestamp,
});
export type SavedReplyView = z.infer<typeof SavedReplyView>;
export const SavedReplyPage = pageOf(SavedReplyView);
export const SavedReplyCreate = z.strictObject({ name: z.string().trim().min(1).max(200), teamId: Id.nullable().optional(), folder: Folder.default(''), variants: Variants.default({}), actions: Actions.default([]), attachmentIds: AttachmentIds.default([]) });
export const SavedReplyPatch = z.strictObject({ name: z.string().trim().min(1).max(200).optional(), teamId: Id.nullable().optional(), folder: Folder.optional(), variants: Variants.optional(), actions: Actions.optional(), attachmentIds: AttachmentIds.optional() });

const Effect = z.object({
  type: z.string(), effect: z.enum(['changes', 'nothing']),
  /** Of a field; ids as ids. */
  from: z.string().nullable(), to: z.string().nullable(),
});
export type MacroEffect = z.infer<typeof Effect>;

/**
 * POST /saved-replies/:id/renderings {ticketId, language?}: the text with its placeholders filled, in the wanted language, else the ticket's, where there
 * is a variant (empty: it has none), and what its actions would do. Nothing is changed.
 */
export const RenderingRequest = z.strictObject({ ticketId: Id, language: LanguageCode.optional() });
export type RenderingRequest = z.infer<typeof RenderingRequest>;
export const RenderingView = z.object({ html: z.string(), language: LanguageCode.nullable(), effects: z.array(Effect), attachments: z.array(AttachmentView) });
export type RenderingView = z.infer<typeof RenderingView>;

/**
 * POST /saved-replies/:id/applications {ticketId}: does its actions on the ticket, all or none, counts the use and gives the text and
 * copies of its files, one's own from now on, which are not sent. `undo` is what PATCH /tickets/:id wants in order to put the fields back (409 when somebody was there since);
 * notes and checklists stay. Null when no field changed.
 */
export const ApplicationView = RenderingView.extend({ undo: TicketPatch.nullable() });
export type ApplicationView = z.infer<typeof ApplicationView>;
export const PLACEHOLDERS = ['customer.name', 'customer.first_name', 'customer.email', 'ticket.number', 'ticket.subject', 'agent.name', 'workspace.name'] as const;

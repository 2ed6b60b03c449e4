import { z } from 'zod';
import { Id, LanguageCode, pageOf, Timestamp } from '../../../kernel/contract.ts';
import { TicketPatch } from '../../tickets/core/contract.ts';
import { MacroAction, MOST_MACRO_ACTIONS } from './actions.ts';

const Variants = z.partialRecord(LanguageCode, z.string().max(50_000));
const Actions = z.array(MacroAction).max(MOST_MACRO_ACTIONS);

/**
 * GET /saved-replies?q=, POST → 201, PATCH /saved-replies/:id, DELETE /saved-replies/:id. With `actions` it is a macro, which may
 * have no text. A bad placeholder is refused: 400 `saved_reply.unknown_placeholder`; one that says and does nothing: `saved_reply.empty`.
 */
export const SavedReplyView = z.object({
  id: Id, name: z.string(), teamId: Id.nullable(), variants: z.partialRecord(LanguageCode, z.string()), actions: z.array(MacroAction),
  /** How often it was put into an answer or done. */
  usedCount: z.int(), lastUsedAt: Timestamp.nullable(), updatedAt: Timestamp,
});
export type SavedReplyView = z.infer<typeof SavedReplyView>;
export const SavedReplyPage = pageOf(SavedReplyView);
export const SavedReplyCreate = z.strictObject({ name: z.string().trim().min(1).max(200), teamId: Id.nullable().optional(), variants: Variants.default({}), actions: Actions.default([]) });
export const SavedReplyPatch = z.strictObject({ name: z.string().trim().min(1).max(200).optional(), teamId: Id.nullable().optional(), variants: Variants.optional(), actions: Actions.optional() });

const Effect = z.object({
  type: z.string(), effect: z.enum(['changes', 'nothing']),
  /** Of a field; ids as ids. */
  from: z.string().nullable(), to: z.string().nullable(),
});
export type MacroEffect = z.infer<typeof Effect>;

/**
 * POST /saved-replies/:id/renderings {ticketId}: the text with its placeholders filled, in the ticket's language where there is a
 * variant (empty: it has none), and what its actions would do. Nothing is changed.
 */
export const RenderingRequest = z.strictObject({ ticketId: Id });
export const RenderingView = z.object({ html: z.string(), language: LanguageCode.nullable(), effects: z.array(Effect) });
export type RenderingView = z.infer<typeof RenderingView>;

/**
 * POST /saved-replies/:id/applications {ticketId}: does its actions on the ticket, all or none, counts the use and gives the text,
 * which is not sent. `undo` is what PATCH /tickets/:id wants in order to put the fields back (409 when somebody was there since);
 * notes and checklists stay. Null when no field changed.
 */
export const ApplicationView = RenderingView.extend({ undo: TicketPatch.nullable() });
export type ApplicationView = z.infer<typeof ApplicationView>;
export const PLACEHOLDERS = ['customer.name', 'customer.first_name', 'customer.email', 'ticket.number', 'ticket.subject', 'agent.name', 'workspace.name'] as const;

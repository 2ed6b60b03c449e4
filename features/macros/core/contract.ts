import { z } from 'zod';
import { Id, LanguageCode, pageOf, Timestamp } from '../../../kernel/contract.ts';

const Variants = z.partialRecord(LanguageCode, z.string().max(50_000)).refine((v) => Object.keys(v).length > 0, { message: 'Give the text in at least one language.' });

/** GET /saved-replies?q=, POST → 201, PATCH /saved-replies/:id, DELETE /saved-replies/:id. A bad placeholder is refused: 400 `saved_reply.unknown_placeholder`. */
export const SavedReplyView = z.object({ id: Id, name: z.string(), teamId: Id.nullable(), variants: z.partialRecord(LanguageCode, z.string()), updatedAt: Timestamp });
export type SavedReplyView = z.infer<typeof SavedReplyView>;
export const SavedReplyPage = pageOf(SavedReplyView);
export const SavedReplyCreate = z.strictObject({ name: z.string().trim().min(1).max(200), teamId: Id.nullable().optional(), variants: Variants });
export const SavedReplyPatch = z.strictObject({ name: z.string().trim().min(1).max(200).optional(), teamId: Id.nullable().optional(), variants: Variants.optional() });

/** POST /saved-replies/:id/renderings {ticketId} → {html, language}: placeholders filled, in the ticket's language where there is a variant. */
export const RenderingRequest = z.strictObject({ ticketId: Id });
export const RenderingView = z.object({ html: z.string(), language: LanguageCode });
export const PLACEHOLDERS = ['customer.name', 'customer.first_name', 'customer.email', 'ticket.number', 'ticket.subject', 'agent.name', 'workspace.name'] as const;

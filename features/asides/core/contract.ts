import { z } from 'zod';
import { Id, MailAddress, pageOf, Timestamp } from '../../../kernel/contract.ts';
import { AttachmentView, DeliveryView } from '../../tickets/core/contract.ts';

/** Side conversations of one ticket, and people in one of them, at most. */
export const [MOST_ASIDES, MOST_PEOPLE] = [50, 20];

const Somebody = z.object({ name: z.string(), address: z.string() });
const Words = { text: z.string().trim().min(1).max(200_000), attachmentIds: z.array(Id).max(50).default([]) };
const Whom = z.array(MailAddress).min(1).max(MOST_PEOPLE);

/** GET /tickets/:id/asides, the latest first; never shown to customers. */
export const AsideView = z.object({
  id: Id, ticketId: Id, subject: z.string(),
  startedBy: z.object({ id: Id, name: z.string() }),
  people: z.array(Somebody),
  /** The ticket waits for an answer here. */
  waits: z.boolean(),
  /** Who wrote last: `in` when they did. */
  last: z.enum(['in', 'out']),
  messages: z.int(), createdAt: Timestamp, lastAt: Timestamp,
});
export type AsideView = z.infer<typeof AsideView>;
export const AsidePage = pageOf(AsideView);

/** POST /tickets/:id/asides → 201 AsideView. `waits`: the ticket waits for a third party until they answer. */
export const AsideCreate = z.strictObject({ subject: z.string().trim().min(1).max(300), to: Whom, waits: z.boolean().default(false), ...Words });
export type AsideCreate = z.infer<typeof AsideCreate>;
/** PATCH /asides/:id → AsideView. */
export const AsidePatch = z.strictObject({ waits: z.boolean() });

/** GET /asides/:id/messages, oldest first. */
export const AsideMessageView = z.object({
  id: Id, direction: z.enum(['in', 'out']),
  author: z.object({ id: Id.nullable(), name: z.string(), address: z.string().nullable() }),
  to: z.array(Somebody), text: z.string(), quoted: z.string(),
  attachments: z.array(AttachmentView.extend({ url: z.string() })),
  delivery: DeliveryView.nullable(),
  /** Whether the domain of the author vouches for it; null for our own. */
  verdict: z.enum(['pass', 'none', 'unknown']).nullable(),
  /** A program answered by itself. */
  automatic: z.boolean(), createdAt: Timestamp,
});
export type AsideMessageView = z.infer<typeof AsideMessageView>;
export const AsideMessagePage = pageOf(AsideMessageView);

/** POST /asides/:id/messages → 201; absent `to`: to everybody in it. DELETE /asides/:id/messages/:message takes it back within ten seconds. */
export const AsideMessageCreate = z.strictObject({ to: Whom.optional(), waits: z.boolean().optional(), ...Words });
export type AsideMessageCreate = z.infer<typeof AsideMessageCreate>;
export const AsideMessageParams = z.strictObject({ id: Id, message: Id });

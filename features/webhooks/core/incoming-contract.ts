import { z } from 'zod';
import { Id, pageOf, PLAIN, Timestamp } from '../../../kernel/contract.ts';
import { Priority } from '../../tickets/core/contract.ts';
import { MAKES, MAPPED_FIELDS } from './mapping.ts';

const Name = z.string().trim().min(1).max(100).regex(PLAIN);
const Template = z.string().max(4000);
const Makes = z.enum(MAKES);
/** Field → text with places such as {/order/number} for parts of what comes in (JSON pointers, RFC 6901). */
const Mapping = z.strictObject(Object.fromEntries(MAPPED_FIELDS.map((field) => [field, Template.optional()])) as Record<(typeof MAPPED_FIELDS)[number], z.ZodOptional<typeof Template>>);

/** GET /incoming-webhooks?limit=&cursor=, by name; GET /incoming-webhooks/:id. */
export const IncomingView = z.object({
  id: Id, name: z.string(), makes: Makes, mapping: Mapping, teamId: Id.nullable(), isEnabled: z.boolean(),
  /** Calls need a signature as in Standard Webhooks besides the address. */
  isSigned: z.boolean(),
  lastCallAt: Timestamp.nullable(), version: z.int(), createdAt: Timestamp, updatedAt: Timestamp,
});
export type IncomingView = z.infer<typeof IncomingView>;
export const IncomingPage = pageOf(IncomingView);

/** POST /incoming-webhooks → 201. Whoever knows `address` can hand something in; it stands in this answer and in no other. */
export const IncomingCreate = z.strictObject({ name: Name, makes: Makes.default('ticket'), mapping: Mapping, teamId: Id.nullable().default(null) });
export type IncomingCreate = z.infer<typeof IncomingCreate>;
export const IncomingCreated = IncomingView.extend({ address: z.string() });

/** PATCH /incoming-webhooks/:id, DELETE /incoming-webhooks/:id. */
export const IncomingPatch = z.strictObject({
  name: Name.optional(), makes: Makes.optional(), mapping: Mapping.optional(), teamId: Id.nullable().optional(), isEnabled: z.boolean().optional(), version: z.int().min(1).optional(),
});
export type IncomingPatch = z.infer<typeof IncomingPatch>;

/** POST /incoming-webhooks/:id/addresses → 201: a new address; the one of before is dead at once. */
export const AddressView = z.object({ address: z.string() });
/** PUT /incoming-webhooks/:id/signature → 200: from now on calls are signed with this secret; DELETE: the address alone is enough. */
export const SigningView = z.object({ secret: z.string() });

/** GET /incoming-webhooks/:id/calls, newest first; kept for 30 days. */
export const CallView = z.object({ id: Id, givenId: z.string().nullable(), ticketId: Id.nullable(), errorCode: z.string().nullable(), createdAt: Timestamp });
export type CallView = z.infer<typeof CallView>;
export const CallPage = pageOf(CallView);

/** POST /incoming-webhooks/previews: what would become of a sample. */
export const PreviewRequest = z.strictObject({ makes: Makes, mapping: Mapping, sample: z.json() });
export const PreviewView = z.object({
  mapped: z.object({
    subject: z.string(), text: z.string(), name: z.string(), email: z.string().nullable(), phone: z.string().nullable(), ticketNumber: z.int().nullable(),
    priority: Priority.nullable(), tags: z.array(z.string()), id: z.string().nullable(),
  }),
  problems: z.array(z.object({ field: z.enum(MAPPED_FIELDS), code: z.enum(['missing', 'malformed']), isFatal: z.boolean() })),
});

/**
 * POST /incoming/:token (JSON of 256 KB at most, no session) → 202. The same id (the header `webhook-id`, or the mapping's) makes one ticket or note only; `repeated` says that it was there already.
 */
export const CallAnswer = z.object({ id: Id, ticketId: Id.nullable(), repeated: z.boolean() });
export const TokenParams = z.strictObject({ token: z.string().min(20).max(100) });

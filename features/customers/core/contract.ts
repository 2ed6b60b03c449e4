import { z } from 'zod';
import { Id, LanguageCode, MailAddress, PageQuery, Timestamp, pageOf } from '../../../kernel/contract.ts';
import { FieldValues, FieldValuesPatch } from '../../fields/core/contract.ts';

/**
 * `proven`: it is theirs. `mailbox`: whoever reads it has used a link or a code that was sent there; `domain`: a mail from it came
 * that its domain vouches for. That somebody wrote under it, or typed it, proves nothing.
 */
export const IdentityView = z.object({ id: Id, kind: z.enum(['email', 'phone']), value: z.string(), proven: z.enum(['mailbox', 'domain']).nullable() });

/** GET /customers?q=&limit=&cursor= (name, address or number, across scripts), GET /customers/:id */
export const CustomerView = z.object({
  id: Id, name: z.string(), email: z.string().nullable(), language: LanguageCode.nullable(),
  identities: z.array(IdentityView),
  /** Their own agent, as somebody here has said: while present, that one is given their tickets first. */
  agent: z.object({ id: Id, name: z.string() }).nullable(),
  /** The workspace's own fields, by key; what is absent is empty. */
  fields: FieldValues, createdAt: Timestamp, updatedAt: Timestamp,
});
export type CustomerView = z.infer<typeof CustomerView>;
export const CustomerPage = pageOf(CustomerView);
export const CustomerQuery = PageQuery.extend({ q: z.string().max(200).optional() });

const Phone = z.string().trim().min(3).max(40);
/** POST /customers → 201, PATCH /customers/:id {name?, language?, agentId?, fields?} (null empties a field; saving fields wants the required ones: 409 `customer.fields_required`), POST /customers/:id/identities {email}|{phone} → 201, DELETE /customers/:id/identities/:identityId */
export const CustomerCreate = z.strictObject({
  name: z.string().trim().max(300).default(''), email: MailAddress.optional(), phone: Phone.optional(), language: LanguageCode.optional(),
}).refine((c) => c.name !== '' || c.email !== undefined || c.phone !== undefined, { message: 'Give a name, an address or a number.' });
export const CustomerPatch = z.strictObject({ name: z.string().trim().max(300).optional(), language: LanguageCode.nullable().optional(), agentId: Id.nullable().optional(), fields: FieldValuesPatch.optional() });
export const IdentityCreate = z.union([z.strictObject({ email: MailAddress }), z.strictObject({ phone: Phone })]);

/** GET|POST /customers/:id/notes, DELETE /customers/:id/notes/:noteId */
export const CustomerNoteView = z.object({ id: Id, author: z.object({ id: Id, name: z.string() }), text: z.string(), createdAt: Timestamp });
export const CustomerNotePage = pageOf(CustomerNoteView);
export const CustomerNoteCreate = z.strictObject({ text: z.string().trim().min(1).max(20_000) });

import { z } from 'zod';
import { Id, LanguageCode, MailAddress, PageQuery, Timestamp, pageOf } from '../../../kernel/contract.ts';
import { FieldValues, FieldValuesPatch } from '../../fields/core/contract.ts';
import { FLAGS } from './flags.ts';
import { LIKENESSES } from './likeness.ts';

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
  fields: FieldValues,
  /** What one has to know before one writes or calls; the most pressing first. */
  flags: z.array(z.enum(FLAGS)),
  /** Where this record goes on, since it was one person's. */
  mergedInto: z.object({ id: Id, name: z.string(), mergeId: Id }).nullable(), createdAt: Timestamp, updatedAt: Timestamp,
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

/**
 * GET /customers/beside?ids=: what lists of people show beside each: their companies, when something last went between them and us, and what is open
 * (counted to `MOST_OPEN`; `openMore` beyond). GET /customers.csv?q= gives every row (leads), with a column for each own field.
 */
export const MOST_OPEN = 99;
export const CustomersBesideQuery = z.object({ ids: z.string().max(4_000).transform((list) => list.split(',')).pipe(z.array(Id).min(1).max(100)) });
export const CustomerBeside = z.object({
  id: Id, companies: z.array(z.object({ id: Id, name: z.string(), isKeyAccount: z.boolean() })), lastContactAt: Timestamp.nullable(), openTickets: z.int(), openMore: z.boolean(),
});
export type CustomerBeside = z.infer<typeof CustomerBeside>;
export const CustomersBeside = z.object({ items: z.array(CustomerBeside) });

/** GET|POST /customers/:id/notes (`popsUp=1`: those that open by themselves), PATCH|DELETE /customers/:id/notes/:noteId */
export const CustomerNoteView = z.object({ id: Id, author: z.object({ id: Id, name: z.string() }), text: z.string(), popsUp: z.boolean(), createdAt: Timestamp });
export type CustomerNoteView = z.infer<typeof CustomerNoteView>;
export const CustomerNotePage = pageOf(CustomerNoteView);
export const CustomerNoteQuery = PageQuery.extend({ popsUp: z.literal('1').optional() });
export const CustomerNoteCreate = z.strictObject({ text: z.string().trim().min(1).max(20_000), popsUp: z.boolean().optional() });
export const CustomerNotePatch = z.strictObject({ popsUp: z.boolean() });

/** POST /customers/:id/merges {into} → 201 {id}; DELETE /merges/:id undoes it, at any time. GET: what was merged into this one. */
export const CustomerMergeCreate = z.strictObject({ into: Id });
export const CustomerMerged = z.object({ id: Id });
export const CustomerMergeView = z.object({ id: Id, customer: z.object({ id: Id, name: z.string(), email: z.string().nullable() }), by: z.object({ id: Id, name: z.string() }), mergedAt: Timestamp });
export type CustomerMergeView = z.infer<typeof CustomerMergeView>;
export const CustomerMergePage = pageOf(CustomerMergeView);

/** GET /customers/:id/flags, PUT|DELETE /customers/:id/flags/:flag, GET /customers/flag-reviews: due by today, for leads. Reason and contact of sensitive ones are empty for light agents. */
export const FlagView = z.object({ flag: z.enum(FLAGS), reason: z.string(), contact: z.string(), reviewOn: z.iso.date().nullable(), by: z.object({ id: Id, name: z.string() }), at: Timestamp });
export type FlagView = z.infer<typeof FlagView>;
export const CustomerFlags = z.object({ items: z.array(FlagView) });
export const FlagParams = z.strictObject({ id: Id, flag: z.enum(FLAGS) });
export const FlagPut = z.strictObject({ reason: z.string().trim().max(1_000).optional(), contact: z.string().trim().max(500).optional(), reviewOn: z.iso.date().nullable().optional() });
export type FlagPut = z.infer<typeof FlagPut>;
export const FlagReviewView = FlagView.extend({ customer: z.object({ id: Id, name: z.string(), email: z.string().nullable() }) });
export type FlagReviewView = z.infer<typeof FlagReviewView>;
export const FlagReviewPage = pageOf(FlagReviewView);

/**
 * GET /customers/likenesses?customer=&limit=&cursor=: records that may be of one person, and why, the strongest first. PUT /customers/:id/likenesses/:to/separation: they are two
 * people and are never proposed again; DELETE takes that back. One person: POST /customers/:id/merges.
 */
export const LikenessView = z.object({ customers: z.array(CustomerView).length(2), reasons: z.array(z.enum(LIKENESSES)), foundAt: Timestamp });
export type LikenessView = z.infer<typeof LikenessView>;
export const LikenessPage = pageOf(LikenessView);
export const LikenessQuery = PageQuery.extend({ customer: Id.optional() });
export const LikenessParams = z.strictObject({ id: Id, to: Id });

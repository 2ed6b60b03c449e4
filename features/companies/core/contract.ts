import { z } from 'zod';
import { Id, PageQuery, PLAIN, Timestamp, pageOf } from '../../../kernel/contract.ts';
import { FieldValues, FieldValuesPatch } from '../../fields/core/contract.ts';

/** Who of a company's people sees what colleagues asked: nobody, those named as contacts, everybody. */
export const SIGHTS = ['nobody', 'contacts', 'everybody'] as const;
export const Sight = z.enum(SIGHTS);
export type Sight = z.infer<typeof Sight>;

export const MOST_DOMAINS = 50;

export const CompanyView = z.object({
  id: Id, name: z.string(), address: z.string(), vatId: z.string(), notes: z.string(), isKeyAccount: z.boolean(),
  /** Whose proven address is of one of these, belongs to it. */
  domains: z.array(z.string()),
  sight: Sight,
  /** Whether those who see what colleagues asked may answer on it too. */
  mayAnswer: z.boolean(),
  /** The workspace's own fields, by key; what is absent is empty. */
  fields: FieldValues, createdAt: Timestamp, updatedAt: Timestamp,
});
export type CompanyView = z.infer<typeof CompanyView>;
export const CompanyPage = pageOf(CompanyView);

/** GET /companies?q=&limit=&cursor=: q in a name or a domain. The latest changed first. GET /companies.csv?q= gives every row (leads), with a column for each own field. */
export const CompanyQuery = PageQuery.extend({ q: z.string().max(200).optional() });

const fields = {
  name: z.string().trim().min(1).max(300).regex(PLAIN), address: z.string().trim().max(1000), vatId: z.string().trim().max(40).regex(PLAIN),
  notes: z.string().trim().max(20_000), isKeyAccount: z.boolean(), domains: z.array(z.string().trim().min(1).max(300)).max(MOST_DOMAINS), sight: Sight, mayAnswer: z.boolean(),
};
const { name, ...others } = fields;
/** POST /companies → 201; PATCH /companies/:id. A domain at which anybody gets an address is refused (`company.free_mail`). `sight` and `mayAnswer` are for leads; null empties a field, and saving fields wants the required ones (409 `company.fields_required`). */
export const CompanyCreate = z.strictObject({ name, ...z.object(others).partial().shape });
export type CompanyCreate = z.infer<typeof CompanyCreate>;
export const CompanyPatch = z.strictObject({ ...fields, fields: FieldValuesPatch }).partial();
export type CompanyPatch = z.infer<typeof CompanyPatch>;

/** Somebody here has said so, or a proven address has. */
const How = z.enum(['added', 'domain']);
/** GET /companies/:id/people, the latest changed first. */
export const CompanyPersonView = z.object({ id: Id, name: z.string(), email: z.string().nullable(), how: How, isContact: z.boolean() });
export type CompanyPersonView = z.infer<typeof CompanyPersonView>;
export const CompanyPersonPage = pageOf(CompanyPersonView);
/** PUT /companies/:id/people/:customerId: puts somebody in, or says whether they are a contact. DELETE takes them out, and no address brings them back. */
export const CompanyPersonPut = z.strictObject({ isContact: z.boolean().optional() });
export const CompanyPersonParams = z.strictObject({ id: Id, customerId: Id });

/** GET /customers/:id/companies */
export const CustomerCompanies = z.object({ items: z.array(z.object({ id: Id, name: z.string(), isKeyAccount: z.boolean(), how: How, isContact: z.boolean() })) });
export type CustomerCompanies = z.infer<typeof CustomerCompanies>;

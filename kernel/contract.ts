import { z } from 'zod';
import { LANGUAGES } from './languages.ts';
import { ROLES } from './actor.ts';

export const Id = z.uuid();
export const Timestamp = z.iso.datetime();
export const LanguageCode = z.enum(LANGUAGES);
export const RoleName = z.enum(ROLES);
/** Text on one line, without signs that are not seen. */
export const PLAIN = /^[^\p{Cc}\u2028\u2029]*$/u;

/** A mail address as people type it; compared by its lower-case form. */
export const MailAddress = z.string().trim().max(320).regex(/^[^\s@<>,;"]+@[^\s@<>,;"]+$/);

export const IdParams = z.strictObject({ id: Id });

/** Every list: 1 to 100 items, and where the next page begins. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(500).optional(),
});
export function pageOf<T extends z.ZodType>(item: T) {
  const page = z.object({ items: z.array(item), nextCursor: z.string().nullable() });
  items.set(page, item);
  return page;
}

const items = new WeakMap<z.ZodType, z.ZodType>();
/** Of what a schema is a page; undefined for those that are none. */
export const itemOf = (page: z.ZodType): z.ZodType | undefined => items.get(page);
export type Page<T> = { items: T[]; nextCursor: string | null };

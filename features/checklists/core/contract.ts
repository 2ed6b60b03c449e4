import { z } from 'zod';
import { Id, PageQuery, pageOf, PLAIN, Timestamp } from '../../../kernel/contract.ts';

export const MOST_ITEMS = 50;
export const MOST_ON_TICKET = 20;
export const MOST_TEMPLATES = 500;
export const LONGEST_ITEM = 300;

const Name = z.string().trim().min(1).max(200).regex(PLAIN);
const Text = z.string().trim().min(1).max(LONGEST_ITEM).regex(PLAIN);
const Texts = z.array(Text).min(1).max(MOST_ITEMS);
const Person = z.object({ id: Id, name: z.string() });

/** GET /checklist-templates?q=&limit=&cursor= by name: everybody's and those of one's teams (leads: all). POST → 201, PATCH and DELETE /checklist-templates/:id (leads). */
export const TemplateView = z.object({ id: Id, name: z.string(), teamId: Id.nullable(), items: z.array(z.string()), updatedAt: Timestamp });
export type TemplateView = z.infer<typeof TemplateView>;
export const TemplatePage = pageOf(TemplateView);
export const TemplateQuery = PageQuery.extend({ q: z.string().max(200).optional() });
export const TemplateCreate = z.strictObject({ name: Name, teamId: Id.nullable().optional(), items: Texts });
export type TemplateCreate = z.infer<typeof TemplateCreate>;
export const TemplatePatch = TemplateCreate.partial();
export type TemplatePatch = z.infer<typeof TemplatePatch>;

const ItemView = z.object({
  id: Id, text: z.string(),
  done: z.object({ at: Timestamp, by: Person.nullable() }).nullable(),
  /** Who is to do it, and by when. */
  owner: Person.nullable(), dueAt: Timestamp.nullable(),
});
export type ItemView = z.infer<typeof ItemView>;
/** GET /tickets/:id/checklists, in the order in which they were added. */
export const ChecklistView = z.object({
  id: Id, ticketId: Id, templateId: Id.nullable(), name: z.string(), items: z.array(ItemView), createdAt: Timestamp,
  /** When its last item was done; null while something is left. */
  finishedAt: Timestamp.nullable(),
});
export type ChecklistView = z.infer<typeof ChecklistView>;
export const ChecklistPage = pageOf(ChecklistView);

/** POST /tickets/:id/checklists → 201: from a template, or of one's own. A ticket has 20 at most (409 `checklist.too_many`). */
export const ChecklistCreate = z.union([z.strictObject({ templateId: Id }), z.strictObject({ name: Name, items: Texts })]);
export type ChecklistCreate = z.infer<typeof ChecklistCreate>;
/** POST /tickets/:id/checklists/:listId/items → 201; each answers with the whole list. */
export const ItemCreate = z.strictObject({ text: Text, ownerId: Id.nullable().optional(), dueAt: Timestamp.nullable().optional() });
export type ItemCreate = z.infer<typeof ItemCreate>;
/** PATCH /tickets/:id/checklists/:listId/items/:itemId; what is done keeps who did it first. */
export const ItemPatch = ItemCreate.partial().extend({ done: z.boolean().optional() });
export type ItemPatch = z.infer<typeof ItemPatch>;
export const ListParams = z.strictObject({ id: Id, listId: Id });
export const ItemParams = z.strictObject({ id: Id, listId: Id, itemId: Id });

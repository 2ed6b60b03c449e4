import { z } from 'zod';
import { Id, PageQuery, pageOf, Timestamp } from '../../../kernel/contract.ts';

/** Of one ticket, open ones of one person, and words in one of them, at most. */
export const [MOST_OF_TICKET, MOST_OF_PERSON, MOST_WORDS] = [50, 500, 500];
const Text = z.string().trim().min(1).max(20_000);
const Person = z.object({ id: Id, name: z.string() });

/** GET /tickets/:id/asks, the latest first: those that one takes part in; leads and administrators see all. */
export const AskView = z.object({
  id: Id, ticket: z.object({ id: Id, number: z.int(), subject: z.string() }), askedBy: Person, asked: Person,
  state: z.enum(['waiting', 'answered', 'closed']),
  /** The beginning of the last words. */
  snippet: z.string(), createdAt: Timestamp, lastAt: Timestamp,
});
export type AskView = z.infer<typeof AskView>;
export const AskPage = pageOf(AskView);
/** POST /tickets/:id/asks → 201 AskView. */
export const AskCreate = z.strictObject({ personId: Id, text: Text });
export type AskCreate = z.infer<typeof AskCreate>;
/** GET /asks: open ones that I was asked (`mine`) or that I asked (`by_me`), the latest first. */
export const AskQuery = PageQuery.extend({ list: z.enum(['mine', 'by_me']).default('mine') });
/** GET /asks/count → how many wait for my answer, and how many of mine were answered. */
export const AskCount = z.object({ waiting: z.int(), answered: z.int() });

/** GET /asks/:id/words, oldest first; POST → 201. PUT /asks/:id/closure closes it, DELETE opens it again. */
export const AskWordView = z.object({ id: Id, author: Person, text: z.string(), at: Timestamp });
export type AskWordView = z.infer<typeof AskWordView>;
export const AskWordPage = pageOf(AskWordView);
export const AskWordCreate = z.strictObject({ text: Text });

import { z } from 'zod';
import { Id, LanguageCode, PageQuery, Timestamp } from '../../../kernel/contract.ts';
import { CustomerView } from '../../customers/core/contract.ts';
import { ArticleState } from '../../knowledge/core/contract.ts';
import { TicketView } from '../../tickets/core/contract.ts';
import { MOST_TYPED } from './query.ts';

const GROUPS = ['ticket', 'customer', 'article'] as const;

/**
 * GET /search?q=: words, "a phrase", -without, and operators: from: to: assignee: (me, none, a name) team: tag: kind: status: (also active,
 * done, spam, trash) channel: priority: has:attachment before: after: (2026-03-02, 2026-03, 7d, yesterday) number: or #123. A value with
 * spaces stands between quotes, several of kind:, status:, channel: and priority: have commas between them. What is spam or was deleted is
 * found when asked for. 400 `search.bad_value` says which value is not understood.
 */
export const SearchQuery = PageQuery.extend({ q: z.string().max(MOST_TYPED), limit: z.coerce.number().int().min(1).max(100).default(25), type: z.enum(GROUPS).optional() });
export type SearchQuery = z.infer<typeof SearchQuery>;

/** Text with stretches that were sought: offsets, the end not included. It stands in an entry, or in a side conversation. */
const Passage = z.object({ text: z.string(), marks: z.array(z.tuple([z.int(), z.int()])), entryId: Id.nullable(), asideId: Id.nullable(), author: z.string(), fileName: z.string().nullable() });
export type Passage = z.infer<typeof Passage>;

const FoundTicket = TicketView.extend({ type: z.literal('ticket'), passage: Passage.nullable() });
const FoundCustomer = CustomerView.extend({ type: z.literal('customer') });
const FoundArticle = z.object({ type: z.literal('article'), id: Id, number: z.int(), title: z.string(), language: LanguageCode, state: ArticleState, updatedAt: Timestamp });
export const Found = z.discriminatedUnion('type', [FoundTicket, FoundCustomer, FoundArticle]);
export type Found = z.infer<typeof Found>;

/** What the searcher should know of how it was understood. `from_many`: more people than can be looked at have this name. */
const Note = z.object({ code: z.enum(['from_many', 'nobody']), value: z.string() });
export type Note = z.infer<typeof Note>;

/**
 * Without `type` the first page begins with some customers and articles, and the pages after it are tickets. A page may hold less than
 * `limit` and yet have a next one: it has looked at so much and goes on there. `correction`: the query with its mistakes mended;
 * `isUsed` when what was typed finds nothing, and this is what was found instead; its further pages are those of that query.
 */
export const SearchPage = z.object({
  items: z.array(Found), nextCursor: z.string().nullable(), notes: z.array(Note), correction: z.object({ q: z.string(), isUsed: z.boolean() }).nullable(),
});
export type SearchPage = z.infer<typeof SearchPage>;

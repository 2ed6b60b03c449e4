import { z } from 'zod';
import { Id, pageOf, Timestamp } from '../../../kernel/contract.ts';
import { ConditionJson } from '../../conditions/core/condition.ts';
import { MOST_COLUMNS } from '../../tickets/core/columns.ts';
import { SORTS } from '../../tickets/core/contract.ts';

export const SHELVES = ['active', 'done', 'all'] as const;
export const SHARED_WITH = ['me', 'team', 'everybody'] as const;
const Name = z.string().trim().min(1).max(100);
const Shelf = z.enum(SHELVES);
/** As a list is sorted: who waits longest, what breaks first, last changed, newest. */
const Sort = z.enum(SORTS);
/** Of `tickets/core/columns.ts`, and own fields as conditions call them; none: rows of two lines. */
const Columns = z.array(z.string().min(1).max(60)).max(MOST_COLUMNS).refine((ids) => new Set(ids).size === ids.length, { message: 'Name each column once.' });

/**
 * GET /views?q=: those that somebody sees, by name. POST → 201, PATCH and DELETE /views/:id: one's own; those of a team or of
 * everybody are the leads'. `me` for a person and `mine` for a team stand for whoever looks.
 */
export const ViewView = z.object({
  id: Id, name: z.string(), sharedWith: z.enum(SHARED_WITH), teamId: Id.nullable(), conditions: z.looseObject({}), shelf: Shelf, sort: Sort, columns: z.array(z.string()),
  mayChange: z.boolean(), version: z.int(), updatedAt: Timestamp,
});
export type ViewView = z.infer<typeof ViewView>;
export const ViewPage = pageOf(ViewView);
/** `teamId` belongs to `sharedWith` team, and to nothing else. */
export const ViewCreate = z.strictObject({
  name: Name, sharedWith: z.enum(SHARED_WITH).default('me'), teamId: Id.optional(), conditions: ConditionJson, shelf: Shelf.default('active'), sort: Sort.default('queue'), columns: Columns.default([]),
});
export type ViewCreate = z.infer<typeof ViewCreate>;
export const ViewPatch = z.strictObject({
  name: Name.optional(), sharedWith: z.enum(SHARED_WITH).optional(), teamId: Id.optional(), conditions: ConditionJson.optional(), shelf: Shelf.optional(), sort: Sort.optional(), columns: Columns.optional(),
  version: z.int().optional(),
});
export type ViewPatch = z.infer<typeof ViewPatch>;

/** GET /views/counts: how many unresolved tickets each of the first hundred views holds, some seconds old at most; `more` beyond 999. */
export const ViewCounts = z.object({ items: z.array(z.object({ id: Id, count: z.int(), more: z.boolean() })) });
export type ViewCounts = z.infer<typeof ViewCounts>;

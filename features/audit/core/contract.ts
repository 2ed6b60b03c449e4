import { z } from 'zod';
import { Id, PageQuery, Timestamp, pageOf } from '../../../kernel/contract.ts';
import { KINDS } from './kinds.ts';

export const ACTIONS = ['created', 'changed', 'removed', 'used', 'refused', 'exported'] as const;

/**
 * `from` and `to` are what the setting was and is; both null where `kept` is false: that it changed is kept, and its value is not,
 * because it is a secret or says something about a person.
 */
export const AuditChange = z.object({ field: z.string(), kept: z.boolean(), from: z.unknown(), to: z.unknown() });
export type AuditChange = z.infer<typeof AuditChange>;

/** `guest`: over the network, without being signed in. `label`: what the thing was called then. `operation`: what was called, without the ids. */
export const AuditLineView = z.object({
  id: z.string(), at: Timestamp,
  actor: z.object({ kind: z.enum(['person', 'guest', 'system']), id: Id.nullable(), name: z.string().nullable() }),
  tokenId: Id.nullable(), address: z.string(), operation: z.string(), action: z.enum(ACTIONS), kind: z.string(), thing: z.string(), label: z.string(),
  changes: z.array(AuditChange),
});
export type AuditLineView = z.infer<typeof AuditLineView>;

/** GET /audit?actor=&kind=&thing=&from=&to=: newest first. `names`: what ids in it are called, as far as that is known. GET /audit.csv: the same as a table. */
export const AuditPage = pageOf(AuditLineView).extend({ names: z.record(z.string(), z.string()) });
export type AuditPage = z.infer<typeof AuditPage>;
const filter = {
  actor: Id.optional(), kind: z.enum(KINDS).optional(), thing: z.string().min(1).max(300).optional(), from: Timestamp.optional(), to: Timestamp.optional(),
};
export const AuditFilter = z.strictObject(filter);
export type AuditFilter = z.infer<typeof AuditFilter>;
export const AuditQuery = PageQuery.extend(filter).strict();

import { sql } from 'kysely';
import type { Language } from '../../../kernel/languages.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { FieldValues } from '../../fields/core/types.ts';
import { domainOf, type IdentityKey, type Proof } from '../core/identity.ts';
import type { Facts } from '../core/merging.ts';

export type CustomerRow = {
  id: string; name: string; email: string | null; language: Language | null; agentId: string | null; fields: FieldValues; createdAt: Date; updatedAt: Date;
  flags: string[];
  /** What it says by itself; null: it has taken no other in, and all of the above is its own. */
  own: Facts | null;
  /** Where it goes on. */
  mergedInto: string | null;
};

/** Of somebody new. */
export const UNTOUCHED = { flags: [], own: null, mergedInto: null } satisfies Partial<CustomerRow>;

export const columns = [
  'id', 'name', 'email', 'language', 'agent_id as agentId', sql<FieldValues>`fields`.as('fields'), 'created_at as createdAt', 'updated_at as updatedAt', 'flags', sql<Facts | null>`own`.as('own'), 'merged_into as mergedInto',
] as const;

export const findCustomer = (tx: Tx, id: string): Promise<CustomerRow | undefined> =>
  tx.selectFrom('customers').select(columns).where('id', '=', id).executeTakeFirst();

export type Identity = { kind: 'email' | 'phone'; value: string; key: string };

/** The same with every identity, its own first, of these the first that became known. */
export const customerWithIdentities = (tx: Tx, id: string): Promise<(CustomerRow & { identities: Identity[] }) | undefined> =>
  tx.selectFrom('customers as c').select(columns)
    .select(sql<Identity[]>`coalesce((select jsonb_agg(jsonb_build_object('kind', i.kind, 'value', i.value, 'key', i.value_key) order by i.home_id is not null, i.created_at, i.id)
      from identities i where i.workspace_id = c.workspace_id and i.customer_id = c.id), '[]')`.as('identities'))
    .where('c.id', '=', id).executeTakeFirst();

export const lockCustomer = (tx: Tx, id: string): Promise<CustomerRow | undefined> =>
  tx.selectFrom('customers').select(columns).where('id', '=', id).forUpdate().executeTakeFirst();

/** Several at once, in the order of their ids. */
export const lockCustomers = (tx: Tx, ids: readonly string[]): Promise<CustomerRow[]> =>
  tx.selectFrom('customers').select(columns).where('id', 'in', ids).orderBy('id').forUpdate().execute();

export const customersByIds = (tx: Tx, ids: readonly string[]): Promise<CustomerRow[]> =>
  tx.selectFrom('customers').select(columns).where(sql<boolean>`id = any(${[...ids]}::uuid[])`).execute();

/** Most recently changed first. */
export async function recentCustomers(tx: Tx, limit: number, after: readonly [string, string] | null): Promise<CustomerRow[]> {
  let query = tx.selectFrom('customers').select(columns).where('merged_into', 'is', null).orderBy('updated_at', 'desc').orderBy('id', 'desc').limit(limit);
  if (after) query = query.where(sql<boolean>`(updated_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  return query.execute();
}

export const identitiesOf = (tx: Tx, customerIds: readonly string[]) =>
  customerIds.length === 0 ? Promise.resolve([]) : tx.selectFrom('identities')
    .select(['id', 'customer_id as customerId', 'kind', 'value', 'value_key as key', 'proven_how as proven'])
    .where(sql<boolean>`customer_id = any(${[...customerIds]}::uuid[])`).orderBy(sql`home_id is not null`).orderBy('created_at').orderBy('id').execute();

/** The customer with this identity, with what is known of the language. */
export const customerByIdentity = (tx: Tx, identity: Pick<IdentityKey, 'kind' | 'key'>) =>
  tx.selectFrom('identities as i')
    .innerJoin('customers as c', (join) => join.onRef('c.workspace_id', '=', 'i.workspace_id').onRef('c.id', '=', 'i.customer_id'))
    .select(['c.id', 'c.name', 'c.email', 'c.language', 'c.agent_id as agentId', sql<FieldValues>`c.fields`.as('fields'), 'c.created_at as createdAt', 'c.updated_at as updatedAt', 'c.flags', sql<Facts | null>`c.own`.as('own'), 'c.merged_into as mergedInto', 'i.proven_how as proven', 'i.home_id as homeId'])
    .where('i.kind', '=', identity.kind).where('i.value_key', '=', identity.key).executeTakeFirst();

export async function insertCustomer(tx: Tx, workspaceId: string, customer: CustomerRow): Promise<void> {
  await tx.insertInto('customers').values({
    workspace_id: workspaceId, id: customer.id, name: customer.name, email: customer.email, language: customer.language, agent_id: customer.agentId, fields: JSON.stringify(customer.fields),
    created_at: customer.createdAt, updated_at: customer.updatedAt,
  }).execute();
}

/** False when somebody already has it. */
export async function insertIdentity(tx: Tx, workspaceId: string, { id, customerId, identity, proven = null, at }: {
  id: string; customerId: string; identity: IdentityKey; proven?: Proof | null; at: Date;
}): Promise<boolean> {
  const row = await tx.insertInto('identities').values({
    workspace_id: workspaceId, id, customer_id: customerId, kind: identity.kind, value: identity.value, value_key: identity.key, created_at: at,
    ...(proven !== null && { proven_at: at, proven_how: proven, proven_domain: domainOf(identity.key) }),
  }).onConflict((conflict) => conflict.columns(['workspace_id', 'kind', 'value_key']).doNothing()).returning('id').executeTakeFirst();
  return row !== undefined;
}

/** Marks an address as its customer's own; undefined when nobody has it, or as much was known. */
export const proveIdentity = (tx: Tx, key: string, how: Proof, at: Date): Promise<{ customerId: string } | undefined> =>
  tx.updateTable('identities').set({ proven_at: at, proven_how: how, proven_domain: domainOf(key) }).where('kind', '=', 'email').where('value_key', '=', key)
    .where((e) => e.or([e('proven_how', 'is', null), ...(how === 'mailbox' ? [e('proven_how', '=', 'domain')] : [])])).returning('customer_id as customerId').executeTakeFirst();

export const deleteIdentity = (tx: Tx, customerId: string, id: string) =>
  tx.deleteFrom('identities').where('id', '=', id).where('customer_id', '=', customerId).returning('id').executeTakeFirst();

export async function saveCustomer(tx: Tx, customer: CustomerRow): Promise<void> {
  await tx.updateTable('customers')
    .set({ name: customer.name, email: customer.email, language: customer.language, agent_id: customer.agentId, fields: JSON.stringify(customer.fields), own: customer.own && JSON.stringify(customer.own), merged_into: customer.mergedInto, flags: [...customer.flags], updated_at: customer.updatedAt })
    .where('id', '=', customer.id).execute();
}

/** Newest first; `only` picks one, `popsUp` those that open by themselves. */
export const notesOf = (tx: Tx, customerId: string, { limit, before, only, popsUp = false }: { limit: number; before: readonly [string, string] | null; only?: string; popsUp?: boolean }) => {
  let query = tx.selectFrom('customer_notes as n')
    .innerJoin('people as p', (join) => join.onRef('p.workspace_id', '=', 'n.workspace_id').onRef('p.id', '=', 'n.author_id'))
    .select(['n.id', 'n.text', 'n.pops_up as popsUp', 'n.created_at as createdAt', 'p.id as authorId', 'p.name as authorName'])
    .where('n.customer_id', '=', customerId).orderBy('n.created_at', 'desc').orderBy('n.id', 'desc').limit(limit);
  if (only !== undefined) query = query.where('n.id', '=', only);
  if (popsUp) query = query.where('n.pops_up', '=', true);
  if (before) query = query.where(sql<boolean>`(n.created_at, n.id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`);
  return query.execute();
};

export async function insertNote(tx: Tx, workspaceId: string, note: { id: string; customerId: string; authorId: string; text: string; popsUp: boolean; at: Date }): Promise<void> {
  await tx.insertInto('customer_notes').values({
    workspace_id: workspaceId, id: note.id, customer_id: note.customerId, author_id: note.authorId, text: note.text, pops_up: note.popsUp, created_at: note.at,
  }).execute();
}

export const setPopsUp = async (tx: Tx, customerId: string, id: string, popsUp: boolean): Promise<boolean> =>
  await tx.updateTable('customer_notes').set({ pops_up: popsUp }).where('id', '=', id).where('customer_id', '=', customerId).returning('id').executeTakeFirst() !== undefined;

/** `author` null: whoever wrote it. */
export const deleteNote = (tx: Tx, customerId: string, id: string, author: string | null) =>
  tx.deleteFrom('customer_notes').where('id', '=', id).where('customer_id', '=', customerId)
    .$if(author !== null, (query) => query.where('author_id', '=', author)).returning('id').executeTakeFirst();

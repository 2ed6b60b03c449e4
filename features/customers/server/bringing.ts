import { sql } from 'kysely';
import { isSameJson } from '../../../kernel/json.ts';
import type { Language } from '../../../kernel/languages.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { FieldValues } from '../../fields/core/types.ts';
import type { IdentityKey } from '../core/identity.ts';
import { factsOf, ownAfter } from '../core/merging.ts';
import type { Context } from './context.ts';
import { wayOn } from './merge-store.ts';
import { customerByIdentity, deleteIdentity, insertCustomer, insertIdentity, lockCustomer, notesOf, UNTOUCHED, type CustomerRow } from './store.ts';

export type Brought = { readonly name: string; readonly language: Language | null; readonly identities: readonly IdentityKey[]; readonly fields: FieldValues };
/** What undoing goes by: how it was, how it became, and which identities are new. */
export type Change = { readonly before: Kept; readonly after: Kept; readonly identityIds: readonly string[]; readonly at: string };
type Kept = Pick<CustomerRow, 'name' | 'language' | 'fields'>;
type Outcome = { readonly outcome: 'created' | 'updated' | 'same'; readonly id: string; readonly change: Change } | { readonly outcome: 'belongs_to_two' };

const keptOf = ({ name, language, fields }: Kept): Kept => ({ name, language, fields });

/** Records from elsewhere, and the way back. */
export function createBringing({ search, refresh, emit }: Context) {
  async function ownersOf(tx: Tx, identities: readonly IdentityKey[]): Promise<string[]> {
    const owners = await Promise.all(identities.map((identity) => customerByIdentity(tx, identity)));
    return [...new Set(owners.flatMap((owner) => owner?.id ?? []))];
  }

  async function giveIdentities(tx: Tx, workspaceId: string, customerId: string, identities: readonly IdentityKey[], at: Date): Promise<string[]> {
    const given: string[] = [];
    for (const identity of identities) {
      const id = newId();
      if (await insertIdentity(tx, workspaceId, { id, customerId, identity, at })) given.push(id);
    }
    return given;
  }

  const tell = (tx: Tx, workspaceId: string, what: 'created' | 'changed', id: string, at: Date): Promise<void> =>
    emit(tx, workspaceId, { type: `customer.${what}`, subjectId: id, actor: { kind: 'system', id: null }, at });

  /** With what it says by itself, where it has taken others in. */
  const owning = (before: CustomerRow, after: CustomerRow): CustomerRow => ({ ...after, own: ownAfter(before.own, factsOf(before), factsOf(after)) });

  /** Where the record goes on that this id was given to. */
  async function knownAs(tx: Tx, id: string | null): Promise<CustomerRow | undefined> {
    const found = id === null ? undefined : await lockCustomer(tx, id);
    return !found || found.mergedInto === null ? found : lockCustomer(tx, (await wayOn(tx, found.id)).at(-1)?.id ?? found.id);
  }

  /** Of what is known already only what is empty is filled, unless it is to be replaced. */
  function merged(before: CustomerRow, { name, language, fields }: Brought, overwrite: boolean): CustomerRow {
    const [first, second] = overwrite ? [{ name, language }, before] : [before, { name, language }];
    return { ...before, name: first.name || second.name, language: first.language ?? second.language, fields: overwrite ? { ...before.fields, ...fields } : { ...fields, ...before.fields } };
  }

  return {
    /** `id`: who it is known to be; else whoever has one of the identities, else somebody new. */
    async bring(tx: Tx, workspaceId: string, brought: Brought, { id = null, overwrite, at }: { id?: string | null; overwrite: boolean; at: Date }): Promise<Outcome> {
      const owners = await ownersOf(tx, brought.identities);
      const known = await knownAs(tx, id);
      if (owners.length > 1 || (known && owners.some((owner) => owner !== known.id))) return { outcome: 'belongs_to_two' };
      const before = known ?? (owners[0] === undefined ? undefined : await lockCustomer(tx, owners[0]));
      if (!before) {
        const customer: CustomerRow = { id: newId(), email: null, agentId: null, createdAt: at, updatedAt: at, ...UNTOUCHED, ...keptOf(brought) };
        await insertCustomer(tx, workspaceId, customer);
        const identityIds = await giveIdentities(tx, workspaceId, customer.id, brought.identities, at);
        await refresh(tx, workspaceId, customer, at);
        await tell(tx, workspaceId, 'created', customer.id, at);
        return { outcome: 'created', id: customer.id, change: { before: keptOf(customer), after: keptOf(customer), identityIds, at: at.toISOString() } };
      }
      const after = merged(before, brought, overwrite);
      const identityIds = await giveIdentities(tx, workspaceId, before.id, brought.identities, at);
      const change = { before: keptOf(before), after: keptOf(after), identityIds, at: at.toISOString() };
      if (identityIds.length === 0 && isSameJson(change.before, change.after)) return { outcome: 'same', id: before.id, change };
      await refresh(tx, workspaceId, owning(before, after), at);
      await tell(tx, workspaceId, 'changed', before.id, at);
      return { outcome: 'updated', id: before.id, change };
    },

    /** Takes back what bringing made or changed, as far as nobody has changed it since. */
    async takeBack(tx: Tx, workspaceId: string, { id, outcome, change, at }: { id: string; outcome: 'created' | 'updated'; change: Change; at: Date }): Promise<'undone' | 'kept'> {
      const now = await lockCustomer(tx, id);
      if (!now) return 'undone';
      if (outcome === 'created') return isSameJson(keptOf(now), change.after) && (await notesOf(tx, id, { limit: 1, before: null })).length === 0 ? removed(tx, search, workspaceId, id) : 'kept';
      const restored = {
        ...now, name: now.name === change.after.name ? change.before.name : now.name, language: now.language === change.after.language ? change.before.language : now.language,
        fields: Object.fromEntries(Object.entries({ ...now.fields, ...change.before.fields }).flatMap(([key]) => {
          const back = isSameJson(now.fields[key], change.after.fields[key]) ? change.before.fields[key] : now.fields[key];
          return back === undefined ? [] : [[key, back]];
        })),
      };
      for (const identityId of change.identityIds) await deleteIdentity(tx, id, identityId);
      await refresh(tx, workspaceId, owning(now, restored), at);
      await tell(tx, workspaceId, 'changed', id, at);
      return 'undone';
    },
  };
}

/** Whoever has a ticket, a promise or a company stays: other rooms hold on to them. */
async function removed(tx: Tx, search: Context['search'], workspaceId: string, id: string): Promise<'undone' | 'kept'> {
  await sql`savepoint take_back`.execute(tx);
  try {
    await tx.deleteFrom('identities').where('workspace_id', '=', workspaceId).where('customer_id', '=', id).execute();
    await search.remove(tx, workspaceId, 'customer', id);
    await tx.deleteFrom('customers').where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
    await sql`release savepoint take_back`.execute(tx);
    return 'undone';
  } catch (error) {
    if ((error as { code?: string }).code !== '23503') throw error;
    await sql`rollback to savepoint take_back`.execute(tx);
    return 'kept';
  }
}

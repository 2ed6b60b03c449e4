import type { Actor, Now } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Database, How, Tx } from '../../../platform/db/db.ts';
import type { Emit, EventActor } from '../../../platform/events/events.ts';
import type { Search } from '../../../platform/search/search.ts';
import type { Fields } from '../../fields/server/fields.ts';
import { can, type Permission } from '../../people/core/permissions.ts';
import type { Person } from '../../people/core/person.ts';
import type { People } from '../../people/server/people.ts';
import type { CustomerView } from '../core/contract.ts';
import type { Flag } from '../core/flags.ts';
import type { Proof } from '../core/identity.ts';
import { ownAfter } from '../core/merging.ts';
import { standingMerges } from './merge-store.ts';
import { findCustomer, identitiesOf, lockCustomer, saveCustomer, type CustomerRow } from './store.ts';

export type CustomersDeps = {
  readonly db: Database; readonly now: Now; readonly emit: Emit; readonly search: Pick<Search, 'index' | 'find' | 'hide' | 'remove'>; readonly people: Pick<People, 'peopleByIds'>; readonly fields: Pick<Fields, 'setValues' | 'lacking'>;
  /** Of which companies each is; that belongs to a room above. */
  readonly companiesOf?: (tx: Tx, workspaceId: string, customerIds: readonly string[]) => Promise<ReadonlyMap<string, readonly { readonly id: string }[]>>;
};
export type Context = ReturnType<typeof createContext>;

export const byPerson = (actor: Actor): EventActor => ({ kind: 'person', id: actor.id });
export const notFound = (): AppError => new AppError('not_found', 'customer.not_found', 'There is no such customer.');

/** What every verb of the room stands on: the guard, the lock, how a record is shown and saved. */
export function createContext(deps: CustomersDeps) {
  const { db, search, people } = deps;

  async function identities(tx: Tx, customer: CustomerRow, at: Date) {
    const found = await identitiesOf(tx, [customer.id]);
    return { found, current: { ...customer, email: found.find((i) => i.kind === 'email')?.value ?? null, updatedAt: at } };
  }

  const makeFindable = (tx: Tx, workspaceId: string, customer: CustomerRow, known: readonly { value: string; key: string }[]): Promise<void> =>
    search.index(tx, {
      workspaceId, kind: 'customer', id: customer.id, subjectId: customer.id, at: customer.updatedAt, language: customer.language,
      texts: [
        { text: customer.name, weight: 'A', names: true },
        { text: known.map((i) => (i.value === i.key ? i.value : `${i.value} ${i.key}`)).join(' '), weight: 'B' },
      ],
    });

  return {
    ...deps, makeFindable,

    /** The right first, then a unit of work in their workspace (`repeats`: see there). */
    work<T>(actor: Actor, permission: Permission, act: (tx: Tx) => Promise<T>, how: How = {}): Promise<T> {
      if (!can(actor, permission)) throw new AppError('forbidden', 'customer.not_allowed', `This needs the right ${permission}.`);
      return db.work(actor.workspaceId, act, how);
    },

    /** Locked, and such that it can be worked on: not merged away. */
    async access(tx: Tx, id: string): Promise<CustomerRow> {
      const customer = await lockCustomer(tx, id);
      if (!customer) throw notFound();
      if (customer.mergedInto !== null) throw new AppError('conflict', 'customer.merged', 'This record was merged into another; work on that one.', { customerId: customer.mergedInto });
      return customer;
    },

    async exists(tx: Tx, id: string): Promise<void> {
      if (!await findCustomer(tx, id)) throw notFound();
    },

    /** Keeps what lists and search show in step with the identities. */
    async refresh(tx: Tx, workspaceId: string, customer: CustomerRow, at: Date): Promise<CustomerRow> {
      const { found, current } = await identities(tx, customer, at);
      await saveCustomer(tx, current);
      await makeFindable(tx, workspaceId, current, found);
      return current;
    },

    async views(tx: Tx, rows: readonly CustomerRow[]): Promise<CustomerView[]> {
      const known = await identitiesOf(tx, rows.map((row) => row.id));
      const agentIds = [...new Set(rows.flatMap(({ agentId }) => agentId ?? []))];
      const agents = agentIds.length === 0 ? new Map<string, Person>() : await people.peopleByIds(tx, agentIds);
      const merges = await standingMerges(tx, rows.filter(({ mergedInto }) => mergedInto !== null).map(({ id }) => id));
      const wayOn = (id: string): CustomerView['mergedInto'] => {
        const merge = merges.find(({ sourceId }) => sourceId === id);
        return merge ? { id: merge.targetId, name: merge.name, mergeId: merge.id } : null;
      };
      return rows.map((row) => ({
        id: row.id, name: row.name, email: row.email, language: row.language, agent: row.agentId === null ? null : { id: row.agentId, name: agents.get(row.agentId)?.name ?? '' },
        identities: known.filter((i) => i.customerId === row.id).map(({ id, kind, value, proven }) => ({ id, kind, value, proven: proven as Proof | null })),
        fields: { ...row.fields } as CustomerView['fields'], flags: row.flags as Flag[], mergedInto: wayOn(row.id), createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString(),
      }));
    },
  };
}

/** The record as somebody changed it: what they said is its own. */
export const changed = (before: CustomerRow, change: Partial<CustomerRow>): CustomerRow => {
  const after = { ...before, ...change };
  return { ...after, own: ownAfter(before.own, before, after) };
};

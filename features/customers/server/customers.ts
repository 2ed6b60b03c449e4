import type { Actor } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Language } from '../../../kernel/languages.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { EventActor } from '../../../platform/events/events.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import type { FieldValuesPatch } from '../../fields/core/contract.ts';
import type { FieldValues } from '../../fields/core/types.ts';
import { toldChanges } from '../../fields/core/values.ts';
import { can } from '../../people/core/permissions.ts';
import { stateOf } from '../../people/core/person.ts';
import type { CustomerView } from '../core/contract.ts';
import { CUSTOMER_FIELDS } from '../core/fields.ts';
import { emailIdentity, nameFromAddress, phoneIdentity, saysMore, type IdentityKey, type Proof } from '../core/identity.ts';
import { createBringing } from './bringing.ts';
import { byPerson, changed, createContext, notFound, type CustomersDeps } from './context.ts';
import { createFlags } from './flags.ts';
import { createLikeness } from './likeness.ts';
import { compareAnew } from './likeness-store.ts';
import { createMerging } from './merging.ts';
import { wayOn } from './merge-store.ts';
import { createNotes } from './notes.ts';
import {
  customerByIdentity, customersByIds, customerWithIdentities, deleteIdentity, findCustomer, identitiesOf, insertCustomer, insertIdentity, proveIdentity, recentCustomers, saveCustomer, UNTOUCHED,
  type CustomerRow, type Identity,
} from './store.ts';

export type { Change } from './bringing.ts';
/** Found by a key, and asked for with every ticket that is opened: planned once. */
const READ_ALL_DAY = { repeats: true, reads: true };

export type Customers = ReturnType<typeof createCustomers>;
/** `homeId`: with whom the address is at home; another than `id` when records were merged. */
export type KnownCustomer = { id: string; homeId: string; name: string; language: Language | null; created: boolean };

const MAX_IDENTITIES = 50;

/** The front door of the customers room: one person, one record, whatever the channel. */
export function createCustomers(deps: CustomersDeps) {
  const context = createContext(deps);
  const { now, emit, search, people, fields, work, access, views, refresh, makeFindable } = context;

  async function demandAgent(tx: Tx, id: string): Promise<void> {
    const person = (await people.peopleByIds(tx, [id])).get(id);
    if (!person || stateOf(person) !== 'active' || !can({ role: person.role, scopes: null }, 'tickets.reply')) {
      throw new AppError('invalid', 'customer.no_such_agent', 'A customer’s own agent works here and answers customers; name another person.');
    }
  }

  async function fieldsAfter(tx: Tx, customer: CustomerRow, patch: FieldValuesPatch | undefined): Promise<FieldValues> {
    if (patch === undefined) return customer.fields;
    const after = await fields.setValues(tx, 'customer', customer.fields, patch);
    const missing = await fields.lacking(tx, 'customer', CUSTOMER_FIELDS, { ...customer, fields: after });
    if (missing.length === 0) return after;
    throw new AppError('conflict', 'customer.fields_required', `Fill in ${missing.map(({ key }) => key).join(', ')} too.`, {
      fields: missing.map(({ key, names }) => ({ key, names })),
      errors: missing.map(({ key }) => ({ pointer: `#/fields/${key}`, code: 'customer.fields_required', detail: 'This is needed.' })),
    });
  }

  async function create(tx: Tx, workspaceId: string, { name, language, identities, at, actor }: {
    name: string; language: Language | null; identities: readonly IdentityKey[]; at: Date; actor: EventActor;
  }): Promise<CustomerRow> {
    const customer: CustomerRow = { id: newId(), name, email: null, language, agentId: null, fields: {}, createdAt: at, updatedAt: at, ...UNTOUCHED };
    await insertCustomer(tx, workspaceId, customer);
    for (const identity of identities) {
      const ours = await insertIdentity(tx, workspaceId, { id: newId(), customerId: customer.id, identity, at });
      if (!ours) throw new AppError('conflict', 'customer.identity_taken', `Somebody else has ${identity.value}; open that customer instead.`);
    }
    const saved = await refresh(tx, workspaceId, customer, at);
    await emit(tx, workspaceId, { type: 'customer.created', subjectId: customer.id, actor, at });
    return saved;
  }

  async function prove(tx: Tx, workspaceId: string, key: string, how: Proof, at: Date): Promise<void> {
    const proven = await proveIdentity(tx, key, how, at);
    if (proven) await compareAnew(tx, [proven.customerId]);
    if (proven) await emit(tx, workspaceId, { type: 'customer.proven', subjectId: proven.customerId, actor: { kind: 'customer', id: proven.customerId }, data: { how }, at });
  }

  async function proveMore(tx: Tx, workspaceId: string, { key, known, shown, at }: { key: string; known: Proof | null; shown: Proof | null; at: Date }): Promise<void> {
    if (shown !== null && saysMore(known, shown)) await prove(tx, workspaceId, key, shown, at);
  }

  /** Somebody of whom nothing else is known yet. */
  const stranger = (identity: IdentityKey, name: string, language: Language | null, at: Date): CustomerRow => ({
    id: newId(), name: (name || (identity.kind === 'email' ? nameFromAddress(identity.value) : '')).slice(0, 300), email: identity.kind === 'email' ? identity.value : null, language, agentId: null, fields: {}, createdAt: at, updatedAt: at, ...UNTOUCHED,
  });

  return {
    ...createBringing(context),
    /**
     * Whoever writes from this address or calls from this number, made known when new. Two messages that arrive at
     * once from a new address give one customer. A name is taken over only while none is known. `proven`: what shows that the
     * address is theirs.
     */
    async resolve(tx: Tx, workspaceId: string, { email, phone, name = '', language = null, proven = null, at }: {
      email?: string | undefined; phone?: string | undefined; name?: string; language?: Language | null; proven?: Proof | null; at: Date;
    }): Promise<KnownCustomer> {
      const identity = identitiesFrom({ email, phone })[0];
      if (!identity) throw new AppError('invalid', 'customer.no_identity', 'Give an e-mail address or a phone number.');
      const shown = identity.kind === 'email' ? proven : null;
      const known = await customerByIdentity(tx, identity);
      if (known) {
        await proveMore(tx, workspaceId, { key: identity.key, known: known.proven as Proof | null, shown, at });
        return { id: known.id, homeId: known.homeId ?? known.id, name: known.name, language: known.language, created: false };
      }

      const customer = stranger(identity, name, language, at);
      await insertCustomer(tx, workspaceId, customer);
      if (!await insertIdentity(tx, workspaceId, { id: newId(), customerId: customer.id, identity, proven: shown, at })) {
        // Somebody was faster by a moment: theirs counts, ours was never seen.
        await tx.deleteFrom('customers').where('id', '=', customer.id).execute();
        const winner = await customerByIdentity(tx, identity);
        if (!winner) throw new AppError('unavailable', 'customer.try_again', 'Try again.');
        return { id: winner.id, homeId: winner.homeId ?? winner.id, name: winner.name, language: winner.language, created: false };
      }
      await makeFindable(tx, workspaceId, customer, [identity]);
      await emit(tx, workspaceId, { type: 'customer.created', subjectId: customer.id, actor: { kind: 'system', id: null }, at });
      return { id: customer.id, homeId: customer.id, name: customer.name, language, created: true };
    },

    /** Somebody of whom nothing is known by which they could be found again: every guest of a chat is one of their own. */
    guest: async (tx: Tx, workspaceId: string, { name, language, at }: { name: string; language: Language | null; at: Date }): Promise<{ id: string; homeId: string }> => {
      const { id } = await create(tx, workspaceId, { name: name.slice(0, 300), language, identities: [], at, actor: { kind: 'system', id: null } });
      return { id, homeId: id };
    },

    /** For rooms above, inside their unit of work: the customer and every identity; absent when foreign or unknown. One that was merged is who it went on in. */
    async known(tx: Tx, id: string): Promise<(CustomerRow & { identities: Identity[] }) | null> {
      const found = await customerWithIdentities(tx, id);
      const goesOn = found && found.mergedInto !== null ? (await wayOn(tx, id)).at(-1) : undefined;
      return (goesOn ? await customerWithIdentities(tx, goesOn.id) : found) ?? null;
    },

    /** What these are called, by id. */
    names: async (tx: Tx, ids: readonly string[]): Promise<Map<string, string>> =>
      new Map((ids.length === 0 ? [] : await customersByIds(tx, ids)).map(({ id, name, email }) => [id, name || (email ?? '')])),

    /** Who has this address; null: nobody. */
    having: async (tx: Tx, email: string): Promise<CustomerRow | null> => await customerByIdentity(tx, emailIdentity(email)) ?? null,

    /** Takes note that whoever has this address reads its mail, or that its domain vouches for them. Harmless twice, and when nobody has it. */
    proven: (tx: Tx, workspaceId: string, { address, how, at }: { address: string; how: Proof; at: Date }): Promise<void> => prove(tx, workspaceId, emailIdentity(address).key, how, at),

    /** Whether anybody here has this address. */
    isKnown: async (tx: Tx, email: string): Promise<boolean> => await customerByIdentity(tx, emailIdentity(email)) !== undefined,

    /** Takes note of the language that somebody writes in, unless a person said another. */
    async speaks(tx: Tx, id: string, language: Language, at: Date): Promise<void> {
      const customer = await access(tx, id);
      if (customer.language !== language) await saveCustomer(tx, changed(customer, { language, updatedAt: at }));
    },

    list: (actor: Actor, { q, limit, cursor }: { q?: string | undefined; limit: number; cursor?: string | undefined }): Promise<Page<CustomerView>> =>
      work(actor, 'customers.read', async (tx) => {
        if (q?.trim()) {
          const found = await search.find(tx, actor.workspaceId, q, { kind: 'customer', limit, cursor: cursor ?? null });
          const rows = found.ids.length === 0 ? [] : await customersByIds(tx, found.ids);
          const byId = new Map((await views(tx, rows)).map((view) => [view.id, view]));
          return { items: found.ids.flatMap((id) => byId.get(id) ?? []), nextCursor: found.nextCursor };
        }
        const rows = await recentCustomers(tx, limit + 1, cursor ? decodeCursor(cursor, ['time', 'id']) : null);
        const page = pageOfRows(rows, limit, (row) => [row.updatedAt.toISOString(), row.id], (row) => row);
        return { items: await views(tx, page.items), nextCursor: page.nextCursor };
      }, READ_ALL_DAY),

    get: (actor: Actor, id: string): Promise<CustomerView> =>
      work(actor, 'customers.read', async (tx) => {
        const customer = await findCustomer(tx, id);
        if (!customer) throw notFound();
        return (await views(tx, [customer]))[0]!;
      }, READ_ALL_DAY),

    create: (actor: Actor, { name, email, phone, language }: {
      name: string; email?: string | undefined; phone?: string | undefined; language?: Language | undefined;
    }): Promise<CustomerView> =>
      work(actor, 'customers.change', async (tx) => {
        const identities = identitiesFrom({ email, phone });
        const customer = await create(tx, actor.workspaceId, {
          name: name || nameFrom(email), language: language ?? null, identities, at: now(), actor: byPerson(actor),
        });
        return (await views(tx, [customer]))[0]!;
      }),

    change: (actor: Actor, id: string, patch: { name?: string | undefined; language?: Language | null | undefined; agentId?: string | null | undefined; fields?: FieldValuesPatch | undefined }): Promise<CustomerView> =>
      work(actor, 'customers.change', async (tx) => {
        const customer = await access(tx, id);
        const at = now();
        const after = changed(customer, {
          name: patch.name ?? customer.name, language: patch.language === undefined ? customer.language : patch.language,
          agentId: patch.agentId === undefined ? customer.agentId : patch.agentId, fields: await fieldsAfter(tx, customer, patch.fields),
        });
        const isOther = after.agentId !== customer.agentId;
        if (isOther && after.agentId !== null) await demandAgent(tx, after.agentId);
        const saved = await refresh(tx, actor.workspaceId, after, at);
        await emit(tx, actor.workspaceId, { type: 'customer.changed', subjectId: id, actor: byPerson(actor), data: { ...(isOther && { agentId: [customer.agentId, after.agentId] }), ...toldChanges(customer.fields, after.fields) }, at });
        return (await views(tx, [saved]))[0]!;
      }),

    addIdentity: (actor: Actor, id: string, given: { email?: string | undefined; phone?: string | undefined }): Promise<CustomerView> =>
      work(actor, 'customers.change', async (tx) => {
        const customer = await access(tx, id);
        const at = now();
        if ((await identitiesOf(tx, [id])).length >= MAX_IDENTITIES) {
          throw new AppError('conflict', 'customer.too_many_identities', `A customer can have ${MAX_IDENTITIES} addresses and numbers.`);
        }
        for (const identity of identitiesFrom(given)) {
          const owner = await customerByIdentity(tx, identity);
          if (owner && owner.id !== id) {
            throw new AppError('conflict', 'customer.identity_taken', `${owner.name || 'Somebody else'} has ${identity.value}.`, { customerId: owner.id });
          }
          await insertIdentity(tx, actor.workspaceId, { id: newId(), customerId: id, identity, at });
        }
        const saved = await refresh(tx, actor.workspaceId, customer, at);
        await emit(tx, actor.workspaceId, { type: 'customer.changed', subjectId: id, actor: byPerson(actor), at });
        return (await views(tx, [saved]))[0]!;
      }),

    removeIdentity: (actor: Actor, id: string, identityId: string): Promise<CustomerView> =>
      work(actor, 'customers.change', async (tx) => {
        const customer = await access(tx, id);
        if (!await deleteIdentity(tx, id, identityId)) throw new AppError('not_found', 'customer.identity_not_found', 'There is no such address or number here.');
        const at = now();
        const saved = await refresh(tx, actor.workspaceId, customer, at);
        await emit(tx, actor.workspaceId, { type: 'customer.changed', subjectId: id, actor: byPerson(actor), at });
        return (await views(tx, [saved]))[0]!;
      }),

    ...createNotes(context),
    ...createFlags(context),
    ...createMerging(context),
    ...createLikeness(context),

    /** What a room above knows of them is another: whether others may be the same person is asked anew. */
    compareAnew: (tx: Tx, ids: readonly string[]): Promise<void> => compareAnew(tx, ids),
  };
}

const nameFrom = (email: string | undefined): string => (email === undefined ? '' : nameFromAddress(email));

function identitiesFrom({ email, phone }: { email?: string | undefined; phone?: string | undefined }): IdentityKey[] {
  const number = phone === undefined ? undefined : phoneIdentity(phone);
  if (number === null) throw new AppError('invalid', 'customer.bad_phone', 'A phone number has 3 to 15 digits.');
  return [...(email === undefined ? [] : [emailIdentity(email)]), ...(number === undefined ? [] : [number])];
}

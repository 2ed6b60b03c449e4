import type { Actor, Now } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { Emit } from '../../../platform/events/events.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import { normalise } from '../../../platform/search/tokens.ts';
import { domainOf } from '../../customers/core/identity.ts';
import type { Customers } from '../../customers/server/customers.ts';
import type { FieldValuesPatch } from '../../fields/core/contract.ts';
import type { FieldValues } from '../../fields/core/types.ts';
import { toldChanges } from '../../fields/core/values.ts';
import type { Fields } from '../../fields/server/fields.ts';
import { demand, type Permission } from '../../people/core/permissions.ts';
import type { CompanyCreate, CompanyPatch, CompanyPersonView, CompanyView, CustomerCompanies } from '../core/contract.ts';
import { domainFrom } from '../core/domains.ts';
import { COMPANY_FIELDS } from '../core/fields.ts';
import { createBringing } from './bringing.ts';
import { isFreeMail, isPublicSuffix } from './free-mail.ts';
import {
  companiesOf, companiesOfEach, companyPage, domainsOf, findCompany, insertCompany, isCompanyDomain, lockCompany, memberRow, peoplePage, putMember, removeCompany, saveCompany, setDomains, type Belonging, type CompanyRow,
} from './store.ts';

export type { CompanyChange } from './bringing.ts';
export type Companies = ReturnType<typeof createCompanies>;
type Paging = { readonly limit: number; readonly cursor?: string | undefined };
/** A company whose people see what colleagues asked. */
export type Seen = Pick<Belonging, 'id' | 'name' | 'mayAnswer'>;

const notFound = (): AppError => new AppError('not_found', 'company.not_found', 'There is no such company.');
const afterOf = (cursor: string | undefined) => (cursor === undefined ? null : decodeCursor(cursor, ['time', 'id']));

/**
 * The front door of the companies room: the firms that customers are of. Who is of one, a proven address says, or somebody here.
 * Tells `company.created`, `company.changed`, `company.removed`, `company.people_changed`; hears nothing.
 */
export function createCompanies({ db, now, emit, customers, fields: ownFields }: { db: Database; now: Now; emit: Emit; fields: Pick<Fields, 'setValues' | 'lacking'>; customers: Pick<Customers, 'known' | 'carries' | 'compareAnew'> }) {
  customers.carries({ table: 'company_members', oneEach: 'company_id' });

  const work = <T>(actor: Actor, permission: Permission, act: (tx: Tx, workspaceId: string) => Promise<T>): Promise<T> => {
    demand(actor, permission);
    return db.work(actor.workspaceId, (tx) => act(tx, actor.workspaceId));
  };

  async function views(tx: Tx, workspaceId: string, rows: readonly CompanyRow[]): Promise<CompanyView[]> {
    const domains = await domainsOf(tx, workspaceId, rows.map(({ id }) => id));
    return rows.map((row) => ({ ...row, domains: domains.get(row.id) ?? [], fields: { ...row.fields } as CompanyView['fields'], createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString() }));
  }

  async function fieldsAfter(tx: Tx, company: CompanyRow, patch: FieldValuesPatch | undefined): Promise<FieldValues> {
    if (patch === undefined) return company.fields;
    const after = await ownFields.setValues(tx, 'company', company.fields, patch);
    const missing = await ownFields.lacking(tx, 'company', COMPANY_FIELDS, { ...company, fields: after });
    if (missing.length === 0) return after;
    throw new AppError('conflict', 'company.fields_required', `Fill in ${missing.map(({ key }) => key).join(', ')} too.`, {
      fields: missing.map(({ key, names }) => ({ key, names })),
      errors: missing.map(({ key }) => ({ pointer: `#/fields/${key}`, code: 'company.fields_required', detail: 'This is needed.' })),
    });
  }

  async function access(tx: Tx, workspaceId: string, id: string): Promise<CompanyRow> {
    const company = await lockCompany(tx, workspaceId, id);
    if (!company) throw notFound();
    return company;
  }

  async function demandCustomer(tx: Tx, id: string): Promise<string> {
    const customer = await customers.known(tx, id);
    if (!customer) throw new AppError('not_found', 'customer.not_found', 'There is no such customer.');
    return customer.id;
  }

  async function giveDomains(tx: Tx, workspaceId: string, companyId: string, given: readonly string[], at: Date): Promise<void> {
    const taken = await setDomains(tx, workspaceId, companyId, [...new Set(given.map(goodDomain))], at);
    if (!taken) return;
    const owner = await findCompany(tx, workspaceId, taken.companyId);
    throw new AppError('conflict', 'company.domain_taken', `${taken.domain} is the domain of ${owner?.name ?? 'another company'}; take it away there first.`, { companyId: taken.companyId });
  }

  async function tell(tx: Tx, actor: Actor, what: 'created' | 'changed' | 'removed' | 'people_changed', subjectId: string, data: Readonly<Record<string, string | boolean | string[]>> = {}): Promise<void> {
    await emit(tx, actor.workspaceId, { type: `company.${what}`, subjectId, actor: { kind: 'person', id: actor.id }, data, at: now() });
  }

  async function person(tx: Tx, workspaceId: string, companyId: string, customerId: string): Promise<CompanyPersonView> {
    const customer = (await customers.known(tx, customerId))!;
    const belonging = (await companiesOf(tx, workspaceId, customerId, null)).find(({ id }) => id === companyId);
    return { id: customer.id, name: customer.name, email: customer.email, how: belonging?.how ?? 'added', isContact: belonging?.isContact ?? false };
  }

  return {
    ...createBringing({ emit, goodDomain, domainTaken: (domain) => new AppError('conflict', 'company.domain_taken', `${domain} is the domain of another company.`) }),

    list: (actor: Actor, { q, limit, cursor }: Paging & { q?: string | undefined }): Promise<Page<CompanyView>> => work(actor, 'customers.read', async (tx, workspaceId) => {
      const words = normalise(q ?? '').trim();
      const rows = await companyPage(tx, workspaceId, { q: words === '' ? null : words, limit: limit + 1, after: afterOf(cursor) });
      const page = pageOfRows(rows, limit, (row) => [row.updatedAt.toISOString(), row.id], (row) => row);
      return { items: await views(tx, workspaceId, page.items), nextCursor: page.nextCursor };
    }),

    get: (actor: Actor, id: string): Promise<CompanyView> => work(actor, 'customers.read', async (tx, workspaceId) => {
      const company = await findCompany(tx, workspaceId, id);
      if (!company) throw notFound();
      return (await views(tx, workspaceId, [company]))[0]!;
    }),

    create: (actor: Actor, given: CompanyCreate): Promise<CompanyView> => work(actor, 'customers.change', async (tx, workspaceId) => {
      demandShare(actor, given);
      const at = now();
      const { domains = [], name, address = '', vatId = '', notes = '', isKeyAccount = false, sight = 'nobody', mayAnswer = false } = given;
      const company: CompanyRow = { id: newId(), name, address, vatId, notes, isKeyAccount, sight, mayAnswer, fields: {}, createdAt: at, updatedAt: at };
      await insertCompany(tx, workspaceId, company, normalise(name));
      await giveDomains(tx, workspaceId, company.id, domains, at);
      await tell(tx, actor, 'created', company.id);
      return (await views(tx, workspaceId, [company]))[0]!;
    }),

    change: (actor: Actor, id: string, { domains, fields: own, ...patch }: CompanyPatch): Promise<CompanyView> => work(actor, 'customers.change', async (tx, workspaceId) => {
      const before = await access(tx, workspaceId, id);
      const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Partial<CompanyRow>;
      const named: CompanyRow = { ...before, ...given, updatedAt: now() };
      const after: CompanyRow = { ...named, fields: await fieldsAfter(tx, named, own) };
      if (after.sight !== before.sight || after.mayAnswer !== before.mayAnswer) demandShare(actor, patch);
      await saveCompany(tx, workspaceId, after, normalise(after.name));
      if (domains) await giveDomains(tx, workspaceId, id, domains, after.updatedAt);
      // What of it changed; who sees what, from what to what.
      const fields = [...(Object.keys(given) as (keyof CompanyRow)[]).filter((key) => before[key] !== after[key]), ...(domains ? ['domains'] : [])];
      await tell(tx, actor, 'changed', id, { fields, ...toldChanges(before.fields, after.fields), ...(before.sight !== after.sight && { sight: [before.sight, after.sight] }) });
      return (await views(tx, workspaceId, [after]))[0]!;
    }),

    remove: (actor: Actor, id: string): Promise<void> => work(actor, 'companies.share', async (tx, workspaceId) => {
      const { name } = await access(tx, workspaceId, id);
      await removeCompany(tx, workspaceId, id, now());
      await tell(tx, actor, 'removed', id, { name });
    }),

    people: (actor: Actor, id: string, { limit, cursor }: Paging): Promise<Page<CompanyPersonView>> => work(actor, 'customers.read', async (tx, workspaceId) => {
      if (!await findCompany(tx, workspaceId, id)) throw notFound();
      const rows = await peoplePage(tx, workspaceId, id, { limit: limit + 1, after: afterOf(cursor) });
      return pageOfRows(rows, limit, (row) => [row.updatedAt.toISOString(), row.id], ({ id: customerId, name, email, how, isContact }) => ({ id: customerId, name, email, how, isContact }));
    }),

    /** Whom a proven address has made a member stays one by that address: it is not said of them a second time. */
    putPerson: (actor: Actor, id: string, givenId: string, { isContact }: { isContact?: boolean | undefined }): Promise<CompanyPersonView> =>
      work(actor, 'customers.change', async (tx, workspaceId) => {
        await access(tx, workspaceId, id);
        const customerId = await demandCustomer(tx, givenId);
        const said = await memberRow(tx, workspaceId, id, customerId);
        const isByAddress = said?.membership !== 'removed' && (await companiesOf(tx, workspaceId, customerId, null)).some((one) => one.id === id && one.how === 'domain');
        await putMember(tx, workspaceId, {
          companyId: id, customerId, membership: isByAddress ? 'as_proven' : 'added', isContact: isContact ?? (said?.membership !== 'removed' && said?.isContact === true), byId: actor.id, at: now(),
        });
        await customers.compareAnew(tx, [customerId]);
        await tell(tx, actor, 'people_changed', id, { customerId });
        return person(tx, workspaceId, id, customerId);
      }),

    removePerson: (actor: Actor, id: string, givenId: string): Promise<void> => work(actor, 'customers.change', async (tx, workspaceId) => {
      await access(tx, workspaceId, id);
      const customerId = await demandCustomer(tx, givenId);
      if (!(await companiesOf(tx, workspaceId, customerId, null)).some((one) => one.id === id)) throw new AppError('not_found', 'company.no_such_person', 'This customer is not of that company.');
      await putMember(tx, workspaceId, { companyId: id, customerId, membership: 'removed', isContact: false, byId: actor.id, at: now() });
      await customers.compareAnew(tx, [customerId]);
      await tell(tx, actor, 'people_changed', id, { customerId });
    }),

    ofCustomer: (actor: Actor, givenId: string): Promise<CustomerCompanies> => work(actor, 'customers.read', async (tx, workspaceId) => {
      const customerId = await demandCustomer(tx, givenId);
      const items = await companiesOf(tx, workspaceId, customerId, null);
      return { items: items.map(({ id, name, isKeyAccount, how, isContact }) => ({ id, name, isKeyAccount, how, isContact })) };
    }),

    /** For rooms above, in their unit of work. */
    exists: async (tx: Tx, workspaceId: string, id: string): Promise<boolean> => await findCompany(tx, workspaceId, id) !== undefined,

    /** The companies of each of several people, by name. */
    async ofEach(tx: Tx, workspaceId: string, customerIds: readonly string[]): Promise<Map<string, Pick<Belonging, 'id' | 'name' | 'isKeyAccount'>[]>> {
      const found = Map.groupBy(await companiesOfEach(tx, workspaceId, customerIds), ({ customerId }) => customerId);
      return new Map([...found].map(([id, rows]) => [id, rows.map(({ id, name, isKeyAccount }) => ({ id, name, isKeyAccount }))]));
    },

    /** Whether addresses at this one's domain are of a company. */
    isOfCompany: (tx: Tx, workspaceId: string, address: string): Promise<boolean> => isCompanyDomain(tx, workspaceId, domainOf(address.trim().toLowerCase())),

    /**
     * Whose requests somebody may see besides their own, who has proven this very address. That they have another one at the
     * company's domain is not enough: whoever reads this mailbox need not be of the company.
     */
    async seenBy(tx: Tx, workspaceId: string, { customerId, address }: { customerId: string; address: string }): Promise<Seen[]> {
      const mine = await companiesOf(tx, workspaceId, customerId, address.trim().toLowerCase());
      return mine.filter(({ sight, isContact }) => sight === 'everybody' || (sight === 'contacts' && isContact)).map(({ id, name, mayAnswer }) => ({ id, name, mayAnswer }));
    },
  };
}

/** What customers see of each other is for leads to decide. */
function demandShare(actor: Actor, { sight = 'nobody', mayAnswer = false }: CompanyPatch): void {
  if (sight !== 'nobody' || mayAnswer) demand(actor, 'companies.share');
}

function goodDomain(given: string): string {
  const domain = domainFrom(given);
  if (domain === null) throw new AppError('invalid', 'company.bad_domain', `${given} is no domain; write what stands behind the @ of the company's addresses, such as example.com.`, { domain: given });
  if (isFreeMail(domain)) throw new AppError('invalid', 'company.free_mail', `Anybody gets an address at ${domain}: whoever has one there is not of this company. Put its people in by hand.`, { domain });
  if (isPublicSuffix(domain)) throw new AppError('invalid', 'company.public_suffix', `Many companies have their domains below ${domain}; write the whole domain, such as example.${domain}.`, { domain });
  return domain;
}

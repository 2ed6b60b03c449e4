import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import type { FieldValues } from '../../fields/core/types.ts';
import type { CompanyView, Sight } from '../core/contract.ts';

export type CompanyRow = Omit<CompanyView, 'createdAt' | 'updatedAt' | 'domains' | 'fields'> & { readonly fields: FieldValues; readonly createdAt: Date; readonly updatedAt: Date };

const columns = [
  'id', 'name', 'address', 'vat_id as vatId', 'notes', 'is_key_account as isKeyAccount', 'sight', 'may_answer as mayAnswer', sql<FieldValues>`fields`.as('fields'), 'created_at as createdAt', 'updated_at as updatedAt',
] as const;

const here = (tx: Tx, workspaceId: string) => tx.selectFrom('companies').select(columns).where('workspace_id', '=', workspaceId).where('removed_at', 'is', null).$castTo<CompanyRow>();

export const findCompany = (tx: Tx, workspaceId: string, id: string): Promise<CompanyRow | undefined> => here(tx, workspaceId).where('id', '=', id).executeTakeFirst();
export const lockCompany = (tx: Tx, workspaceId: string, id: string): Promise<CompanyRow | undefined> => here(tx, workspaceId).where('id', '=', id).forUpdate().executeTakeFirst();

type From = readonly [at: string, id: string] | null;

/** The latest changed first; `q` as the search reads it, in a name or at the beginning of a domain. Reads every name once: companies are few. */
export function companyPage(tx: Tx, workspaceId: string, { q, limit, after }: { q: string | null; limit: number; after: From }): Promise<CompanyRow[]> {
  let query = here(tx, workspaceId).orderBy('updated_at', 'desc').orderBy('id', 'desc').limit(limit);
  if (q !== null) {
    query = query.where((e) => e.or([
      sql<boolean>`position(${q} in companies.name_key) > 0`,
      e.exists(e.selectFrom('company_domains as d').select('d.domain').whereRef('d.workspace_id', '=', 'companies.workspace_id').whereRef('d.company_id', '=', 'companies.id').where(sql<boolean>`starts_with(d.domain, ${q})`)),
    ]));
  }
  if (after) query = query.where(sql<boolean>`(updated_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  return query.execute();
}

const row = (company: CompanyRow, nameKey: string) => ({
  name: company.name, name_key: nameKey, address: company.address, vat_id: company.vatId, notes: company.notes, is_key_account: company.isKeyAccount, sight: company.sight,
  may_answer: company.mayAnswer, fields: JSON.stringify(company.fields), updated_at: company.updatedAt,
});

export async function insertCompany(tx: Tx, workspaceId: string, company: CompanyRow, nameKey: string): Promise<void> {
  await tx.insertInto('companies').values({ workspace_id: workspaceId, id: company.id, created_at: company.createdAt, ...row(company, nameKey) }).execute();
}

export async function saveCompany(tx: Tx, workspaceId: string, company: CompanyRow, nameKey: string): Promise<void> {
  await tx.updateTable('companies').set(row(company, nameKey)).where('workspace_id', '=', workspaceId).where('id', '=', company.id).execute();
}

/** Nobody belongs to it any more; its name is kept for the tickets of before. */
export async function removeCompany(tx: Tx, workspaceId: string, id: string, at: Date): Promise<void> {
  await tx.deleteFrom('company_domains').where('workspace_id', '=', workspaceId).where('company_id', '=', id).execute();
  await tx.deleteFrom('company_members').where('workspace_id', '=', workspaceId).where('company_id', '=', id).execute();
  await tx.updateTable('companies').set({ removed_at: at, sight: 'nobody', may_answer: false, is_key_account: false }).where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

// Domains ----------------------------------------------------------------------------------------------------------

export async function domainsOf(tx: Tx, workspaceId: string, companyIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = companyIds.length === 0 ? [] : await tx.selectFrom('company_domains').select(['company_id', 'domain']).where('workspace_id', '=', workspaceId)
    .where('company_id', 'in', companyIds).orderBy('domain').execute();
  return new Map(companyIds.map((id) => [id, rows.filter((one) => one.company_id === id).map(({ domain }) => domain)]));
}

/** The company's domains are these; the one of them that another has, if there is such a one. */
export async function setDomains(tx: Tx, workspaceId: string, companyId: string, domains: readonly string[], at: Date): Promise<{ domain: string; companyId: string } | null> {
  let old = tx.deleteFrom('company_domains').where('workspace_id', '=', workspaceId).where('company_id', '=', companyId);
  if (domains.length > 0) old = old.where('domain', 'not in', domains);
  await old.execute();
  if (domains.length === 0) return null;
  await tx.insertInto('company_domains').values(domains.map((domain) => ({ workspace_id: workspaceId, domain, company_id: companyId, created_at: at })))
    .onConflict((conflict) => conflict.columns(['workspace_id', 'domain']).doNothing()).execute();
  return await tx.selectFrom('company_domains').select(['domain', 'company_id as companyId']).where('workspace_id', '=', workspaceId).where('domain', 'in', domains)
    .where('company_id', '<>', companyId).limit(1).executeTakeFirst() ?? null;
}

export const isCompanyDomain = async (tx: Tx, workspaceId: string, domain: string): Promise<boolean> =>
  await tx.selectFrom('company_domains').select('domain').where('workspace_id', '=', workspaceId).where('domain', '=', domain).executeTakeFirst() !== undefined;

// People -----------------------------------------------------------------------------------------------------------

type Membership = 'added' | 'removed' | 'as_proven';
export type CompanyPerson = { readonly id: string; readonly name: string; readonly email: string | null; readonly updatedAt: Date; readonly how: 'added' | 'domain'; readonly isContact: boolean };

/** Ids of a company's people: whom somebody put in, and whose proven address is of its domain, unless somebody took them out. */
const peopleIds = (workspaceId: string, companyId: string) => sql`
  select m.customer_id from company_members m where m.workspace_id = ${workspaceId}::uuid and m.company_id = ${companyId}::uuid and m.membership = 'added'
  union
  select i.customer_id from company_domains d join identities i on i.workspace_id = d.workspace_id and i.proven_domain = d.domain
  where d.workspace_id = ${workspaceId}::uuid and d.company_id = ${companyId}::uuid
    and not exists (select from company_members x where x.workspace_id = d.workspace_id and x.company_id = d.company_id and x.customer_id = i.customer_id and x.membership = 'removed')`;

/** The latest changed first. */
export async function peoplePage(tx: Tx, workspaceId: string, companyId: string, { limit, after }: { limit: number; after: From }): Promise<CompanyPerson[]> {
  const { rows } = await sql<CompanyPerson>`
    select c.id, c.name, c.email, c.updated_at as "updatedAt", case when m.membership = 'added' then 'added' else 'domain' end as how, coalesce(m.is_contact, false) as "isContact"
    from (${peopleIds(workspaceId, companyId)}) as p
    join customers c on c.workspace_id = ${workspaceId}::uuid and c.id = p.customer_id
    left join company_members m on m.workspace_id = c.workspace_id and m.company_id = ${companyId}::uuid and m.customer_id = c.id
    ${after === null ? sql`` : sql`where (c.updated_at, c.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`}
    order by c.updated_at desc, c.id desc limit ${limit}`.execute(tx);
  return rows;
}

export type Belonging = { readonly id: string; readonly name: string; readonly isKeyAccount: boolean; readonly how: 'added' | 'domain'; readonly isContact: boolean; readonly sight: Sight; readonly mayAnswer: boolean };
const MOST_COMPANIES = 50;

/** The companies that somebody is of, by name. `address`: by that address alone, and by what people here said. */
export async function companiesOf(tx: Tx, workspaceId: string, customerId: string, address: string | null): Promise<Belonging[]> {
  const { rows } = await sql<Belonging>`
    select c.id, c.name, c.is_key_account as "isKeyAccount", case when m.membership = 'added' then 'added' else 'domain' end as how, coalesce(m.is_contact, false) as "isContact", c.sight, c.may_answer as "mayAnswer"
    from (
      select company_id from company_members where workspace_id = ${workspaceId}::uuid and customer_id = ${customerId}::uuid and membership = 'added'
      union
      select d.company_id from identities i join company_domains d on d.workspace_id = i.workspace_id and d.domain = i.proven_domain
      where i.workspace_id = ${workspaceId}::uuid and i.customer_id = ${customerId}::uuid and i.proven_domain is not null
        ${address === null ? sql`` : sql`and i.kind = 'email' and i.value_key = ${address}`}
    ) as mine
    join companies c on c.workspace_id = ${workspaceId}::uuid and c.id = mine.company_id and c.removed_at is null
    left join company_members m on m.workspace_id = c.workspace_id and m.company_id = c.id and m.customer_id = ${customerId}::uuid
    where m.membership is distinct from 'removed'
    order by c.name, c.id limit ${MOST_COMPANIES}`.execute(tx);
  return rows;
}

/** The same of several at once, those not known left out. */
export async function companiesOfEach(tx: Tx, workspaceId: string, customerIds: readonly string[]): Promise<(Pick<Belonging, 'id' | 'name' | 'isKeyAccount'> & { readonly customerId: string })[]> {
  const ids = sql`any(${[...customerIds]}::uuid[])`;
  const { rows } = await sql<Pick<Belonging, 'id' | 'name' | 'isKeyAccount'> & { customerId: string }>`
    select mine.customer_id as "customerId", c.id, c.name, c.is_key_account as "isKeyAccount"
    from (
      select customer_id, company_id from company_members where workspace_id = ${workspaceId}::uuid and customer_id = ${ids} and membership = 'added'
      union
      select i.customer_id, d.company_id from identities i join company_domains d on d.workspace_id = i.workspace_id and d.domain = i.proven_domain
      where i.workspace_id = ${workspaceId}::uuid and i.customer_id = ${ids} and i.proven_domain is not null
    ) as mine
    join companies c on c.workspace_id = ${workspaceId}::uuid and c.id = mine.company_id and c.removed_at is null
    left join company_members m on m.workspace_id = c.workspace_id and m.company_id = c.id and m.customer_id = mine.customer_id
    where m.membership is distinct from 'removed'
    order by c.name, c.id`.execute(tx);
  return rows;
}

export const memberRow = (tx: Tx, workspaceId: string, companyId: string, customerId: string) =>
  tx.selectFrom('company_members').select(['membership', 'is_contact as isContact']).where('workspace_id', '=', workspaceId).where('company_id', '=', companyId)
    .where('customer_id', '=', customerId).executeTakeFirst() as Promise<{ membership: Membership; isContact: boolean } | undefined>;

export async function putMember(tx: Tx, workspaceId: string, { companyId, customerId, membership, isContact, byId, at }: {
  companyId: string; customerId: string; membership: Membership; isContact: boolean; byId: string; at: Date;
}): Promise<void> {
  const said = { membership, is_contact: isContact, by_id: byId, at };
  await tx.insertInto('company_members').values({ workspace_id: workspaceId, company_id: companyId, customer_id: customerId, ...said })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'company_id', 'customer_id']).doUpdateSet(said)).execute();
}

/** The one with exactly this name, as the search reads it. */
export const companyByName = async (tx: Tx, workspaceId: string, nameKey: string): Promise<string | null> =>
  (await tx.selectFrom('companies').select('id').where('workspace_id', '=', workspaceId).where('name_key', '=', nameKey).where('removed_at', 'is', null).orderBy('created_at').orderBy('id').limit(1).executeTakeFirst())?.id ?? null;

/** Whether somebody is of it because people here said so. */
export const isUsed = async (tx: Tx, workspaceId: string, id: string): Promise<boolean> =>
  await tx.selectFrom('company_members').select('customer_id').where('workspace_id', '=', workspaceId).where('company_id', '=', id).limit(1).executeTakeFirst() !== undefined;

/** As if nobody had ever said whether they are of it. */
export async function unsay(tx: Tx, workspaceId: string, companyId: string, customerId: string): Promise<void> {
  await tx.deleteFrom('company_members').where('workspace_id', '=', workspaceId).where('company_id', '=', companyId).where('customer_id', '=', customerId).execute();
}
